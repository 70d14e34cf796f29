/// A field that the schema has for an answer, so that it lies there and not among the others
/// (QUESTIONNAIRE.md, In a record).
enum SealedField: Sendable {
    case houseNumber, houseCode
    case title, firstName, lastName, citizenID, birthDate, sex, relation, religion

    /// Nil for an item without one: of another name or unit, or whose answers are no texts by nature.
    init?(_ item: Questionnaire.Item) {
        switch item.kind {
        case .yesNo, .number: return nil
        case .choice, .day, .text, .citizenID: break
        }
        let known: [String: SealedField] =
            item.unit == .household ? Self.ofHousehold : Self.ofMember
        guard let field = known[item.item] else { return nil }
        self = field
    }

    private static let ofHousehold: [String: SealedField] = [
        "houseNumber": .houseNumber, "houseCode": .houseCode,
    ]
    private static let ofMember: [String: SealedField] = [
        "title": .title, "firstName": .firstName, "lastName": .lastName, "citizenID": .citizenID,
        Answers.birthDate: .birthDate, "sex": .sex, "relation": .relation, "religion": .religion,
    ]
}

extension PersonalData {
    /// Nil of a field of members.
    subscript(field: SealedField) -> String? {
        get {
            switch field {
            case .houseNumber: houseNumber
            case .houseCode: houseRegistrationCode
            default: nil
            }
        }
        set {
            switch field {
            case .houseNumber: houseNumber = newValue ?? ""
            case .houseCode: houseRegistrationCode = newValue ?? ""
            default: break
            }
        }
    }
}

extension Member {
    /// Nil of a field of the household.
    subscript(field: SealedField) -> String? {
        get {
            switch field {
            case .title: title
            case .firstName: firstName
            case .lastName: lastName
            case .citizenID: citizenID
            case .birthDate: birthDate
            case .sex: sex
            case .relation: relation
            case .religion: religion
            case .houseNumber, .houseCode: nil
            }
        }
        set {
            let text = newValue ?? ""
            switch field {
            case .title: title = text
            case .firstName: firstName = text
            case .lastName: lastName = text
            case .citizenID: citizenID = text
            case .birthDate: birthDate = text
            case .sex: sex = text
            case .relation: relation = text
            case .religion: religion = text
            case .houseNumber, .houseCode: break
            }
        }
    }
}
