import Cryptography
import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import TransparencyLog

/// A random survey: the same commands go through the writer into a ledger on disk, and through the
/// rules into a state in memory, which must agree about every one of them.
final class SurveyRun {
    /// A command that was sent, and what became of it.
    private struct Sent {
        let command: Command
        let isStored: Bool
    }

    let ledger: ScratchLedger
    /// Nil once it is closed: what looks at the whole ledger opens it for itself.
    private(set) var writer: LedgerWriter?
    private(set) var known = Known()
    private(set) var treeSize: UInt64 = 0
    /// By kind: how many were sent for an event of it, and how many accepted.
    private(set) var sent: [EventKind: Int] = [:]
    private(set) var accepted: [EventKind: Int] = [:]
    private(set) var refused: [RejectionCode: Int] = [:]
    private(set) var problems: [String] = []
    var commands: RandomCommands

    private var mutation = Mutation()
    private var invariants = Invariants()
    private var clock: TestClock
    private var now: Int64
    private var range = CompactRange()
    private var versions: [String: UInt32] = [:]
    private var past: [Sent] = []
    private var commandCount: UInt64 = 0
    private var lastRecordedOn: Day?

    init(seed: UInt64) throws {
        ledger = try ScratchLedger(empty: ())
        // 2017-10-16, a morning in Thailand; record 0 is of 2018 unless the ledger is made here.
        now = 1_508_120_000_000_000
        clock = TestClock(now)
        guard let time = RecordTime(unixMicroseconds: now) else { throw Unusable() }
        _ = try LedgerCreation.create(
            ledger.directory,
            origin: Sample.origin,
            recordedAt: time,
            commandID: CommandID(unixMilliseconds: 1, random: (seed, 0)),
            actor: Sample.actor()
        )
        let document = try Self.attach(to: ledger)
        commands = RandomCommands(
            dice: Dice(seed: seed),
            directory: ledger.directory,
            document: document
        )
        writer = try ledger.writer(clock: clock)
        try take(0)
        pass(days: 0)
    }

    struct Unusable: Error {}

    /// A paper beside the ledger.
    private static func attach(to ledger: ScratchLedger) throws -> Document {
        let file = ledger.folder + "/paper.pdf"
        try Data("a paper".utf8).write(to: URL(filePath: file))
        guard let content = try AttachmentFolder.content(of: file) else { throw Unusable() }
        try AttachmentFolder(ledger.directory).store(file, content)
        var document = Document()
        (document.sha256, document.byteCount) = (content.sha256.hex, content.byteCount)
        (document.mediaType, document.title) = ("application/pdf", "แผนปฏิบัติการ")
        return document
    }

    func pass(days: Double) {
        let microseconds = Int64(days * 86_400_000_000)
        clock.step(microseconds: microseconds)
        now += microseconds
        known.today = Day(bangkokDayOfUnixMicroseconds: now)
    }

    /// As after the end of the process: nothing is remembered but the files.
    func reopen() throws {
        close()
        writer = try ledger.writer(clock: clock)
    }

    func close() { writer = nil }

    private func sign() throws {
        let store = try open().reader.snapshot().store
        _ = try CheckpointLog(ledger.directory, sharing: store).sign()
    }

    /// The first checkpoint past the announcement of the sample that a command draws.
    private func checkpoint(for command: Command) -> SignedHead? {
        guard case .drawSample(let draw) = command.kind,
            let sample = known.state.samples[draw.sample],
            let stored = try? open().reader.snapshot().checkpoint(
                from: sample.announcedAtIndex + 1
            ),
            let head = try? stored.checkpoint().treeHead
        else { return nil }
        return SignedHead(treeSize: head.treeSize, rootHash: head.rootHash)
    }

    func open() throws -> LedgerWriter {
        guard let writer else { throw Unusable() }
        return writer
    }

    /// One that must be accepted.
    func run(_ kind: Command.OneOf_Kind, by user: String = "recorder-1") throws {
        var command = envelope(by: user)
        command.kind = kind
        let before = treeSize
        try settle([command], isAtomic: false)
        if treeSize == before { problems.append("refused: \(kind)") }
    }

    func happened(_ kind: EventKind) -> Bool { accepted[kind] != nil }

