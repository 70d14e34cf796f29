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
                -- A cell that ever had a recorded household has all 31 rows.
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
        let statement = try db.cachedStatement(sql: Self.addCell)
        for (cell, sum) in sums {
            var arguments: [any DatabaseValueConvertible] = [cell.cycle, cell.village, cell.lao]
            arguments.reserveCapacity(3 + 2 * IndicatorCounts.count)
            arguments.append(contentsOf: sum.surveyed)
            arguments.append(contentsOf: sum.failed)
            statement.setUncheckedArguments(StatementArguments(arguments))
            try statement.execute()
        }
    }

    /// One statement for a cell's 31 rows.
    ///
    /// Households seldom come village by village: a batch may touch hundreds of cells.
    private static let addCell = {
        let rows = (1...IndicatorCounts.count).map { number in
            "(\(number), ?\(3 + number), ?\(3 + IndicatorCounts.count + number))"
        }
        return """
            INSERT INTO indicator
            SELECT ?1, ?2, ?3, column1, column2, column3
            FROM (VALUES \(rows.joined(separator: ", "))) WHERE TRUE
            ON CONFLICT DO UPDATE SET surveyed = surveyed + excluded.surveyed,
                failed = failed + excluded.failed
            """
    }()

    /// What one batch adds to a cell.
    private struct CellSum {
        var surveyed = [Int64](repeating: 0, count: IndicatorCounts.count)
        var failed = [Int64](repeating: 0, count: IndicatorCounts.count)

        mutating func add(_ counts: IndicatorCounts, sign: Int64) {
            for offset in 0..<IndicatorCounts.count {
                surveyed[offset] += sign * Int64(counts.inScope(offset + 1))
                failed[offset] += sign * Int64(counts.failing(offset + 1))
            }
        }
    }
}
