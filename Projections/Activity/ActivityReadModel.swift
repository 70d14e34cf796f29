package import GRDB
import Ledger
package import ProjectionRuntime
package import Survey

/// Who worked when: how many acts of each kind a user recorded on a day.
///
/// By the day of recording, as that is when somebody sat there; acts that are dated to another day
/// are counted beside, as an auditor asks who enters much of it late.
package struct ActivityReadModel: Projection {
    package let name = "activity"
    package let version = 1
    package let kinds = Set(EventKind.allCases)
    package let needsHouseholds = false
    package let tables = [
        ProjectionTable(
            name: "activity",
            key: ["user", "day", "kind"],
            schema: """
                CREATE TABLE activity (
                    user TEXT NOT NULL,
                    day TEXT NOT NULL,            -- of recording, ISO, Asia/Bangkok
                    kind TEXT NOT NULL,           -- of the event
                    act_count INTEGER NOT NULL,
                    backdated_count INTEGER NOT NULL, -- of them, acts of an earlier day
                    first_at TEXT NOT NULL,       -- RFC 3339, UTC
                    last_at TEXT NOT NULL,
                    first_index INTEGER NOT NULL, -- record index
                    last_index INTEGER NOT NULL,
                    PRIMARY KEY (user, day, kind)
                ) STRICT, WITHOUT ROWID
                """,
            indexes: ["CREATE INDEX activity_by_day ON activity (day)"]
        )
    ]

    package init() {}

    private struct Key: Hashable {
        let user: String
        let day: String
        let kind: EventKind
    }

    private struct Acts {
        var count: Int64 = 0
        var backdatedCount: Int64 = 0
        let firstAt: String
        var lastAt: String
        let firstIndex: Int64
        var lastIndex: Int64
    }

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        var all: [Key: Acts] = [:]
        for record in records {
            let recordedAt = record.envelope.recordedAt
            let day = recordedAt.bangkokDay
            let user = record.envelope.actor.user
            let key = Key(user: user, day: day.iso, kind: record.kind)
            let (at, index) = (recordedAt.text, record.rowIndex)
            var acts =
                all[key] ?? Acts(firstAt: at, lastAt: at, firstIndex: index, lastIndex: index)
            acts.count += 1
            if record.day < day { acts.backdatedCount += 1 }
            (acts.lastAt, acts.lastIndex) = (at, index)
            all[key] = acts
        }
        for (key, acts) in all {
            try db.run(
                """
                INSERT INTO activity VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                ON CONFLICT DO UPDATE SET act_count = act_count + ?4,
                    backdated_count = backdated_count + ?5, last_at = ?7, last_index = ?9
                """,
                [
                    key.user, key.day, key.kind.rawValue, acts.count, acts.backdatedCount,
                    acts.firstAt, acts.lastAt, acts.firstIndex, acts.lastIndex,
                ]
            )
        }
    }
}

/// What one user recorded of one kind on one day.
package struct ActivityRow: ReadModelRow {
    package let user: String
    package let day: String
    package let kind: String
    package let actCount: Int
    package let backdatedCount: Int
    package let firstAt: String
    package let lastAt: String
    package let firstIndex: Int64
    package let lastIndex: Int64
}

extension ActivityReadModel {
    /// By day, then user; of one user only, and of days in a range, where these are given.
    package static func rows(
        user: String?,
        from first: Day?,
        to last: Day?,
        _ db: Database
    ) throws -> [ActivityRow] {
        try ActivityRow.fetchAll(
            db,
            sql: """
                SELECT * FROM activity WHERE user = coalesce(?, user)
                    AND day BETWEEN coalesce(?, '') AND coalesce(?, ':')
                ORDER BY day, user, kind
                """,
            // A colon follows every digit.
            arguments: [user, first?.iso, last?.iso]
        )
    }
}
