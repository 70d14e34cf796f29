package import Survey

/// Where in a row the ledger's rules found fault.
///
/// The rules know events, not columns: their refusals name a field, a code or a place in a list.
/// Whoever corrects the file looks for a column.
extension ImportKind {
    /// The column at fault; empty where no column is, as when the user holds no appointment.
    package func column(of rejection: Rejection, in command: Command) -> String {
        if let column = Self.columnsByCode[rejection.code]?[self] { return column }
        if let column = Self.actColumnsByCode[self]?[rejection.code] { return column }
        if self == .answers, let column = answerColumn(of: rejection) { return column }
        switch rejection.code {
        case .indicatorUnknown, .indicatorDuplicate, .indicatorScopeMismatch,
            .indicatorFailingExceeds:
            guard let number = Int(rejection.subject) else { return "" }
            return (number < 10 ? "i0" : "i") + "\(number)"
        case .citizenIdInvalid, .citizenIdDuplicated:
            return member(rejection.subject, "citizen_id")
        case .birthDateInvalid: return member(rejection.subject, "birth_date")
        case .dateLooksBuddhist where rejection.isAboutMember:
            return member(rejection.subject, "birth_date")
        case .areaUnknown, .areaNotValid, .areaLevelMismatch, .areaParentMismatch,
            .areaOutsideCycle, .areaNamedTwice:
            return areaColumn(of: rejection, in: command)
        case .targetTooLarge:
            let target = command.setTarget
            return target.households >= target.questionnaires ? "households" : "questionnaires"
        default: return field(rejection.subject, in: command)
        }
    }

    /// What the sentence should name: the column, where the rules name a field of the event.
    package func readable(_ rejection: Rejection, in command: Command) -> Rejection {
        let column = column(of: rejection, in: command)
        let namesField =
            !rejection.subject.isEmpty && field(rejection.subject, in: command) == column
        return namesField && !column.isEmpty ? Rejection(rejection.code, column) : rejection
    }

    /// Refusals that are about one column whatever their subject.
    private static let columnsByCode: [RejectionCode: [ImportKind: String]] = [
        .actInFuture: [
            .areas: "occurred_on", .persons: "occurred_on", .appointments: "date",
            .targets: "occurred_on", .households: "occurred_on", .answers: "occurred_on",
            .trainings: "held_on", .users: "occurred_on", .questionnaires: "issued_on",
            .progress: "day", .checks: "occurred_on", .reinterviews: "occurred_on",
            .objections: "occurred_on", .defects: "occurred_on",
        ],
        .actBeforePrevious: [
            .households: "occurred_on", .answers: "occurred_on", .users: "occurred_on",
            .checks: "occurred_on", .reinterviews: "occurred_on", .objections: "occurred_on",
        ],
        .orderInFuture: [.appointments: "date"],
        .periodReversed: [.areas: "valid_to", .appointments: "valid_to"],
        .areaCodeMalformed: [.areas: "code"],
        .areaAlreadyDefined: [.areas: "code"],
        .cycleUnknown: [
            .appointments: "cycle", .targets: "cycle", .households: "cycle", .answers: "cycle",
            .trainings: "cycle", .users: "cycle", .questionnaires: "cycle", .progress: "cycle",
            .checks: "cycle", .reinterviews: "cycle", .objections: "cycle", .defects: "cycle",
        ],
        .personAlreadyRegistered: [.persons: "person"],
        .personalDataMissing: [.persons: "first_name", .households: "members"],
        .orderAlreadyIssued: [.appointments: "order"],
        .orderEmpty: [.appointments: "person"],
        .personUnknown: [
            .appointments: "person", .trainings: "person", .users: "person",
            .questionnaires: "collector", .checks: "checker",
        ],
        .serialRangeInvalid: [.questionnaires: "first"],
        .questionnaireAlreadyIssued: [.questionnaires: "first"],
        .questionnaireNotIssued: [.households: "questionnaire"],
        .questionnaireOfOther: [.households: "questionnaire"],
        .questionnaireClosed: [.households: "questionnaire"],
        .questionnaireUsed: [.households: "questionnaire"],
        .progressAlreadyReported: [.progress: "day"],
        .progressTooLarge: [.progress: "recorded"],
        .personNamedTwice: [.trainings: "person", .checks: "checker"],
        .presentationUnknown: [.objections: "presentation"],
        .objectionAlreadyRaised: [.objections: "objection"],
        .indicatorUnknown: [.objections: "indicator", .defects: "indicator"],
        .areaFull: [.checks: "area", .objections: "area", .defects: "area"],
        .sampleUnknown: [.checks: "sample"],
        .sampleNotDrawn: [.checks: "sample"],
        .checkAlreadyDone: [.checks: "check"],
        .checkUnknown: [.reinterviews: "check", .defects: "check"],
        .checkerUnknown: [.reinterviews: "checker"],
        .checkerNotAnnounced: [.checks: "checker"],
        .committeeAlreadyOrdered: [.appointments: "area"],
        .checkerNotIndependent: [.reinterviews: "checker"],
        .householdNotRecorded: [.reinterviews: "household"],
        .householdOutsideCheck: [.reinterviews: "household"],
        .reinterviewAlreadyRecorded: [.reinterviews: "household"],
        .reinterviewsTooMany: [.reinterviews: "household"],
        .defectAlreadyFound: [.defects: "defect"],
        .trainingAlreadyHeld: [.trainings: "training"],
        .userAlreadyRegistered: [.users: "person"],
        .userNotAppointed: [.users: "role"],
        .userRoleUnknown: [.users: "role"],
        .appointmentDuplicate: [.appointments: "person"],
        .roleUnknown: [.appointments: "role"],
        .appointmentOutsideArea: [.appointments: "appointment_area"],
        .laoDoesNotCover: [.targets: "lao", .households: "lao", .answers: "lao"],
        .targetAlreadySet: [.targets: "village"],
        .householdAlreadyRecorded: [.households: "household", .answers: "household"],
        .collectorNotAppointed: [.households: "collector", .answers: "collector"],
        .interviewAfterRecording: [
            .households: "interviewed_on", .answers: "interviewed_on",
        ],
        .membersMissing: [.households: "members"],
        .membersTooMany: [.households: "members"],
        .agesImplausible: [.households: "members"],
        .sealedMalformed: [.households: "members"],
    ]

