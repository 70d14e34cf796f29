package import Cryptography
package import Ledger
package import Survey
import TransparencyLog

/// A log under the hands of somebody who may change every byte and knows how hashes are made.
///
/// Edits are made to envelopes and events; `records` then spells them with consistent indexes and
/// hashes, so that chain and tree have nothing to object to.
package struct ForgedLog {
    package static let noPredecessor = Digest.zero

    package struct Entry {
        package var envelope: Envelope
        package var json: [UInt8]

        package var event: Event {
            get throws { try EventCodec.decode(json) }
        }

        /// Replaces the event; the stream stays as it was.
        package mutating func edit(_ change: (inout Event) throws -> Void) throws {
            var event = try EventCodec.decode(json)
            try change(&event)
            json = EventCodec.encode(event)
        }
    }

    package var entries: [Entry]

    package init(_ records: [[UInt8]]) throws {
        entries = try records.map { bytes in
            let scanned = try bytes.scanned()
            return Entry(envelope: scanned.envelope, json: Array(bytes[scanned.eventBytes]))
        }
    }

    /// Where the first event of a kind is.
    package func index(of kind: EventKind) throws -> Int {
        for (index, entry) in entries.enumerated() where try entry.event.eventKind == kind {
            return index
        }
        throw Rejection(.kindUnknown, kind.rawValue)
    }

    /// Adds an event at the end, in its own stream unless another is given.
    package mutating func append(
        _ kind: Event.OneOf_Kind,
        by user: String = "recorder-1",
        on day: String? = Sample.workday,
        stream: String? = nil
    ) {
        var event = Event()
        event.kind = kind
        guard var envelope = entries.last?.envelope else { return }
        envelope.stream = stream ?? event.stream
        let version = entries.count { $0.envelope.stream == envelope.stream }
        envelope.streamVersion = UInt32(version)
        envelope.commandID = CommandID(
            unixMilliseconds: 1_517_450_400_000,
            random: (2, UInt64(entries.count))
        )
        envelope.actor.user = user
        let day = day.flatMap { Day(iso: $0) }
        envelope.occurredOn = day == envelope.recordedAt.bangkokDay ? nil : day
        entries.append(Entry(envelope: envelope, json: EventCodec.encode(event)))
    }

    /// The bytes, each record naming the hash of the one before it.
    package var records: [[UInt8]] {
        var previous = Digest.zero
        return entries.indices.map { index in
            let bytes = record(index, previous: previous)
            previous = MerkleTree.leafHash(of: bytes)
            return bytes
        }
    }

    /// One record's bytes after a record of that hash.
    package func record(_ index: Int, previous: Digest) -> [UInt8] {
        var envelope = entries[index].envelope
        envelope.index = UInt64(index)
        envelope.previous = previous
        let head = RecordEncoder.encode(envelope, eventJSON: [])
        // Without the brace that the encoder closes the record with, whatever the event is.
        return Array((head?.bytes.dropLast() ?? []) + entries[index].json + [UInt8(ascii: "}")])
    }

    /// Gives every record the version that its place in its stream asks for.
    package mutating func renumberStreams() {
        var versions: [String: UInt32] = [:]
        for index in entries.indices {
            let stream = entries[index].envelope.stream
            entries[index].envelope.streamVersion = versions[stream, default: 0]
            versions[stream, default: 0] += 1
        }
    }
}
