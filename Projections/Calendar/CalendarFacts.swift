import GRDB
import ProjectionRuntime
import Survey

/// The act that met a deadline.
struct DoneRow: ReadModelRow {
    let doneOn: String
    let doneAtIndex: Int64
}

/// What one area did about one deadline.
struct CalendarFacts {
    let deadline: DeadlineRow
    let area: String
    let level: Area.Level

    /// The act with which the duty was done; nil while it is not.
    func done(_ db: Database) throws -> DoneRow? {
        switch deadline.act {
        case "targets_set": try targetsSet(db)
        case "orders_issued": try ordersIssued(db)
        case "orders_submitted": try ordersSubmitted(db)
        case "users_registered": try usersRegistered(db)
        case "report_submitted":
            try DoneRow.fetchOne(
                db,
                sql: """
                    SELECT submitted_on AS done_on, submitted_at_index AS done_at_index
                    FROM calendar_report WHERE cycle = ? AND deadline = ? AND area = ?
                    """,
                arguments: [deadline.cycle, deadline.deadline, area]
            )
        case "certification_submitted":
            // Only a certification that stands counts: one that was overtaken or withdrawn has to be
            // made again.
            try DoneRow.fetchOne(
                db,
                sql: """
                    SELECT submitted_on AS done_on, submitted_at_index AS done_at_index
                    FROM calendar_certification
                    WHERE cycle = ? AND area = ? AND status = 'submitted'
                        AND \(CertificationTable.isStanding)
                    ORDER BY submitted_at_index LIMIT 1
                    """,
                arguments: [deadline.cycle, area]
            )
        case "plans_submitted": try plansSubmitted(db)
        case "awards_reported":
            try DoneRow.fetchOne(
                db,
                sql: """
                    SELECT reported_on AS done_on, reported_at_index AS done_at_index
                    FROM calendar_award_report
                    JOIN calendar_area ON calendar_area.area = to_area AND level = ?3
                    WHERE cycle = ?1 AND calendar_award_report.area = ?2
                    ORDER BY reported_on, reported_at_index LIMIT 1
                    """,
                arguments: [deadline.cycle, area, deadline.toLevel]
            )
        default: nil
        }
    }

    /// Done when the last of the plans was sent to the level that the deadline names: the area's own
    /// and one of each of its tambons that are valid on the due day.
    private func plansSubmitted(_ db: Database) throws -> DoneRow? {
        try DoneRow.fetchOne(
            db,
            sql: """
                WITH sent AS (
                    SELECT calendar_plan.area AS area, submitted_on, submitted_at_index
                    FROM calendar_plan JOIN calendar_plan_submission USING (plan)
                    JOIN calendar_area ON calendar_area.area = to_area AND level = ?4
                    WHERE cycle = ?1
                )
                SELECT * FROM (
                    SELECT submitted_on AS done_on, submitted_at_index AS done_at_index
                    FROM calendar_area LEFT JOIN sent USING (area)
                    WHERE (area = ?2
                        OR level = 'tambon' AND area >= ?2 AND area < ?2 || ':')
                        AND COALESCE(valid_from, ?3) <= ?3 AND COALESCE(valid_to, ?3) >= ?3
                    ORDER BY submitted_on IS NULL DESC, submitted_on DESC,
                        submitted_at_index DESC LIMIT 1
                ) WHERE done_on IS NOT NULL
                """,
            arguments: [deadline.cycle, area, deadline.due, deadline.toLevel]
        )
    }

