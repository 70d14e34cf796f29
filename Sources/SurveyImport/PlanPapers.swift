internal import Survey

/// Columns of plans that were sent on: one row an area that a plan went to.
enum PlanSubmissionColumn: Int, CaseIterable, ColumnIndex {
    case plan
    case submittedTo
    case submittedOn
    case documentNumber

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .plan: .recordedPlan
        case .submittedTo:
            .required(
                "submitted_to",
                "รหัสพื้นที่ที่ส่งถึง ซึ่งอยู่เหนือขึ้นไป",
                "code of the area above that it was sent to",
                "3801"
            )
        case .submittedOn:
            .required("submitted_on", "วันที่ส่ง", "day it was sent", "16/11/2560")
        case .documentNumber: .coveringLetter
        }
    }
}

/// Columns of plans that were accepted: one row an area's acceptance.
enum PlanAcceptanceColumn: Int, CaseIterable, ColumnIndex {
    case plan
    case byArea
    case acceptedOn
    case documentNumber

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .plan: .recordedPlan
        case .byArea: .judgingArea
        case .acceptedOn:
            .required("accepted_on", "วันที่เห็นชอบ", "day it was accepted", "20/11/2560")
        case .documentNumber: .coveringLetter
        }
    }
}

/// Columns of plans that were returned: one row an area's return, with its reasons.
enum PlanReturnColumn: Int, CaseIterable, ColumnIndex {
    case plan
    case byArea
    case returnedOn
    case reason
    case documentNumber

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .plan: .recordedPlan
        case .byArea: .judgingArea
        case .returnedOn:
            .required("returned_on", "วันที่ส่งคืน", "day it was returned", "20/11/2560")
        case .reason:
            .required(
                "reason",
                "เหตุผลที่ส่งคืน เปิดเผยในบันทึก",
                "why, open in the records",
                "ไม่มีผู้รับผิดชอบหมู่ 5"
            )
        case .documentNumber: .coveringLetter
        }
    }
}

extension ImportColumn {
    fileprivate static let recordedPlan = required(
        "plan",
        "รหัสแผนที่บันทึกแล้ว",
        "identifier of a plan that is recorded",
        "380101-plan-2561"
    )

    fileprivate static let judgingArea = required(
        "by_area",
        "รหัสพื้นที่ที่พิจารณา ซึ่งแผนส่งถึงแล้ว",
        "code of the area that judged it, to which it was sent",
        "3801"
    )

    static let coveringLetter = optional(
        "document_number",
        "ที่หนังสือนำส่ง",
        "number of the letter that took it"
    )
}

extension RowForm {
    mutating func planSubmission() -> Command {
        var submission = PlanSubmission()
        submission.plan = required(PlanSubmissionColumn.plan)
        submission.toArea = areaCode(PlanSubmissionColumn.submittedTo, lengths: [2, 4])
        submission.submittedOn = requiredDay(PlanSubmissionColumn.submittedOn)
        submission.documentNumber = optional(PlanSubmissionColumn.documentNumber)
        var command = Command()
        command.id = CommandID.make(
            kind: .planSubmissions,
            cycle: "",
            group: submission.plan,
            key: submission.plan,
            submission.toArea,
            submission.submittedOn
        )
        command.occurredOn = submission.submittedOn
        command.submitActionPlan = submission
        return command
    }

    mutating func planAcceptance() -> Command {
        var acceptance = PlanAcceptance()
        acceptance.plan = required(PlanAcceptanceColumn.plan)
        acceptance.byArea = areaCode(PlanAcceptanceColumn.byArea, lengths: [2, 4])
        acceptance.acceptedOn = requiredDay(PlanAcceptanceColumn.acceptedOn)
        acceptance.documentNumber = optional(PlanAcceptanceColumn.documentNumber)
        var command = Command()
        command.id = CommandID.make(
            kind: .planAcceptances,
            cycle: "",
            group: acceptance.plan,
            key: acceptance.plan,
            acceptance.byArea,
            acceptance.acceptedOn
        )
        command.occurredOn = acceptance.acceptedOn
        command.acceptActionPlan = acceptance
        return command
    }

    mutating func planReturn() -> Command {
        var planReturn = PlanReturn()
        planReturn.plan = required(PlanReturnColumn.plan)
        planReturn.byArea = areaCode(PlanReturnColumn.byArea, lengths: [2, 4])
        planReturn.returnedOn = requiredDay(PlanReturnColumn.returnedOn)
        planReturn.reason = required(PlanReturnColumn.reason)
        planReturn.documentNumber = optional(PlanReturnColumn.documentNumber)
        var command = Command()
        command.id = CommandID.make(
            kind: .planReturns,
            cycle: "",
            group: planReturn.plan,
            key: planReturn.plan,
            planReturn.byArea,
            planReturn.returnedOn
        )
        command.occurredOn = planReturn.returnedOn
        command.returnActionPlan = planReturn
        return command
    }
}
