import Cryptography
import Foundation
import Survey

/// Plays commands through the rules, in memory, and stops at the first refusal.
struct DemoPlay {
    private(set) var state = State()
    private(set) var eventCount: UInt64 = 0
    private var households: [String: HouseholdState] = [:]
    private var keys: [String: Ed25519PrivateKey] = [:]

    /// What the log would be at, as far as the rules can tell.
    private var position: LogPosition {
        let treeSize = eventCount
        let rootHash = SHA256.hash(Array("tree \(treeSize)".utf8))
        // As if a checkpoint was signed just now.
        let checkpoint = SignedHead(treeSize: treeSize, rootHash: rootHash)
        return LogPosition(treeSize: treeSize, checkpoint: checkpoint) { rootHash }
    }

    init() throws {
        var created = LedgerCreated()
        created.origin = "example.org/demo"
        let key = [1] + (try Ed25519PrivateKey.generate().publicKey.rawBytes)
        let id = SHA256.hash(Array("example.org/demo\n".utf8) + key).hex.prefix(8)
        created.logKey = "example.org/demo+\(id)+\(Base64.encode(key))"
        created.formatVersion = LedgerCreated.currentFormatVersion
        var event = Event()
        event.kind = .ledgerCreated(created)
        var actor = Actor()
        actor.user = "officer-38"
        actor.capacity = "test"
        actor.authentication = "none"
        let act = Act(actor: actor, occurredOn: nil, recordedOn: Self.today)
        try state.admit(event, act: act, position: position)
        state.evolve(event, index: eventCount, on: act.day)
        eventCount += 1
    }

    private static let today = Day(iso: "2026-11-22") ?? Day(daysSinceEpoch: 0)

    mutating func run(_ commands: [Command]) throws {
        for command in commands { try run(command) }
    }

    mutating func run(_ command: Command) throws {
        let id = Self.household(of: command)
        let household = households[id] ?? HouseholdState()
        var actor = command.actor
        actor.authentication = "none"
        let act = Act(
            actor: actor,
            occurredOn: Day(iso: command.occurredOn),
            recordedOn: Self.today
        )
        let draft: Draft
        do {
            draft = try state.decide(command, act: act, household: household, position: position)
        } catch {
            throw Refused(command: command.id, kind: "\(error.code)", subject: error.subject)
        }
        var event = draft.event
        if let personal = draft.personal {
            var sealed = Sealed()
            sealed.nonce = Data(count: 12)
            sealed.ciphertext = Data(count: personal.count + 16)
            event.seal(sealed)
        }
        let after = state.evolve(event, index: eventCount, on: act.day, household: household)
        if !id.isEmpty { households[id] = after }
        eventCount += 1
    }

    struct Refused: Error {
        let command: String
        let kind: String
        let subject: String
    }

    private static func household(of command: Command) -> String {
        switch command.kind {
        case .recordHousehold(let record): record.household
        case .correctHousehold(let correction): correction.household
        case .recordNotCollected(let visit): visit.household
        default: ""
        }
    }

    /// Gives a member a key.
    mutating func register(_ person: String) throws {
        let key = try Ed25519PrivateKey.generate()
        keys[person] = key
        var registration = MemberKey()
        registration.person = person
        registration.publicKey = Data(key.publicKey.rawBytes)
        var command = Command()
        command.actor.user = person
        command.actor.capacity = "member"
        command.occurredOn = "2017-11-10"
        command.registerMemberKey = registration
        try run(command)
    }

    /// Signs as one line of a signers file says.
    mutating func sign(_ line: String) throws {
        let fields = line.split(separator: "\t").map(String.init)
        guard fields.count == 4, let certification = state.certifications[fields[0]],
            let key = keys[fields[1]]
        else { throw Refused(command: line, kind: "nothing to sign", subject: "") }
        var signature = CertificationSignature()
        signature.certification = fields[0]
        signature.person = fields[1]
        signature.role = fields[2]
        signature.publicKey = Data(key.publicKey.rawBytes)
        signature.signature = Data(try key.sign(Array(certification.prepared.statement.utf8)))
        var command = Command()
        command.actor.user = fields[1]
        command.actor.capacity = fields[2]
        command.occurredOn = fields[3]
        command.signCertification = signature
        try run(command)
    }
}
