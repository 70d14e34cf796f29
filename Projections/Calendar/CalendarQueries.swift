package import GRDB
import ProjectionRuntime
package import Survey

/// One cycle.
package struct CycleRow: ReadModelRow {
    package let cycle: String
    package let edition: String
    package let referenceDate: String
    package let province: String
    package let requiresFullCoverage: Bool
    package let quorumNumerator: Int
    package let quorumDenominator: Int
    package let registersUsersWithoutAppointment: Bool
    package let committeeLevels: String
    package let appointedUserRoles: String
    package let cooperationRequiresCitation: Bool
    package let synthetic: Bool
    package let definedAtIndex: Int64
}

/// One deadline of a cycle.
package struct DeadlineRow: ReadModelRow {
    package let cycle: String
    package let deadline: String
    package let position: Int
    package let item: String
    package let act: String
    package let fromLevel: String
    package let toLevel: String
    package let due: String
    package let originalDue: String
    package let changeCount: Int
    package let titleTh: String
    package let titleEn: String
}

/// A deadline for one of the areas that must act.
package struct CalendarEntry: Sendable, Hashable, Codable {
    package enum Status: String, Sendable, Codable {
        /// Done by the due day.
        case met
        /// Done, after the due day.
        case late
        /// Not done, not yet due.
        case open
        /// Not done, and due.
        case missed
    }

    package let deadline: DeadlineRow
    package let area: String
    /// Day of the act that met it; nil when nothing did up to the day asked for.
    package let doneOn: String?
    package let doneAtIndex: Int64?
    package let status: Status
    /// Days after the due day: of the act, or of the day asked for when it is missed.
    package let daysLate: Int
}

extension CalendarReadModel {
    package static func cycles(_ db: Database) throws -> [CycleRow] {
        try CycleRow.fetchAll(db, sql: "SELECT * FROM calendar_cycle ORDER BY cycle")
    }

    package static func deadlines(cycle: String, _ db: Database) throws -> [DeadlineRow] {
        try DeadlineRow.fetchAll(
            db,
            sql: "SELECT * FROM calendar_deadline WHERE cycle = ? ORDER BY due, position",
            arguments: [cycle]
        )
    }

    /// Every deadline of a cycle for every area that must act, as a day sees it.
    package static func entries(
        cycle: String,
        on day: Day,
        _ db: Database
    ) throws -> [CalendarEntry] {
        let province = try String.fetchOne(
            db,
            sql: "SELECT province FROM calendar_cycle WHERE cycle = ?",
            arguments: [cycle]
        )
        guard let province else { return [] }
        var entries: [CalendarEntry] = []
        for deadline in try deadlines(cycle: cycle, db) {
            let level = Area.Level(name: deadline.fromLevel)
            for area in try areas(that: deadline, level: level, province: province, db) {
                let done = try CalendarFacts(deadline: deadline, area: area, level: level)
                    .done(db)
                entries.append(entry(deadline, area, done, on: day))
            }
        }
        return entries
    }

    /// The areas of the deadline's level in the cycle's province that are valid on the due day; of
    /// LAOs only those at work, which have a target or a live household.
    private static func areas(
        that deadline: DeadlineRow,
        level: Area.Level,
        province: String,
        _ db: Database
    ) throws -> [String] {
        if level == .lao {
            return try String.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT lao FROM calendar_cell
                    WHERE cycle = ? AND \(isAtWork) ORDER BY lao
                    """,
                arguments: [deadline.cycle]
            )
        }
        return try String.fetchAll(
            db,
            sql: """
                SELECT area FROM calendar_area
                WHERE level = ?1 AND substr(area, 1, length(?2)) = ?2
                    AND COALESCE(valid_from, ?3) <= ?3 AND COALESCE(valid_to, ?3) >= ?3
                ORDER BY area
                """,
            arguments: [level.name, province, deadline.due]
        )
    }

    private static func entry(
        _ deadline: DeadlineRow,
        _ area: String,
        _ done: DoneRow?,
        on day: Day
    ) -> CalendarEntry {
        // ISO days compare as text.
        let done = done.flatMap { $0.doneOn <= day.iso ? $0 : nil }
        let reached = done.map(\.doneOn) ?? day.iso
        let daysLate = Day(iso: reached).flatMap { reached in
            Day(iso: deadline.due).map { max(0, reached - $0) }
        }
        let isLate = (daysLate ?? 0) > 0
        let status: CalendarEntry.Status =
            done == nil ? (isLate ? .missed : .open) : (isLate ? .late : .met)
        return CalendarEntry(
            deadline: deadline,
            area: area,
            doneOn: done?.doneOn,
            doneAtIndex: done?.doneAtIndex,
            status: status,
            daysLate: daysLate ?? 0
        )
    }
}
