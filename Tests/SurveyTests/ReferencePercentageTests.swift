import Survey
import TestSupport
import Testing

@Suite struct ReferencePercentageTests {
    static let published = "bmn/published-results.csv"

    @Test(.enabled(if: SharedData.isPresent(published), "no shared data beside the repository"))
    func `Every printed percentage of the published results is recomputed`() throws {
        var compared = 0
        for row in try SharedData.rows(Self.published) {
            guard let surveyed = UInt64(row["surveyed"] ?? "") else { continue }
            for (count, printed) in [
                ("passed", "printed_pct_passed"), ("failed", "printed_pct_failed"),
            ] {
                guard let part = UInt64(row[count] ?? ""), let text = row[printed], !text.isEmpty
                else { continue }
                #expect(Percentage.text(part: part, whole: surveyed) == text)
                compared += 1
            }
        }
        #expect(compared == 14)
    }

    @Test(arguments: [
        (UInt64(0), UInt64(0), "-"), (0, 7, "0.00"), (7, 7, "100.00"), (1, 3, "33.33"),
        (2, 3, "66.67"), (1, 32, "3.13"), (1, 20_000, "0.01"), (1, 20_001, "0.00"),
        (3, 20_000, "0.02"), (899_080, 899_118, "100.00"), (38, 899_118, "0.00"),
        (5, 4, "125.00"), (.max, .max, "100.00"), (1, .max, "0.00"), (.max - 1, .max, "100.00"),
    ])
    func `Halves go up at the second place`(part: UInt64, whole: UInt64, text: String) {
        #expect(Percentage.text(part: part, whole: whole) == text)
    }
}
