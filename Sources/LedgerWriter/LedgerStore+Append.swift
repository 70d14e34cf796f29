import LMDB
import Ledger
import LedgerReader
import Survey

extension LedgerStore {
    /// Puts one record and its index entries into the writer's transaction.
    ///
    /// All of it commits together or not at all: a record without its stream entry, or a command
    /// that is remembered without its record, cannot be.
    func append(
        _ record: EncodedRecord,
        kind: EventKind,
        authenticationCode: [UInt8],
        _ transaction: inout WriteTransaction
    ) throws {
        let envelope = record.envelope
        let index = BigEndianKey(envelope.index)
        try transaction.put(records, index, record.bytes, mode: .append)
        try transaction.put(
            streams,
            LedgerKey.stream(envelope.stream, envelope.streamVersion),
            index,
            mode: .insert
        )
        try transaction.put(
            commands,
            LedgerKey.command(envelope.commandID),
            Self.commandEntry(envelope.index, authenticationCode),
            mode: .insert
        )
        if kind.isInKindIndex {
            try transaction.put(kinds, LedgerKey.kind(kind, envelope.index), [UInt8]())
        }
    }

    private static func commandEntry(_ index: UInt64, _ code: [UInt8]) -> [UInt8] {
        var entry: [UInt8] = []
        entry.reserveCapacity(24)
        entry.append(bigEndian: index)
        return entry + code
    }

    /// What stands in the place of an authentication code once its stream was erased.
    static let erasedCode = [UInt8](repeating: 0xFF, count: 16)

    /// Takes the codes of all commands of a stream away, those that erase excepted.
    ///
    /// Such a code is a keyed digest of what was erased: whoever may submit could send a guess under
    /// the same id and be told whether it is right.
    func eraseCodes(
        ofStream stream: String,
        _ transaction: inout WriteTransaction
    ) throws {
        for index in try indexes(ofStream: stream, transaction) {
            let scanned = try withRecord(index, transaction) { record in
                let scanned = try RecordScanner.scan(record)
                return (id: scanned.envelope.commandID, kind: scanned.kind)
            }
            guard let scanned else {
                throw LedgerError(.damaged, "the stream index names record \(index), missing")
            }
            guard scanned.kind != .personalDataErased else { continue }
            try transaction.put(
                commands,
                LedgerKey.command(scanned.id),
                Self.commandEntry(index, Self.erasedCode)
            )
        }
    }
}
