import GRDB
package import ProjectionRuntime
package import Survey

/// What was due when, and what happened.
///
/// Facts only: whether a deadline is met is asked for a day.
package struct CalendarReadModel: Projection {
    package let name = "calendar"
    package let version = 5
    package let kinds = CertificationTable.kinds.union([
        .cycleDefined, .deadlineChanged, .orderIssued, .orderAmended, .orderRevoked,
        .orderSubmitted, .userRegistered, .userRegistrationUpdated, .reportSubmitted,
        .actionPlanDrafted, .actionPlanSubmitted, .actionPlanReturned, .awardDecided,
        .awardsReported, .paperWithdrawn,
    ])
    package let needsHouseholds = true
    package let tables =
        [
            cycles, deadlines, orders, orderAreas, submissions, users, reports, plans,
            planSubmissions, decisions, awards,
        ] + certifications.tables

    static let certifications = CertificationTable(
        name: "calendar_certification",
        areaName: "calendar_area",
        cellName: "calendar_cell",
        cellColumns: """

                household_count INTEGER NOT NULL DEFAULT 0, -- recorded or not collected, now
                target_on TEXT,                -- day of the act that set its target first
                target_at_index INTEGER,
            """
    )

    /// SQL: a cell where an LAO is at work, as `State.laosAtWork` has it.
    static let isAtWork = "(household_count > 0 OR target_at_index IS NOT NULL)"

    package init() {}

    private static let cycles = ProjectionTable(
        name: "calendar_cycle",
        key: ["cycle"],
        schema: """
            CREATE TABLE calendar_cycle (
                cycle TEXT PRIMARY KEY,        -- B.E. year
                edition TEXT NOT NULL,         -- of the questionnaire
                reference_date TEXT NOT NULL,  -- at which ages are counted
                province TEXT NOT NULL,
                requires_full_coverage INTEGER NOT NULL,
                quorum_numerator INTEGER NOT NULL, -- of a committee's members, for its meetings
                quorum_denominator INTEGER NOT NULL,
                registers_users_without_appointment INTEGER NOT NULL,
                committee_levels TEXT NOT NULL,    -- each area of these needs one; by commas
                appointed_user_roles TEXT NOT NULL, -- besides recorder and committee; by commas
                cooperation_requires_citation INTEGER NOT NULL,
                synthetic INTEGER NOT NULL,
                defined_at_index INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let deadlines = ProjectionTable(
        name: "calendar_deadline",
        key: ["cycle", "deadline"],
        schema: """
            CREATE TABLE calendar_deadline (
                cycle TEXT NOT NULL,
                deadline TEXT NOT NULL,
                position INTEGER NOT NULL,     -- in the cycle's list
                item TEXT NOT NULL,            -- paragraph of the directive
                act TEXT NOT NULL,             -- targets_set, orders_issued, orders_submitted, users_registered, report_submitted, certification_submitted, plans_submitted, awards_reported
                from_level TEXT NOT NULL,      -- every area of this level must act
                to_level TEXT NOT NULL,
                due TEXT NOT NULL,             -- last day, as changed
                original_due TEXT NOT NULL,
                change_count INTEGER NOT NULL,
                title_th TEXT NOT NULL,
                title_en TEXT NOT NULL,
                PRIMARY KEY (cycle, deadline)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let orders = ProjectionTable(
        name: "calendar_order",
        key: ["order_id"],
        schema: """
            CREATE TABLE calendar_order (
                order_id TEXT PRIMARY KEY,
                cycle TEXT NOT NULL,
                kind TEXT NOT NULL,            -- committee, collector, recorder
                area TEXT NOT NULL,
                revoked_on TEXT                -- the first day without it
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let orderAreas = ProjectionTable(
        name: "calendar_order_area",
        key: ["order_id", "area"],
        schema: """
            -- Of a committee's order: where it seats somebody; of another one: its own area.
            CREATE TABLE calendar_order_area (
                order_id TEXT NOT NULL,
                area TEXT NOT NULL,
                issued_on TEXT NOT NULL,       -- day of the act: of the order or of its amendment
                issued_at_index INTEGER NOT NULL,
                PRIMARY KEY (order_id, area)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let submissions = ProjectionTable(
        name: "calendar_order_submission",
        key: ["order_id", "to_area", "submitted_at_index"],
        schema: """
            CREATE TABLE calendar_order_submission (
                order_id TEXT NOT NULL,
                to_area TEXT NOT NULL,
                submitted_on TEXT NOT NULL,    -- as the record says
                submitted_at_index INTEGER NOT NULL,
                PRIMARY KEY (order_id, to_area, submitted_at_index)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let users = ProjectionTable(
        name: "calendar_user",
        key: ["cycle", "person", "area"],
        schema: """
            CREATE TABLE calendar_user (
                cycle TEXT NOT NULL,
                person TEXT NOT NULL,
                area TEXT NOT NULL,            -- that the user works for
                registered_on TEXT NOT NULL,   -- first; day of the act
                registered_at_index INTEGER NOT NULL,
                PRIMARY KEY (cycle, person, area)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let reports = ProjectionTable(
        name: "calendar_report",
        key: ["cycle", "deadline", "area"],
        schema: """
            CREATE TABLE calendar_report (
                cycle TEXT NOT NULL,
                deadline TEXT NOT NULL,
                area TEXT NOT NULL,
                document_number TEXT,
                submitted_on TEXT NOT NULL,
                submitted_at_index INTEGER NOT NULL,
                PRIMARY KEY (cycle, deadline, area)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let plans = ProjectionTable(
        name: "calendar_plan",
        key: ["plan"],
        schema: """
            CREATE TABLE calendar_plan (
                plan TEXT PRIMARY KEY,
                cycle TEXT NOT NULL,
                area TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX calendar_plan_by_area ON calendar_plan (cycle, area)"]
    )

    private static let planSubmissions = ProjectionTable(
        name: "calendar_plan_submission",
        key: ["plan", "to_area"],
        schema: """
            CREATE TABLE calendar_plan_submission (
                plan TEXT NOT NULL,
                to_area TEXT NOT NULL,
                submitted_on TEXT NOT NULL,    -- for the first time
                submitted_at_index INTEGER NOT NULL,
                returned INTEGER NOT NULL,     -- 1: it came back, and was not sent again
                PRIMARY KEY (plan, to_area)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let decisions = ProjectionTable(
        name: "calendar_award_decision",
        key: ["cycle", "area", "kind"],
        schema: """
            CREATE TABLE calendar_award_decision (
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,
                kind TEXT NOT NULL,            -- collector, recorder, lao_award
                PRIMARY KEY (cycle, area, kind)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let awards = ProjectionTable(
        name: "calendar_award_report",
        key: ["cycle", "area", "to_area"],
        schema: """
            -- Reports of all three awards: one that lacks an award does not do what 4.2 asks.
            CREATE TABLE calendar_award_report (
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,
                to_area TEXT NOT NULL,
                reported_on TEXT NOT NULL,     -- for the first time
                reported_at_index INTEGER NOT NULL,
                PRIMARY KEY (cycle, area, to_area)
            ) STRICT, WITHOUT ROWID
            """
    )
}
