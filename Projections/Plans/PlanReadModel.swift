package import ProjectionRuntime
package import Survey

/// Co-operation that was asked for, and the plans for the collection with what became of them.
package struct PlanReadModel: Projection {
    package let name = "plans"
    package let version = 3
    package let kinds: Set<EventKind> = [
        .cooperationRequested, .cooperationAnswered, .actionPlanDrafted, .actionPlanSubmitted,
        .actionPlanAccepted, .actionPlanReturned, .planStepDone, .paperWithdrawn,
    ]
    package let needsHouseholds = false
    package let tables = [
        requests, laos, citations.table, plans, steps, passages, doneSteps, documents.table,
        withdrawals.table,
    ]

    package init() {}

    static let citations = CitationTable(name: "cooperation_citation")
    static let documents = DocumentTable(name: "plan_document")
    static let withdrawals = WithdrawalTable(name: "plan_withdrawal")

    private static let requests = ProjectionTable(
        name: "cooperation",
        key: ["request"],
        schema: """
            CREATE TABLE cooperation (
                request TEXT PRIMARY KEY,
                cycle TEXT NOT NULL,
                from_area TEXT NOT NULL,
                date TEXT NOT NULL,          -- that the letter bears
                document_number TEXT,
                subject TEXT NOT NULL,
                requested_at_index INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let laos = ProjectionTable(
        name: "cooperation_lao",
        key: ["request", "lao"],
        schema: """
            CREATE TABLE cooperation_lao (
                request TEXT NOT NULL,
                lao TEXT NOT NULL,           -- that was asked
                answer TEXT,                 -- agreed, declined, partly
                text TEXT,
                answered_on TEXT,
                document_number TEXT,
                answered_at_index INTEGER,
                PRIMARY KEY (request, lao)
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX cooperation_lao_by_lao ON cooperation_lao (lao)"]
    )

    private static let plans = ProjectionTable(
        name: "action_plan",
        key: ["plan"],
        schema: """
            CREATE TABLE action_plan (
                plan TEXT PRIMARY KEY,
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,
                version INTEGER NOT NULL,    -- 1, and one more each time it was drafted anew
                status TEXT NOT NULL,        -- drafted, submitted, accepted, returned, withdrawn: what came last
                drafted_on TEXT NOT NULL,    -- day of the act, of this version
                drafted_at_index INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX action_plan_by_area ON action_plan (cycle, area)"]
    )

    private static let steps = ProjectionTable(
        name: "action_plan_step",
        key: ["plan", "version", "position"],
        schema: """
            CREATE TABLE action_plan_step (
                plan TEXT NOT NULL,
                version INTEGER NOT NULL,
                position INTEGER NOT NULL,   -- in the plan, from 1
                step TEXT NOT NULL,
                kind TEXT NOT NULL,          -- collecting, certifying, other
                text TEXT NOT NULL,
                starts_on TEXT NOT NULL,
                due TEXT NOT NULL,
                responsible TEXT,            -- a person
                office TEXT,
                PRIMARY KEY (plan, version, position)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let passages = ProjectionTable(
        name: "action_plan_passage",
        key: ["plan", "version", "to_area"],
        schema: """
            CREATE TABLE action_plan_passage (
                plan TEXT NOT NULL,
                version INTEGER NOT NULL,
                to_area TEXT NOT NULL,       -- that it was submitted to
                submitted_on TEXT NOT NULL,
                document_number TEXT,
                submitted_at_index INTEGER NOT NULL,
                outcome TEXT,                -- accepted, returned
                decided_on TEXT,
                reason TEXT,                 -- why it was returned
                decision_number TEXT,        -- of the paper that says so
                decided_at_index INTEGER,
                PRIMARY KEY (plan, version, to_area)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let doneSteps = ProjectionTable(
        name: "action_plan_done",
        key: ["plan", "step"],
        schema: """
            CREATE TABLE action_plan_done (
                plan TEXT NOT NULL,
                step TEXT NOT NULL,          -- the same in all versions
                done_on TEXT NOT NULL,
                note TEXT,
                done_at_index INTEGER NOT NULL,
                PRIMARY KEY (plan, step)
            ) STRICT, WITHOUT ROWID
            """
    )
}
