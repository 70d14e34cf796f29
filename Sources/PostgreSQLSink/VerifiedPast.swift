import Cryptography
import Ledger
import LedgerReader
import ProjectionRuntime
import Survey
import TransparencyLog

/// What a follower has seen of a ledger, computed from the records themselves.
///
/// Every record's leaf hash is computed, its link to the one before is checked, and the tree that they
/// make must begin with the tree of every checkpoint that the log has signed.
struct VerifiedPast: Sendable {
    private(set) var range = CompactRange()
    private var lastLeafHash = Digest.zero
    /// Checkpoints up to this size have been checked.
    private(set) var checkpointSize: UInt64 = 0

    /// Whether nothing was appended since; a ledger that was put in its place is seen by its head.
    func isAll(of snapshot: borrowing LedgerSnapshot) -> Bool {
        snapshot.treeSize == range.treeSize && snapshot.head.lastLeafHash == lastLeafHash
    }

    /// Goes on to the end of a later state of the ledger, or throws and stays where it was.
    mutating func advance(
        _ origin: String,
        _ snapshot: borrowing LedgerSnapshot,
        mayGoOn: () throws -> Void
    ) throws {
        guard snapshot.treeSize >= range.treeSize else {
            throw LedgerError(
                .checkpointConflict,
                "the ledger has \(snapshot.treeSize) records and had \(range.treeSize): it was cut"
                    + " back; verify it"
            )
        }
        var grown = range
        var last = lastLeafHash
        if grown.treeSize < snapshot.treeSize {
            try Self.walk(&grown, &last, snapshot, mayGoOn: mayGoOn)
        }
        guard last == snapshot.head.lastLeafHash,
            grown.rootHash == snapshot.head.range.rootHash
        else {
            throw LedgerError(
                .damaged,
                "the records of the ledger do not come to its root hash, or are not those of"
                    + " before: verify it"
            )
        }
        let checked = try checkCheckpoints(origin, grown.treeHead, snapshot)
        (range, lastLeafHash, checkpointSize) = (grown, last, checked)
    }

    private static func walk(
        _ range: inout CompactRange,
        _ last: inout Digest,
        _ snapshot: borrowing LedgerSnapshot,
        mayGoOn: () throws -> Void
    ) throws {
        let end = snapshot.treeSize
        try snapshot.forEachRecord(from: range.treeSize) { index, bytes in
            let link = try RecordScanner.scanLink(bytes)
            let start = link.previousOffset
            guard index == range.treeSize, link.index == index,
                Digest(hex: bytes.extracting(start..<start + Digest.hexByteCount)) == last
            else {
                throw LedgerError(
                    .damaged,
                    "record \(range.treeSize) does not follow from the one before it: verify the"
                        + " ledger"
                )
            }
            last = MerkleTree.leafHash(of: bytes)
            range.append(last)
            if range.treeSize % 16_384 == 0 {
                try snapshot.releaseMemory()
                try mayGoOn()
            }
            return range.treeSize < end
        }
        guard range.treeSize == end else {
            throw LedgerError(.damaged, "record \(range.treeSize) is missing: verify the ledger")
        }
    }

    /// Checks the checkpoints that were not checked before; returns the size of the last.
    private func checkCheckpoints(
        _ origin: String,
        _ head: TreeHead,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> UInt64 {
        var checked = checkpointSize
        let keys = try snapshot.logKeys()
        while let stored = try snapshot.checkpoint(from: checked + 1) {
            let size = stored.treeSize
            guard size <= head.treeSize else {
                throw LedgerError(
                    .checkpointConflict,
                    "the log signed a checkpoint of \(size) records, the ledger has"
                        + " \(head.treeSize): it was cut back; verify it"
                )
            }
            do {
                let checkpoint = try stored.checkpoint()
                let vkey = keys.last { $0.fromTreeSize <= size }?.vkey ?? ""
                _ = try stored.note().verified(by: [try VerifierKey(vkey: vkey)])
                guard checkpoint.origin == origin, checkpoint.treeHead.treeSize == size else {
                    throw TransparencyLogError(
                        .malformedCheckpoint,
                        "it is of another log or another size than it is stored under"
                    )
                }
                try snapshot.consistencyProof(from: size, to: head.treeSize)
                    .check(from: checkpoint.treeHead, to: head)
            } catch let error as TransparencyLogError {
                throw LedgerError(
                    .checkpointConflict,
                    "the checkpoint of \(size) records is not of this ledger (\(error.reason))"
                        + " verify it"
                )
            }
            checked = size
        }
        return checked
    }
}
