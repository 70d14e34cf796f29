package import Cryptography
package import Ledger
import Survey
package import TransparencyLog

/// The end of the ledger as the last append left it, kept in that append's transaction.
package struct LedgerHead: Sendable, Equatable {
    package var range: CompactRange
    /// Leaf hash of the last record, zero before the first: the next record's `previous`.
    package var lastLeafHash: Digest
    package var lastRecordedAt: RecordTime?
    /// The largest id of a vault key that a record was sealed with: a vault that would give it out
    /// again is an older copy of the vault.
    package var largestKeyID: UInt64

    package static let empty = LedgerHead(
        range: CompactRange(),
        lastLeafHash: .zero,
        lastRecordedAt: nil,
        largestKeyID: 0
    )

    package var treeSize: UInt64 { range.treeSize }

    /// The head after one more record, sealed with the key of this id if with any.
    package mutating func append(_ record: EncodedRecord, keyID: UInt64?) {
        precondition(record.envelope.index == treeSize, "a record goes to the end of the ledger")
        range.append(record.leafHash)
        lastLeafHash = record.leafHash
        lastRecordedAt = record.envelope.recordedAt
        largestKeyID = max(largestKeyID, keyID ?? 0)
    }

    /// time (8, big-endian) ‖ last leaf hash (32) ‖ largest key id (8) ‖ compact range.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: UInt64(bitPattern: lastRecordedAt?.unixMicroseconds ?? 0))
        bytes += lastLeafHash.bytes
        bytes.append(bigEndian: largestKeyID)
        bytes += range.encoded
        return bytes
    }

    /// Nil for anything that an append would not have written.
    package init?(encoded: [UInt8]) {
        func number(_ bytes: Range<Int>) -> UInt64 {
            encoded[bytes].reduce(0) { $0 << 8 | UInt64($1) }
        }
        guard encoded.count >= 48, let leafHash = Digest(bytes: Array(encoded[8..<40])),
            let range = try? CompactRange(encoded: Array(encoded[48...])), range.treeSize > 0,
            let time = RecordTime(unixMicroseconds: Int64(bitPattern: number(0..<8)))
        else { return nil }
        self.init(
            range: range,
            lastLeafHash: leafHash,
            lastRecordedAt: time,
            largestKeyID: number(40..<48)
        )
    }

    private init(
        range: CompactRange,
        lastLeafHash: Digest,
        lastRecordedAt: RecordTime?,
        largestKeyID: UInt64
    ) {
        self.range = range
        self.lastLeafHash = lastLeafHash
        self.lastRecordedAt = lastRecordedAt
        self.largestKeyID = largestKeyID
    }
}
