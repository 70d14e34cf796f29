import Cryptography
import TestSupport
import Testing
import TransparencyLog

struct TileTests {
    private let malformed = TransparencyLogError(.malformedTile, "")

    @Test(arguments: [
        (0, 0, 256, "tile/0/000", "tile/entries/000"),
        (0, 999, 256, "tile/0/999", "tile/entries/999"),
        (0, 1000, 1, "tile/0/x001/000.p/1", "tile/entries/x001/000.p/1"),
        (0, 1_234_067, 8, "tile/0/x001/x234/067.p/8", "tile/entries/x001/x234/067.p/8"),
        (0, 1_234_067, 256, "tile/0/x001/x234/067", "tile/entries/x001/x234/067"),
        (1, 1_000_000, 255, "tile/1/x001/x000/000.p/255", nil),
        (7, 0, 127, "tile/7/000.p/127", nil),
        (
            0, 36_028_797_018_963_967, 255, "tile/0/x036/x028/x797/x018/x963/967.p/255",
            "tile/entries/x036/x028/x797/x018/x963/967.p/255"
        ),
    ])
    func `A path is written and read`(
        level: Int,
        index: UInt64,
        width: Int,
        path: String,
        bundlePath: String?
    ) throws {
        let tile = try Tile(level: level, index: index, width: width)
        #expect(tile.path == path)
        #expect(try Tile(path: path) == tile)
        #expect(tile.isPartial == (width < 256))
        if let bundlePath {
            #expect(tile.entryBundlePath == bundlePath)
            #expect(try Tile(entryBundlePath: bundlePath) == tile)
        }
    }

    @Test(arguments: [
        "", "/", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/00", "tile/0/0000",
        "tile/0/1000", "tile/0/x000", "tile/0/x001", "tile/0/x000/000", "tile/0/001/000",
        "tile/0/x1/000", "tile/0/x001/x000", "tile/0/xx01/000", "tile/0/x0001/000", "/tile/0/000",
        "tile/0/000/", "tile//0/000", "tile/0//000", "tile/00/000", "tile/+0/000", "tile/-1/000",
        "tile/8/000", "tile/63/000", "tile/64/000", "tile/7/000", "tile/7/001.p/1",
        "tile/7/000.p/128", "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256",
        "tile/0/000.p/257", "tile/0/000.p/08", "tile/0/000.p/+8", "tile/0/000.p/-8",
        "tile/0/000.p/8/", "tile/0/000.p/8.p/8", "tile/0/x001.p/000", "tile/0/000.q/8",
        "tile/0/000/8", "tile/0/-01", "tile/0/+01", "tile/0/0 0", "tile/0/..", "tile/../000",
        "tile/0/x../000", "tile/0/%30", "Tile/0/000", "tile/0/๐๐๐", "tile/0/00\u{301}0",
        "tile/0/x036/x028/x797/x018/x963/968",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999", "tile/entries/000", "tile/x/000",
    ])
    func `Any other path is no tile's`(path: String) {
        #expect(throws: malformed) { try Tile(path: path) }
        let bundlePath = path.replacing("tile/0/", with: "tile/entries/")
        if bundlePath != "tile/entries/000" {
            #expect(throws: malformed) { try Tile(entryBundlePath: bundlePath) }
        }
    }

    @Test func `What no tree has is no tile`() {
        let refused: [(Int, UInt64, Int)] = [
            (-1, 0, 1), (8, 0, 1), (.max, 0, 1), (0, 0, 0), (0, 0, -1), (0, 0, 257), (0, .max, 1),
            (0, 1 << 55, 1), (0, (1 << 55) - 1, 256), (0, 1 << 56, 1), (7, 0, 128), (7, 1, 1),
            (6, 127, 256), (.min, .max, .min),
        ]
        for (level, index, width) in refused {
            #expect(throws: malformed) { try Tile(level: level, index: index, width: width) }
        }
    }

