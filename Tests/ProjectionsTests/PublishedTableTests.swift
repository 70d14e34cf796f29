import PostgreSQL
import PostgreSQLSink
import ProjectionCatalog
import Survey
import TestSupport
import Testing

/// Every row of the published tables, recomputed; what was misprinted is named and must differ.
@Suite(.enabled(if: SharedData.isPresent("bmn/provinces-2561.csv"), "no shared data"))
struct `The published tables of 2561` {
    private static let results = "bmn/published-results.csv"
    private static let provinces = "bmn/provinces-2561.csv"

    /// What the national report prints otherwise than it follows from its own counts.
    private enum Misprint: Hashable {
        /// The change in failures from 2560 to 2561.
        case change(indicator: Int, printed: Int)
        /// Households counted as persons.
        case unit(indicator: Int)
    }

    private static let misprints: [Misprint: String] = [
        .change(indicator: 14, printed: -254): "Surat Thani", .unit(indicator: 22): "Surat Thani",
        .unit(indicator: 23): "Surat Thani",
    ]

    private struct Row {
        let scope: String
        let cycle: String
        let indicator: Int
        let surveyed: UInt64
        let passed: UInt64
        let failed: UInt64
        let percentPassed: String
        let percentFailed: String
    }

    private static func rows() throws -> [Row] {
        try SharedData.rows(results).compactMap { row in
            guard let surveyed = UInt64(row["surveyed"] ?? "") else { return nil }
            return Row(
                scope: row["scope"] ?? "",
                cycle: row["bmn_year_be"] ?? "",
                indicator: try #require(Int(row["indicator"] ?? "")),
                surveyed: surveyed,
                passed: try #require(UInt64(row["passed"] ?? "")),
                failed: try #require(UInt64(row["failed"] ?? "")),
                percentPassed: row["printed_pct_passed"] ?? "",
                percentFailed: row["printed_pct_failed"] ?? ""
            )
        }
    }

    /// So many ledgers with the rows of one survey divided among them by chance.
    private static func fill(
        _ url: String,
        _ rows: [Row],
        ledgerCount: Int,
        _ cluster: PostgreSQLCluster
    ) throws {
        var generator = SeededGenerator.announced(for: "published rows")
        let connection = try Connection(url: url)
        _ = try PostgreSQLSink(connection, origin: "example.org/10", ProjectionCatalog.all)
        var left = rows.map { (surveyed: $0.surveyed, failed: $0.failed) }
        for number in 0..<ledgerCount {
            let (origin, province) = ("example.org/\(number + 10)", "\(number + 10)")
            let cycle = rows[0].cycle
            try connection.query(
                "INSERT INTO bmn.projection VALUES ($1, 'indicators', 1, '')",
                [origin]
            )
            try connection.query(
                "INSERT INTO bmn.edition_cycle VALUES ($1, $2, $3)",
                [origin, cycle, Questionnaire.bmn2560.edition]
            )
            for offset in rows.indices {
                let isLast = number == ledgerCount - 1
                func part(_ whole: UInt64) -> UInt64 {
                    isLast ? whole : UInt64.random(in: 0...whole / 2, using: &generator)
                }
                let surveyed = part(left[offset].surveyed)
                let failed = part(left[offset].failed)
                left[offset].surveyed -= surveyed
                left[offset].failed -= failed
                try connection.query(
                    """
                    INSERT INTO bmn.indicator
                    VALUES ($1, $2, $3, $4, $5::bigint, $6::bigint, $7::bigint)
                    """,
                    [
                        origin, cycle, "\(province)010101", "\(province)0151",
                        "\(rows[offset].indicator)", "\(surveyed)", "\(failed)",
                    ]
                )
            }
        }
    }

    @Test func `national, regional and provincial rows print as published from many ledgers`()
        throws
    {
        guard let cluster = try PostgreSQLCluster.shared?.get() else { return }
        let rows = try Self.rows()
        // All but those of which a percentage alone is published.
        #expect(rows.count == 29)
        let surveys = Dictionary(grouping: rows) { "\($0.scope) \($0.cycle)" }
        #expect(surveys.count == 4)
        for (survey, rows) in surveys {
            let ledgerCount = survey.hasPrefix("Surat") ? 1 : survey.hasPrefix("Th") ? 76 : 25
            let url = try cluster.makeDatabase()
            try Self.fill(url, rows, ledgerCount: ledgerCount, cluster)
            let figures = try NationalFigures(cycle: rows[0].cycle, Connection(url: url))
            #expect(figures.sources.count == ledgerCount)
            for row in rows {
                let label = "\(survey), indicator \(row.indicator)"
                let found = figures.rows.first {
                    $0.indicator == row.indicator && $0.province.isEmpty
                }
                let total = try #require(found)
                #expect(row.passed + row.failed == row.surveyed, "\(label)")
                #expect(total.surveyed == row.surveyed, "\(label)")
                #expect(total.passed == row.passed && total.failed == row.failed, "\(label)")
                if !row.percentPassed.isEmpty {
                    #expect(total.percentPassed == row.percentPassed, "\(label)")
                }
                if !row.percentFailed.isEmpty {
                    #expect(total.percentFailed == row.percentFailed, "\(label)")
                }
            }
        }
    }

