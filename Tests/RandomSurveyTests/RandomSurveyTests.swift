import Audit
import Foundation
import Ledger
import LedgerAudit
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import TestSupport
import Testing

/// Random commands of every kind, right and nearly right, through the writer into a ledger on disk.
///
/// BMN_SURVEY_SEEDS says how many seeds, BMN_SURVEY_SEED which one alone. The same seed decides the same
/// commands; keys, nonces and so root hashes are others each time.
struct RandomSurveyTests {
    private static let stepCount = 600

    private static func seeds() -> [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        if let one = environment["BMN_SURVEY_SEED"].flatMap({ UInt64($0) }) { return [one] }
        let count = environment["BMN_SURVEY_SEEDS"].flatMap { Int($0) } ?? 3
        // The first seed is fixed, the others are new each time.
        return (0..<max(1, count)).map { $0 == 0 ? 2561 : UInt64.random(in: 0...UInt64.max) }
    }

    @Test
    func `Log, memory and both sinks agree about every survey, and nothing breaks an invariant`()
        throws
    {
        var sent: [EventKind: Int] = [:]
        var accepted: [EventKind: Int] = [:]
        var refused: Set<RejectionCode> = []
        for seed in Self.seeds() {
            print("random survey: seed \(seed)")
            let run = try Self.play(seed)
            #expect(run.problems.isEmpty, "seed \(seed): \(run.problems.prefix(20))")
            sent.merge(run.sent, uniquingKeysWith: +)
            accepted.merge(run.accepted, uniquingKeysWith: +)
            refused.formUnion(run.refused.keys)
        }
        for kind in EventKind.allCases {
            print("\(kind.rawValue): \(accepted[kind] ?? 0) of \(sent[kind] ?? 0) accepted")
        }
        print("refused for \(refused.count) reasons: \(refused.map(\.rawValue).sorted())")
        let missing = EventKind.allCases.filter { accepted[$0] == nil }
        #expect(missing.isEmpty, "no command for \(missing) was accepted: make one that can be")
        // Far below what every seed tried gives: nearly right commands are tried at all.
        #expect(refused.count >= 50)
    }

    private static func play(_ seed: UInt64) throws -> SurveyRun {
        let run = try SurveyRun(seed: seed)
        try run.setUp()
        var sinks = try Sinks(folder: run.ledger.folder, origin: Sample.origin)
        // Of its own, so that a server that is missing changes no command.
        var dice = Dice(seed: seed &+ 1)
        for step in 0..<stepCount {
            run.pass(days: Double(dice.number(0...60)) / 100)
            // Times of collecting and times of signing, or no district would come to stand.
            try run.step(isCollecting: step % 125 < 55)
            // Nobody else holds the writer, or it could not be opened again.
            if dice.chance(8) { try sinks.catchUp(run.open().reader.snapshot(), &dice) }
            if dice.chance(3) { try sinks.follow(run.open().reader.snapshot(), &dice) }
            if dice.chance(3) { try sign(run) }
            if dice.chance(2) { try run.reopen() }
        }
        try sign(run)
        try compare(run)
        let problems = try sinks.problems(run.open().reader.snapshot(), &dice)
        #expect(problems.isEmpty, "seed \(seed): \(problems)")
        run.close()
        try verify(run.ledger.directory, seed)
        return run
    }

    private static func sign(_ run: SurveyRun) throws {
        let store = try run.open().reader.store
        _ = try CheckpointLog(run.ledger.directory, sharing: store).sign()
    }

    /// The state while deciding is the state that the log gives, walked whole and looked up.
    private static func compare(_ run: SurveyRun) throws {
        let snapshot = try run.open().reader.snapshot()
        var walked = Known()
        try snapshot.forEachRecord { index, bytes in
            let recorded = try EventCodec.decode(bytes)
            let event = recorded.event
            let after = walked.state.evolve(
                event,
                index: index,
                on: recorded.envelope.day,
                by: recorded.envelope.actor.user,
                household: walked.households[event.stream] ?? HouseholdState()
            )
            if event.isOfHousehold { walked.households[event.stream] = after }
            return true
        }
        let memory = StateText.of(run.known.state)
        #expect(memory.utf8.count > 10_000)
        for (place, state) in [("walked", walked.state), ("stored", try snapshot.state())] {
            let text = StateText.of(state)
            #expect(text == memory, "\(place): \(StateText.difference(text, memory))")
        }
        #expect(walked.households == run.known.households)
        for (stream, household) in run.known.households {
            #expect(try snapshot.household(stream: stream) == household, "\(stream)")
        }
    }

    /// As `bmn-audit verify` does, and once more by other means.
    private static func verify(_ directory: LedgerDirectory, _ seed: UInt64) throws {
        let verification = RecordVerification(
            checks: Set(Check.allCases).subtracting([.projections])
        )
        let (verdict, ledger) = try verification.run(directory) { _, _ in }
        #expect(verdict.isOK, "seed \(seed): \(verdict.findings)")
        #expect(verdict.checks.contains { $0.check == .rules && $0.checkedCount > 100 })
        let problems = try WholeLedger.problems(ledger.store, directory)
        #expect(problems.isEmpty, "seed \(seed): \(problems)")
    }
}
