import Cryptography
import Survey

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A ledger in memory: commands in, events decided and applied, households kept by stream.
struct Fixture {
    /// A day on which everybody appointed by `staffed` may work.
    static let workday = "2018-02-01"

    private(set) var state = State()
    private(set) var households: [String: HouseholdState] = [:]
    private(set) var treeSize: UInt64 = 0
    /// What was recorded, each with the state, household and act it was admitted with.
    private(set) var history: [Step] = []

    struct Step {
        let event: Event
        let before: State
        let household: HouseholdState
        let act: Act
        let position: LogPosition
    }

    var position: LogPosition { Fixture.position(treeSize) }

    /// Stands for a log whose root is told by its size alone.
    ///
    /// And for a checkpoint of it, signed just now.
    static func position(_ treeSize: UInt64) -> LogPosition {
        LogPosition(treeSize: treeSize, checkpoint: checkpoint(treeSize)) { root(treeSize) }
    }

    static func root(_ treeSize: UInt64) -> Digest {
        SHA256.hash(Array("tree \(treeSize)".utf8))
    }

    static func checkpoint(_ treeSize: UInt64) -> SignedHead {
        SignedHead(treeSize: treeSize, rootHash: root(treeSize))
    }

    static func act(on day: String = workday, by user: String = "recorder-1") -> Act {
        var actor = Actor()
        actor.user = user
        actor.capacity = "test"
        actor.authentication = "none"
        return Act(
            actor: actor,
            occurredOn: nil,
            recordedOn: Day(iso: day) ?? Day(daysSinceEpoch: 0)
        )
    }

    /// Decides a command, seals, admits the sealed event once more as an auditor would, applies it.
    @discardableResult
    mutating func run(
        _ kind: Command.OneOf_Kind,
        on day: String = workday,
        by user: String = "recorder-1"
    ) throws(Rejection) -> Event {
        var command = Command()
        command.kind = kind
        let act = Fixture.act(on: day, by: user)
        let household = households[command.householdStream] ?? HouseholdState()
        let draft = try state.decide(command, act: act, household: household, position: position)
        var event = draft.event
        if let personal = draft.personal { event.seal(.pretended(personal, keyID: treeSize)) }
        try append(event, act)
        return event
    }

    /// Admits an event that no command drafted, then applies it.
    mutating func append(_ event: Event, _ act: Act = Fixture.act()) throws(Rejection) {
        let household = households[event.namedHousehold ?? event.stream] ?? HouseholdState()
        try state.admit(event, act: act, household: household, position: position)
        history.append(
            Step(
                event: event,
                before: state,
                household: household,
                act: act,
                position: position
            )
        )
        apply(event, act)
    }

    /// Applies an event that nobody admitted.
    mutating func apply(_ event: Event, _ act: Act = Fixture.act()) {
        let household = households[event.namedHousehold ?? event.stream] ?? HouseholdState()
        let after = state.evolve(
            event,
            index: treeSize,
            on: act.day,
            by: act.actor.user,
            household: household
        )
        if event.isOfHousehold { households[event.stream] = after }
        treeSize += 1
    }

    func household(_ id: String) -> HouseholdState {
        households[Event.stream("2561", id)] ?? HouseholdState()
    }

    func cell(_ village: String, _ lao: String) -> Cell {
        state.cells[CellKey(cycle: "2561", village: village, lao: lao)] ?? Cell(indicatorCount: 31)
    }

    func certification(_ id: String) throws -> CertificationState {
        guard let certification = state.certifications[id] else {
            throw Rejection(.certificationUnknown, id)
        }
        return certification
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
    /// Has the size of a real sealing; the rules never look inside.
    static func pretended(_ personal: [UInt8], keyID: UInt64) -> Sealed {
        var sealed = Sealed()
        sealed.keyID = keyID
        sealed.nonce = Data(repeating: 7, count: 12)
        sealed.ciphertext = Data(personal.map { $0 ^ 0x5A }) + Data(repeating: 9, count: 16)
        return sealed
    }
}

extension Event {
    init(_ kind: OneOf_Kind) {
        self.init()
        self.kind = kind
    }
}
