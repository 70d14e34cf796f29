import Audit
import AuditTestSupport
import Ledger
import Survey
import Testing
import TransparencyLog

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
        let (size, _) = try verdict(.sampleDrawn) { $0.sampleDrawn.size += 1 }
        expect(size, .rules, index, "sampleMismatch")
        let (root, _) = try verdict(.sampleDrawn) { $0.sampleDrawn.rootHash = digest }
        expect(root, .tree, index, "treeHeadMismatch")
        let (population, announced) = try verdict(.sampleAnnounced) {
            $0.sampleAnnounced.population += 1
        }
        expect(population, .rules, announced, "sampleMismatch")
        let (early, _) = try verdict(.sampleDrawn) { $0.sampleDrawn.treeSize = announced }
        expect(early, .rules, index, "sampleNotSealed")
    }

    /// The audit of the log where these checkpoints are all that were signed.
    private func audit(_ sizes: [Int]) throws -> Verdict {
        let heads = Checkpoints(records)
        var source = MemorySource(records)
        source.keepsCheckpoints = true
        source.checkpoints = try sizes.map { try heads.stored($0) }
        return try AuditTests.verify(source, only: .rules)
    }

    @Test func `A sample that another checkpoint drew than the first after it is found`() throws {
        let log = try ForgedLog(records)
        let drawn = try log.index(of: .sampleDrawn)
        let event = try log.entries[drawn].event
        #expect(event.sampleDrawn.treeSize == UInt64(drawn))
        #expect(try audit([5, drawn, drawn + 3]).isOK)
        let index = UInt64(drawn)
        // None; one that was signed after the draw; and none but one from before the announcement.
        for sizes in [[], [drawn + 1], [5]] {
            expect(try audit(sizes), .rules, index, "sampleNotSealed")
        }
    }

    @Test func `A kept checkpoint shows that a sample passed over an earlier one`() throws {
        // A record between announcement and draw, so that there is room for two checkpoints.
        var script = Script.collected
        script.add(.announceSample(Sample.announcement))
        script.add(.reviseTarget(Sample.targetRevision))
        script.add(.drawSample(Sample.draw))
        let records = try HonestLog(script).records
        let drawn = records.count - 1
        let heads = Checkpoints(records)
        var source = MemorySource(records)
        source.keepsCheckpoints = true
        source.checkpoints = [try heads.stored(drawn)]
        func verify(kept: Int, by signer: NoteSigner = Sample.logSigner()) throws -> Verdict {
            let known = [try heads.kept(kept, by: signer)]
            return try AuditTests.verify(source, only: .rules, knownHeads: known)
        }
        #expect(try verify(kept: drawn).isOK)
        #expect(try verify(kept: drawn - 2).isOK, "it is from before the announcement")
        let earlier = try verify(kept: drawn - 1)
        #expect(earlier.findings.map(\.code) == [.certifiedTreeHeadWrong])
        expect(earlier, .rules, UInt64(drawn), "treeHeadMismatch")
        // Nobody else's note proves that there was one.
        let forged = try verify(kept: drawn - 1, by: Sample.logSigner(number: 2))
        #expect(!forged.findings.contains { $0.reason.contains("treeHeadMismatch") })
        // Nor does a second stored one help: the first is the one.
        source.checkpoints.append(try heads.stored(drawn - 1))
        expect(try AuditTests.verify(source, only: .rules), .rules, UInt64(drawn), "treeHead")
    }

    @Test func `Another place than that of the household which an objection names is found`() throws
    {
        var forged = try ForgedLog(records)
        let first = try forged.entries[try forged.index(of: .householdRecorded)].event
        let record = first.householdRecorded
        let index = try forged.index(of: .objectionRaised)
        func place(_ village: String) throws -> Verdict {
            try forged.entries[index].edit {
                $0.objectionRaised.household = record.household
                $0.objectionRaised.householdVillage = village
                $0.objectionRaised.householdLao = record.lao
            }
            return try verify(forged.records)
        }
        // Whether it is there after corrections and withdrawals, the audit reads in its stream.
        let right = try place(record.village)
        #expect(!right.findings.contains { $0.reason.contains("householdPlaceMismatch") })
        expect(try place("99999999"), .rules, UInt64(index), "householdPlaceMismatch")
    }

    @Test func `A preparation that is dated before its tree head is found in a real cycle`() throws
    {
        var forged = try ForgedLog(records)
        let index = try forged.index(of: .certificationPrepared)
        let day = "2018-01-31"
        forged.entries[index].envelope.occurredOn = Day(iso: day)
        try forged.entries[index].edit { $0.certificationPrepared.preparedOn = day }
        func found() throws -> Bool {
            try verify(forged.records).findings.contains {
                $0.index == UInt64(index) && $0.reason.contains("actBeforeTreeHead")
            }
        }
        #expect(try !found())
        let cycle = try forged.index(of: .cycleDefined)
        try forged.entries[cycle].edit { $0.cycleDefined.synthetic = false }
        #expect(try found())
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
