/// How an answer stands, whether it was given or not.
enum Standing: Sendable, Hashable {
    case given(Answer)
    /// Given, and whether it is asked depends on what is unknown.
    case perhapsGiven(Answer)
    /// There is no answer and none is due: not asked, or left out where it may be.
    case absent(isAsked: Bool)
    /// An answer is due, or would be where it is not known whether it is asked.
    case open(isAsked: Bool)

    init(_ answer: Answer?, isAsked: Bool?, isOptional: Bool) {
        switch (isAsked, answer) {
        case (false?, _): self = .absent(isAsked: false)
        case (true?, let answer?): self = .given(answer)
        case (nil, let answer?): self = .perhapsGiven(answer)
        case (_, nil): self = isOptional ? .absent(isAsked: true) : .open(isAsked: isAsked == true)
        }
    }

    /// Judges the answer: false where there is none, and nil where it is not known.
    func judge(_ test: (Answer) -> Bool?) -> Bool? {
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
        case .given(.number(let value)): Extent(value)
        case .perhapsGiven(.number(let value)): Extent(value...value, mayBeAbsent: true)
        case .given, .perhapsGiven: .open
        case .absent: .absent
        case .open(let isAsked): Extent(bounds, mayBeAbsent: !isAsked)
        }
    }
}
