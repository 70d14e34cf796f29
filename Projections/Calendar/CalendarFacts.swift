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
        default: nil
        }
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

    /// Done when the last of the three kinds of order is issued, for the area or areas within it.
    ///
    /// An LAO lies within its parent, as the rules have it for orders. An order that was revoked
    /// later was issued all the same.
    private func ordersIssued(_ db: Database) throws -> DoneRow? {
        try DoneRow.fetchOne(
            db,
            sql: """
                WITH issued AS (
                    SELECT issued_on, issued_at_index, ROW_NUMBER() OVER (
                        PARTITION BY kind ORDER BY issued_on, issued_at_index
                    ) AS turn
                    FROM calendar_order LEFT JOIN calendar_area USING (area)
                    WHERE cycle = ?1 AND (
                        CASE level WHEN 'lao' THEN area = ?2 OR substr(parent, 1, length(?2)) = ?2
                        ELSE substr(area, 1, length(?2)) = ?2 END)
                )
                SELECT issued_on AS done_on, issued_at_index AS done_at_index FROM issued
                WHERE turn = 1 AND (SELECT COUNT(*) FROM issued WHERE turn = 1) = 3
                ORDER BY issued_on DESC, issued_at_index DESC LIMIT 1
                """,
            arguments: [deadline.cycle, area]
        )
    }
}
