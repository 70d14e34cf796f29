/// What can only be checked before the data is sealed.
///
/// A refusal names the place (`members[2]` is the second person), never the value: errors carry no personal data.
package enum PersonalCheck {
    /// The checks by the names records give them.
    package static let all = ["citizenId", "agesAtReferenceDate"]

    /// The same of a household that gave its answers: they fit the form, nothing is missing, and
    /// the indicators' counts follow from them.
    package static let withAnswers = all + ["answers"]

    /// Whether all was checked that can be, of counts or of answers.
    static func isComplete(_ checks: [String]) -> Bool { checks == all || checks == withAnswers }

    static func member(
        _ member: Member,
        _ place: @autoclosure () -> String
    ) throws(Rejection) {
        // An empty id is allowed: not everybody has one, and the form must not invent it.
        guard member.citizenID.isEmpty || CitizenID.problem(of: member.citizenID) == nil else {
            throw Rejection(.citizenIdInvalid, place())
        }
        try Validation.optionalText(member.title, place())
        try Validation.optionalText(member.firstName, place())
        try Validation.optionalText(member.lastName, place())
        try Validation.optionalText(member.sex, place())
        try Validation.optionalText(member.relation, place())
        try Validation.optionalText(member.religion, place())
        try Validation.optionalText(member.bodyCondition, place())
    }

    @discardableResult
    static func birthDate(
        _ member: Member,
        _ place: @autoclosure () -> String
    ) throws(Rejection) -> Day {
        if let day = Day(iso: member.birthDate) { return day }
        let looksBuddhist = Day.looksBuddhist(member.birthDate)
        throw Rejection(looksBuddhist ? .dateLooksBuddhist : .birthDateInvalid, place())
    }

    static func dwelling(_ personal: PersonalData) throws(Rejection) {
        try Validation.optionalText(personal.houseNumber, "houseNumber")
        try Validation.optionalText(personal.houseRegistrationCode, "houseRegistrationCode")
        try Validation.optionalText(personal.address, "address")
        try Validation.optionalText(personal.latitude, "latitude")
        try Validation.optionalText(personal.longitude, "longitude")
    }
}
