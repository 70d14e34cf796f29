package import Ledger
import LedgerReader
package import Survey

/// A command with all the work done on it that needs no turn at the writer.
///
/// A class, so that handing it on copies one reference and not the thirty that it holds.
package final class PreparedCommand: Sendable {
    let command: Command
    /// The answers that it has beside it.
    let answers: AnswerSheet?
    let commandID: CommandID
    let correlationID: CommandID?
    let causationID: CommandID?
    let occurredOn: Day?
    /// Keyed digest of the content: the same id with other content is refused.
    let authenticationCode: [UInt8]
    /// A household's event, drafted against a snapshot; nil when that must wait for the turn.
    let early: EarlyDraft?

    init(
        command: Command,
        answers: AnswerSheet? = nil,
        commandID: CommandID,
        correlationID: CommandID?,
        causationID: CommandID?,
        occurredOn: Day?,
        authenticationCode: [UInt8],
        early: EarlyDraft?
    ) {
        self.command = command
        self.answers = answers
        self.commandID = commandID
        self.correlationID = correlationID
        self.causationID = causationID
        self.occurredOn = occurredOn
        self.authenticationCode = authenticationCode
        self.early = early
    }
}

/// An event made, sealed and encoded before the turn, with what it was made against.
struct EarlyDraft: Sendable {
    let event: Event
    let recordTail: [UInt8]
    let stream: String
    let household: HouseholdState
}

/// A command's answer: where its event is, and under which hash.
package struct Receipt: Sendable, Hashable {
    package let commandID: CommandID
    package let index: UInt64
    package let leafHashHex: String
    package let stream: String
    package let streamVersion: UInt32
    package let recordedAt: RecordTime
    /// The command had been sent before; this is its first receipt again.
    package let isRepeated: Bool
    /// How far the clock stood behind the last record; its time was taken instead.
    package let clockBehindMicroseconds: Int64
}

/// Each command of a batch is accepted or refused by itself.
package typealias Outcome = Result<Receipt, Rejection>
