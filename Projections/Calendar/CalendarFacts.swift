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
    ///
    /// One that came back counts again once it is sent again, as of the day when it was sent first.
    private func plansSubmitted(_ db: Database) throws -> DoneRow? {
        try DoneRow.fetchOne(
            db,
            sql: """
                WITH sent AS (
                    SELECT calendar_plan.area AS area, submitted_on, submitted_at_index
                    FROM calendar_plan JOIN calendar_plan_submission USING (plan)
                    JOIN calendar_area ON calendar_area.area = to_area AND level = ?4
                    WHERE cycle = ?1 AND returned = 0
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
    private static func isWithin(_ area: String) -> String {
        """
        (CASE calendar_area.level
        WHEN 'lao' THEN \(area) = ?2 OR substr(calendar_area.parent, 1, length(?2)) = ?2
        ELSE substr(\(area), 1, length(?2)) = ?2 END)
        """
    }

    /// Done when the last of the orders that it takes is issued, for the area or areas within it.
    private func ordersIssued(_ db: Database) throws -> DoneRow? {
        try ofEachOrder(
            """
            SELECT kind, seat.area AS area, issued_on AS done_on, issued_at_index AS done_at_index
            FROM calendar_order JOIN calendar_order_area AS seat USING (order_id)
                LEFT JOIN calendar_area ON calendar_area.area = seat.area
            """,
            db
        )
    }

    /// Done when the last of these orders is sent to an area of the deadline's level, as it then was.
    private func ordersSubmitted(_ db: Database) throws -> DoneRow? {
        try ofEachOrder(
            """
            SELECT kind, seat.area AS area, MAX(submitted_on, issued_on) AS done_on,
                MAX(submitted_at_index, issued_at_index) AS done_at_index
            FROM calendar_order JOIN calendar_order_area AS seat USING (order_id)
                LEFT JOIN calendar_area ON calendar_area.area = seat.area
                JOIN calendar_order_submission USING (order_id)
                JOIN calendar_area AS upper ON upper.area = to_area AND upper.level = ?5
            """,
            with: [deadline.toLevel],
            db
        )
    }

    /// The last of what was done first with each order that it takes: one for collectors, one for
    /// recorders, and one for the committee of each area within of the cycle's committee levels, valid
    /// on the due day; where there is no such area or level, of any committee.
    ///
    /// An order that was revoked with effect up to the due day does not count; what is revoked later
    /// was made all the same.
    private func ofEachOrder(
        _ acts: String,
        with more: [String] = [],
        _ db: Database
    ) throws -> DoneRow? {
        try DoneRow.fetchOne(
            db,
            sql: """
                WITH acts AS (
                    \(acts)
                    WHERE cycle = ?1 AND \(Self.isWithin("seat.area"))
                        AND COALESCE(revoked_on > ?3, 1)
                ), seats AS (
                    SELECT area FROM calendar_area
                    WHERE \(Self.isWithin("area"))
                        AND instr(',' || ?4 || ',', ',' || level || ',') > 0
                        AND COALESCE(valid_from, ?3) <= ?3 AND COALESCE(valid_to, ?3) >= ?3
                ), needs AS (
                    SELECT 'collector' AS need, NULL AS seat
                    UNION ALL SELECT 'recorder', NULL
                    UNION ALL SELECT 'committee', area FROM seats
                    UNION ALL SELECT 'committee', NULL WHERE NOT EXISTS (SELECT * FROM seats)
                )
                SELECT done_on, done_at_index FROM (
                    SELECT * FROM (
                        SELECT done_on, done_at_index, ROW_NUMBER() OVER (
                            PARTITION BY need, seat
                            ORDER BY done_on IS NULL, done_on, done_at_index
                        ) AS turn
                        FROM needs LEFT JOIN acts ON kind = need AND (seat IS NULL OR area = seat)
                    ) WHERE turn = 1
                    ORDER BY done_on IS NULL DESC, done_on DESC, done_at_index DESC LIMIT 1
                ) WHERE done_on IS NOT NULL
                """,
            arguments: StatementArguments(
                [deadline.cycle, area, deadline.due, try committeeLevels(db)] + more
            )
        )
    }

    private func committeeLevels(_ db: Database) throws -> String {
        try String.fetchOne(
            db,
            sql: "SELECT committee_levels FROM calendar_cycle WHERE cycle = ?",
            arguments: [deadline.cycle]
        ) ?? ""
    }

    /// Done when the area, or one within it, has a registered user; one that is disabled later was
    /// registered all the same.
    private func usersRegistered(_ db: Database) throws -> DoneRow? {
        try DoneRow.fetchOne(
            db,
            sql: """
                SELECT registered_on AS done_on, registered_at_index AS done_at_index
                FROM calendar_user LEFT JOIN calendar_area USING (area)
                WHERE cycle = ?1 AND \(Self.isWithin("area"))
                ORDER BY registered_on, registered_at_index LIMIT 1
                """,
            arguments: [deadline.cycle, area]
        )
    }
}