    /// A random command, or a few in one commit.
    func step(isCollecting: Bool) throws {
        let count = commands.dice.chance(15) ? commands.dice.number(2...6) : 1
        var batch: [Command] = []
        for _ in 0..<count {
            if let command = try next(isCollecting: isCollecting) { batch.append(command) }
        }
        try settle(batch, isAtomic: commands.dice.chance(10))
    }

    private func envelope(by user: String) -> Command {
        commandCount += 1
        var command = Command()
        command.id =
            CommandID(
                unixMilliseconds: UInt64(now / 1000),
                random: (commandCount, commandCount)
            ).text
        command.actor = Sample.actor(user)
        return command
    }

    private func next(isCollecting: Bool) throws -> Command? {
        if commands.dice.chance(4), let earlier = commands.dice.pick(past) {
            return again(earlier.command)
        }
        let kind = commands.kind(isCollecting: isCollecting, happened: happened)
        guard let asked = try commands.make(kind, known) else { return nil }
        // A draw waits for a checkpoint; sometimes nobody has signed one.
        if kind == .sampleDrawn, commands.dice.chance(80) { try sign() }
        var user = "recorder-1"
        if commands.dice.chance(8) { user = commands.dice.pick(known.people) ?? user }
        var command = envelope(by: user)
        command.kind = asked
        // The key of a log is on disk beside it: another one's name would not be.
        if kind == .logKeyRotated { return command }
        if commands.dice.chance(20) {
            command.occurredOn = (known.today + commands.dice.number(-6...1)).iso
        }
        if commands.dice.chance(4) { command.expectedVersion = commands.dice.number(0...3) }
        guard kind != .editionDefined, commands.dice.chance(22) else { return command }
        return mutation.mutate(command, &commands.dice) ?? command
    }

    /// The same command once more: as it was, under a new id, or with other content under its id.
    private func again(_ earlier: Command) -> Command {
        var command = earlier
        switch commands.dice.number(0...2) {
        case 0: break
        case 1: command.id = envelope(by: "").id
        default: command.actor.capacity = "another"
        }
        return command
    }

    private func settle(_ batch: [Command], isAtomic: Bool) throws {
        guard !batch.isEmpty else { return }
        let before = treeSize
        let outcomes = try open().run(batch, isAtomic: isAtomic)
        let isUndone = isAtomic && outcomes.contains { (try? $0.get()) == nil }
        for (command, outcome) in zip(batch, outcomes) {
            if case .failure(let rejection) = outcome { refused[rejection.code, default: 0] += 1 }
            if isUndone { continue }
            try settle(command, outcome)
        }
        let snapshot = try open().reader.snapshot()
        if snapshot.treeSize != treeSize { problems.append("\(treeSize): the ledger differs") }
        if isUndone, treeSize != before { problems.append("\(treeSize): half a batch is stored") }
    }

    private func settle(_ command: Command, _ outcome: Outcome) throws {
        let place = "record \(treeSize)"
        if let earlier = past.last(where: { $0.isStored && $0.command.id == command.id }) {
            if let problem = problem(of: outcome, repeating: earlier.command, command) {
                problems.append("\(place): \(problem)")
            }
            return
        }
        let expected = predict(command)
        if let kind = expected.kind { sent[kind, default: 0] += 1 }
        let receipt: Receipt
        switch (outcome, expected.outcome) {
        case (.success(let given), .success): receipt = given
        case (.failure(let given), .failure(let rejection)):
            remember(command, isStored: false)
            // Before the rules are asked, the vault is, and whether the words can be a key.
            let isEarly = [.personalDataErased, .identifierMalformed].contains(given.code)
            if given.code != rejection.code, !isEarly {
                problems.append("\(place): the writer says \(given), memory \(rejection)")
            }
            return
        default:
            problems.append("\(place): the writer says \(outcome), memory \(expected.outcome)")
            return
        }
        mutation.learn(command)
        remember(command, isStored: true)
        if receipt.index != treeSize { problems.append("\(place): stored at \(receipt.index)") }
        let recorded = try take(receipt.index)
        if let draft = try? expected.outcome.get(), draft.event != recorded.event.withoutSealed {
            problems.append("\(place): another event was recorded than decided")
        }
        problems += invariants.check(recorded, known).map { "\(place): \($0)" }
    }

    private func remember(_ command: Command, isStored: Bool) {
        // Sent again later, it would put a key into force whose file has another name by then.
        if case .rotateLogKey = command.kind { return }
        past.append(Sent(command: command, isStored: isStored))
    }

