package import GRDB
package import Survey

/// A projection's own table of what was withdrawn of its papers: it counts no more, and is shown.
package struct WithdrawalTable: Sendable {
    package let table: ProjectionTable

    package init(name: String) {
        table = ProjectionTable(
            name: name,
            key: ["paper", "withdrawn_at_index"],
            schema: """
                CREATE TABLE \(name) (
                    paper TEXT NOT NULL,        -- id of the thing that it was recorded of
                    withdrawn_at_index INTEGER NOT NULL,
                    kind TEXT NOT NULL,         -- minutes, training, order_circulation …
                    area TEXT,                  -- that it went to, or that it is of
                    withdrawn_on TEXT NOT NULL, -- day of the act
                    reason TEXT NOT NULL,
                    part TEXT,                  -- which one of the paper's: a step, a voucher …
                    PRIMARY KEY (paper, withdrawn_at_index)
                ) STRICT, WITHOUT ROWID
                """
        )
    }

    package func save(
        _ withdrawal: PaperWithdrawal,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try save(
            withdrawal,
            of: withdrawal.paper,
            area: withdrawal.area.nonEmpty,
            part: withdrawal.part.nonEmpty,
            record,
            db
        )
    }

    /// The same by another name than the paper's: of what pages show by cycle and area.
    package func save(
        _ withdrawal: PaperWithdrawal,
        of owner: String,
        area: String?,
        part: String?,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            "INSERT OR REPLACE INTO \(table.name) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                owner, record.rowIndex, withdrawal.kind.name, area, record.day.iso,
                withdrawal.reason, part,
            ]
        )
    }

    /// What was withdrawn under a name in any of the areas, oldest first.
    package func rows(
        of owner: String,
        in areas: [String],
        _ db: Database
    ) throws -> [WithdrawalRow] {
        try WithdrawalRow.fetchAll(
            db,
            sql: """
                SELECT * FROM \(table.name)
                WHERE paper = ?1 AND area IN (SELECT value FROM json_each(?2))
                ORDER BY withdrawn_at_index
                """,
            arguments: [owner, try areas.jsonArray]
        )
    }

    /// What was withdrawn of a thing, oldest first.
    package func rows(
        _ kinds: PaperWithdrawal.Kind...,
        of paper: String,
        _ db: Database
    ) throws -> [WithdrawalRow] {
        let rows = try WithdrawalRow.fetchAll(
            db,
            sql: "SELECT * FROM \(table.name) WHERE paper = ? ORDER BY withdrawn_at_index",
            arguments: [paper]
        )
        return rows.filter { row in kinds.contains { $0.name == row.kind } }
    }
}

/// One withdrawal.
package struct WithdrawalRow: ReadModelRow {
    package let kind: String
    package let area: String?
    package let withdrawnOn: String
    package let reason: String
    package let part: String?
    package let withdrawnAtIndex: Int64
}
