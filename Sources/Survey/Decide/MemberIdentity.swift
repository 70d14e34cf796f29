import SwiftProtobuf

/// What tells one member of a household from another, as long as the data is in the clear.
///
/// To warn of persons who are counted several times; it is in no message and no record.
package struct MemberIdentity: Sendable, Hashable {
    /// Nil where there is none.
    package let citizenID: UInt64?
    private let firstName: String
    private let lastName: String
    private let birthDate: String

    init(citizenID: String, firstName: String, lastName: String, birthDate: String) {
        self.citizenID = UInt64(citizenID)
        (self.firstName, self.lastName, self.birthDate) = (firstName, lastName, birthDate)
    }

    /// Whether both are likely one person: named and born alike, with nothing that tells them apart.
    ///
    /// Two citizen ids do; one alone does not.
    package func looksLike(_ other: MemberIdentity) -> Bool {
        if let citizenID, let its = other.citizenID { return citizenID == its }
        return !firstName.isEmpty && firstName == other.firstName && lastName == other.lastName
            && birthDate == other.birthDate
    }
}

extension GivenCommand {
    /// The household that the command gives members to; nil for every other command.
    package var householdWithMembers: (cycle: String, household: String)? {
        switch command.kind {
        case .recordHousehold(let record): (record.cycle, record.household)
        case .correctHousehold(let correction)
        where correction.hasAnswers || correction.hasPersonal:
            (correction.cycle, correction.household)
        default: nil
        }
    }

    /// Its members, in the order of the form.
    package var memberIdentities: [MemberIdentity] {
        if let answers { return answers.memberIdentities }
        switch command.kind {
        case .recordHousehold(let record):
            return record.hasAnswers
                ? record.answers.memberIdentities : record.personal.memberIdentities
        case .correctHousehold(let correction):
            return correction.hasAnswers
                ? correction.answers.memberIdentities : correction.personal.memberIdentities
        default: return []
        }
    }
}

extension PersonalData {
    fileprivate var memberIdentities: [MemberIdentity] {
        members.map {
            MemberIdentity(
                citizenID: $0.citizenID,
                firstName: $0.firstName,
                lastName: $0.lastName,
                birthDate: $0.birthDate
            )
        }
    }
}

extension AnswersDocument {
    fileprivate var memberIdentities: [MemberIdentity] {
        members.map { member in
            func text(_ item: String) -> String { member.fields[item]?.stringValue ?? "" }
            return MemberIdentity(
                citizenID: text("citizenID"),
                firstName: text("firstName"),
                lastName: text("lastName"),
                birthDate: text(Answers.birthDate)
            )
        }
    }
}

extension AnswerSheet {
    fileprivate var memberIdentities: [MemberIdentity] {
        let places = ["citizenID", "firstName", "lastName", Answers.birthDate].map {
            form.compiled.place($0)
        }
        return (0..<memberCount).map { member in
            func text(_ number: Int) -> String {
                guard let place = places[number] else { return "" }
                let slot = slot(place, row: 1 + member)
                switch slot.kind {
                case .text: return self.text(slot)
                // As a key it need not be readable.
                case .day: return "\(slot.value)"
                default: return ""
                }
            }
            return MemberIdentity(
                citizenID: text(0),
                firstName: text(1),
                lastName: text(2),
                birthDate: text(3)
            )
        }
    }
}
