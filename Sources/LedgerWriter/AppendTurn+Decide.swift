import LMDB
import Ledger
import LedgerReader
import Survey
import TransparencyLog

/// A record ready to be put, with what `evolve` needs.
struct DecidedRecord {
    let event: Event
    let kind: EventKind
    let encoded: EncodedRecord
    /// The household before the event.
    let household: HouseholdState
}

extension AppendTurn {
    /// The rules' answer to a prepared command in the state of this moment.
    func decide(
        _ prepared: PreparedCommand,
        _ vault: Vault,
        _ transaction: borrowing WriteTransaction
    ) throws -> DecidedRecord {
        let recordedAt = try nextTime()
        let act = Act(
            actor: prepared.command.actor,
            occurredOn: prepared.occurredOn,
            recordedOn: recordedAt.bangkokDay
        )
        let range = head.range
        let position = LogPosition(
            treeSize: range.treeSize,
            lastRecordedOn: head.lastRecordedAt?.bangkokDay,
            checkpoint: try checkpoint(for: prepared.command, transaction),
            rootHash: { range.rootHash }
        )
        let draft = try currentDraft(prepared, vault, position, act.day, transaction)
        if prepared.command.hasExpectedVersion,
            prepared.command.expectedVersion != draft.version
        {
            throw Rejection(.versionConflict, "\(draft.version)")
        }
        try state.admit(
            draft.event,
            act: act,
            household: draft.household,
            position: position
        )
        try requireAttachments(of: draft.event)
        let envelope = Envelope(
            index: range.treeSize,
            previous: head.lastLeafHash,
            recordedAt: recordedAt,
            occurredOn: prepared.occurredOn == recordedAt.bangkokDay ? nil : prepared.occurredOn,
            stream: draft.stream,
            streamVersion: draft.version,
            commandID: prepared.commandID,
            actor: prepared.command.actor,
            correlationID: prepared.correlationID,
            causationID: prepared.causationID
        )
        guard let encoded = RecordEncoder.encode(envelope, tail: draft.recordTail) else {
            throw Rejection(.recordTooLarge, draft.stream)
        }
        guard let kind = draft.event.eventKind else { throw Rejection(.kindUnknown) }
        return DecidedRecord(
            event: draft.event,
            kind: kind,
            encoded: encoded,
            household: draft.household
        )
    }

    /// The first checkpoint past the announcement of the sample that the command draws.
    private func checkpoint(
        for command: Command,
        _ transaction: borrowing WriteTransaction
    ) throws -> SignedHead? {
        guard case .drawSample(let draw) = command.kind,
            let sample = state.samples[draw.sample],
            let stored = try store.checkpoint(from: sample.announcedAtIndex + 1, transaction)
        else { return nil }
        let head = try stored.checkpoint().treeHead
        return SignedHead(treeSize: head.treeSize, rootHash: head.rootHash)
    }

    /// No rule, as no record tells it; but what is not there now would be missing for every auditor.
    private func requireAttachments(of event: Event) throws {
        for (offset, document) in event.documents.enumerated()
        where try !attachments.holds(document) {
            throw Rejection(.documentNotAttached, "documents[\(offset + 1)]")
        }
    }

    private struct CurrentDraft {
        let event: Event
        let recordTail: [UInt8]
        let stream: String
        let version: UInt32
        let household: HouseholdState
    }

