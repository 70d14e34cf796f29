package import GRDB
package import ProjectionRuntime
package import Survey

/// What the indicators of each edition are called, and which edition each cycle asks.
package struct EditionReadModel: Projection {
    package let name = "editions"
    package let version = 1
    package let kinds: Set<EventKind> = [.ledgerCreated, .editionDefined, .cycleDefined]
    package let needsHouseholds = false

    package init() {}

    package let tables = [
        ProjectionTable(
            name: "edition_indicator",
            key: ["edition", "indicator"],
            schema: """
                -- The built-in editions are here from the first record on.
                CREATE TABLE edition_indicator (
                    edition TEXT NOT NULL,
                    indicator INTEGER NOT NULL, -- as printed on the form, from 1
                    unit TEXT NOT NULL,         -- household, member
                    category TEXT NOT NULL,
                    name_th TEXT NOT NULL,
                    name_en TEXT NOT NULL,
                    PRIMARY KEY (edition, indicator)
                ) STRICT, WITHOUT ROWID
                """
        ),
        ProjectionTable(
            name: "edition_cycle",
            key: ["cycle"],
            schema: """
                CREATE TABLE edition_cycle (
                    cycle TEXT PRIMARY KEY,
                    edition TEXT NOT NULL
                ) STRICT, WITHOUT ROWID
                """
        ),
    ]

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            switch record.event.kind {
            case .ledgerCreated:
                for (_, questionnaire) in Questionnaire.builtIn.sorted(by: { $0.key < $1.key }) {
                    try insert(questionnaire, db)
                }
            case .editionDefined(let definition):
                // The rules refuse a document that is none; an auditor finds a forged one.
                if let questionnaire = try? Questionnaire(definition.document) {
                    try insert(questionnaire, db)
                }
            case .cycleDefined(let cycle):
                try db.run(
                    "INSERT OR IGNORE INTO edition_cycle VALUES (?, ?)",
                    [cycle.cycle, cycle.edition]
                )
            default: break
            }
        }
    }

    private func insert(_ questionnaire: Questionnaire, _ db: Database) throws {
        for indicator in questionnaire.indicators {
            try db.run(
                "INSERT OR IGNORE INTO edition_indicator VALUES (?, ?, ?, ?, ?, ?)",
                [
                    questionnaire.edition, indicator.number, indicator.unit.rawValue,
                    indicator.category, indicator.name.th, indicator.name.en,
                ]
            )
        }
    }
}

/// One indicator of an edition.
package struct EditionIndicatorRow: ReadModelRow {
    package let edition: String
    package let indicator: Int
    package let unit: String
    package let category: String
    package let nameTh: String
    package let nameEn: String
}

extension EditionReadModel {
    /// The indicators that a cycle asks, by their numbers; none of a cycle that is not defined.
    package static func indicators(
        cycle: String,
        _ db: Database
    ) throws -> [EditionIndicatorRow] {
        try EditionIndicatorRow.fetchAll(
            db,
            sql: """
                SELECT edition_indicator.* FROM edition_cycle
                JOIN edition_indicator USING (edition)
                WHERE cycle = ? ORDER BY indicator
                """,
            arguments: [cycle]
        )
    }
}
