internal import Survey

/// Columns of plans: one row a step, consecutive rows of one `plan` make one version of it.
enum PlanColumn: Int, CaseIterable, ColumnIndex {
    case plan
    case cycle
    case area
    case occurredOn
    case step
    case kind
    case text
    case startsOn
    case due
    case responsible
    case office

    static let all: [ImportColumn] = allCases.map(\.column)

    static let kinds: [(String, PlanStep.Kind)] = [
        ("collecting", .collecting), ("certifying", .certifying), ("other", .other),
    ]

    private var column: ImportColumn {
        switch self {
        case .plan:
            .required("plan", "รหัสแผนที่ตั้งเอง", "identifier of the plan", "380101-plan-2561")
        case .cycle: .cycle
        case .area:
            .required(
                "area",
                "รหัสอำเภอหรือตำบลของแผน",
                "code of the district or tambon it is of",
                "380101"
            )
        case .occurredOn: .occurredOn(example: "15/11/2560")
        case .step:
            .required(
                "step",
                "รหัสขั้นตอน คงเดิมทุกฉบับ",
                "identifier of the step, the same in all versions",
                "collect"
            )
        case .kind:
            .required(
                "kind",
                "ชนิดขั้นตอน: collecting, certifying หรือ other",
                "kind of step: collecting, certifying or other",
                "collecting"
            )
        case .text:
            .required("text", "ขั้นตอน", "what is done", "จัดเก็บข้อมูลทุกครัวเรือน")
        case .startsOn:
            .required("starts_on", "วันเริ่ม", "first day", "1/12/2560")
        case .due:
            .required("due", "วันสุดท้าย", "last day", "28/2/2561")
        case .responsible:
            .optional(
                "responsible",
                "รหัสบุคคลผู้รับผิดชอบ; ว่างได้เมื่อมี office",
                "person identifier of whoever is responsible; may be empty beside office"
            )
        case .office:
            .optional(
                "office",
                "หน่วยงานผู้รับผิดชอบ; ว่างได้เมื่อมี responsible",
                "office that is responsible; may be empty beside responsible",
                "พัฒนากรผู้ประสานงานตำบล"
            )
        }
    }
}

/// Columns of outcomes: one row a step of a plan that is done.
enum PlanOutcomeColumn: Int, CaseIterable, ColumnIndex {
    case plan
    case step
    case doneOn
    case note

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .plan:
            .required(
                "plan",
                "รหัสแผนที่บันทึกแล้ว",
                "identifier of a plan that is recorded",
                "380101-plan-2561"
            )
        case .step:
            .required("step", "รหัสขั้นตอน", "identifier of the step", "collect")
        case .doneOn:
            .required("done_on", "วันที่ทำเสร็จ", "day it was done", "20/2/2561")
        case .note:
            .optional("note", "หมายเหตุ", "note")
        }
    }
}

extension RowForm {
    mutating func plan() -> PaperRow {
        var plan = ActionPlan()
        plan.plan = required(PlanColumn.plan)
        plan.cycle = cycle(PlanColumn.cycle)
        plan.area = areaCode(PlanColumn.area, lengths: [4, 6])
        var step = PlanStep()
        step.step = required(PlanColumn.step)
        step.kind = word(PlanColumn.kind, PlanColumn.kinds) ?? .unspecified
        step.text = required(PlanColumn.text)
        step.startsOn = requiredDay(PlanColumn.startsOn)
        step.due = requiredDay(PlanColumn.due)
        step.responsible = optionalIdentifier(PlanColumn.responsible)
        step.office = optional(PlanColumn.office)
        plan.steps = [step]
        var command = Command()
        command.occurredOn = optionalDay(PlanColumn.occurredOn)
        // The day is part of it, so that a plan that was returned can be drafted anew.
        command.id = CommandID.make(
            kind: .plans,
            cycle: plan.cycle,
            group: plan.area,
            key: plan.plan,
            command.occurredOn
        )
        command.draftActionPlan = plan
        return paper(
            command,
            plan.plan,
            PlanColumn.self,
            ownColumns: [.step, .kind, .text, .startsOn, .due, .responsible, .office]
        )
    }

    mutating func planOutcome() -> Command {
        var done = PlanStepDone()
        done.plan = required(PlanOutcomeColumn.plan)
        done.step = required(PlanOutcomeColumn.step)
        done.doneOn = requiredDay(PlanOutcomeColumn.doneOn)
        done.note = optional(PlanOutcomeColumn.note)
        var command = Command()
        command.id = CommandID.make(
            kind: .planOutcomes,
            cycle: "",
            group: done.plan,
            key: done.plan,
            done.step,
            done.doneOn
        )
        command.occurredOn = done.doneOn
        command.finishPlanStep = done
        return command
    }
}
