package import GRDB
import ProjectionRuntime
package import Survey

/// One plan as it stands, with how many of its steps are done.
package struct ListedPlanRow: ReadModelRow {
    package let plan: String
    package let cycle: String
    package let area: String
    package let version: Int
    package let status: String
    package let draftedOn: String
    package let submittedTo: String?
    package let submittedOn: String?
    package let stepCount: Int
    package let doneCount: Int
    /// Done after their day, or not done and their day is over.
    package let lateCount: Int
}

/// One step of a plan as it stands.
package struct ListedStepRow: ReadModelRow {
    package let plan: String
    package let cycle: String
    package let area: String
    package let draftedOn: String
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
}

/// A request for co-operation and one of the LAOs asked.
package struct ListedCooperationRow: ReadModelRow {
    package let request: String
    package let cycle: String
    package let fromArea: String
    package let date: String
    package let requestNumber: String?
    package let subject: String
    package let lao: String
    package let answer: String?
    package let text: String?
    package let answeredOn: String?
    package let documentNumber: String?
}

extension PlanReadModel {
    /// The plans of a cycle by area; what is late goes by `day`.
    package static func forEachPlan(
        cycle: String,
        on day: Day,
        _ db: Database,
        _ body: (ListedPlanRow) throws -> Void
    ) throws {
        let steps = """
            FROM action_plan_step AS step LEFT JOIN action_plan_done AS done USING (plan, step)
            WHERE step.plan = action_plan.plan AND step.version = action_plan.version
            """
        try ListedPlanRow.forEach(
            db,
            sql: """
                SELECT action_plan.*, latest.to_area AS submitted_to,
                    latest.submitted_on AS submitted_on,
                    (SELECT COUNT(*) \(steps)) AS step_count,
                    (SELECT COUNT(done_on) \(steps)) AS done_count,
                    (SELECT COUNT(*) \(steps) AND COALESCE(done_on, ?2) > due) AS late_count
                FROM action_plan LEFT JOIN action_plan_passage AS latest
                    ON latest.submitted_at_index = (SELECT MAX(submitted_at_index)
                        FROM action_plan_passage AS passage
                        WHERE passage.plan = action_plan.plan)
                WHERE cycle = ?1 ORDER BY area, action_plan.plan
                """,
            arguments: [cycle, day.iso],
            body
        )
    }

    /// The steps of the same plans in their order.
    package static func forEachStep(
        cycle: String,
        _ db: Database,
        _ body: (ListedStepRow) throws -> Void
    ) throws {
        try ListedStepRow.forEach(
            db,
            sql: """
                SELECT action_plan_step.*, cycle, area, drafted_on, done_on, note
                FROM action_plan JOIN action_plan_step USING (plan, version)
                LEFT JOIN action_plan_done USING (plan, step)
                WHERE cycle = ? ORDER BY area, plan, position
                """,
            arguments: [cycle],
            body
        )
    }

    /// The requests of a cycle, oldest first, each with one LAO after another.
    package static func forEachCooperation(
        cycle: String,
        _ db: Database,
        _ body: (ListedCooperationRow) throws -> Void
    ) throws {
        try ListedCooperationRow.forEach(
            db,
            sql: """
                SELECT cooperation_lao.*, cycle, from_area, date, subject,
                    cooperation.document_number AS request_number
                FROM cooperation JOIN cooperation_lao USING (request)
                WHERE cycle = ? ORDER BY requested_at_index, lao
                """,
            arguments: [cycle],
            body
        )
    }
}
