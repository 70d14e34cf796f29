import IndicatorsProjection
import Ledger
import ProjectionRuntime
import Survey
import TestSupport
import Testing

/// Households made so that surveyed and failed equal a published row print its percentages.
struct PublishedFiguresTests {
    /// Larger rows would take too many households; 899,118 has its own test.
    private static let surveyedMaximum = 600_000

    private struct Published {
        /// Scope and year: one survey.
        let survey: String
        let indicator: Int
        var surveyed: Int
        var failed: Int
        let percentPassed: String
        let percentFailed: String
    }

    private static func published() throws -> [Published] {
        try SharedData.rows("bmn/published-results.csv").compactMap { row in
            guard let surveyed = Int(row["surveyed"] ?? ""), let failed = Int(row["failed"] ?? ""),
                let indicator = Int(row["indicator"] ?? ""), surveyed <= surveyedMaximum
            else { return nil }
            return Published(
                survey: "\(row["scope"] ?? "") \(row["bmn_year_be"] ?? "")",
                indicator: indicator,
                surveyed: surveyed,
                failed: failed,
                percentPassed: row["printed_pct_passed"] ?? "",
                percentFailed: row["printed_pct_failed"] ?? ""
            )
        }
    }

    /// As few households as can hold all these counts together.
    private static func world(_ rows: [Published]) throws -> World {
        var world = World()
        var left = rows
        var serial = 0
        while left.contains(where: { $0.surveyed > 0 }) {
            var counts = IndicatorCounts(count: Questionnaire.bmn2560.numberMax)
            for offset in left.indices {
                let inScope = min(left[offset].surveyed, IndicatorCounts.maximum)
                let failing = min(left[offset].failed, inScope)
                try counts.set(left[offset].indicator, inScope: inScope, failing: failing)
                left[offset].surveyed -= inScope
                left[offset].failed -= failing
            }
            var record = HouseholdRecorded()
            (record.cycle, record.household) = (World.cycle, "p-\(serial)")
            (record.village, record.lao) = World.places[serial % World.places.count]
            (record.inScope, record.failing) = (counts.inScopeDigits, counts.failingDigits)
            record.synthetic = true
            world.append(.householdRecorded(record))
            serial += 1
        }
        return world
    }

    private static func results(_ world: World) throws -> [Int: IndicatorRow] {
        let database = try world.readModels([IndicatorReadModel()])
        let rows = try database.read { db in
            try IndicatorReadModel.results(
                cycle: World.cycle,
                area: AreaScope(code: "99", level: .province),
                db
            )
        }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.indicator, $0) })
    }

    @Test(
        .enabled(
            if: SharedData.isPresent("bmn/published-results.csv"),
            "shared/data/bmn/published-results.csv is not here"
        )
    )
    func `Published counts print the published percentages`() throws {
        let rows = try Self.published()
        #expect(rows.count > 10)
        for (survey, rows) in Dictionary(grouping: rows, by: \.survey) {
            let results = try Self.results(Self.world(rows))
            for row in rows {
                let result = try #require(results[row.indicator])
                #expect(result.surveyed == Int64(row.surveyed))
                #expect(result.failed == Int64(row.failed))
                #expect(result.passed == Int64(row.surveyed - row.failed))
                let label = "\(survey) indicator \(row.indicator)"
                if !row.percentPassed.isEmpty {
                    #expect(result.percentPassed == row.percentPassed, "\(label)")
                }
                if !row.percentFailed.isEmpty {
                    #expect(result.percentFailed == row.percentFailed, "\(label)")
                }
            }
        }
    }

    @Test
    func `38 failures of 899,118 print as 100.00 passed`() throws {
        let row = Published(
            survey: "Central region",
            indicator: 3,
            surveyed: 899_118,
            failed: 38,
            percentPassed: "100.00",
            percentFailed: "0.00"
        )
        let result = try #require(try Self.results(Self.world([row]))[3])
        #expect(result.percentPassed == "100.00")
        #expect(result.percentFailed == "0.00")
        #expect(result.passed == 899_080)
    }
}
