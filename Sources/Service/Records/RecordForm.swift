import Console
import Ledger

/// How a record is shown: as it is stored, or as a CloudEvent around that.
enum RecordForm: Sendable {
    case stored
    case cloudEvent(origin: String)

    static let cloudEventType = "application/cloudevents+json"

    func bytes(_ record: RawSpan) throws -> [UInt8] {
        let stored = unsafe record.withUnsafeBytes { unsafe Array($0) }
        guard case .cloudEvent(let origin) = self else { return stored }
        let scanned = try RecordScanner.scan(record)
        let envelope = scanned.envelope
        // CloudEvents 1.0.2, JSON format 1.1: names of extensions are lower-case letters and digits.
        let event: JSON = [
            "specversion": "1.0",
            "id": .string("\(envelope.index)"),
            "source": .string("urn:bmn:ledger:\(origin)"),
            "type": .string("bmn.\(scanned.kindName)"),
            "subject": .string(envelope.stream),
            "time": .string(envelope.recordedAt.text),
            "datacontenttype": "application/json",
            "streamversion": .number(Int(envelope.streamVersion)),
            "data": .raw(stored),
        ]
        var bytes: [UInt8] = []
        event.append(to: &bytes)
        return bytes
    }
}
