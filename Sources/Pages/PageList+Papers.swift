import AppointmentsProjection
import AreasProjection
import AwardsProjection
import BudgetProjection
import Console
import MeetingsProjection
import PlansProjection
import TrainingsProjection

/// Papers, people, meetings and plans.
extension PageList {
    static let orders = PageList(
        name: "orders",
        title: Phrase(thai: "คำสั่งแต่งตั้ง", english: "Orders"),
        columns: [
            Phrase(thai: "เลขที่", english: "Number"), Phrase(thai: "วันที่", english: "Date"),
            Phrase(thai: "ชนิด", english: "Kind"), Phrase(thai: "พื้นที่", english: "Area"),
            Phrase(thai: "บุคคล", english: "Persons"),
            Phrase(thai: "ส่งเมื่อ", english: "Submitted on"),
            Phrase(thai: "ยกเลิกเมื่อ", english: "Revoked on"),
        ]
    ) { page, cycle, db in
        var rows: [[Markup]] = []
        try AppointmentReadModel.forEachOrder(cycle: cycle, db) { row in
            rows.append([
                "\(row.number)", page.day(row.date), "\(page.word(row.kind))",
                page.area(coded: row.area), page.number(row.personCount),
                page.day(row.submittedOn), page.day(row.revokedOn),
            ])
        }
        return rows
    }

    static let appointments = PageList(
        name: "appointments",
        title: Phrase(thai: "ผู้ได้รับแต่งตั้ง", english: "Appointments"),
        columns: [
            Phrase(thai: "บุคคล", english: "Person"), Phrase(thai: "บทบาท", english: "Role"),
            Phrase(thai: "พื้นที่", english: "Area"), Phrase(thai: "คำสั่ง", english: "Order"),
            Phrase(thai: "ตั้งแต่", english: "From"), Phrase(thai: "ถึง", english: "To"),
        ]
    ) { page, cycle, db in
        var rows: [[Markup]] = []
        try AppointmentReadModel.forEachAppointment(cycle: cycle, db) { row in
            rows.append([
                page.link(["records"], row.person, ["person": row.person]),
                "\(page.word(row.role))", page.area(coded: row.area), "\(row.number)",
                page.day(row.validFrom), page.day(row.validTo),
            ])
        }
        return rows
    }

    static let meetings = PageList(
        name: "meetings",
        title: Phrase(thai: "การประชุม", english: "Meetings"),
        columns: [
            Phrase(thai: "การประชุม", english: "Meeting"),
            Phrase(thai: "พื้นที่", english: "Area"), Phrase(thai: "สถานะ", english: "State"),
            Phrase(thai: "กำหนดวันที่", english: "Called for"),
            Phrase(thai: "ประชุมเมื่อ", english: "Held on"),
            Phrase(thai: "มาประชุม", english: "Present"),
            Phrase(thai: "ครบองค์ประชุมที่", english: "Quorum"),
        ]
    ) { page, cycle, db in
        var rows: [[Markup]] = []
        try MeetingReadModel.forEachMeeting(cycle: cycle, db) { row in
            rows.append([
                page.link(record: row.calledAtIndex, row.meeting), page.area(coded: row.area),
                "\(page.word(row.status))", page.day(row.scheduledOn), page.day(row.heldOn),
                page.count(row.presentCount), page.count(row.quorumCount),
            ])
        }
        return rows
    }

    static let trainings = PageList(
        name: "trainings",
        title: Phrase(thai: "การฝึกอบรม", english: "Trainings"),
        columns: [
            Phrase(thai: "การฝึกอบรม", english: "Training"),
            Phrase(thai: "พื้นที่", english: "Area"), Phrase(thai: "ชนิด", english: "Kind"),
            Phrase(thai: "เมื่อ", english: "Held on"),
            Phrase(thai: "วิทยากร", english: "Trainers"),
            Phrase(thai: "ผู้เข้าอบรม", english: "Participants"),
        ]
    ) { page, cycle, db in
        var rows: [[Markup]] = []
        try TrainingReadModel.forEachTraining(cycle: cycle, db) { row in
            rows.append([
                "\(row.training)", page.area(coded: row.area), "\(page.word(row.kind))",
                page.day(row.heldOn), page.number(row.trainerCount),
                page.number(row.participantCount),
            ])
        }
        return rows
    }

