/// A household that gave its answers: checked while they are in the clear, and what follows from them.
///
/// A refusal names item and place (`members[2] q7.1`), never an answer.
struct AnsweredHousehold {
    let ages: [UInt32]
    let counts: IndicatorCounts
    /// Contradictions that do not refuse.
    let warningCount: UInt32
    /// To be sealed: the personal data with the answers in it.
    let sealable: [UInt8]

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
        try self.init(
            AnswerSheet(answers, form),
            beside: personal,
            household: household,
            cycle: cycle
        )
    }

    /// The same of answers that were read already, to the form of the cycle.
    init(
        _ sheet: AnswerSheet,
        beside personal: PersonalData,
        household: String,
        cycle: CycleState
    ) throws(Rejection) {
        let form = cycle.questionnaire
        precondition(sheet.form === form, "answers are judged by the form that they were given to")
        try Self.requireNothingTwice(personal, form)
        guard sheet.memberCount > 0 else { throw Rejection(.membersMissing, household) }
        let evaluation = Evaluation(sheet, referenceDate: cycle.referenceDate)
        if let problem = evaluation.problems.first { throw problem.rejection(household) }
        if let missing = evaluation.missing.first {
            throw Rejection(.answerMissing, missing.place.naming(missing.item))
        }
        var stored = personal
        let packed = sheet.store(in: &stored)
        // Before the form's own contradictions: these hold for every form, and for counts as well.
        ages = try Draft.ages(stored, household: household, on: cycle.referenceDate)
        let contradictions = evaluation.contradictions
        for found in contradictions {
            let contradiction = form.contradictions[found.number]
            guard contradiction.severity == .error else { continue }
            let place = AnswerSheet.place(ofRow: found.row)
            throw Rejection(.answersContradict, place.naming(contradiction.contradiction))
        }
        counts = try Self.counts(evaluation, form)
        warningCount = UInt32(contradictions.count)
        sealable = stored.sealableBytes(answers: packed)
    }

    /// What the answers say is said nowhere else, or the two could differ.
    private static func requireNothingTwice(
        _ personal: PersonalData,
        _ form: Questionnaire
    ) throws(Rejection) {
        guard personal.members.isEmpty else { throw Rejection(.answersElsewhere, "members") }
        guard !personal.hasAnswers else { throw Rejection(.answersElsewhere, "personal.answers") }
        for field in DwellingField.allCases where field.isAsked(by: form) {
            guard personal[keyPath: field.path].isEmpty else {
                throw Rejection(.answersElsewhere, field.rawValue)
            }
        }
    }

    private static func counts(
        _ evaluation: Evaluation,
        _ form: Questionnaire
    ) throws(Rejection) -> IndicatorCounts {
        var counts = IndicatorCounts(count: form.numberMax)
        for offset in form.indicators.indices {
            let number = form.indicators[offset].number
            // Nothing is missing, so that this cannot be; a record must not rest on that.
            guard let count = evaluation.counts(offset) else {
                throw Rejection(.answerMissing, "\(number)")
            }
            do {
                try counts.set(number, inScope: count.inScope, failing: count.failing)
            } catch {
                throw Rejection(.indicatorScopeMismatch, "\(number)")
            }
        }
        return counts
    }
}

/// A field of the dwelling, which a form may ask for and need not.
private enum DwellingField: String, CaseIterable {
    case houseNumber, houseRegistrationCode, latitude, longitude, address

    var path: WritableKeyPath<PersonalData, String> {
        switch self {
        case .houseNumber: \.houseNumber
        case .houseRegistrationCode: \.houseRegistrationCode
        case .latitude: \.latitude
        case .longitude: \.longitude
        case .address: \.address
        }
    }

    func isAsked(by form: Questionnaire) -> Bool {
        form.item(self == .houseRegistrationCode ? "houseCode" : rawValue)?.unit == .household
    }
}

extension PersonalData {
    /// What the form does not ask, such as an address: answers given anew say nothing of it.
    package func unasked(by form: Questionnaire) -> PersonalData {
        var kept = PersonalData()
        for field in DwellingField.allCases where !field.isAsked(by: form) {
            kept[keyPath: field.path] = self[keyPath: field.path]
        }
        return kept
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
