import Access
package import Console
import Dispatch
import Ledger
import LedgerReader
package import LedgerWriter
package import Survey

/// Turns what was sent into what the writer takes; runs on a thread that may block.
struct Submission: Sendable {
    private let core: ServiceCore
    private let principal: Principal

    init(_ core: ServiceCore, _ call: Call) throws(Problem) {
        guard let principal = call.principal else { throw Problem(.tokenMissing) }
        self.init(core, principal)
    }

    init(_ core: ServiceCore, _ principal: Principal) {
        self.core = core
        self.principal = principal
    }

    /// One command of a batch, prepared, or why it is not; and whom it gives as members.
    func slot(
        _ line: [UInt8]
    ) throws -> (members: GivenMembers?, prepared: Result<PreparedCommand, Problem>) {
        do {
            guard line.count <= core.limits.commandByteCountMax else {
                throw Problem(.bodyTooLarge)
            }
            let command = try Command(line: line)
            return (GivenMembers(GivenCommand(command)), .success(try prepare(command)))
        } catch let problem as Problem {
            return (nil, .failure(problem))
        } catch let problem as LineProblem {
            return (nil, .failure(Problem(problem)))
        }
    }

    func prepare(_ command: Command) throws -> PreparedCommand {
        switch try prepared(GivenCommand(command)) {
        case .success(let prepared): return prepared
        case .failure(let rejection): throw Problem(rejection)
        }
    }

    /// The same, with the rules' own refusal, for those who look for the field at fault.
    func prepared(_ given: GivenCommand) throws -> Result<PreparedCommand, Rejection> {
        var given = given
        if given.command.id.isEmpty { given.command.id = core.newCommandID().text }
        // Without the text itself, which could be anything.
        guard CommandID(given.command.id) != nil else {
            return .failure(Rejection(.commandIdMalformed, "…"))
        }
        guard let kind = given.command.kind else { return .failure(Rejection(.kindUnknown)) }
        given.command.actor = try actor(of: given.command, kind)
        return try core.parts.writer.prepare(given)
    }

    /// Whether this person may submit it; what he may not is thrown.
    func requireAllowed(_ command: Command) throws {
        guard let kind = command.kind else { return }
        _ = try actor(of: command, kind)
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
        if try other == principal.person || givesSeat(kind, register) {
            throw Problem(.aboutOneself)
        }
        // Who audits or runs the service is made, changed and ended by its operator.
        let isOperators = roles.contains {
            [UserRole.auditor.rawValue, UserRole.admin.rawValue].contains($0)
        }
        if isOperators { throw Problem(.commandNotForService) }
    }

    /// Whether it would put the person who asks on a committee, where he could then sign.
    ///
    /// An amendment of an order that is not recorded yet counts: in a batch that may come first.
    private func givesSeat(
        _ kind: Command.OneOf_Kind,
        _ places: CommandPlaces
    ) throws -> Bool {
        let (appointments, orderKind): ([Appointment], Order.Kind?) =
            switch kind {
            case .issueOrder(let order): (order.appointments, order.kind)
            case .amendOrder(let amendment):
                (amendment.added, try places.orderKind(.orderAmended(amendment)))
            default: ([], nil)
            }
        return appointments.contains { $0.person == principal.person }
            && orderKind ?? .committee == .committee
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
        try core.recorded(id)?.envelope.actor
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
        switch try await outcome(of: prepared) {
        case .success(let receipt): return receipt
        case .failure(let rejection): throw Problem(rejection)
        }
    }

    /// The same, with the rules' own refusal.
    func outcome(of prepared: PreparedCommand) async throws -> Outcome {
        try gate.enter(1)
        let outcome: Outcome
        do {
            outcome = try await parts.writer.submit(prepared)
            gate.leave(1, failure: nil)
        } catch {
            gate.leave(1, failure: LedgerError(caught: error).code.rawValue)
            throw error
        }
        if case .success(let receipt) = outcome {
            metrics.count(receipt.isRepeated ? "commands_repeated_total" : "commands_total")
            watch.note(receipt.index + 1)
        }
        return outcome
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

    /// The same of those that are ready, each with the rules' own refusal.
    func appendTogether(
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

    /// With what there is to warn of.
    package func json(warnings: [PersonWarning], _ language: Language) -> JSON {
        .object(members + Self.members(warnings, language))
    }

    /// And with the proof that was waited for, or why there is none yet.
    func json(
        _ proof: Result<RecordProof, Problem>?,
        warnings: [PersonWarning],
        _ language: Language
    ) -> JSON {
        let proved: [(String, JSON)] =
            switch proof {
            case .success(let proof)?: [("proof", proof.json)]
            case .failure(let problem)?: [("proofProblem", .string(problem.code))]
            case nil: []
            }
        return .object(members + Self.members(warnings, language) + proved)
    }

    private static func members(
        _ warnings: [PersonWarning],
        _ language: Language
    ) -> [(String, JSON)] {
        guard !warnings.isEmpty else { return [] }
        return [("warnings", .array(warnings.map { $0.json(language) }))]
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