    static let plans = PageList(
        name: "plans",
        title: Phrase(thai: "แผน", english: "Plans"),
        columns: [
            Phrase(thai: "แผน", english: "Plan"), Phrase(thai: "พื้นที่", english: "Area"),
            Phrase(thai: "สถานะ", english: "State"),
            Phrase(thai: "ส่งเมื่อ", english: "Submitted on"),
            Phrase(thai: "ขั้นตอน", english: "Steps"), Phrase(thai: "ทำแล้ว", english: "Done"),
            Phrase(thai: "ช้า", english: "Late"),
        ]
    ) { page, cycle, db in
        var rows: [[Markup]] = []
        try PlanReadModel.forEachPlan(cycle: cycle, on: page.today, db) { row in
            rows.append([
                "\(row.plan)", page.area(coded: row.area), "\(page.word(row.status))",
                page.day(row.submittedOn), page.number(row.stepCount),
                page.number(row.doneCount),
                row.lateCount > 0 ? page.late(row.lateCount.grouped) : "0",
            ])
        }
        return rows
    }

    static let cooperation = PageList(
        name: "cooperation",
        title: Phrase(thai: "การขอความร่วมมือ", english: "Co-operation"),
        columns: [
            Phrase(thai: "หนังสือ", english: "Request"), Phrase(thai: "วันที่", english: "Date"),
            Phrase(thai: "จาก", english: "From"), Phrase(thai: "ถึง อปท.", english: "To LAO"),
            Phrase(thai: "คำตอบ", english: "Answer"),
            Phrase(thai: "ตอบเมื่อ", english: "Answered on"),
        ]
    ) { page, cycle, db in
        var rows: [[Markup]] = []
        try PlanReadModel.forEachCooperation(cycle: cycle, db) { row in
            rows.append([
                "\(row.request)", page.day(row.date), page.area(coded: row.fromArea),
                page.area(coded: row.lao), "\(row.answer.map { page.word($0) } ?? "–")",
                page.day(row.answeredOn),
            ])
        }
        return rows
    }

    static let awards = PageList(
        name: "awards",
        title: Phrase(thai: "รางวัล", english: "Awards"),
        columns: [
            Phrase(thai: "ผู้ได้รับการเสนอชื่อ", english: "Nominee"),
            Phrase(thai: "รางวัล", english: "Award"), Phrase(thai: "อำเภอ", english: "District"),
            Phrase(thai: "เสนอเมื่อ", english: "Entered on"),
            Phrase(thai: "ตัดสินเมื่อ", english: "Decided on"),
            Phrase(thai: "รายงานเมื่อ", english: "Reported on"),
        ]
    ) { page, cycle, db in
        var rows: [[Markup]] = []
        try AwardReadModel.forEachNominee(cycle: cycle, db) { row in
            rows.append([
                "\(row.nominee)", "\(page.word(row.kind))", page.area(coded: row.area),
                page.day(row.enteredOn), page.day(row.decidedOn), page.day(row.reportedOn),
            ])
        }
        return rows
    }

    static let budget = PageList(
        name: "budget",
        title: Phrase(thai: "งบประมาณ", english: "Budget"),
        columns: [
            Phrase(thai: "รายการ", english: "Allocation"),
            Phrase(thai: "พื้นที่", english: "Area"),
            Phrase(thai: "กิจกรรม", english: "Activity"),
            Phrase(thai: "จัดสรร (บาท)", english: "Allocated (baht)"),
            Phrase(thai: "ใช้ (บาท)", english: "Spent (baht)"),
            Phrase(thai: "คงเหลือ (บาท)", english: "Left (baht)"),
        ]
    ) { page, cycle, db in
        let areas = try AreaReadModel.areas(db).map(\.area)
        return try BudgetReadModel.allocations(of: areas, cycle: cycle, db).map { row -> [Markup] in
            [
                "\(row.allocation)", page.area(coded: row.area), "\(row.activity)",
                page.baht(row.amountSatang), page.baht(row.spentSatang),
                row.leftSatang < 0
                    ? "<strong class=\"late\">\(page.baht(row.leftSatang))</strong>"
                    : page.baht(row.leftSatang),
            ]
        }
    }
}
