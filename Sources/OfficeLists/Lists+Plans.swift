import AreasProjection
import AwardsProjection
import BudgetProjection
import CalendarProjection
import PlansProjection
import ProjectionRuntime
import Survey

/// What was planned, asked for, promised, paid and due.
extension OfficeList {
    static var cooperation: OfficeList {
        let columns: [ListColumn<ListedCooperationRow>] = [
            .text("request", "หนังสือขอความร่วมมือ", "request") { $0.request },
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .area("from_area", "จาก", "from") { $0.fromArea },
            .day("date", "ลงวันที่", "date") { $0.date },
            .text("request_number", "ที่", "request's number") { $0.requestNumber }.aside,
            .area("lao", "อปท.", "LAO") { $0.lao },
            .word("state", "สถานะ", "state") { $0.answer ?? "open" },
            .day("answered_on", "ตอบเมื่อ", "answered on") { $0.answeredOn },
            .text("document_number", "ที่หนังสือตอบ", "answer's number") { $0.documentNumber }.aside,
            .text("text", "ข้อความ", "text") { $0.text }.aside,
            .text("subject", "เรื่อง", "subject") { $0.subject },
        ]
        return OfficeList(columns, of: [PlanReadModel()]) { db, scope, emit in
            try PlanReadModel.forEachCooperation(cycle: scope.cycle, db, emit)
        }
    }

    static var plans: OfficeList {
        let columns: [ListColumn<ListedPlanRow>] = [
            .text("plan", "แผน", "plan") { $0.plan },
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .area("area", "พื้นที่", "area") { $0.area },
            .number("version", "ฉบับที่", "version") { $0.version }.aside,
            .word("state", "สถานะ", "state") { $0.status },
            .day("drafted_on", "ร่างเมื่อ", "drafted on") { $0.draftedOn },
            .area("submitted_to", "ส่งถึง", "submitted to") { $0.submittedTo }.aside,
            .day("submitted_on", "ส่งเมื่อ", "submitted on") { $0.submittedOn },
            .number("steps", "ขั้นตอน", "steps") { $0.stepCount },
            .number("done", "ทำแล้ว", "done") { $0.doneCount },
            .number("late", "ช้า", "late") { $0.lateCount },
        ]
        return OfficeList(columns, of: [PlanReadModel()]) { db, scope, emit in
            try PlanReadModel.forEachPlan(cycle: scope.cycle, on: scope.day, db, emit)
        }
    }

    private struct Step {
        let row: ListedStepRow
        let state: String
    }

    static var planSteps: OfficeList {
        let columns: [ListColumn<Step>] = [
            .text("plan", "แผน", "plan") { $0.row.plan },
            .text("cycle", "รอบปี", "cycle") { $0.row.cycle },
            .area("area", "พื้นที่", "area") { $0.row.area },
            .day("occurred_on", "ร่างเมื่อ", "drafted on") { $0.row.draftedOn }.aside,
            .number("position", "ที่", "no.") { $0.row.position }.aside,
            .text("step", "รหัสขั้นตอน", "step") { $0.row.step }.aside,
            .word("kind", "ชนิด", "kind") { $0.row.kind },
            .text("text", "ขั้นตอน", "text") { $0.row.text },
            .day("starts_on", "เริ่ม", "starts") { $0.row.startsOn },
            .day("due", "ถึง", "due") { $0.row.due },
            .word("state", "สถานะ", "state") { $0.state },
            .day("done_on", "ทำแล้วเมื่อ", "done on") { $0.row.doneOn },
            .text("responsible", "ผู้รับผิดชอบ", "responsible") { $0.row.responsible },
            .text("office", "หน่วยงาน", "office") { $0.row.office }.aside,
            .text("note", "หมายเหตุ", "note") { $0.row.note }.aside,
        ]
        return OfficeList(columns, of: [PlanReadModel()]) { db, scope, emit in
            try PlanReadModel.forEachStep(cycle: scope.cycle, db) { row in
                // ISO days compare as text.
                let isOver = row.due < scope.day.iso
                let state = row.doneOn == nil ? (isOver ? "overdue" : "open") : "done"
                try emit(Step(row: row, state: state))
            }
        }
    }

