import Cryptography
import Dispatch
import LMDB
import Ledger
import LedgerReader
package import Survey
import SwiftProtobuf

extension LedgerWriter {
    /// Parses, checks, drafts, seals and encodes; refuses only what no state could allow.
    @available(*, noasync)
    package func prepare(_ command: Command) throws -> Result<PreparedCommand, Rejection> {
        try prepare(GivenCommand(command))
    }

    /// The same of a command that may have answers beside it.
    @available(*, noasync)
    package func prepare(_ given: GivenCommand) throws -> Result<PreparedCommand, Rejection> {
        do {
            return .success(try prepared(given))
        } catch let rejection as Rejection {
            return .failure(rejection)
        }
    }

    /// Prepares many on all cores; results in order.
    @available(*, noasync)
    package func prepare(_ commands: [Command]) throws -> [Result<PreparedCommand, Rejection>] {
        // Small ones, so that no core waits long for the last: another thread may be committing.
        let chunkCount = commands.count / 32 + 1
        let chunks = ParallelChunks<Result<PreparedCommand, Rejection>>(count: chunkCount)
        DispatchQueue.concurrentPerform(iterations: chunkCount) { chunk in
            let range = chunks.range(chunk, of: commands.count)
            chunks.set(chunk, Result { try commands[range].map { try prepare($0) } })
        }
        return try chunks.joined()
    }

    private func prepared(_ given: GivenCommand) throws -> PreparedCommand {
        let command = given.command
        guard let commandID = CommandID(command.id) else {
            throw Rejection(.commandIdMalformed, String(command.id.prefix(36)))
        }
        guard let kind = command.kind else { throw Rejection(.kindUnknown) }
        // Once the event is recorded it could only be said that the key cannot be destroyed.
        if case .erasePersonalData = kind { try vault.file.requireReplaceable() }
        let occurredOn = try day(command.occurredOn)
        let correlationID = try identifier(command.correlationID, "correlationId")
        let causationID = try identifier(command.causationID, "causationId")
        let sealed = try sealedHousehold(given, commandID)
        let content = try CommandContent.bytes(
            of: command,
            answers: given.answers,
            personal: sealed?.draft.personal
        )
        let code = vault.commandAuthenticator.authenticationCode(for: content)
        let early = sealed.map { sealed in
            EarlyDraft(
                event: sealed.draft.event,
                recordTail: RecordEncoder.tail(
                    commandID: commandID,
                    actor: command.actor,
                    correlationID: correlationID,
                    causationID: causationID,
                    eventJSON: EventCodec.encode(sealed.draft.event)
                ),
                stream: sealed.stream,
                household: sealed.household
            )
        }
        return PreparedCommand(
            command: command,
            answers: given.answers,
            commandID: commandID,
            correlationID: correlationID,
            causationID: causationID,
            occurredOn: occurredOn,
            authenticationCode: Array(code.bytes.prefix(16)),
            early: early
        )
    }

    private func day(_ text: String) throws(Rejection) -> Day? {
        guard !text.isEmpty else { return nil }
        if let day = Day(iso: text) { return day }
        throw Rejection(
            Day.looksBuddhist(text) ? .dateLooksBuddhist : .dateMalformed,
            "occurredOn"
        )
    }

    private func identifier(_ text: String, _ field: String) throws(Rejection) -> CommandID? {
        guard !text.isEmpty else { return nil }
        guard let id = CommandID(text) else { throw Rejection(.identifierMalformed, field) }
        return id
    }

    private struct SealedHousehold {
        /// The event with its personal data sealed; the same data in the clear beside it.
        let draft: Draft
        let stream: String
        /// Before the event.
        let household: HouseholdState
    }

    /// Nil for other commands, and where drafting fails: a refusal is final only in the turn, since
    /// a command just before this one may have changed what it depends on, and one that was sent
    /// before gets its first receipt whatever happened since.
    private func sealedHousehold(
        _ given: GivenCommand,
        _ commandID: CommandID
    ) throws -> SealedHousehold? {
        do {
            return try draftOfHousehold(given, commandID)
        } catch is Rejection {
            return nil
        }
    }

    private func draftOfHousehold(
        _ given: GivenCommand,
        _ commandID: CommandID
    ) throws -> SealedHousehold? {
        var household = HouseholdState()
        var given = given
        let cycles = cycles.withLock { $0 }
        // A first record is drafted for an empty stream, without reading; most are.
        if case .correctHousehold(let correction) = given.command.kind {
            let stream = Event.stream(correction.cycle, correction.household)
            guard CommandIdentifiers.arePlain(correction.cycle, correction.household) else {
                return nil
            }
            var records: [RecordedEvent] = []
            try store.environment.read { transaction in
                household = try store.household(stream: stream, transaction)
                if given.command.cycleOfCorrectedAnswers != nil {
                    records = try store.records(ofStream: stream, transaction)
                }
            }
            given = try vault.keepingUnasked(given, cycle: cycles[correction.cycle], records)
        }
        guard
            var draft = try Draft.ofHousehold(
                given,
                cycle: { cycles[$0] },
                household: household
            )
        else { return nil }
        let stream = draft.event.stream
        guard CommandIdentifiers.isStreamPlain(stream) else { return nil }
        try vault.seal(&draft, keyID: household.keyID, stream: stream, commandID: commandID)
        return SealedHousehold(draft: draft, stream: stream, household: household)
    }
}

/// Identifiers become key bytes before the rules have looked at them, so their length and alphabet
/// are checked wherever a stream is looked up.
enum CommandIdentifiers {
    static func arePlain(_ identifiers: String...) -> Bool {
        identifiers.allSatisfy { !$0.isEmpty && $0.utf8.count <= 64 && isStreamPlain($0) }
    }

    static func isStreamPlain(_ stream: String) -> Bool {
        stream.utf8.count <= RecordLimit.streamByteCount
            && stream.utf8.allSatisfy {
                $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
    }
}