    /// A person's own column, or that of a household's member: `members[2].citizen_id`.
    private func member(_ place: String, _ name: String) -> String {
        place.hasPrefix("members[") ? "\(place).\(name)" : name
    }

    /// The item at fault, of the household or of a member: `members[2].q7.1`.
    private func answerColumn(of rejection: Rejection) -> String? {
        let place = rejection.subject.split(separator: " ").first.map(String.init) ?? ""
        switch rejection.code {
        case .answerMalformed, .answerMissing, .answerNotAsked, .answerUnknown, .citizenIdInvalid:
            return rejection.subject.replacing(" ", with: ".")
        case .citizenIdDuplicated: return "\(place).citizenID"
        case .birthDateInvalid: return "\(place).birthDate"
        // No column by itself is wrong there, but it is one member's row.
        case .answersContradict: return place.hasPrefix("members[") ? place : ""
        default: return nil
        }
    }

    /// The column of a field as the schema names it: `interviewedOn` is `interviewed_on`.
    private func field(_ name: String, in command: Command) -> String {
        // An id that no key can hold is refused by the name of the whole event.
        switch name {
        case "areaDefined": return "code"
        case "personRegistered": return "person"
        case "orderIssued": return "order"
        case "targetSet": return "cycle"
        case "householdRecorded": return "household"
        case "trainingHeld": return "training"
        case "userRegistered": return "person"
        case "questionnairesIssued": return "collector"
        case "dailyProgressReported": return "area"
        case "qualityCheckDone": return "check"
        case "householdReinterviewed": return "household"
        case "objectionRaised": return "objection"
        case "defectFound": return "defect"
        default: break
        }
        if let column = actColumn(ofField: name) { return column }
        if [.households, .answers].contains(self), name.hasPrefix("members[") { return name }
        if self == .questionnaires, name.hasPrefix("ranges[") { return "prefix" }
        if self == .appointments, name == "appointments" { return "person" }
        if self == .trainings, ["participants", "trainers"].contains(name) { return "person" }
        if self == .checks, name == "checkers" { return "checker" }
        var column = ""
        for character in name {
            if character.isUppercase { column += "_" }
            column += character.lowercased()
        }
        return columns.contains { $0.name == column } ? column : ""
    }

    /// Where a row names that area; a household's parts of the place come before what they lie in.
    private func areaColumn(of rejection: Rejection, in command: Command) -> String {
        let code = rejection.subject
        switch command.kind {
        case .defineArea(let area):
            if area.coveredCodes.contains(code) { return "covered_codes" }
            if code == area.code, rejection.code == .areaLevelMismatch { return "level" }
            return "parent_code"
        case .issueOrder(let order):
            return code == order.area ? "area" : "appointment_area"
        case .setTarget(let target): return code == target.lao ? "lao" : "village"
        case .recordHousehold(let record): return code == record.lao ? "lao" : "village"
        case .raiseObjection(let objection): return code == objection.area ? "area" : "village"
        case .recordTraining, .registerUser, .issueQuestionnaires, .reportDailyProgress,
            .recordQualityCheck, .reportDefect:
            return "area"
        default: return actAreaColumn(of: code, in: command)
        }
    }
}

extension Rejection {
    fileprivate var isAboutMember: Bool {
        subject == "identity" || subject.hasPrefix("members[")
    }
}
