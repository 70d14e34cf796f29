package import GRDB
package import Survey

/// A projection's own table of the papers that its letters cite.
package struct CitationTable: Sendable {
    package let table: ProjectionTable

    package init(name: String) {
        table = ProjectionTable(
            name: name,
            key: ["owner", "position"],
            schema: """
                CREATE TABLE \(name) (
                    owner TEXT NOT NULL,        -- id of the letter
                    position INTEGER NOT NULL,  -- in its list, from 0
                    as_read TEXT NOT NULL,
                    as_understood TEXT,         -- NULL: nobody can say
                    certainty TEXT NOT NULL,    -- certain, likely, unknown
                    note TEXT,
                    PRIMARY KEY (owner, position)
                ) STRICT, WITHOUT ROWID
                """
        )
    }

    package func save(_ cites: [Reading], of owner: String, _ db: Database) throws {
        for (position, cited) in cites.enumerated() {
            try db.run(
                "INSERT OR REPLACE INTO \(table.name) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    owner, position, cited.asRead, cited.asUnderstood.nonEmpty,
                    cited.certainty.name, cited.note.nonEmpty,
                ]
            )
        }
    }

    package func rows(of owner: String, _ db: Database) throws -> [CitationRow] {
        try CitationRow.fetchAll(
            db,
            sql: "SELECT * FROM \(table.name) WHERE owner = ? ORDER BY position",
            arguments: [owner]
        )
    }
}

/// A paper as a letter cites it.
package struct CitationRow: ReadModelRow {
    package let asRead: String
    package let asUnderstood: String?
    package let certainty: String
    package let note: String?
}
