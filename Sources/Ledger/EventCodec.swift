package import Survey
import SwiftProtobuf

/// Events to and from protobuf's JSON mapping (survey.proto).
package enum EventCodec {
    /// The bytes that go into a record: one line, fields in the order of the schema.
    package static func encode(_ event: Event) -> [UInt8] {
        if case .householdRecorded(let household) = event.kind,
            let json = HouseholdJSON.encode(household)
        {
            return json
        }
        do {
            return try event.jsonUTF8Bytes()
        } catch {
            // The schema has no `Any` and no unset required field, the only ways to fail.
            preconditionFailure("an event could not be encoded: \(error)")
        }
    }

    /// Strict: an unknown field, an unknown kind, a field twice or by another name is an error.
    package static func decode(_ json: [UInt8]) throws(EventError) -> Event {
        if let household = HouseholdJSON.decode(json.span) {
            var event = Event()
            event.kind = .householdRecorded(household)
            return event
        }
        if let problem = JSONForm.problem(of: json.span, as: .event) {
            throw EventError(reason: "\(problem)")
        }
        let event: Event
        do {
            event = try Event(jsonUTF8Bytes: json)
        } catch {
            throw EventError(reason: String(describing: error))
        }
        guard event.kind != nil else { throw EventError(reason: "no event kind") }
        return event
    }

    /// Envelope and event of a stored record.
    package static func decode(_ record: RawSpan) throws -> RecordedEvent {
        let scanned = try RecordScanner.scan(record)
        return RecordedEvent(
            envelope: scanned.envelope,
            event: try decode(record.extracting(scanned.eventBytes).byteArray)
        )
    }

    /// The format version that record 0 declares, whatever else a newer format may put there.
    ///
    /// - Returns: nil when the record is no such declaration.
    package static func formatVersion(ofFirstRecord record: RawSpan) -> UInt32? {
        guard let scanned = try? RecordScanner.scan(record) else { return nil }
        var options = JSONDecodingOptions()
        options.ignoreUnknownFields = true
        let json = record.extracting(scanned.eventBytes).byteArray
        guard let event = try? Event(jsonUTF8Bytes: json, options: options),
            case .ledgerCreated(let created) = event.kind
        else { return nil }
        return created.formatVersion
    }
}

/// Why an event's JSON is none that this version understands.
package struct EventError: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String

    package var description: String { "the event cannot be decoded: \(reason)" }
}

extension RawSpan {
    /// A copy that may leave the span's lifetime.
    package var byteArray: [UInt8] {
        unsafe withUnsafeBytes { bytes in unsafe Array(bytes) }
    }
}
