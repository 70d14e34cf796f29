import Access
package import Console
import Dispatch
import LMDB
import Ledger
import LedgerReader
package import LedgerWriter
import Survey

/// Turns what was sent into what the writer takes; runs on a thread that may block.
struct Submission: Sendable {
    private let core: ServiceCore
    private let principal: Principal

    init(_ core: ServiceCore, _ call: Call) throws(Problem) {
        guard let principal = call.principal else { throw Problem(.tokenMissing) }
        self.core = core
        self.principal = principal
    }

    /// One command of a batch, prepared, or why it is not.
    func slot(_ line: [UInt8]) throws -> Result<PreparedCommand, Problem> {
        do {
            guard line.count <= core.limits.commandByteCountMax else {
                throw Problem(.bodyTooLarge)
            }
            return .success(try prepare(Command(line: line)))
        } catch let problem as Problem {
            return .failure(problem)
        } catch let problem as LineProblem {
            return .failure(Problem(problem))
        }
    }

    func prepare(_ given: Command) throws -> PreparedCommand {
        var command = given
        if command.id.isEmpty { command.id = core.newCommandID().text }
        // Without the text itself, which could be anything.
        guard CommandID(command.id) != nil else {
            throw Problem(Rejection(.commandIdMalformed, "…"))
        }
        guard let kind = command.kind else { throw Problem(Rejection(.kindUnknown)) }
        command.actor = try actor(of: command, kind)
        switch try core.parts.writer.prepare(command) {
        case .success(let prepared): return prepared
        case .failure(let rejection): throw Problem(rejection)
        }
    }

    /// The person who asks, in a capacity that allows the command.
    private func actor(of command: Command, _ kind: Command.OneOf_Kind) throws -> Actor {
        guard let action = Action(submitting: kind) else { throw Problem(.commandNotForService) }
        let claimed = command.actor
        guard claimed.user.isEmpty || claimed.user == principal.person else {
            throw Problem(.actorNotPrincipal)
        }
        if let recorded = try recordedActor(command.id), recorded.user == principal.person {
            // Sent again: the writer has the first receipt, whatever is allowed by now.
            return self.actor(claimed.capacity.isEmpty ? recorded.capacity : claimed.capacity)
        }
        let roles: [UserRole]
        try requireOwn(kind)
        switch principal.permission(action, at: try places(action, kind)) {
        case .granted(let granted): roles = granted
        case .scopeMissing: throw Problem(.scopeMissing)
        case .roleMissing: throw Problem(.roleMissing)
        case .outsideOwnAreas: throw Problem(.outsideOwnAreas)
        }
        guard
            let role = claimed.capacity.isEmpty
                ? roles.first : roles.first(where: { $0.rawValue == claimed.capacity })
        else { throw Problem(.capacityNotHeld) }
        return self.actor(role.rawValue)
    }

    /// A signature and a key are sent by the person himself; the register of users by another.
    private func requireOwn(_ kind: Command.OneOf_Kind) throws {
        let own: String? =
            switch kind {
            case .signCertification(let signature): signature.person
            case .registerMemberKey(let key): key.person
            case .revokeMemberKey(let revocation): revocation.person
            case .registerMemberCertificate(let certificate): certificate.person
            case .revokeMemberCertificate(let revocation): revocation.person
            case .revokePasskey(let revocation): revocation.person
            default: nil
            }
        if let own, own != principal.person { throw Problem(.personNotPrincipal) }
        let register = CommandPlaces(core.reader)
        var roles: [String?] = []
        var other: String?
        switch kind {
        case .registerUser(let user):
            other = user.person
            roles = [user.role, try register.registration(.userRegistered(user))?.role]
        case .updateUserRegistration(let update):
            other = update.person
            let now = try register.registration(.userRegistrationUpdated(update))?.role
            roles = [update.role, now]
        case .disableUser(let disabling):
            other = disabling.person
            roles = [try register.registration(.userDisabled(disabling))?.role]
        default: break
        }
        if other == principal.person { throw Problem(.aboutOneself) }
        // Who audits or runs the service is made, changed and ended by its operator.
        let isOperators = roles.contains {
            [UserRole.auditor.rawValue, UserRole.admin.rawValue].contains($0)
        }
        if isOperators { throw Problem(.commandNotForService) }
    }

    private func places(_ action: Action, _ kind: Command.OneOf_Kind) throws -> [Place] {
        // A key is a person's in every cycle and area.
        guard action != .registerOwnKey else { return [] }
        return try CommandPlaces(core.reader).places(kind)
    }

