package import GRDB
package import Survey

/// A projection's own table of the papers that its records name; each paper lies in the attachments.
package struct DocumentTable: Sendable {
    package let table: ProjectionTable

    package init(name: String) {
        table = ProjectionTable(
            name: name,
            key: ["owner", "paper", "position"],
            schema: """
                CREATE TABLE \(name) (
                    owner TEXT NOT NULL,        -- id of the thing it belongs to
                    paper TEXT NOT NULL,        -- the kind of event that named it
                    position INTEGER NOT NULL,  -- in that event's list, from 0
                    sha256 TEXT NOT NULL,       -- of its bytes
                    byte_count INTEGER NOT NULL,
                    media_type TEXT NOT NULL,
                    title TEXT,
                    number TEXT,                -- as an attachment of the paper it came with
                    PRIMARY KEY (owner, paper, position)
                ) STRICT, WITHOUT ROWID
                """
        )
    }

    package func save(
        _ documents: [Document],
        of owner: String,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        for (position, document) in documents.enumerated() {
            try db.run(
                "INSERT OR REPLACE INTO \(table.name) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    owner, record.kind.rawValue, position, document.sha256,
                    Int64(clamping: document.byteCount), document.mediaType,
                    document.title.nonEmpty, document.number.nonEmpty,
                ]
            )
        }
    }

    /// Leaves those out that an event of the kind named.
    package func remove(_ kind: EventKind, of owner: String, _ db: Database) throws {
        try db.run(
            "DELETE FROM \(table.name) WHERE owner = ? AND paper = ?",
            [owner, kind.rawValue]
        )
    }

    package func rows(of owner: String, _ db: Database) throws -> [DocumentRow] {
        try DocumentRow.fetchAll(
            db,
            sql: """
                SELECT paper, sha256, byte_count, media_type, title, number
                FROM \(table.name) WHERE owner = ? ORDER BY paper, position
                """,
            arguments: [owner]
        )
    }
}

/// A paper named by its digest.
package struct DocumentRow: ReadModelRow {
    package let paper: String
    package let sha256: String
    package let byteCount: Int64
    package let mediaType: String
    package let title: String?
    package let number: String?
}
