import Audit
import AuditTestSupport
import Ledger
import Survey
import Testing

/// What an audit says of presentations, samples and interviews that the records do not give.
@Suite struct ReviewAuditTests {
    private let records: [[UInt8]]

    init() throws { records = try HonestLog(.certified).records }

    /// Verifies a log in which the first event of a kind was changed, and all hashes after it.
    private func verdict(
        _ kind: EventKind,
        _ change: (inout Event) -> Void
    ) throws -> (Verdict, UInt64) {
        var forged = try ForgedLog(records)
        let index = try forged.index(of: kind)
        try forged.entries[index].edit(change)
        return (try verify(forged.records), UInt64(index))
    }

    @Test func `Other figures than those of the records below a presentation are found`() throws {
        let digest = String(repeating: "0", count: 64)
        let (figures, index) = try verdict(.resultsPresented) {
            $0.resultsPresented.figuresDigest = digest
        }
        expect(figures, .figures, index, "figuresMismatch")
        let (root, _) = try verdict(.resultsPresented) { $0.resultsPresented.rootHash = digest }
        expect(root, .tree, index, "treeHeadMismatch")
    }

    @Test func `A sample that somebody chose is found`() throws {
        let digest = String(repeating: "0", count: 64)
        let (seed, index) = try verdict(.sampleDrawn) { $0.sampleDrawn.seed = digest }
        expect(seed, .rules, index, "sampleMismatch")
        let (population, _) = try verdict(.sampleDrawn) { $0.sampleDrawn.population += 1 }
        expect(population, .rules, index, "sampleMismatch")
        let (root, _) = try verdict(.sampleDrawn) { $0.sampleDrawn.rootHash = digest }
        expect(root, .tree, index, "treeHeadMismatch")
    }

    @Test func `A checker who recorded the household, and hidden differences, are found`() throws {
        let (own, index) = try verdict(.householdReinterviewed) {
            $0.householdReinterviewed.checker = "recorder-1"
        }
        expect(own, .rules, index, "checkerNotIndependent")
        let (hidden, _) = try verdict(.householdReinterviewed) {
            $0.householdReinterviewed.differing = []
        }
        expect(hidden, .rules, index, "reinterviewMismatch")
    }
}
