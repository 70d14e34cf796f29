import Cryptography
import Foundation
import Ledger
import ProjectionRuntime
import Survey

/// A ledger in memory: commands in, events decided by the rules, record bytes out.
struct World {
    private(set) var state = State()
    private(set) var households: [String: HouseholdState] = [:]
    private(set) var source = MemorySource()
    /// The day of the last record.
    private(set) var recordedOn = Day(daysSinceEpoch: 0)
    /// The record by which the rules first had a certification superseded.
    private(set) var supersededAtIndex: [String: UInt64] = [:]
    /// What random steps came upon.
    var withdrawals = Withdrawals()

    var treeSize: UInt64 { source.treeSize }

    /// Decides, seals and appends.
    ///
    /// The act is recorded on its own day, or on the latest before.
    @discardableResult
    mutating func run(
        _ kind: Command.OneOf_Kind,
        on day: String = "2018-02-01",
        by user: String = "recorder-1"
    ) throws -> Event {
        var command = Command()
        command.kind = kind
        let act = act(day, user)
        let stream = command.householdStream
        let draft = try state.decide(
            command,
            act: act,
            household: households[stream] ?? HouseholdState(),
            position: position
        )
        var event = draft.event
        if let personal = draft.personal {
            var sealed = Sealed()
            sealed.keyID = treeSize
            sealed.nonce = Data(repeating: 7, count: 12)
            sealed.ciphertext = Data(personal.map { $0 ^ 0x5A })
            event.seal(sealed)
        }
        append(event, act)
        return event
    }

    /// Appends an event that no rule has seen.
    mutating func append(_ kind: Event.OneOf_Kind, on day: String = "2018-02-01") {
        var event = Event()
        event.kind = kind
        append(event, act(day, "recorder-1"))
    }

    private mutating func append(_ event: Event, _ act: Act) {
        let before = households[event.stream] ?? HouseholdState()
        let after = state.evolve(
            event,
            index: treeSize,
            on: act.day,
            by: act.actor.user,
            household: before
        )
        if event.isOfHousehold { households[event.stream] = after }
        recordedOn = act.recordedOn
        for (id, certification) in state.certifications
        where supersededAtIndex[id] == nil && state.isSuperseded(certification) {
            supersededAtIndex[id] = treeSize
        }
        source.append(event, act)
    }

    private func act(_ day: String, _ user: String) -> Act {
        var actor = Actor()
        (actor.user, actor.capacity, actor.authentication) = (user, "test", "none")
        let day = Day(iso: day) ?? Day(daysSinceEpoch: 0)
        return Act(actor: actor, occurredOn: day, recordedOn: max(day, recordedOn))
    }

    func household(_ id: String) -> HouseholdState? { households[Event.stream(Self.cycle, id)] }

    private var position: LogPosition {
        let treeSize = treeSize
        let rootHash = SHA256.hash(Array("tree \(treeSize)".utf8))
        // As if a checkpoint was signed just now.
        let checkpoint = SignedHead(treeSize: treeSize, rootHash: rootHash)
        return LogPosition(treeSize: treeSize, checkpoint: checkpoint) { rootHash }
    }

    /// A database in memory that knows all records.
    func readModels(_ projections: [any Projection]) throws -> SurveyDatabase {
        let database = try SurveyDatabase()
        try ProjectionRunner(projections, database).catchUp(source)
        return database
    }
}

extension Command {
    fileprivate var householdStream: String {
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
