package import Cryptography
package import Ledger
package import TransparencyLog

/// The end of the ledger as the last append left it, kept in that append's transaction.
package struct LedgerHead: Sendable, Equatable {
    package var range: CompactRange
    /// Leaf hash of the last record, zero before the first: the next record's `previous`.
    package var lastLeafHash: Digest
    package var lastRecordedAt: RecordTime?

    package static let empty = LedgerHead(
        range: CompactRange(),
        lastLeafHash: .zero,
        lastRecordedAt: nil
    )

    package init(range: CompactRange, lastLeafHash: Digest, lastRecordedAt: RecordTime?) {
        self.range = range
        self.lastLeafHash = lastLeafHash
        self.lastRecordedAt = lastRecordedAt
    }

    package var treeSize: UInt64 { range.treeSize }

    /// The head after one more record.
    package mutating func append(_ record: EncodedRecord) {
        precondition(record.envelope.index == treeSize, "a record goes to the end of the ledger")
        range.append(record.leafHash)
        lastLeafHash = record.leafHash
        lastRecordedAt = record.envelope.recordedAt
    }

    /// time (8, big-endian) ‖ last leaf hash (32) ‖ compact range.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        let time = UInt64(bitPattern: lastRecordedAt?.unixMicroseconds ?? 0)
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: time >> shift))
        }
        bytes += lastLeafHash.bytes
        bytes += range.encoded
        return bytes
    }

    /// Nil for anything that an append would not have written.
    package init?(encoded: [UInt8]) {
        guard encoded.count >= 40, let leafHash = Digest(bytes: Array(encoded[8..<40])),
            let range = try? CompactRange(encoded: Array(encoded[40...])),
            let time = RecordTime(
                unixMicroseconds: Int64(
                    bitPattern: encoded[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
                )
            )
        else { return nil }
        self.range = range
        lastLeafHash = leafHash
        lastRecordedAt = time
        guard range.treeSize > 0 else { return nil }
    }
}