    private func actor(_ capacity: String) -> Actor {
        var actor = Actor()
        actor.user = principal.person
        actor.capacity = capacity
        // Whatever was claimed: the service knows how it was.
        actor.authentication = principal.authentication.rawValue
        return actor
    }

    /// Whose command this was, if it is recorded.
    private func recordedActor(_ id: String) throws -> Actor? {
        guard let id = CommandID(id) else { return nil }
        let snapshot = try core.reader.snapshot()
        let index = try snapshot.transaction.withValue(
            snapshot.store.commands,
            LedgerKey.command(id)
        ) { value in
            value.byteCount >= 8 ? BigEndianKey(value.extracting(0..<8))?.value : nil
        }
        guard let index = index ?? nil else { return nil }
        return try snapshot.recordedEvent(index)?.envelope.actor
    }
}

extension ServiceCore {
    func newCommandID() -> CommandID {
        CommandID(
            unixMilliseconds: UInt64(max(0, parts.clock() / 1000)),
            random: (.random(in: .min ... .max), .random(in: .min ... .max))
        )
    }

    /// Hands one command to the writer and waits until its record is on disk.
    func append(_ prepared: PreparedCommand) async throws -> Receipt {
        try gate.enter(1)
        let outcome: Outcome
        do {
            outcome = try await parts.writer.submit(prepared)
            gate.leave(1, failure: nil)
        } catch {
            gate.leave(1, failure: LedgerError(caught: error).code.rawValue)
            throw error
        }
        let receipt: Receipt
        switch outcome {
        case .success(let found): receipt = found
        case .failure(let rejection): throw Problem(rejection)
        }
        metrics.count(receipt.isRepeated ? "commands_repeated_total" : "commands_total")
        watch.note(receipt.index + 1)
        return receipt
    }

    /// The same for a batch, in one commit; an answer for each slot, in order.
    func append(
        _ slots: [Result<PreparedCommand, Problem>],
        isAtomic: Bool
    ) async throws -> [Result<Receipt, Problem>] {
        let ready = slots.compactMap { try? $0.get() }
        let mayAppend = !ready.isEmpty && (!isAtomic || ready.count == slots.count)
        let outcomes =
            mayAppend
            ? try await appendTogether(ready, isAtomic: isAtomic)
            : ready.map { _ in .failure(Rejection(.notStored)) }
        var next = outcomes.makeIterator()
        return slots.map { slot in
            slot.flatMap { _ in
                guard let outcome = next.next() else {
                    preconditionFailure("an outcome for each command")
                }
                return outcome.mapError { Problem($0) }
            }
        }
    }

    private func appendTogether(
        _ ready: [PreparedCommand],
        isAtomic: Bool
    ) async throws -> [Outcome] {
        try gate.enter(ready.count)
        let writer = parts.writer
        do {
            let outcomes = try await withCheckedThrowingContinuation { continuation in
                batches.async {
                    continuation.resume(
                        with: Result { try writer.append(ready, isAtomic: isAtomic) }
                    )
                }
            }
            gate.leave(ready.count, failure: nil)
            let receipts = outcomes.compactMap { try? $0.get() }
            metrics.count("commands_total", receipts.count { !$0.isRepeated })
            metrics.count("commands_repeated_total", receipts.count(where: \.isRepeated))
            if let last = receipts.map(\.index).max() { watch.note(last + 1) }
            return outcomes
        } catch {
            gate.leave(ready.count, failure: LedgerError(caught: error).code.rawValue)
            throw error
        }
    }
}

extension Receipt {
    /// What scripts are told of a command that was appended.
    package var json: JSON { .object(members) }

    /// With the proof that was waited for, or why there is none yet.
    func json(_ proof: Result<RecordProof, Problem>?) -> JSON {
        switch proof {
        case .success(let proof)?: .object(members + [("proof", proof.json)])
        case .failure(let problem)?:
            .object(members + [("proofProblem", .string(problem.code))])
        case nil: .object(members)
        }
    }

    private var members: [(String, JSON)] {
        [
            ("commandId", .string(commandID.text)), ("index", .unsigned(index)),
            ("leafHash", .string(leafHashHex)), ("stream", .string(stream)),
            ("streamVersion", .number(Int(streamVersion))),
            ("recordedAt", .string(recordedAt.text)), ("repeated", .bool(isRepeated)),
            ("clockBehindMicroseconds", .number(Int(clockBehindMicroseconds))),
        ]
    }
}