    /// The early draft if its stream has not moved since, else a new one.
    private func currentDraft(
        _ prepared: PreparedCommand,
        _ vault: Vault,
        _ position: LogPosition,
        _ day: Day,
        _ transaction: borrowing WriteTransaction
    ) throws -> CurrentDraft {
        if let early = prepared.early,
            try isAt(early.household.version, stream: early.stream, transaction)
        {
            return CurrentDraft(
                event: early.event,
                recordTail: early.recordTail,
                stream: early.stream,
                version: early.household.version,
                household: early.household
            )
        }
        var household = HouseholdState()
        if let stream = prepared.command.householdStream {
            household = try store.household(stream: stream, transaction)
        }
        var draft = try state.draft(
            try completed(prepared, vault, transaction),
            household: household,
            position: position,
            on: day
        )
        let stream = draft.event.stream
        // Whether the identifiers are well-formed is for `admit` to say, before any key is looked
        // up by them; a refusal there is the caller's answer.
        try state.admitIdentifiers(of: draft.event)
        let version =
            draft.event.isOfHousehold
            ? household.version
            : try store.eventCount(ofStream: stream, transaction)
        let keyID = household.keyID ?? state.keyID(ofPersonIn: draft.event)
        try vault.seal(&draft, keyID: keyID, stream: stream, commandID: prepared.commandID)
        return CurrentDraft(
            event: draft.event,
            recordTail: RecordEncoder.tail(
                commandID: prepared.commandID,
                actor: prepared.command.actor,
                correlationID: prepared.correlationID,
                causationID: prepared.causationID,
                eventJSON: EventCodec.encode(draft.event)
            ),
            stream: stream,
            version: version,
            household: household
        )
    }

    /// The command with what a correction by answers keeps.
    private func completed(
        _ prepared: PreparedCommand,
        _ vault: Vault,
        _ transaction: borrowing WriteTransaction
    ) throws -> GivenCommand {
        let given = GivenCommand(prepared.command, answers: prepared.answers)
        guard let cycle = prepared.command.cycleOfCorrectedAnswers,
            let stream = prepared.command.householdStream
        else { return given }
        let records = try store.records(ofStream: stream, transaction)
        return try vault.keepingUnasked(given, cycle: state.cycles[cycle], records)
    }

    /// Whether a stream has exactly `version` events: its next place is free and the last is taken.
    private func isAt(
        _ version: UInt32,
        stream: String,
        _ transaction: borrowing WriteTransaction
    ) throws -> Bool {
        let next = LedgerKey.stream(stream, version)
        if try transaction.contains(store.streams, next) { return false }
        if version == 0 { return true }
        return try transaction.contains(store.streams, LedgerKey.stream(stream, version - 1))
    }

    /// Now, but never before the last record: a clock that steps back must not reorder time.
    private func nextTime() throws(LedgerError) -> RecordTime {
        guard let now = RecordTime(unixMicroseconds: now) else {
            throw LedgerError(.storeFailed, "the clock is outside the years 1970 to 2399: set it")
        }
        return head.lastRecordedAt.map { max($0, now) } ?? now
    }
}

extension Command {
    /// The stream of the household that a command is about or names, where its identifiers can be
    /// part of a key.
    var householdStream: String? {
        let (cycle, household): (String, String)
        switch kind {
        case .recordHousehold(let command): (cycle, household) = (command.cycle, command.household)
        case .correctHousehold(let command):
            (cycle, household) = (command.cycle, command.household)
        case .recordNotCollected(let command):
            (cycle, household) = (command.cycle, command.household)
        case .withdrawHousehold(let command):
            (cycle, household) = (command.cycle, command.household)
        case .reinterviewHousehold(let command):
            (cycle, household) = (command.cycle, command.household)
        case .erasePersonalData(let command):
            (cycle, household) = (command.cycle, command.household)
        case .raiseObjection(let command): (cycle, household) = (command.cycle, command.household)
        case .reportDefect(let command): (cycle, household) = (command.cycle, command.household)
        default: return nil
        }
        return CommandIdentifiers.arePlain(cycle, household)
            ? Event.stream(cycle, household) : nil
    }
}

extension State {
    /// A refusal instead of a lookup for identifiers that no key can hold.
    func admitIdentifiers(of event: Event) throws(Rejection) {
        guard CommandIdentifiers.isStreamPlain(event.stream) else {
            throw Rejection(.identifierMalformed, event.eventKind?.rawValue ?? "kind")
        }
    }

    /// A person who is registered again keeps the key; `admit` will refuse, but the draft comes
    /// first.
    func keyID(ofPersonIn event: Event) -> UInt64? {
        guard case .personRegistered(let person) = event.kind else { return nil }
        return persons[person.person]?.keyID
    }
}
