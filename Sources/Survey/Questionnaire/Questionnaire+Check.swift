extension Questionnaire {
    /// The most people that a household may have.
    package static let memberCountMax = IndicatorCounts.maximum

    /// The answers that do not fit the form: unknown names, wrong kinds, choices that there are not,
    /// numbers out of bounds, and what is answered although it is not asked.
    package func problems(_ answers: Answers, referenceDate: Day) -> [AnswerProblem] {
        problems(Evaluation(self, answers, referenceDate: referenceDate))
    }

    /// Both in one: what does not fit, and what follows.
    func examine(
        _ answers: Answers,
        referenceDate: Day
    ) -> (problems: [AnswerProblem], derivation: Derivation) {
        let evaluation = Evaluation(self, answers, referenceDate: referenceDate)
        return (problems(evaluation), derive(evaluation))
    }

    private func problems(_ evaluation: Evaluation) -> [AnswerProblem] {
        let answers = evaluation.answers
        var problems: [AnswerProblem] = []
        if answers.members.isEmpty || answers.members.count > Self.memberCountMax {
            problems.append(AnswerProblem(.wrongMemberCount, "", .household))
        }
        let places = [AnswerPlace.household] + answers.members.indices.map { .member($0) }
        for place in places {
            for (name, answer) in answers.all(at: place).sorted(by: { $0.key < $1.key }) {
                guard let code = problem(name, answer, place, evaluation) else { continue }
                problems.append(AnswerProblem(code, name, place))
            }
        }
        return problems
    }

    /// As many contradictions as answers could give at once, of those that only warn.
    func warningCountMax(memberCount: Int) -> UInt32 {
        var count = 0
        for contradiction in contradictions where contradiction.severity == .warning {
            count += contradiction.unit == .household ? 1 : memberCount
        }
        return UInt32(count)
    }

    private func problem(
        _ name: String,
        _ answer: Answer,
        _ place: AnswerPlace,
        _ evaluation: Evaluation
    ) -> AnswerProblem.Code? {
        guard let item = item(name), (item.unit == .household) == (place == .household) else {
            return .unknownItem
        }
        guard evaluation.isAsked(item, at: place) != false else { return .notAsked }
        switch (item.kind, answer) {
        case (.yesNo, .yesNo), (.day, .day): return nil
        case (.text, .text(let text)): return Self.problem(ofText: text)
        case (.citizenID, .text(let text)):
            return CitizenID.problem(of: text) == nil ? nil : .citizenIDWrong
        case (.choice(let choices), .choice(let code)):
            return choices.contains { $0.code == code } ? nil : .unknownChoice
        case (.number(let bounds, _), .number(let number)):
            return bounds.contains(number) ? nil : .outOfBounds
        default: return .wrongKind
        }
    }

    /// One line with something to see in it, and nothing that cannot be seen.
    static func problem(ofText text: String) -> AnswerProblem.Code? {
        guard text.utf8.count <= textByteCountMax else { return .tooLong }
        do throws(Rejection) {
            try Validation.text(text, "", byteCount: 1...textByteCountMax)
            return nil
        } catch {
            return error.code == .commandIncomplete ? .textBlank : .textMalformed
        }
    }

    /// More than any name or address has.
    static let textByteCountMax = 500
}

/// One answer that does not fit, without the answer itself: it may be personal.
package struct AnswerProblem: Sendable, Hashable {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case citizenIDWrong
        case notAsked
        case outOfBounds
        case textBlank
        case textMalformed
        case tooLong
        case unknownChoice
        case unknownItem
        case wrongKind
        case wrongMemberCount
    }

    package let code: Code
    package let item: String
    package let place: AnswerPlace

    init(_ code: Code, _ item: String, _ place: AnswerPlace) {
        self.code = code
        self.item = item
        self.place = place
    }
}

extension Answers {
    fileprivate func all(at place: AnswerPlace) -> [String: Answer] {
        switch place {
        case .household: household
        case .member(let index): members[index]
        }
    }
}
