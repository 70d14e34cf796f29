/// How an answer stands, whether it was given or not.
enum Standing: Sendable, Equatable {
    case given(AnswerSlot)
    /// Given, and whether it is asked depends on what is unknown.
    case perhapsGiven(AnswerSlot)
    /// There is no answer and none is due: not asked, or left out where it may be.
    case absent(isAsked: Bool)
    /// An answer is due, or would be where it is not known whether it is asked.
    case open(isAsked: Bool)

    init(_ answer: AnswerSlot, isAsked: Bool?, isOptional: Bool) {
        switch (isAsked, answer.kind) {
        case (false?, _): self = .absent(isAsked: false)
        case (_, .none):
            self = isOptional ? .absent(isAsked: true) : .open(isAsked: isAsked == true)
        case (true?, _): self = .given(answer)
        case (nil, _): self = .perhapsGiven(answer)
        }
    }

    /// Judges the answer: false where there is none, and nil where it is not known.
    func judge(_ test: (AnswerSlot) -> Bool?) -> Bool? {
        switch self {
        case .given(let answer): test(answer)
        case .perhapsGiven(let answer): test(answer) == false ? false : nil
        case .absent: false
        case .open: nil
        }
    }

    /// The answer as a number within the bounds of its item.
    func extent(_ bounds: ClosedRange<Int64>) -> Extent {
        switch self {
        case .given(let answer): answer.kind == .number ? Extent(answer.value) : .open
        case .perhapsGiven(let answer):
            answer.kind == .number
                ? Extent(answer.value...answer.value, mayBeAbsent: true) : .open
        case .absent: .absent
        case .open(let isAsked): Extent(bounds, mayBeAbsent: !isAsked)
        }
    }
}