    @Test func `what cannot be recomputed is a percentage alone, and of five indicators`() throws {
        let alone = try SharedData.rows(Self.results).filter { ($0["surveyed"] ?? "").isEmpty }
        #expect(alone.compactMap { Int($0["indicator"] ?? "") }.sorted() == [15, 16, 17, 18, 19])
        #expect(alone.allSatisfy { $0["note"] == "percentage only" })
    }

    /// The list above is all there is, and each of its entries is wrong in the report indeed.
    @Test func `each misprint differs from what the counts give, and nothing else does`() throws {
        let rows = try SharedData.rows(Self.results)
        var found: [Misprint: String] = [:]
        for row in rows {
            let (scope, note) = (row["scope"] ?? "", row["note"] ?? "")
            let indicator = try #require(Int(row["indicator"] ?? ""))
            let rule = try #require(Questionnaire.bmn2560.indicator(indicator))
            let unit = rule.unit == .household ? "household" : "person"
            #expect(row["unit"] == unit, "indicator \(indicator)")
            if let match = note.firstMatch(of: /published change in failures (-\d+) but/) {
                let printed = try #require(Int(match.1))
                let failures = try Self.rows().filter {
                    $0.scope == scope && $0.indicator == indicator
                }.sorted { $0.cycle < $1.cycle }.map(\.failed)
                #expect(failures.count == 2)
                #expect(Int(failures[1]) - Int(failures[0]) != printed)
                #expect(Int(failures[1]) - Int(failures[0]) == -272)
                found[.change(indicator: indicator, printed: printed)] = scope
            } else if note.hasPrefix("printed unit of the failure change is คน") {
                // คน are persons; the form asks the household.
                #expect(unit == "household")
                found[.unit(indicator: indicator)] = scope
            }
        }
        #expect(found == Self.misprints)
    }

    @Test func `persons by household and what is left of incomes print as published`() throws {
        let rows = try SharedData.rows(Self.provinces)
        var averageCount = 0
        var incomeCount = 0
        for row in rows {
            let label = row["name_th"] ?? ""
            if let households = UInt64(row["households"] ?? ""),
                let persons = UInt64(row["persons"] ?? ""),
                let printed = row["printed_persons_per_household"], !printed.isEmpty
            {
                // A hundredth of a percentage is the quotient itself, half up at the same place.
                let average = Percentage.text(part: persons, whole: households * 100)
                #expect(average == printed, "\(label)")
                averageCount += 1
            }
            for unit in ["household", "person"] where row["income_\(unit)"]?.isEmpty == false {
                func satang(_ column: String) throws -> Int {
                    let parts = (row["\(column)_\(unit)"] ?? "").split(separator: ".")
                    try #require(parts.count == 2 && parts[1].count == 2, "\(label)")
                    return try #require(Int(parts[0] + parts[1]))
                }
                #expect(
                    try satang("income") - satang("expense") == satang("left"),
                    "\(label) by \(unit)"
                )
                incomeCount += 1
            }
        }
        #expect(averageCount == 26)
        #expect(incomeCount == 28)
        // One province in both reports; the country has no printed average.
        let surat = try #require(rows.first { $0["province_code"] == "84" })
        let published = try Self.rows().filter { $0.scope == "Surat Thani" && $0.cycle == "2561" }
        let households = UInt64(surat["households"] ?? "")
        #expect(published.first { $0.indicator == 11 }?.surveyed == households)
        let persons = UInt64(surat["persons"] ?? "")
        #expect(published.first { $0.indicator == 24 }?.surveyed == persons)
        let country = try #require(rows.first { ($0["province_code"] ?? "").isEmpty })
        #expect(country["printed_persons_per_household"]?.isEmpty == true)
        #expect(Percentage.text(part: 36_644_309, whole: 1_293_586_600) == "2.83")
        #expect(country["persons"] == "36644309" && country["households"] == "12935866")
    }
}
