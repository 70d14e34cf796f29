package import GRDB
package import ProjectionRuntime
package import Survey

/// How many were surveyed and how many failed, per indicator, village and LAO.
package struct IndicatorReadModel: Projection {
    package let name = "indicators"
    package let version = 1
    package let kinds: Set<EventKind> = [
        .householdRecorded, .householdCorrected, .householdNotCollected, .householdWithdrawn,
    ]
    package let needsHouseholds = true

    package init() {}

    package let tables = [
        ProjectionTable(
            name: "indicator",
            key: ["cycle", "village", "lao", "indicator"],
            schema: """
                -- A cell that ever had a recorded household has a row for every number of its edition.
                CREATE TABLE indicator (
                    cycle TEXT NOT NULL,
                    village TEXT NOT NULL,
                    lao TEXT NOT NULL,
                    indicator INTEGER NOT NULL, -- as printed on the form, from 1
                    surveyed INTEGER NOT NULL,  -- persons or households in scope
                    failed INTEGER NOT NULL,
                    PRIMARY KEY (cycle, village, lao, indicator)
                ) STRICT, WITHOUT ROWID
                """,
            indexes: ["CREATE INDEX indicator_by_lao ON indicator (cycle, lao)"]
        )
    ]

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        var sums: [CellKey: CellSum] = [:]
        for record in records {
            guard let household = record.household else { continue }
            if household.before.status == .recorded, let cell = household.cellBefore {
                sums[cell, default: CellSum()].add(household.before.counts, sign: -1)
            }
            if household.after.status == .recorded, let cell = household.cellAfter {
                sums[cell, default: CellSum()].add(household.after.counts, sign: 1)
            }
        }
        for (cell, sum) in sums where sum.count > 0 {
            let statement = try db.cachedStatement(sql: Self.addCell[sum.count - 1])
            var arguments: [any DatabaseValueConvertible] = [cell.cycle, cell.village, cell.lao]
            arguments.reserveCapacity(3 + 2 * sum.count)
            arguments.append(contentsOf: Array(sum.surveyed[..<sum.count]))
            arguments.append(contentsOf: Array(sum.failed[..<sum.count]))
            statement.setUncheckedArguments(StatementArguments(arguments))
            try statement.execute()
        }
    }

    /// One statement for all rows of a cell, by how many they are.
    ///
    /// Households seldom come village by village: a batch may touch hundreds of cells.
    private static let addCell = (1...IndicatorCounts.numberMax).map { count in
        let rows = (1...count).map { number in
            "(\(number), ?\(3 + number), ?\(3 + count + number))"
        }
        return """
            INSERT INTO indicator
            SELECT ?1, ?2, ?3, column1, column2, column3
            FROM (VALUES \(rows.joined(separator: ", "))) WHERE TRUE
            ON CONFLICT DO UPDATE SET surveyed = surveyed + excluded.surveyed,
                failed = failed + excluded.failed
            """
    }

    /// What one batch adds to a cell.
    private struct CellSum {
        /// The highest number of the cycle's edition.
        private(set) var count = 0
        private(set) var surveyed = [Int64](repeating: 0, count: IndicatorCounts.numberMax)
        private(set) var failed = [Int64](repeating: 0, count: IndicatorCounts.numberMax)

        mutating func add(_ counts: IndicatorCounts, sign: Int64) {
            count = max(count, counts.count)
            for offset in 0..<counts.count {
                surveyed[offset] += sign * Int64(counts.inScope(offset + 1))
                failed[offset] += sign * Int64(counts.failing(offset + 1))
            }
        }
    }
}
