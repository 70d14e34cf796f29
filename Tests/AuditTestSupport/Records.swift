package import Ledger

extension [UInt8] {
    /// The record's parts.
    package func scanned() throws -> ScannedRecord {
        try RecordScanner.scan(unsafe span.bytes)
    }

    /// The record's envelope and event.
    package func decoded() throws -> RecordedEvent {
        try EventCodec.decode(unsafe span.bytes)
    }
}
