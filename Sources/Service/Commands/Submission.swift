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
        if command.id.isEmpty { command.id = newCommandID().text }
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

    /// The token's person, in a capacity that allows the command.
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
        switch principal.permission(action, at: try places(kind)) {
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

    private func actor(_ capacity: String) -> Actor {
        var actor = Actor()
        actor.user = principal.person
        actor.capacity = capacity
        // Whatever was claimed: the service knows how it was.
        actor.authentication = "token"
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

    /// The places that a household's command touches: where it is, and where it shall be.
    private func places(_ kind: Command.OneOf_Kind) throws -> [Place] {
        switch kind {
        case .recordHousehold(let record):
            return [Place(cycle: record.cycle, village: record.village, lao: record.lao)]
        case .recordNotCollected(let visit):
            return [Place(cycle: visit.cycle, village: visit.village, lao: visit.lao)]
        case .correctHousehold(let correction):
            let now = try place(correction.cycle, correction.household)
            let then = now.map { now in
                Place(
                    cycle: now.cycle,
                    village: correction.village.isEmpty ? now.village : correction.village,
                    lao: correction.lao.isEmpty ? now.lao : correction.lao
                )
            }
            return [now, then].compactMap(\.self)
        case .withdrawHousehold(let withdrawal):
            return [try place(withdrawal.cycle, withdrawal.household)].compactMap(\.self)
        default: return []
        }
    }

    /// Where a household is now; nil where there is none, which no role's areas cover.
    private func place(_ cycle: String, _ household: String) throws -> Place? {
        let stream = Event.stream(cycle, household)
        guard stream.utf8.count <= RecordLimit.streamByteCount,
            stream.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        let state = try core.reader.snapshot().household(stream: stream)
        guard state.status != .absent else { return nil }
        return Place(cycle: cycle, village: state.village, lao: state.lao)
    }

    private func newCommandID() -> CommandID {
        CommandID(
            unixMilliseconds: UInt64(max(0, core.parts.clock() / 1000)),
            random: (.random(in: .min ... .max), .random(in: .min ... .max))
        )
    }
}

extension ServiceCore {
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

    func json(_ proof: RecordProof?) -> JSON {
        .object(members + (proof.map { [("proof", $0.json)] } ?? []))
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
