import Survey
import SurveyImport
import Testing

@Suite struct RuleColumnTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let kind: ImportKind
        let code: RejectionCode
        let subject: String
        let column: String

        init(_ kind: ImportKind, _ code: RejectionCode, _ subject: String, _ column: String) {
            self.kind = kind
            self.code = code
            self.subject = subject
            self.column = column
        }

        var testDescription: String { "\(code.rawValue) \(subject) of \(kind.rawValue)" }
    }

    static let cases: [Case] = [
        Case(.areas, .areaAlreadyDefined, "38010101", "code"),
        Case(.areas, .areaCodeMalformed, "38010101", "code"),
        Case(.areas, .areaUnknown, "380101", "parent_code"),
        Case(.areas, .areaParentMismatch, "38010101", "parent_code"),
        Case(.areas, .areaLevelMismatch, "38010101", "level"),
        Case(.areas, .areaUnknown, "380110", "covered_codes"),
        Case(.areas, .areaNamedTwice, "380110", "covered_codes"),
        Case(.areas, .textMalformed, "nameTh", "name_th"),
        Case(.areas, .listTooLong, "coveredCodes", "covered_codes"),
        Case(.areas, .periodReversed, "38010101", "valid_to"),
        Case(.areas, .identifierMalformed, "areaDefined", "code"),
        Case(.persons, .personAlreadyRegistered, "col-380101-01", "person"),
        Case(.persons, .identifierMalformed, "person", "person"),
        Case(.persons, .identifierMalformed, "personRegistered", "person"),
        Case(.persons, .citizenIdInvalid, "identity", "citizen_id"),
        Case(.persons, .birthDateInvalid, "identity", "birth_date"),
        Case(.persons, .dateLooksBuddhist, "identity", "birth_date"),
        Case(.persons, .actInFuture, "2099-01-01", "occurred_on"),
        Case(.appointments, .personUnknown, "col-380101-01", "person"),
        Case(.appointments, .orderAlreadyIssued, "3801-col-2561", "order"),
        Case(.appointments, .identifierMalformed, "orderIssued", "order"),
        Case(.appointments, .roleUnknown, "collector", "role"),
        Case(.appointments, .areaUnknown, "3801", "area"),
        Case(.appointments, .areaUnknown, "380101", "appointment_area"),
        Case(.appointments, .appointmentOutsideArea, "380101", "appointment_area"),
        Case(.appointments, .commandIncomplete, "validFrom", "valid_from"),
        Case(.appointments, .actInFuture, "2099-01-01", "date"),
        Case(.appointments, .orderInFuture, "2018-03-01", "date"),
        Case(.households, .actBeforePrevious, "38010101-0001 2018-02-05", "occurred_on"),
        Case(.appointments, .listTooLong, "appointments", "person"),
        Case(.targets, .areaUnknown, "38010101", "village"),
        Case(.targets, .areaNotValid, "380151", "lao"),
        Case(.targets, .laoDoesNotCover, "380151", "lao"),
        Case(.targets, .cycleUnknown, "2561", "cycle"),
        Case(.targets, .identifierMalformed, "targetSet", "cycle"),
        Case(.targets, .targetAlreadySet, "38010101", "village"),
        Case(.targets, .targetTooLarge, "38010101", "questionnaires"),
        Case(.households, .areaUnknown, "38010101", "village"),
        Case(.households, .areaOutsideCycle, "38010101", "village"),
        Case(.households, .areaLevelMismatch, "380151", "lao"),
        Case(.households, .collectorNotAppointed, "col-380101-01", "collector"),
        Case(.households, .interviewAfterRecording, "38010101-0001", "interviewed_on"),
        Case(.households, .dateMalformed, "interviewedOn", "interviewed_on"),
        Case(.households, .householdAlreadyRecorded, "38010101-0001", "household"),
        Case(.households, .identifierMalformed, "household", "household"),
        Case(.households, .indicatorScopeMismatch, "7", "i07"),
        Case(.households, .indicatorScopeMismatch, "24", "i24"),
        Case(.households, .citizenIdDuplicated, "members[2]", "members[2].citizen_id"),
        Case(.households, .birthDateInvalid, "members[2]", "members[2].birth_date"),
        Case(.households, .textMalformed, "members[2]", "members[2]"),
        Case(.households, .textMalformed, "houseNumber", "house_number"),
        Case(.households, .agesImplausible, "38010101-0001", "members"),
        Case(.trainings, .personUnknown, "col-380101-01", "person"),
        Case(.trainings, .personNamedTwice, "col-380101-01", "person"),
        Case(.trainings, .listTooLong, "participants", "person"),
        Case(.trainings, .areaUnknown, "3801", "area"),
        Case(.trainings, .trainingAlreadyHeld, "3801-train-1", "training"),
        Case(.trainings, .identifierMalformed, "trainingHeld", "training"),
        Case(.trainings, .actInFuture, "2099-01-01", "held_on"),
        Case(.users, .userNotAppointed, "rec-3801-1", "role"),
        Case(.users, .userRoleUnknown, "x", "role"),
        Case(.users, .userAlreadyRegistered, "rec-3801-1", "person"),
        Case(.users, .areaOutsideCycle, "3801", "area"),
        Case(.users, .actBeforePrevious, "2018-01-01", "occurred_on"),
        Case(.questionnaires, .questionnaireAlreadyIssued, "A-1-200", "first"),
        Case(.questionnaires, .personUnknown, "col-380101-01", "collector"),
        Case(.questionnaires, .identifierMalformed, "ranges[1]", "prefix"),
        Case(.questionnaires, .identifierMalformed, "questionnairesIssued", "collector"),
        Case(.questionnaires, .areaUnknown, "380101", "area"),
        Case(.questionnaires, .dateMalformed, "issuedOn", "issued_on"),
        Case(.households, .questionnaireOfOther, "A-7", "questionnaire"),
        Case(.progress, .progressAlreadyReported, "3801 2018-01-17", "day"),
        Case(.progress, .areaLevelMismatch, "3801", "area"),
        Case(.progress, .identifierMalformed, "dailyProgressReported", "area"),
        Case(.progress, .actInFuture, "2099-01-01", "day"),
        Case(.checks, .personUnknown, "chair-380151", "checker"),
        Case(.checks, .personNamedTwice, "chair-380151", "checker"),
        Case(.checks, .listTooLong, "checkers", "checker"),
        Case(.checks, .sampleNotDrawn, "2561-3801-1", "sample"),
        Case(.checks, .checkAlreadyDone, "3801-check-1", "check"),
        Case(.checks, .commandIncomplete, "findings", "findings"),
        Case(.checks, .areaUnknown, "3801", "area"),
        Case(.checks, .identifierMalformed, "qualityCheckDone", "check"),
        Case(.reinterviews, .checkUnknown, "3801-check-1", "check"),
        Case(.reinterviews, .checkerNotIndependent, "chair-380151", "checker"),
        Case(.reinterviews, .reinterviewAlreadyRecorded, "38010101-0001", "household"),
        Case(.reinterviews, .indicatorScopeMismatch, "7", "i07"),
        Case(.reinterviews, .actBeforePrevious, "householdRecorded 2018-03-09", "occurred_on"),
        Case(.objections, .objectionAlreadyRaised, "380151-ob-1", "objection"),
        Case(.objections, .presentationUnknown, "p-1", "presentation"),
        Case(.objections, .areaUnknown, "380151", "area"),
        Case(.objections, .areaParentMismatch, "38010101", "village"),
        Case(.objections, .indicatorUnknown, "8", "indicator"),
        Case(.objections, .textHoldsCitizenId, "text", "text"),
        Case(.objections, .commandIncomplete, "raisedBy", "raised_by"),
        Case(.objections, .areaFull, "380151", "area"),
        Case(.defects, .defectAlreadyFound, "380151-de-1", "defect"),
        Case(.defects, .checkUnknown, "3801-check-1", "check"),
        Case(.defects, .indicatorUnknown, "8", "indicator"),
        Case(.defects, .actInFuture, "2099-01-01", "occurred_on"),
        Case(.checks, .checkerNotAnnounced, "chair-380151", "checker"),
        Case(.appointments, .committeeAlreadyOrdered, "o-1", "area"),
        Case(.directives, .directiveAlreadyIssued, "letter-381", "directive"),
        Case(.directives, .areaUnknown, "38", "from_area"),
        Case(.directives, .areaNamedTwice, "3801", "area"),
        Case(.directives, .dateMalformed, "date.asUnderstood", "date"),
        Case(.directives, .identifierMalformed, "directiveIssued", "directive"),
        Case(.directiveReceipts, .dayTooEarly, "receivedOn", "received_on"),
        Case(.meetings, .dayTooEarly, "scheduledOn", "scheduled_on"),
        Case(.minutes, .votesExceed, "1", "for"),
        Case(.minutes, .listTooLong, "guestCount", "guests"),
        Case(.minutes, .textMalformed, "resolutions.text", "resolution"),
        Case(.cooperation, .citationMissing, "3801-ask-1", "cites"),
        Case(.cooperation, .areaLevelMismatch, "380151", "lao"),
        Case(.cooperation, .textMalformed, "documentNumber", "request_number"),
        Case(.cooperationAnswers, .laoNotAsked, "380151", "lao"),
        Case(.plans, .planStepDuplicate, "collect", "step"),
        Case(.plans, .dateMalformed, "startsOn", "starts_on"),
        Case(.planOutcomes, .planStepAlreadyDone, "collect", "step"),
        Case(.nominees, .nomineeNotAppointed, "col-380101-01", "nominee"),
        Case(.nominees, .identifierMalformed, "nomineeEntered", "area"),
        Case(.awards, .deciderIsNominee, "col-380101-01", "deciders"),
        Case(.awards, .dayTooEarly, "decidedOn", "decided_on"),
        Case(.budget, .amountInvalid, "3801-b-1", "amount_baht"),
        Case(.expenses, .voucherAlreadySpent, "บจ 12/2561", "document_number"),
        Case(.presentations, .actBeforeTreeHead, "2018-01-01", "occurred_on"),
        Case(.amendments, .personNotInOrder, "col-380101-01", "person"),
        Case(.amendments, .areaUnknown, "380101", "appointment_area"),
        Case(.circulations, .orderAlreadyCirculated, "380101", "area"),
        Case(.submissions, .orderRecipientMismatch, "38", "submitted_to"),
        // Nothing in the file is wrong.
        Case(.households, .recorderNotAppointed, "rec-1", ""),
        Case(.households, .identifierMalformed, "actor.user", ""),
        Case(.households, .notStored, "", ""),
    ]

    private func command(_ kind: ImportKind) throws -> Command {
        let values = kind == .areas ? ["covered_codes": "380110"] : [:]
        return try #require(Imported(kind, file(kind, values)).commands.first)
    }

    @Test(arguments: cases)
    func `A refusal of the rules names the column to correct`(example: Case) throws {
        let command = try command(example.kind)
        let rejection = Rejection(example.code, example.subject)
        #expect(example.kind.column(of: rejection, in: command) == example.column)
        let names = example.kind.columns.map(\.name)
        #expect(
            example.column.isEmpty || names.contains { example.column.hasPrefix($0) },
            "there is no such column"
        )
    }

    @Test func `A sentence names the column instead of the event or its field`() throws {
        let target = try command(.targets)
        let readable = ImportKind.targets.readable(
            Rejection(.identifierMalformed, "targetSet"),
            in: target
        )
        #expect(readable == Rejection(.identifierMalformed, "cycle"))
        let area = ImportKind.areas.readable(
            Rejection(.textMalformed, "nameTh"),
            in: try command(.areas)
        )
        #expect(area.sentence(.english).contains("name_th"))
        let unknown = Rejection(.areaUnknown, "38010101")
        #expect(ImportKind.targets.readable(unknown, in: target) == unknown)
    }
}
