/// A household that gave its answers: checked while they are in the clear, and what follows from them.
///
/// A refusal names item and place (`members[2] q7.1`), never an answer.
struct AnsweredHousehold {
    let ages: [UInt32]
    let counts: IndicatorCounts
    /// Contradictions that do not refuse.
    let warningCount: UInt32
    /// To be sealed, with the answers in it.
    let personal: PersonalData

    /// `beside` is personal data that the form does not ask for, such as an address.
    init(
        _ document: AnswersDocument,
        beside personal: PersonalData,
        household: String,
        cycle: CycleState
    ) throws(Rejection) {
        let form = cycle.questionnaire
        try Self.requireNothingTwice(personal, form)
        let answers: Answers
        do throws(AnswerFault) {
            answers = try Answers(document, form)
        } catch {
            throw error.rejection(household)
        }
        guard !answers.members.isEmpty else { throw Rejection(.membersMissing, household) }
        let (problems, derivation) = form.examine(answers, referenceDate: cycle.referenceDate)
        if let problem = problems.first { throw problem.rejection(household) }
        if let missing = derivation.missing.first {
            throw Rejection(.answerMissing, missing.place.naming(missing.item))
        }
        var stored = personal
        stored.store(answers, form)
        // Before the form's own contradictions: these hold for every form, and for counts as well.
        ages = try Draft.ages(stored, household: household, on: cycle.referenceDate)
        let contradictions = derivation.contradictions
        if let error = contradictions.first(where: { $0.contradiction.severity == .error }) {
            let name = error.place.naming(error.contradiction.contradiction)
            throw Rejection(.answersContradict, name)
        }
        counts = try Self.counts(derivation, form)
        warningCount = UInt32(contradictions.count)
        self.personal = stored
    }

    /// What the answers say is said nowhere else, or the two could differ.
    private static func requireNothingTwice(
        _ personal: PersonalData,
        _ form: Questionnaire
    ) throws(Rejection) {
        guard personal.members.isEmpty else { throw Rejection(.answersElsewhere, "members") }
        guard !personal.hasAnswers else { throw Rejection(.answersElsewhere, "personal.answers") }
        for (value, field, item) in [
            (personal.houseNumber, "houseNumber", "houseNumber"),
            (personal.houseRegistrationCode, "houseRegistrationCode", "houseCode"),
            (personal.latitude, "latitude", "latitude"),
            (personal.longitude, "longitude", "longitude"),
            (personal.address, "address", "address"),
        ] where !value.isEmpty && form.item(item)?.unit == .household {
            throw Rejection(.answersElsewhere, field)
        }
    }

    private static func counts(
        _ derivation: Derivation,
        _ form: Questionnaire
    ) throws(Rejection) -> IndicatorCounts {
        var counts = IndicatorCounts(count: form.numberMax)
        for result in derivation.results {
            // Nothing is missing, so that this cannot be; a record must not rest on that.
            guard result.isDecided else { throw Rejection(.answerMissing, "\(result.number)") }
            do {
                try counts.set(
                    result.number,
                    inScope: result.inScopeCount,
                    failing: result.failingCount
                )
            } catch {
                throw Rejection(.indicatorScopeMismatch, "\(result.number)")
            }
        }
        return counts
    }
}

extension AnswerPlace {
    /// An item here: `q4.1` of the household, `members[2] q7.1` of the second member.
    fileprivate func naming(_ item: String) -> String {
        switch self {
        case .household: item
        case .member(let index): "members[\(index + 1)] \(item)"
        }
    }
}

extension AnswerFault {
    fileprivate func rejection(_ household: String) -> Rejection {
        switch self {
        case .membersTooMany: Rejection(.membersTooMany, household)
        // Not even the name that was given: it may be an answer in the wrong place.
        case .itemUnknown(.household): Rejection(.answerUnknown, "household")
        case .itemUnknown(.member(let index)): Rejection(.answerUnknown, "members[\(index + 1)]")
        case .kindWrong(let item, let place):
            Rejection(.answerMalformed, place.naming(item.item))
        }
    }
}

extension AnswerProblem {
    fileprivate func rejection(_ household: String) -> Rejection {
        switch code {
        case .wrongMemberCount: Rejection(.membersTooMany, household)
        case .unknownItem: Rejection(.answerUnknown, place.naming(item))
        case .notAsked: Rejection(.answerNotAsked, place.naming(item))
        case .citizenIDWrong: Rejection(.citizenIdInvalid, place.naming(item))
        case .outOfBounds, .textBlank, .textMalformed, .tooLong, .unknownChoice, .wrongKind:
            Rejection(.answerMalformed, place.naming(item))
        }
    }
}
