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
        var receipt: [UInt8] = []
        receipt.reserveCapacity(24)
        receipt.append(bigEndian: envelope.index)
        receipt += authenticationCode
        try transaction.put(
            commands,
            LedgerKey.command(envelope.commandID),
            receipt,
            mode: .insert
        )
        if kind.isInKindIndex {
            try transaction.put(kinds, LedgerKey.kind(kind, envelope.index), [UInt8]())
        }
    }
}
