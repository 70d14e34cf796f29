import Foundation
import Ledger
package import Survey
import TransparencyLog

/// Makes the records that a writer would make: every command is decided and admitted.
package struct HonestLog {
    package private(set) var records: [[UInt8]] = []
    package private(set) var state = State()
    private var households: [String: HouseholdState] = [:]
    private var versions: [String: UInt32] = [:]
    private var range = CompactRange()
    private var previous = ForgedLog.noPredecessor
    /// Microseconds between two records.
    private let step: Int64

    package init(_ script: Script = Script(), step: Int64 = 1_000_000) throws {
        self.step = step
        var created = Event()
        created.kind = .ledgerCreated(Sample.created())
        var first = Command()
        first.id = CommandID(unixMilliseconds: 1_517_450_400_000, random: (1, 0)).text
        first.actor.user = "operator"
        first.actor.capacity = "test"
        first.actor.authentication = "none"
        try append(created, first)
        for step in script.steps { try append(try step(state)) }
    }

    package mutating func append(_ command: Command) throws {
        let draft = try state.draft(
            command,
            household: households[command.householdStream] ?? HouseholdState(),
            position: position,
            on: Day(iso: command.occurredOn) ?? nextDay
        )
        var event = draft.event
        if let personal = draft.personal { event.seal(.pretended(personal)) }
        try append(event, command)
    }

    /// On which the next record is recorded.
    private var nextDay: Day {
        let time = Sample.start + Int64(range.treeSize) * step
        return Day(bangkokDayOfUnixSeconds: time / 1_000_000)
    }

    /// As if a checkpoint was signed just now.
    private var position: LogPosition {
        let range = range
        let checkpoint = SignedHead(treeSize: range.treeSize, rootHash: range.rootHash)
        return LogPosition(
            treeSize: range.treeSize,
            checkpoint: checkpoint,
            rootHash: { range.rootHash }
        )
    }

    private mutating func append(_ event: Event, _ command: Command) throws {
        let range = range
        let stream = event.stream
        let household = households[event.namedHousehold ?? stream] ?? HouseholdState()
        guard let commandID = CommandID(command.id),
            let time = RecordTime(
                unixMicroseconds: Sample.start + Int64(range.treeSize) * step
            )
        else { throw Rejection(.commandIdMalformed) }
        let day = Day(iso: command.occurredOn)
        let envelope = Envelope(
            index: range.treeSize,
            previous: previous,
            recordedAt: time,
            occurredOn: day == time.bangkokDay ? nil : day,
            stream: stream,
            streamVersion: versions[stream, default: 0],
            commandID: commandID,
            actor: command.actor
        )
        try state.admit(
            event,
            act: envelope.act,
            household: household,
            position: position
        )
        guard let record = RecordEncoder.encode(envelope, eventJSON: EventCodec.encode(event))
        else { throw Rejection(.recordTooLarge) }
        records.append(record.bytes)
        let after = state.evolve(
            event,
            index: range.treeSize,
            on: envelope.day,
            by: envelope.actor.user,
            household: household
        )
        if event.isOfHousehold { households[stream] = after }
        versions[stream, default: 0] += 1
        self.range.append(record.leafHash)
        previous = record.leafHash
    }
}

extension Command {
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

extension Sealed {
    /// Has the size of a real sealing; no verification looks inside.
    package static func pretended(_ personal: [UInt8]) -> Sealed {
        var sealed = Sealed()
        sealed.keyID = 7
        sealed.nonce = Data(repeating: 7, count: 12)
        sealed.ciphertext = Data(personal.map { $0 ^ 0x5A }) + Data(repeating: 9, count: 16)
        return sealed
    }
}
