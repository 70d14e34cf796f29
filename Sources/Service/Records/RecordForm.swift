import Console
import Ledger

/// How a record is shown: as it is stored, or as a CloudEvent around that.
enum RecordForm: Sendable {
    case stored
    case cloudEvent(origin: String)

    /// CloudEvents 1.0.2 in the JSON format: one, and an array of them.
    static let cloudEventType = "application/cloudevents+json"
    static let cloudEventsType = "application/cloudevents-batch+json"

    /// What the data is written by (RECORD-FORMAT.md).
    private static let dataSchema = "urn:bmn:record:v\(RecordLimit.formatVersion)"

    func bytes(_ record: RawSpan) throws -> [UInt8] {
        let stored = unsafe record.withUnsafeBytes { unsafe Array($0) }
        guard case .cloudEvent(let origin) = self else { return stored }
        let scanned = try RecordScanner.scan(record)
        let envelope = scanned.envelope
        // Names of extensions are lower-case letters and digits.
        let event: JSON = [
            "specversion": "1.0",
            "id": .string("\(envelope.index)"),
            "source": .string("urn:bmn:ledger:\(origin)"),
            "type": .string("bmn.\(scanned.kindName)"),
            "subject": .string(envelope.stream),
            "time": .string(envelope.recordedAt.text),
            "datacontenttype": "application/json",
            "dataschema": .string(Self.dataSchema),
            "streamversion": .number(Int(envelope.streamVersion)),
            "data": .raw(stored),
        ]
        var bytes: [UInt8] = []
        event.append(to: &bytes)
        return bytes
    }
}