    static var awards: OfficeList {
        let columns: [ListColumn<ListedNomineeRow>] = [
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .area("area", "พื้นที่", "area") { $0.area },
            .word("kind", "รางวัล", "award") { $0.kind },
            .text("nominee", "ผู้ถูกเสนอชื่อ", "nominee") { $0.nominee },
            .word("state", "สถานะ", "state") { row in
                guard let winner = row.winner else { return "nominated" }
                return winner == row.nominee ? "chosen" : "not_chosen"
            },
            .day("entered_on", "เสนอเมื่อ", "entered on") { $0.enteredOn },
            .number("tree_size", "ขนาด", "tree size") { $0.treeSize }.aside,
            .day("decided_on", "ตัดสินเมื่อ", "decided on") { $0.decidedOn },
            .day("reported_on", "รายงานเมื่อ", "reported on") { $0.reportedOn },
            .text("grounds", "เหตุที่เสนอ", "grounds") { $0.grounds }.aside,
            .text("reason", "เหตุที่ตัดสิน", "reason") { $0.reason }.aside,
            .text("deciders", "ผู้ตัดสิน", "decided by") { $0.deciders }.aside,
        ]
        return OfficeList(columns, of: [AwardReadModel()]) { db, scope, emit in
            try AwardReadModel.forEachNominee(cycle: scope.cycle, db, emit)
        }
    }

    private struct Voucher {
        let cycle: String
        let row: BudgetSpendingRow
    }

    static var expenses: OfficeList {
        let columns: [ListColumn<Voucher>] = [
            .text("allocation", "การจัดสรร", "allocation") { $0.row.allocation },
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .area("area", "พื้นที่", "area") { $0.row.area },
            .text("document_number", "หลักฐานจ่าย", "voucher") { $0.row.documentNumber },
            .day("spent_on", "จ่ายเมื่อ", "spent on") { $0.row.spentOn },
            .satang("amount_satang", "บาท", "baht") { $0.row.amountSatang },
            .text("text", "รายการ", "for") { $0.row.text },
        ]
        return OfficeList(columns, of: [BudgetReadModel(), AreaReadModel()]) { db, scope, emit in
            let areas = try AreaReadModel.codes(within: "", db)
            for row in try BudgetReadModel.spendings(of: areas, cycle: scope.cycle, db) {
                try emit(Voucher(cycle: scope.cycle, row: row))
            }
        }
    }

    private struct Money {
        let cycle: String
        let row: BudgetAllocationRow
    }

    static var budget: OfficeList {
        let columns: [ListColumn<Money>] = [
            .text("allocation", "การจัดสรร", "allocation") { $0.row.allocation },
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .area("area", "พื้นที่", "area") { $0.row.area },
            .text("activity", "กิจกรรม", "activity") { $0.row.activity },
            .text("source", "แหล่งงบ", "source") { $0.row.source }.aside,
            .day("allocated_on", "จัดสรรเมื่อ", "allocated on") { $0.row.allocatedOn }.aside,
            .text("document_number", "ที่", "number") { $0.row.documentNumber }.aside,
            .satang("amount_satang", "จัดสรร (บาท)", "allocated (baht)") { $0.row.amountSatang },
            .satang("spent_satang", "ใช้ไป (บาท)", "spent (baht)") { $0.row.spentSatang },
            .satang("left_satang", "คงเหลือ (บาท)", "left (baht)") { $0.row.leftSatang },
            .word("state", "สถานะ", "state") {
                $0.row.leftSatang < 0 ? "over_allocation" : "within_allocation"
            },
        ]
        return OfficeList(columns, of: [BudgetReadModel(), AreaReadModel()]) { db, scope, emit in
            // Every area is within the one without a code.
            let areas = try AreaReadModel.codes(within: "", db)
            for row in try BudgetReadModel.allocations(of: areas, cycle: scope.cycle, db) {
                try emit(Money(cycle: scope.cycle, row: row))
            }
        }
    }

    static func deadlines(_ isEnglish: Bool) -> OfficeList {
        let columns: [ListColumn<CalendarEntry>] = [
            .text("cycle", "รอบปี", "cycle") { $0.deadline.cycle },
            .text("deadline", "กำหนด", "deadline") { $0.deadline.deadline }.aside,
            .text("item", "ข้อ", "item") { $0.deadline.item },
            .day("due", "ภายใน", "due") { $0.deadline.due },
            .word("level", "ระดับ", "level") { $0.deadline.fromLevel }.aside,
            .area("area", "พื้นที่", "area") { $0.area },
            .word("state", "สถานะ", "state") { $0.status.rawValue },
            .day("done_on", "ทำแล้วเมื่อ", "done on") { $0.doneOn },
            .number("days_late", "ช้า (วัน)", "days late") { $0.daysLate },
            .text("title", "เรื่อง", "what") {
                isEnglish ? $0.deadline.titleEn : $0.deadline.titleTh
            },
        ]
        return OfficeList(columns, of: [CalendarReadModel()]) { db, scope, emit in
            for entry in try CalendarReadModel.entries(cycle: scope.cycle, on: scope.day, db) {
                try emit(entry)
            }
        }
    }
}