    /// Sent before and stored: the first receipt again, unless something else is asked for under the
    /// id or what was said was erased since.
    private func problem(
        of outcome: Outcome,
        repeating earlier: Command,
        _ command: Command
    ) -> String? {
        switch outcome {
        case .success(let receipt):
            receipt.isRepeated && earlier == command ? nil : "an id served two commands"
        case .failure(let rejection):
            rejection.code == .personalDataErased
                || (rejection.code == .commandIdReused && earlier != command)
                ? nil : "a command that was sent again is refused: \(rejection)"
        }
    }

    /// What the rules say in the state in memory.
    private func predict(
        _ command: Command
    ) -> (kind: EventKind?, outcome: Result<Draft, Rejection>) {
        let act = Act(
            actor: command.actor,
            occurredOn: Day(iso: command.occurredOn),
            recordedOn: known.today
        )
        let (range, treeSize) = (range, treeSize)
        let position = LogPosition(
            treeSize: treeSize,
            lastRecordedOn: lastRecordedOn,
            checkpoint: checkpoint(for: command),
            rootHash: { range.rootHash }
        )
        var kind: EventKind?
        do throws(Rejection) {
            let household = known.households[command.householdStream] ?? HouseholdState()
            let draft = try known.state.draft(
                command,
                household: household,
                position: position,
                on: act.day
            )
            kind = draft.event.eventKind
            let version = versions[draft.event.stream] ?? 0
            if command.hasExpectedVersion, command.expectedVersion != version {
                throw Rejection(.versionConflict, "\(version)")
            }
            let decided = try known.state.decide(
                command,
                act: act,
                household: household,
                position: position
            )
            let isAttached = draft.event.documents.allSatisfy {
                ($0.sha256, $0.byteCount)
                    == (commands.document.sha256, commands.document.byteCount)
            }
            guard isAttached else { throw Rejection(.documentNotAttached) }
            return (kind, .success(decided))
        } catch {
            return (kind, .failure(error))
        }
    }

    /// Reads a record that was appended, and brings the state in memory to it.
    @discardableResult
    private func take(_ index: UInt64) throws -> RecordedEvent {
        let snapshot = try open().reader.snapshot()
        guard let recorded = try snapshot.recordedEvent(index) else { throw Unusable() }
        _ = try snapshot.withRecord(index) { range.append(MerkleTree.leafHash(of: $0)) }
        let (event, envelope) = (recorded.event, recorded.envelope)
        let after = known.state.evolve(
            event,
            index: index,
            on: envelope.day,
            by: envelope.actor.user,
            household: known.households[event.stream] ?? HouseholdState()
        )
        if event.isOfHousehold { known.households[event.stream] = after }
        versions[event.stream, default: 0] += 1
        treeSize = index + 1
        lastRecordedOn = envelope.recordedAt.bangkokDay
        if let kind = event.eventKind { accepted[kind, default: 0] += 1 }
        commands.learn(event)
        return recorded
    }
}

extension Event {
    /// As it was decided: what is sealed into it comes later.
    fileprivate var withoutSealed: Event {
        var event = self
        switch kind {
        case .personRegistered(var person):
            person.clearSealed()
            event.kind = .personRegistered(person)
        case .householdRecorded(var record):
            record.clearSealed()
            event.kind = .householdRecorded(record)
        case .householdCorrected(var correction):
            correction.clearSealed()
            event.kind = .householdCorrected(correction)
        default: break
        }
        return event
    }
}

extension Command {
    /// The stream of a command about a household; of any other none.
    var householdStream: String {
        switch kind {
        case .recordHousehold(let it): Event.stream(it.cycle, it.household)
        case .correctHousehold(let it): Event.stream(it.cycle, it.household)
        case .recordNotCollected(let it): Event.stream(it.cycle, it.household)
        case .withdrawHousehold(let it): Event.stream(it.cycle, it.household)
        case .reinterviewHousehold(let it): Event.stream(it.cycle, it.household)
        case .erasePersonalData(let it): Event.stream(it.cycle, it.household)
        case .raiseObjection(let it): Event.stream(it.cycle, it.household)
        case .reportDefect(let it): Event.stream(it.cycle, it.household)
        default: ""
        }
    }
}
