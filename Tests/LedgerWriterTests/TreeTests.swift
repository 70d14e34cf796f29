import Cryptography
import LMDB
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing
import TransparencyLog

@Suite struct TreeTests {
    let ledger: ScratchLedger

    init() throws { ledger = try ScratchLedger() }

    private func households(_ numbers: Range<Int>) -> [Command] {
        numbers.map { Sample.record("h-\($0)") }
    }

    @Test func `Tiles grow with the records, over commits, restarts and two writers' turns`()
        throws
    {
        var count = 0
        func append(_ number: Int, _ writer: LedgerWriter) throws {
            for outcome in try writer.run(households(count..<count + number)) {
                _ = try outcome.get()
            }
            count += number
        }
        do {
            let writer = try ledger.writer()
            // Up to the last leaf before a tile is full, over the edge, and a tile at once.
            try append(255 - Int(staffedSize), writer)
            try checkWholeLedger(writer, ledger, size: 255)
            try append(1, writer)
            try append(1, writer)
            try append(256, writer)
        }
        let writer = try ledger.writer()
        try append(300, writer)
        try checkWholeLedger(writer, ledger, size: 813)
    }

    @Test func `A failed commit leaves no hash behind in the tree under way`() throws {
        let faults = FaultTests.Faults()
        let writer = try ledger.writer { try faults.observe($0) }
        for (offset, step) in [CommitStep.aboutToCommit, .durable].enumerated() {
            let commands = households(offset * 300..<(offset + 1) * 300)
            faults.arm(step)
            #expect(code { _ = try writer.run(commands) } == .storeFailed)
            for outcome in try writer.run(commands) { _ = try outcome.get() }
        }
        try checkWholeLedger(writer, ledger, size: staffedSize + 600)
    }

    @Test func `Every record's proof and every pair of sizes is provable from the store`() throws {
        let writer = try ledger.writer()
        for outcome in try writer.run(households(0..<500)) { _ = try outcome.get() }
        let snapshot = try writer.reader.snapshot()
        var leafHashes: [[UInt8]] = []
        try snapshot.forEachRecord { _, record in
            leafHashes.append(MerkleTree.leafHash(of: record).bytes)
            return true
        }
        let size = leafHashes.count
        for treeSize in [1, 2, 255, 256, 257, 511, 512, size] {
            let root = NaiveTree.root(leafHashes[..<treeSize])
            #expect(try snapshot.rootHash(treeSize: UInt64(treeSize)).bytes == root)
            for index in stride(from: 0, to: treeSize, by: 7) {
                let proof = try snapshot.inclusionProof(
                    recordIndex: UInt64(index),
                    treeSize: UInt64(treeSize)
                )
                #expect(
                    proof.path.map(\.bytes) == NaiveTree.path(index, leafHashes[..<treeSize])
                )
            }
            for first in stride(from: 1, to: treeSize, by: 13) {
                let proof = try snapshot.consistencyProof(
                    from: UInt64(first),
                    to: UInt64(treeSize)
                )
                try proof.check(
                    from: try head(first, leafHashes),
                    to: try head(treeSize, leafHashes)
                )
            }
        }
        #expect(throws: TransparencyLogError(.outsideTree, "")) {
            try snapshot.rootHash(treeSize: UInt64(size) + 1)
        }
        #expect(throws: TransparencyLogError(.outsideTree, "")) {
            try snapshot.inclusionProof(recordIndex: 0, treeSize: UInt64(size) + 1)
        }
        #expect(throws: TransparencyLogError(.outsideTree, "")) {
            try snapshot.consistencyProof(from: 1, to: UInt64(size) + 1)
        }
        try checkWholeLedger(writer, ledger)
    }

    private func head(_ size: Int, _ leafHashes: [[UInt8]]) throws -> TreeHead {
        let root = try #require(Digest(bytes: NaiveTree.root(leafHashes[..<size])))
        return TreeHead(treeSize: UInt64(size), rootHash: root)
    }

    @Test func `Tiles two levels above the leaves are made of the tiles below`() throws {
        // 70,000 records of a ledger would take long; the tree does not know what it hashes.
        let scratch = try ScratchLedger(empty: ())
        let directory = LedgerDirectory(scratch.folder)
        let store = try LedgerStore(directory, access: .create)
        let leafHashes = (0..<70_000).map { SHA256.hash([0] + Array("\($0)".utf8)) }
        try store.environment.write { transaction in
            var growth = TreeGrowth()
            for (index, leafHash) in leafHashes.enumerated() {
                try growth.append(leafHash, index: UInt64(index), store, &transaction)
            }
        }
        let tiles = try store.environment.read { try store.allTiles($0) }
        #expect(tiles == NaiveTree.tiles(leafHashes.map(\.bytes)))
        #expect(tiles.count == 273 + 2 + 1)
    }
}
