package import GRDB
package import ProjectionRuntime
import Survey

extension CalendarReadModel {
    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        var certifications = try CertificationWriter(Self.certifications, db)
        var householdCounts: [CellKey: Int] = [:]
        try records.forEachRecord { record in
            try certifications.apply(record)
            if let household = record.household {
                if let cell = household.cellBefore { householdCounts[cell, default: 0] -= 1 }
                if let cell = household.cellAfter { householdCounts[cell, default: 0] += 1 }
                return
            }
            switch record.event.kind {
            case .cycleDefined(let cycle): try define(cycle, record, db)
            case .deadlineChanged(let change):
                try db.run(
                    """
                    UPDATE calendar_deadline SET due = ?, change_count = change_count + 1
                    WHERE cycle = ? AND deadline = ?
                    """,
                    [change.due, change.cycle, change.deadline]
                )
            case .targetSet(let target): try set(target, record, db)
            case .userRegistered(let user):
                try register(user.person, user.cycle, user.area, record, db)
            case .userRegistrationUpdated(let user):
                try register(user.person, user.cycle, user.area, record, db)
            case .reportSubmitted(let report):
                try db.run(
                    "INSERT OR REPLACE INTO calendar_report VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        report.cycle, report.deadline, report.area, report.documentNumber.nonEmpty,
                        record.day.iso, record.rowIndex,
                    ]
                )
            default:
                try saveOrder(record, db)
                try send(record, db)
            }
        }
        for (cell, count) in householdCounts where count != 0 {
            try db.run(
                """
                UPDATE calendar_cell SET household_count = household_count + ?
                WHERE cycle = ? AND village = ? AND lao = ?
                """,
                [count, cell.cycle, cell.village, cell.lao]
            )
        }
    }

    /// The first time in each area.
    private func register(
        _ person: String,
        _ cycle: String,
        _ area: String,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            "INSERT OR IGNORE INTO calendar_user VALUES (?, ?, ?, ?, ?)",
            [cycle, person, area, record.day.iso, record.rowIndex]
        )
    }

    private func define(_ cycle: Cycle, _ record: ProjectedRecord, _ db: Database) throws {
        let rule = cycle.hasMeetingRule ? cycle.meetingRule : .half
        try db.run(
            "INSERT OR REPLACE INTO calendar_cycle VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                cycle.cycle, cycle.edition, cycle.referenceDate, cycle.provinceCode,
                cycle.requiresFullCoverage, rule.quorumNumerator, rule.quorumDenominator,
                cycle.registersUsersWithoutAppointment,
                cycle.committeeLevels.map(\.name).joined(separator: ","),
                cycle.appointedUserRoles.joined(separator: ","),
                cycle.cooperationRequiresCitation, cycle.synthetic, record.rowIndex,
            ]
        )
        for (position, deadline) in cycle.deadlines.enumerated() {
            try db.run(
                """
                INSERT OR REPLACE INTO calendar_deadline
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
                """,
                [
                    cycle.cycle, deadline.deadline, position, deadline.item, deadline.act.name,
                    deadline.fromLevel.name, deadline.toLevel.name, deadline.due, deadline.due,
                    deadline.titleTh, deadline.titleEn,
                ]
            )
        }
    }

    /// What is withdrawn meets no deadline; an order was perhaps submitted before as well.
    private func withdraw(_ withdrawal: PaperWithdrawal, _ db: Database) throws {
        let (paper, area) = (withdrawal.paper, withdrawal.area)
        switch withdrawal.kind {
        case .orderSubmission:
            try db.run(
                """
                DELETE FROM calendar_order_submission WHERE order_id = ?1 AND to_area = ?2
                    AND submitted_at_index = (SELECT MAX(submitted_at_index)
                        FROM calendar_order_submission WHERE order_id = ?1 AND to_area = ?2)
                """,
                [paper, area]
            )
        case .plan:
            try db.run("DELETE FROM calendar_plan_submission WHERE plan = ?", [paper])
            try db.run("DELETE FROM calendar_plan WHERE plan = ?", [paper])
        case .awardDecision:
            try db.run(
                "DELETE FROM calendar_award_decision WHERE cycle = ? AND area = ? AND kind = ?",
                [withdrawal.cycle, area, paper]
            )
            // What told of it no longer tells of all three.
            try db.run(
                "DELETE FROM calendar_award_report WHERE cycle = ? AND area = ?",
                [withdrawal.cycle, area]
            )
        default: break
        }
    }

    /// Plans and awards on their way up; what is sent once more after a return was sent before.
    ///
    /// A plan that came back and stays away was not sent: there is none to work by.
    private func send(_ record: ProjectedRecord, _ db: Database) throws {
        switch record.event.kind {
        case .actionPlanDrafted(let plan):
            try db.run(
                "INSERT OR IGNORE INTO calendar_plan VALUES (?, ?, ?)",
                [plan.plan, plan.cycle, plan.area]
            )
        case .actionPlanSubmitted(let submission):
            try db.run(
                """
                INSERT INTO calendar_plan_submission VALUES (?, ?, ?, ?, 0)
                ON CONFLICT DO UPDATE SET returned = 0
                """,
                [
                    submission.plan, submission.toArea, submission.submittedOn,
                    record.rowIndex,
                ]
            )
        case .actionPlanReturned(let planReturn):
            try db.run(
                """
                UPDATE calendar_plan_submission SET returned = 1 WHERE plan = ? AND to_area = ?
                """,
                [planReturn.plan, planReturn.byArea]
            )
        case .awardDecided(let decision):
            try db.run(
                "INSERT OR IGNORE INTO calendar_award_decision VALUES (?, ?, ?)",
                [decision.cycle, decision.area, decision.kind.name]
            )
        case .awardsReported(let report):
            try db.run(
                """
                INSERT OR IGNORE INTO calendar_award_report SELECT ?1, ?2, ?3, ?4, ?5
                WHERE (SELECT COUNT(*) FROM calendar_award_decision
                    WHERE cycle = ?1 AND area = ?2) = 3
                """,
                [
                    report.cycle, report.area, report.toArea, report.reportedOn,
                    record.rowIndex,
                ]
            )
        case .paperWithdrawn(let withdrawal): try withdraw(withdrawal, db)
        default: break
        }
    }

    private func set(_ target: Target, _ record: ProjectedRecord, _ db: Database) throws {
        try db.run(
            """
            UPDATE calendar_cell SET target_on = COALESCE(target_on, ?),
                target_at_index = COALESCE(target_at_index, ?)
            WHERE cycle = ? AND village = ? AND lao = ?
            """,
            [record.day.iso, record.rowIndex, target.cycle, target.village, target.lao]
        )
    }
}

extension Order.Kind {
    var name: String {
        switch self {
        case .committee: "committee"
        case .collector: "collector"
        case .recorder: "recorder"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}

extension Deadline.Act {
    /// The act's one name, as in the schema.
    var name: String {
        switch self {
        case .targetsSet: "targets_set"
        case .ordersIssued: "orders_issued"
        case .reportSubmitted: "report_submitted"
        case .certificationSubmitted: "certification_submitted"
        case .ordersSubmitted: "orders_submitted"
        case .usersRegistered: "users_registered"
        case .plansSubmitted: "plans_submitted"
        case .awardsReported: "awards_reported"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}
