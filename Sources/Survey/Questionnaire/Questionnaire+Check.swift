extension Questionnaire {
    /// The most people that a household may have.
    package static let memberCountMax = IndicatorCounts.maximum

    /// The answers that do not fit the form: unknown names, wrong kinds, choices that there are not,
    /// numbers out of bounds, and what is answered although it is not asked.
    package func problems(_ answers: Answers, referenceDate: Day) -> [AnswerProblem] {
        let sheet = AnswerSheet(answers, self)
        return Evaluation(sheet, referenceDate: referenceDate).problems
    }

    /// As many contradictions as answers could give at once, of those that only warn.
    func warningCountMax(memberCount: Int) -> UInt32 {
        var count = 0
        for contradiction in contradictions where contradiction.severity == .warning {
            count += contradiction.unit == .household ? 1 : memberCount
        }
        return UInt32(count)
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
