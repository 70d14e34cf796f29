import Audit
import AuditTestSupport
import Foundation
import Ledger
import Survey
import TestSupport
import Testing
import TransparencyLog

/// Eight kinds of forgery, each with many seeds, by a forger who makes everything consistent again.
///
/// BMN_ATTACK_SEEDS says how many seeds, which Tools/test sets to 1,000; the same seed gives the same
/// forgery.
@Suite struct ForgeryTests {
    private static let seedCount =
        ProcessInfo.processInfo.environment["BMN_ATTACK_SEEDS"].flatMap { UInt64($0) } ?? 150

    /// A log in the midst of collecting, and one that is certified throughout.
    private static let forgers = Result {
        [
            (try Forger(HonestLog(.collected).records), Sample.logSigner()),
            (try Forger(HonestLog(.certified).records), Sample.logSigner(number: 2)),
        ]
    }

    /// What a kept checkpoint, and nothing else, finds.
    private static let outside: Set<FindingCode> = [
        .tailMissing, .historyRewritten, .originMismatch, .checkpointUnsigned,
    ]

    /// The levels that catch some of a kind where nobody has kept a checkpoint: what members signed is
    /// for tree and signatures, what is not allowed for the rules, what changes a count for figures.
    private static func levels(_ kind: Forgery) -> Set<Check> {
        switch kind {
        case .backDating, .changeOfActor: [.tree, .signatures, .rules]
        case .deletion, .insertion, .swap, .duplicate, .spliceOfStreams, .changeOfAnswer:
            [.tree, .signatures, .rules, .figures]
        }
    }

    /// How many of the forged logs each level caught.
    private struct Tally {
        var counts: [Check: Int] = [:]
        /// By no level, without a kept checkpoint.
        var passedCount = 0
        var keptCount = 0
        /// With a certification above that members signed, and how many of those passed.
        var certifiedCount = 0
        var certifiedPassedCount = 0

        func row(_ kind: Forgery, _ count: UInt64) -> String {
            let levels = Check.allCases.filter { $0 != .projections }
                .map { "\($0) \(counts[$0, default: 0])" }.joined(separator: ", ")
            return "forgery \(kind.rawValue), seeds 0..<\(count): \(levels), none \(passedCount);"
                + " below a signed certification \(certifiedCount), none of them"
                + " \(certifiedPassedCount); kept checkpoint \(keptCount)"
        }
    }

    @Test(arguments: Forgery.allCases)
    func `A kept checkpoint always tells, and what members signed always does`(
        _ kind: Forgery
    ) throws {
        var tally = Tally()
        let forgers = try Self.forgers.get()
        for seed in 0..<Self.seedCount {
            var generator = SeededGenerator(seed: seed)
            let (forger, signer) = forgers[Int(seed % 2)]
            let forged = try forger.forge(kind, using: &generator)
            let first = forged.firstIndex
            #expect(forged.records != forger.records, "\(kind) \(seed)")
            #expect(forged.records.prefix(first) == forger.records.prefix(first))
            let heads = Checkpoints(forger.records)
            let verdict = try verify(
                MemorySource(forged.records, events: forged.events),
                knownHeads: [heads.kept(heads.size, by: signer)],
                threadCount: 1
            )
            // It is tree that tells, or structure where the forged log is shorter.
            let kept = verdict.findings.filter { $0.witness == "kept.txt" }
            let codes = Set(kept.map(\.code)).intersection([.tailMissing, .historyRewritten])
            let isShorter = forged.records.count < forger.records.count
            #expect(codes == [isShorter ? .tailMissing : .historyRewritten], "\(kind) \(seed)")
            #expect(!verdict.isOK)
            if !codes.isEmpty { tally.keptCount += 1 }
            let inside = Set(
                verdict.findings.filter { !Self.outside.contains($0.code) }.map(\.check)
            )
            for check in inside { tally.counts[check, default: 0] += 1 }
            if inside.isEmpty { tally.passedCount += 1 }
            guard let certified = forger.lastCertified, first < certified else { continue }
            tally.certifiedCount += 1
            if inside.isEmpty { tally.certifiedPassedCount += 1 }
            #expect(!inside.isEmpty, "\(kind) \(seed): members signed what is no longer there")
            // Where what the certification rests on is gone, the rules refuse it, signatures and all.
            let takesAway = kind == .deletion || kind == .swap
            let telling: Set<Check> =
                takesAway ? [.tree, .signatures, .rules] : [.tree, .signatures]
            #expect(!inside.isDisjoint(with: telling), "\(kind) \(seed)")
        }
        print(tally.row(kind, Self.seedCount))
        let caught = Set(tally.counts.filter { $0.value > 0 }.map(\.key))
        #expect(caught.isSubset(of: Self.levels(kind)))
        #expect(caught == Self.levels(kind) || Self.seedCount < 1000)
        #expect(tally.keptCount == Int(Self.seedCount))
        #expect(tally.certifiedCount > Int(Self.seedCount) / 5)
        #expect(tally.certifiedPassedCount == 0)
        // Else the forger would not be the strongest: hashes and indexes are for who cannot rebuild.
        #expect(tally.counts[.structure, default: 0] == 0)
        #expect(tally.counts[.chain, default: 0] == 0)
    }

    @Test func `What nobody signed can be forged so that only a kept checkpoint tells`() throws {
        // The reason for keeping them, as a fact: another answer, allowed by every rule.
        var forged = try ForgedLog(HonestLog(.collected).records)
        let last = forged.entries.count - 1
        try forged.entries[last].edit { event in
            var failing = Array(event.householdRecorded.failing)
            let inScope = Array(event.householdRecorded.inScope)
            let answer = try #require(inScope.firstIndex { $0 != "0" })
            failing[answer] = failing[answer] == "0" ? "1" : "0"
            event.householdRecorded.failing = String(failing)
        }
        #expect(try verify(forged.records).isOK)
    }
}
