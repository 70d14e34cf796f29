package import GRDB
package import ProjectionRuntime
import Survey

extension PlanReadModel {
    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            switch record.event.kind {
            case .cooperationRequested(let request): try ask(request, record, db)
            case .cooperationAnswered(let answer):
                try db.run(
                    """
                    UPDATE cooperation_lao SET answer = ?, text = ?, answered_on = ?,
                        document_number = ?, answered_at_index = ? WHERE request = ? AND lao = ?
                    """,
                    [
                        answer.answer.name, answer.text.nonEmpty, answer.answeredOn,
                        answer.documentNumber.nonEmpty, record.rowIndex, answer.request,
                        answer.lao,
                    ]
                )
            case .actionPlanDrafted(let plan): try draft(plan, record, db)
            case .actionPlanSubmitted(let submission): try submit(submission, record, db)
            case .actionPlanAccepted(let acceptance):
                let decision = Decision(
                    outcome: "accepted",
                    day: acceptance.acceptedOn,
                    reason: nil,
                    number: acceptance.documentNumber.nonEmpty
                )
                try save(decision, on: acceptance.plan, by: acceptance.byArea, record, db)
            case .actionPlanReturned(let planReturn):
                let decision = Decision(
                    outcome: "returned",
                    day: planReturn.returnedOn,
                    reason: planReturn.reason,
                    number: planReturn.documentNumber.nonEmpty
                )
                try save(decision, on: planReturn.plan, by: planReturn.byArea, record, db)
            case .planStepDone(let done):
                try db.run(
                    "INSERT OR IGNORE INTO action_plan_done VALUES (?, ?, ?, ?, ?)",
                    [done.plan, done.step, done.doneOn, done.note.nonEmpty, record.rowIndex]
                )
            case .paperWithdrawn(let withdrawal): try withdraw(withdrawal, record, db)
            default: break
            }
        }
    }

    private func withdraw(
        _ withdrawal: PaperWithdrawal,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        switch withdrawal.kind {
        case .cooperation: break
        case .plan:
            try db.run(
                "UPDATE action_plan SET status = 'withdrawn' WHERE plan = ?",
                [withdrawal.paper]
            )
        case .cooperationAnswer:
            try db.run(
                """
                UPDATE cooperation_lao SET answer = NULL, text = NULL, answered_on = NULL,
                    document_number = NULL, answered_at_index = NULL WHERE request = ? AND lao = ?
                """,
                [withdrawal.paper, withdrawal.area]
            )
        case .planStep:
            try db.run(
                "DELETE FROM action_plan_done WHERE plan = ? AND step = ?",
                [withdrawal.paper, withdrawal.part]
            )
        default: return
        }
        try Self.withdrawals.save(withdrawal, record, db)
    }

    private func ask(
        _ request: CooperationRequest,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            "INSERT OR REPLACE INTO cooperation VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                request.request, request.cycle, request.fromArea, request.date,
                request.documentNumber.nonEmpty, request.subject, record.rowIndex,
            ]
        )
        for lao in request.toAreas {
            try db.run(
                "INSERT OR IGNORE INTO cooperation_lao (request, lao) VALUES (?, ?)",
                [request.request, lao]
            )
        }
        try Self.citations.save(request.cites, of: request.request, db)
        try Self.documents.save(
            request.documents,
            of: Self.owner(request: request.request),
            record,
            db
        )
    }

    private func draft(_ plan: ActionPlan, _ record: ProjectedRecord, _ db: Database) throws {
        try db.run(
            """
            INSERT INTO action_plan VALUES (?, ?, ?, 1, 'drafted', ?, ?)
            ON CONFLICT DO UPDATE SET version = version + 1, status = 'drafted',
                drafted_on = excluded.drafted_on, drafted_at_index = excluded.drafted_at_index
            """,
            [plan.plan, plan.cycle, plan.area, record.day.iso, record.rowIndex]
        )
        let version = try currentVersion(of: plan.plan, db)
        for (offset, step) in plan.steps.enumerated() {
            try db.run(
                "INSERT INTO action_plan_step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    plan.plan, version, offset + 1, step.step, step.kind.name, step.text,
                    step.startsOn, step.due, step.responsible.nonEmpty, step.office.nonEmpty,
                ]
            )
        }
        try Self.documents.save(
            plan.documents,
            of: Self.owner(plan: plan.plan, version: version),
            record,
            db
        )
    }

    private func submit(
        _ submission: PlanSubmission,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            INSERT OR IGNORE INTO action_plan_passage (plan, version, to_area, submitted_on,
                document_number, submitted_at_index) VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                submission.plan, try currentVersion(of: submission.plan, db), submission.toArea,
                submission.submittedOn, submission.documentNumber.nonEmpty, record.rowIndex,
            ]
        )
        try db.run(
            "UPDATE action_plan SET status = 'submitted' WHERE plan = ?",
            [submission.plan]
        )
    }

    private struct Decision {
        let outcome: String
        let day: String
        let reason: String?
        let number: String?
    }

    private func save(
        _ decision: Decision,
        on plan: String,
        by area: String,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            UPDATE action_plan_passage SET outcome = ?, decided_on = ?, reason = ?,
                decision_number = ?, decided_at_index = ?
            WHERE plan = ? AND version = ? AND to_area = ?
            """,
            [
                decision.outcome, decision.day, decision.reason, decision.number,
                record.rowIndex, plan, try currentVersion(of: plan, db), area,
            ]
        )
        try db.run(
            "UPDATE action_plan SET status = ? WHERE plan = ?",
            [decision.outcome, plan]
        )
    }

    /// 0 for a plan that nobody drafted, which the rules refuse.
    private func currentVersion(of plan: String, _ db: Database) throws -> Int {
        try Int.fetchOne(
            db,
            sql: "SELECT version FROM action_plan WHERE plan = ?",
            arguments: [plan]
        ) ?? 0
    }

    // Identifiers have no slash, so that neither can be taken for another one.
    static func owner(request: String) -> String { "cooperation/\(request)" }
    static func owner(plan: String, version: Int) -> String { "plan/\(plan)/\(version)" }
}

extension CooperationAnswer.Answer {
    /// The answer's one name, as in the schema.
    fileprivate var name: String {
        switch self {
        case .agreed: "agreed"
        case .declined: "declined"
        case .partly: "partly"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}

extension PlanStep.Kind {
    /// The kind's one name, as in the schema.
    fileprivate var name: String {
        switch self {
        case .collecting: "collecting"
        case .certifying: "certifying"
        case .other: "other"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}
