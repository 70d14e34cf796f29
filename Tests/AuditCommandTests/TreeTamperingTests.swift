import AuditTestSupport
import Cryptography
import Foundation
import LMDB
import Ledger
import LedgerReader
import LedgerWriter
import Survey
import Testing
import TransparencyLog

/// What somebody with root and LMDB's tools can do to tiles and checkpoints.
@Suite struct TreeTamperingTests {
    /// More records than a tile has hashes, and a checkpoint with all that may come to one.
    private static let template = Result {
        let ledger = try ScratchLedger(.staffed)
        var visits = Script(firstSerial: 1000)
        for serial in 0..<240 { visits.add(.recordNotCollected(Sample.visit("v-\(serial)"))) }
        try ledger.appendAtOnce(visits)
        let log = try CheckpointLog(ledger.directory)
        _ = try log.sign()
        return ledger
    }

    /// Changes the store behind the writer's back and verifies.
    private func verify(
        _ options: String...,
        expecting exitCode: Int32 = 1,
        change: (inout WriteTransaction, LedgerStore) throws -> Void
    ) throws -> AuditObject {
        let copy = try ScratchLedger(copying: Self.template.get())
        do {
            let store = try LedgerStore(copy.directory, access: .write)
            try store.environment.write { try change(&$0, store) }
        }
        let run = try AuditTool.run(["verify", copy.directory.path, "--json"] + options)
        #expect(run.exitCode == exitCode, "\(run.messages)\(run.output)")
        return try run.json()
    }

    @Test func `Untouched, it is verified`() throws {
        let verdict = try verify(expecting: 0) { _, _ in }
        #expect((verdict.size ?? 0) > 256)
        #expect(verdict.findings == [])
    }

    @Test func `A tile that is missing, altered or too many is found`() throws {
        for level in [0, 1] {
            let key = LedgerKey.tile(level: level, index: 0)
            let lost = try verify { try $0.delete($1.tiles, key) }
            #expect(lost.has("tree", nil, "tile 0 of level \(level) is missing"))
            #expect(lost.has("structure", nil, "there are 1 tiles for a tree that has 2"))
            let altered = try verify("--only", "tree") { transaction, store in
                var bytes = try #require(
                    try transaction.withValue(store.tiles, key) { $0.byteArray }
                )
                bytes[7] ^= 1
                try transaction.put(store.tiles, key, bytes)
            }
            #expect(altered.has("tree", nil, "tile 0 of level \(level) has not the hashes"))
        }
        for (level, index) in [(0, UInt64(1)), (2, 0), (63, 5)] {
            let key = LedgerKey.tile(level: level, index: index)
            let more = try verify { try $0.put($1.tiles, key, [UInt8](repeating: 1, count: 32)) }
            #expect(more.has("structure", nil, "there are 3 tiles for a tree that has 2"))
        }
    }

    @Test func `A checkpoint that is altered, moved, or ahead of the records is found`() throws {
        let size = UInt64(try #require(try verify(expecting: 0) { _, _ in }.size))
        func stored(
            _ transaction: borrowing WriteTransaction,
            _ store: LedgerStore
        ) throws -> [UInt8] {
            try #require(try store.checkpoint(from: size, transaction)?.noteBytes)
        }
        let altered = try verify { transaction, store in
            var bytes = try stored(transaction, store)
            // Still base64, so that it is the signature that is wrong and not the note.
            let letter = UInt8(ascii: "A")
            bytes[bytes.count - 10] = bytes[bytes.count - 10] == letter ? letter + 1 : letter
            try transaction.put(store.checkpoints, BigEndianKey(size), bytes)
        }
        #expect(altered.has("signatures", nil, "the checkpoint of \(size) records: "))
        let moved = try verify { transaction, store in
            try transaction.put(store.checkpoints, BigEndianKey(9), stored(transaction, store))
        }
        #expect(moved.has("tree", nil, "the checkpoint of 9 records states root hash"))
        for level in ["structure", "chain", "tree", "signatures", "rules", "figures"] {
            let ahead = try verify("--only", level) { transaction, store in
                let bytes = try stored(transaction, store)
                try transaction.put(store.checkpoints, BigEndianKey(size + 1), bytes)
            }
            #expect(ahead.has("structure", nil, "of \(size + 1) records, the ledger has \(size)"))
        }
    }

    @Test func `What others are said to have said of no checkpoint is found`() throws {
        let digest = SHA256.hash([1])
        let stray = try verify { transaction, store in
            let key = LedgerKey.evidence(treeSize: 9, of: digest)
            try transaction.put(store.cosignatures, key, [1])
            try transaction.put(store.timestamps, key, [1])
        }
        #expect(stray.has("structure", nil, "cosignatures has an entry of no checkpoint"))
        #expect(stray.has("structure", nil, "timestamps has an entry of no checkpoint"))
    }

    @Test func `Garbage in the place of a time-stamp is found`() throws {
        let verdict = try verify { transaction, store in
            let size = try #require(try store.checkpoint(below: .max, transaction)?.treeSize)
            let key = LedgerKey.evidence(treeSize: size, of: SHA256.hash([1]))
            try transaction.put(store.timestamps, key, [1, 2, 3])
        }
        #expect(verdict.has("signatures", nil, "records: "))
        #expect(verdict.findings.count == 1)
    }
}
