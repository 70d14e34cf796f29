/// Rules of erasure: whose personal data may be erased, and what is said of it.
extension State {
    func admitErasure(
        _ erasure: Erasure,
        _ act: Act,
        _ household: HouseholdState
    ) throws(Rejection) {
        switch erasure.ground {
        case .requestOfSubject, .retentionOver, .collectedWrongly, .orderOfAuthority, .other: break
        case .unspecified: throw Rejection(.commandIncomplete, "ground")
        case .UNRECOGNIZED: throw Rejection(.valueUnknown, "ground")
        }
        try Validation.reason(erasure.reason)
        try Validation.optionalPaperText(erasure.documentNumber, "documentNumber")
        guard !erasure.household.isEmpty else { return try admitErasureOfPerson(erasure) }
        // Of one subject: which key is meant must never be a question.
        guard erasure.person.isEmpty else { throw Rejection(.valueUnknown, "person") }
        try Validation.identifier(erasure.household, "household")
        try requireCycle(erasure.cycle)
        try requireOrder(act, household, erasure.household)
        try requireKey(
            household.keyID,
            isErased: household.isErased,
            erasure,
            subject: erasure.household
        )
    }

    private func admitErasureOfPerson(_ erasure: Erasure) throws(Rejection) {
        guard !erasure.person.isEmpty else { throw Rejection(.commandIncomplete, "household") }
        guard erasure.cycle.isEmpty else { throw Rejection(.valueUnknown, "cycle") }
        try Validation.identifier(erasure.person, "person")
        guard let person = persons[erasure.person] else {
            throw Rejection(.personUnknown, erasure.person)
        }
        try requireKey(person.keyID, isErased: person.isErased, erasure, subject: erasure.person)
    }

    /// The key that is destroyed is the subject's own: an event could name anybody's.
    private func requireKey(
        _ keyID: UInt64?,
        isErased: Bool,
        _ erasure: Erasure,
        subject: String
    ) throws(Rejection) {
        guard !isErased else { throw Rejection(.personalDataErased, subject) }
        guard let keyID else { throw Rejection(.personalDataMissing, subject) }
        guard erasure.keyID == keyID else { throw Rejection(.valueUnknown, "keyId") }
    }
}