    /// Done when the last village gets its target.
    ///
    /// Of all villages of the area that are known and valid on the due day; for an LAO, of all
    /// villages where it is at work. A village in two LAOs has one when its first part has.
    private func targetsSet(_ db: Database) throws -> DoneRow? {
        let villages =
            level == .lao
            ? """
            SELECT target_on, target_at_index, 1 AS part FROM calendar_cell
            WHERE cycle = ?1 AND lao = ?2 AND \(CalendarReadModel.isAtWork) AND ?3 IS NOT NULL
            """
            : """
            SELECT target_on, target_at_index, ROW_NUMBER() OVER (
                PARTITION BY calendar_area.area
                ORDER BY target_on IS NULL, target_on, target_at_index
            ) AS part
            FROM calendar_area
            LEFT JOIN calendar_cell ON cycle = ?1 AND village = calendar_area.area
            WHERE level = 'village' AND calendar_area.area >= ?2
                AND calendar_area.area < ?2 || ':'
                AND COALESCE(valid_from, ?3) <= ?3 AND COALESCE(valid_to, ?3) >= ?3
            """
        return try DoneRow.fetchOne(
            db,
            sql: """
                SELECT * FROM (
                    SELECT target_on AS done_on, target_at_index AS done_at_index
                    FROM (\(villages)) WHERE part = 1
                    ORDER BY target_on IS NULL DESC, target_on DESC, target_at_index DESC LIMIT 1
                ) WHERE done_on IS NOT NULL
                """,
            arguments: [deadline.cycle, area, deadline.due]
        )
    }

    /// SQL: a place within ?2.
    ///
    /// An LAO lies within its parent, as the rules have it for orders.
    private static let isWithin = """
        (CASE level WHEN 'lao' THEN area = ?2 OR substr(parent, 1, length(?2)) = ?2
        ELSE substr(area, 1, length(?2)) = ?2 END)
        """

    /// Done when the last of the three kinds of order is issued, for the area or areas within it.
    ///
    /// An order that was revoked later was issued all the same.
    private func ordersIssued(_ db: Database) throws -> DoneRow? {
        try ofEachKind(
            """
            SELECT kind, issued_on AS done_on, issued_at_index AS done_at_index
            FROM calendar_order LEFT JOIN calendar_area USING (area)
            WHERE cycle = ?1 AND \(Self.isWithin)
            """,
            [deadline.cycle, area],
            db
        )
    }

    /// Done when the last of the three kinds of order is sent to an area of the deadline's level.
    private func ordersSubmitted(_ db: Database) throws -> DoneRow? {
        try ofEachKind(
            """
            SELECT kind, submitted_on AS done_on, submitted_at_index AS done_at_index
            FROM calendar_order LEFT JOIN calendar_area USING (area)
                JOIN calendar_order_submission USING (order_id)
            WHERE cycle = ?1 AND \(Self.isWithin)
                AND to_area IN (SELECT area FROM calendar_area WHERE level = ?3)
            """,
            [deadline.cycle, area, deadline.toLevel],
            db
        )
    }

    /// The latest of what was done first with each of the three kinds of order.
    private func ofEachKind(
        _ acts: String,
        _ arguments: StatementArguments,
        _ db: Database
    ) throws -> DoneRow? {
        try DoneRow.fetchOne(
            db,
            sql: """
                WITH firsts AS (
                    SELECT * FROM (
                        SELECT *, ROW_NUMBER() OVER (
                            PARTITION BY kind ORDER BY done_on, done_at_index
                        ) AS turn FROM (\(acts))
                    ) WHERE turn = 1
                )
                SELECT done_on, done_at_index FROM firsts
                WHERE (SELECT COUNT(*) FROM firsts) = 3
                ORDER BY done_on DESC, done_at_index DESC LIMIT 1
                """,
            arguments: arguments
        )
    }

    /// Done when the area, or one within it, has a registered user; one that is disabled later was
    /// registered all the same.
    private func usersRegistered(_ db: Database) throws -> DoneRow? {
        try DoneRow.fetchOne(
            db,
            sql: """
                SELECT registered_on AS done_on, registered_at_index AS done_at_index
                FROM calendar_user LEFT JOIN calendar_area USING (area)
                WHERE cycle = ?1 AND \(Self.isWithin)
                ORDER BY registered_on, registered_at_index LIMIT 1
                """,
            arguments: [deadline.cycle, area]
        )
    }
}
