package import Cryptography
package import Survey

/// What every record says about its event: where in the log, when, of what stream, by whom.
///
/// Every text in it is plain ASCII without quotes or backslashes, so its bytes need no escaping and
/// a reader no JSON parser; see RECORD-FORMAT.md.
package struct Envelope: Sendable, Equatable {
    /// 0-based place in the ledger, which is the leaf index.
    package var index: UInt64
    /// Leaf hash of the record before; all zero for index 0.
    package var previous: Digest
    package var recordedAt: RecordTime
    /// The day of the act, where it differs from the day of recording.
    package var occurredOn: Day?
    package var stream: String
    /// 0-based place in the stream.
    package var streamVersion: UInt32
    package var commandID: CommandID
    package var actor: Actor
    package var correlationID: CommandID?
    package var causationID: CommandID?

    package init(
        index: UInt64,
        previous: Digest,
        recordedAt: RecordTime,
        occurredOn: Day? = nil,
        stream: String,
        streamVersion: UInt32,
        commandID: CommandID,
        actor: Actor,
        correlationID: CommandID? = nil,
        causationID: CommandID? = nil
    ) {
        self.index = index
        self.previous = previous
        self.recordedAt = recordedAt
        self.occurredOn = occurredOn
        self.stream = stream
        self.streamVersion = streamVersion
        self.commandID = commandID
        self.actor = actor
        self.correlationID = correlationID
        self.causationID = causationID
    }

    /// The day of the act in Asia/Bangkok.
    package var day: Day { occurredOn ?? recordedAt.bangkokDay }

    /// What the rules need to know of it.
    package var act: Act {
        Act(actor: actor, occurredOn: occurredOn, recordedOn: recordedAt.bangkokDay)
    }
}

/// The bounds of a record, normative (RECORD-FORMAT.md).
package enum RecordLimit {
    /// What a two-byte length in an entry bundle can say (c2sp.org/tlog-tiles).
    package static let byteCount = 65_535
    package static let streamByteCount = 200
    package static let actorFieldByteCount = 64
    package static let formatVersion: UInt32 = 1
}

/// A record's bytes with what was learnt while making them.
package struct EncodedRecord: Sendable {
    package let envelope: Envelope
    package let bytes: [UInt8]
    package let leafHash: Digest
}

/// An event as it was recorded, with its envelope.
package struct RecordedEvent: Sendable {
    package let envelope: Envelope
    package let event: Event

    package init(envelope: Envelope, event: Event) {
        self.envelope = envelope
        self.event = event
    }

    package var index: UInt64 { envelope.index }
}
