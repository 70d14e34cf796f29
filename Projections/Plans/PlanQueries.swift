package import GRDB
package import ProjectionRuntime
package import Survey

/// One request for co-operation.
package struct CooperationRow: ReadModelRow {
    package let request: String
    package let cycle: String
    package let fromArea: String
    package let date: String
    package let documentNumber: String?
    package let subject: String
    package let requestedAtIndex: Int64
}

/// An LAO that was asked, with its answer if it gave one.
package struct CooperationAnswerRow: ReadModelRow {
    package let lao: String
    package let answer: String?
    package let text: String?
    package let answeredOn: String?
    package let documentNumber: String?
    package let answeredAtIndex: Int64?
}

/// One plan as it stands.
package struct PlanRow: ReadModelRow {
    package let plan: String
    package let cycle: String
    package let area: String
    package let version: Int
    package let status: String
    package let draftedOn: String
    package let draftedAtIndex: Int64
}

/// A step of the plan as it stands, beside what happened.
package struct PlanStepRow: ReadModelRow {
    package let position: Int
    package let step: String
    package let kind: String
    package let text: String
    package let startsOn: String
    package let due: String
    package let responsible: String?
    package let office: String?
    package let doneOn: String?
    package let note: String?
    package let doneAtIndex: Int64?

    /// Days after the due day: of the day it was done, else of the day asked for; 0 for none.
    package func daysLate(on day: Day) -> Int {
        let reached = doneOn.flatMap { Day(iso: $0) } ?? day
        return Day(iso: due).map { max(0, reached - $0) } ?? 0
    }
}

/// Where a version of a plan went, and what was decided there.
package struct PlanPassageRow: ReadModelRow {
    package let version: Int
    package let toArea: String
    package let submittedOn: String
    package let documentNumber: String?
    package let submittedAtIndex: Int64
    package let outcome: String?
    package let decidedOn: String?
    package let reason: String?
    package let decisionNumber: String?
    package let decidedAtIndex: Int64?
}

extension PlanReadModel {
    package static func cooperation(_ id: String, _ db: Database) throws -> CooperationRow? {
        try CooperationRow.fetchOne(
            db,
            sql: "SELECT * FROM cooperation WHERE request = ?",
            arguments: [id]
        )
    }

    package static func answers(
        to request: String,
        _ db: Database
    ) throws -> [CooperationAnswerRow] {
        try CooperationAnswerRow.fetchAll(
            db,
            sql: "SELECT * FROM cooperation_lao WHERE request = ? ORDER BY lao",
            arguments: [request]
        )
    }

    package static func citations(
        of request: String,
        _ db: Database
    ) throws -> [CitationRow] {
        try citations.rows(of: request, db)
    }

    package static func documents(
        ofRequest request: String,
        _ db: Database
    ) throws -> [DocumentRow] {
        try documents.rows(of: owner(request: request), db)
    }

    package static func plan(_ id: String, _ db: Database) throws -> PlanRow? {
        try PlanRow.fetchOne(
            db,
            sql: "SELECT * FROM action_plan WHERE plan = ?",
            arguments: [id]
        )
    }

    /// The steps of the plan as it stands, in its order.
    package static func steps(of plan: PlanRow, _ db: Database) throws -> [PlanStepRow] {
        try PlanStepRow.fetchAll(
            db,
            sql: """
                SELECT action_plan_step.*, done_on, note, done_at_index
                FROM action_plan_step LEFT JOIN action_plan_done USING (plan, step)
                WHERE plan = ? AND version = ? ORDER BY position
                """,
            arguments: [plan.plan, plan.version]
        )
    }

    /// The first day on which plans have an area collect: its own, or those of the areas that hold
    /// it; nil where none has such a step.
    package static func collectingStart(
        of area: String,
        cycle: String,
        _ db: Database
    ) throws -> String? {
        try String.fetchOne(
            db,
            sql: """
                SELECT MIN(starts_on) FROM action_plan JOIN action_plan_step USING (plan, version)
                WHERE cycle = ?1 AND substr(?2, 1, length(area)) = area AND kind = 'collecting'
                """,
            arguments: [cycle, area]
        )
    }

    /// Of all its versions, oldest first.
    package static func passages(
        of plan: String,
        _ db: Database
    ) throws -> [PlanPassageRow] {
        try PlanPassageRow.fetchAll(
            db,
            sql: """
                SELECT * FROM action_plan_passage WHERE plan = ? ORDER BY submitted_at_index
                """,
            arguments: [plan]
        )
    }

    /// Of the plan as it stands.
    package static func documents(of plan: PlanRow, _ db: Database) throws -> [DocumentRow] {
        try documents.rows(of: owner(plan: plan.plan, version: plan.version), db)
    }

    package static func withdrawals(
        ofRequest request: String,
        _ db: Database
    ) throws -> [WithdrawalRow] {
        try withdrawals.rows(.cooperation, .cooperationAnswer, of: request, db)
    }

    package static func withdrawals(of plan: PlanRow, _ db: Database) throws -> [WithdrawalRow] {
        try withdrawals.rows(.plan, .planStep, of: plan.plan, db)
    }
}