    @Test func `Trees have the tiles that the specification counts`() throws {
        var counts: [[Int]] = []
        for tile in Tile.tiles(ofTreeSize: 70_000) {
            counts += tile.level < counts.count ? [] : [[]]
            counts[tile.level].append(tile.width)
            #expect(tile.entries.upperBound <= 70_000)
        }
        #expect(counts.map(\.count) == [274, 2, 1])
        #expect(counts[0].dropLast().allSatisfy { width in width == 256 })
        #expect(counts.map(\.last) == [112, 17, 1])
        #expect(Tile.tiles(ofTreeSize: 256).map(\.path) == ["tile/0/000", "tile/1/000.p/1"])
        #expect(Tile.tiles(ofTreeSize: 0).map(\.path).isEmpty)
        #expect(Tile.tiles(ofTreeSize: 8).map(\.path) == ["tile/0/000.p/8"])
        // Nobody waits for 2^55 tiles who asks for the first.
        let first = Tile.tiles(ofTreeSize: TreeHead.treeSizeMax).first { _ in true }
        #expect(first?.path == "tile/0/000")
        let last = Tile.tiles(grownFrom: TreeHead.treeSizeMax - 1, to: TreeHead.treeSizeMax)
        #expect(last.map(\.path) == ["tile/0/x036/x028/x797/x018/x963/967.p/255"])
    }

    @Test func `Growing adds just the tiles that are new or wider`() {
        let sizes: [UInt64] = [
            0, 1, 2, 255, 256, 257, 511, 512, 700, 65_535, 65_536, 65_537, 66_000, 70_000,
        ]
        let tiles = sizes.map { size in Set(Tile.tiles(ofTreeSize: size)) }
        for new in sizes.indices {
            for old in 0...new {
                let added = Array(Tile.tiles(grownFrom: sizes[old], to: sizes[new]))
                #expect(Set(added) == tiles[new].subtracting(tiles[old]))
                #expect(Set(added).count == added.count)
            }
        }
    }

    @Test func `Tiles alone give every hash that proofs ask for`() throws {
        var generator = SeededGenerator.announced(for: "proofs from tiles")
        for size in [1, 2, 255, 256, 257, 65_535, 65_536, 66_000] {
            let log = ReferenceLog(size: size)
            // Each tile as the specification defines it, in the bytes of its file.
            var files: [String: [UInt8]] = [:]
            for tile in Tile.tiles(ofTreeSize: UInt64(size)) {
                let count = tile.entries.count / tile.width
                let starts = stride(
                    from: Int(tile.entries.lowerBound),
                    to: Int(tile.entries.upperBound),
                    by: count
                )
                files[tile.path] = Tile.encode(starts.map { log.rootHash($0..<$0 + count) })
            }
            let hash = { (subtree: Subtree) throws -> Digest in
                let (tile, hashes) = Tile.holding(subtree, treeSize: UInt64(size))
                let file = try #require(files[tile.path])
                return MerkleTree.rootHash(ofEqualParts: try tile.hashes(in: file)[hashes])
            }
            let head = log.head(size)
            #expect(
                try MerkleTree.rootHash(treeSize: head.treeSize, subtreeHash: hash)
                    == head.rootHash
            )
            let sampled = (0..<20).map { _ in Int.random(in: 0..<size, using: &generator) }
            for index in sampled + [0, size - 1] {
                let leafIndex = UInt64(index)
                let inclusion = try InclusionProof(
                    leafIndex: leafIndex,
                    treeSize: head.treeSize,
                    subtreeHash: hash
                )
                #expect(inclusion.path == log.inclusionPath(index, 0..<size))
                try inclusion.check(leafHash: log.leafHashes[index], in: head)
                let consistency = try ConsistencyProof(
                    firstSize: leafIndex + 1,
                    secondSize: head.treeSize,
                    subtreeHash: hash
                )
                #expect(consistency.path == log.consistencyPath(index + 1, size))
                try consistency.check(from: log.head(index + 1), to: head)
            }
        }
    }

    @Test func `The eight published leaves have the published tile`() throws {
        let hashes = try MerkleTreeTests.leafInputs.map { hex in
            MerkleTree.leafHash(of: try #require(Hex.decode(hex)))
        }
        let tile = try Tile(level: 0, index: 0, width: 8)
        let bytes = Tile.encode(hashes)
        #expect(bytes.count == 256)
        #expect(
            SHA256.hash(bytes).hex
                == "aea2f1bbb5140fd5f8eacb503fdf54c00c3d860c72588e40233addd416bc8f10"
        )
        #expect(try tile.hashes(in: bytes) == hashes)
        for count in [0, 1, 32, 255, 257, 288, 8192] {
            #expect(throws: malformed) {
                try tile.hashes(in: [UInt8](repeating: 0, count: count))
            }
        }
    }
}
