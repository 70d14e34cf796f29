/// Which piece of the tree a file of c2sp.org/tlog-tiles v0.1.0 holds ("Merkle Tree").
///
/// A tile is up to 256 neighbouring hashes of one height: its hash i is that of the subtree of
/// 256^level entries with the number index × 256 + i. Tiles of level 0 hold leaf hashes, and to
/// each belongs an entry bundle with the entries themselves.
public struct Tile: Hashable, Sendable {
    /// How many hashes a full tile has.
    public static let fullWidth = 256

    /// The highest level that a tree of an admitted size has tiles of.
    public static let levelMax = 7

    static let heightBits = 8

    /// How high its hashes are: each covers 256^level entries.
    public let level: Int

    /// Which of the tiles of this level, counted from the left.
    public let index: UInt64

    /// How many hashes it has, from 1 to 256.
    public let width: Int

    /// Names a tile (c2sp.org/tlog-tiles v0.1.0, "Merkle Tree" and "Partial Tiles").
    ///
    /// Refused with `malformedTile` is what no tree of at most `TreeHead.treeSizeMax` entries has:
    /// levels from 8 on, for example, though a path may spell levels up to 63.
    public init(
        level: Int,
        index: UInt64,
        width: Int = Tile.fullWidth
    ) throws(TransparencyLogError) {
        guard
            0...Self.levelMax ~= level,
            1...Self.fullWidth ~= width,
            index <= Self.hashCountMax(level: level) >> UInt64(Self.heightBits),
            index << UInt64(Self.heightBits) + UInt64(width) <= Self.hashCountMax(level: level)
        else {
            throw TransparencyLogError(
                .malformedTile,
                "No tree has a tile of level \(level), index \(index) and width \(width)."
            )
        }
        self.init(known: level, index: index, width: width)
    }

    // For tiles that come out of a tree's size.
    private init(known level: Int, index: UInt64, width: Int) {
        self.level = level
        self.index = index
        self.width = width
    }

    /// Whether it has fewer than 256 hashes (c2sp.org/tlog-tiles v0.1.0, "Partial Tiles").
    public var isPartial: Bool { width < Self.fullWidth }

    /// The entries that its hashes cover (c2sp.org/tlog-tiles v0.1.0, "Merkle Tree").
    public var entries: Range<UInt64> {
        let first = index << UInt64(Self.heightBits)
        let shift = UInt64(level * Self.heightBits)
        return first << shift..<(first + UInt64(width)) << shift
    }

    /// The tiles that a tree has at this size (c2sp.org/tlog-tiles v0.1.0, "Partial Tiles"): the
    /// lowest level first, each from left to right, made as they are asked for.
    public static func tiles(ofTreeSize treeSize: UInt64) -> some Sequence<Tile> {
        tiles(grownFrom: 0, to: treeSize)
    }

    /// The tiles that a tree of the new size has and one of the old size has not, or has narrower
    /// (c2sp.org/tlog-tiles v0.1.0, "Partial Tiles").
    public static func tiles(
        grownFrom oldSize: UInt64,
        to newSize: UInt64
    ) -> some Sequence<Tile> {
        precondition(oldSize <= newSize && newSize <= TreeHead.treeSizeMax, "trees only grow")
        return (0...levelMax).lazy.flatMap { level in
            let shift = UInt64(level * heightBits)
            let oldCount = oldSize >> shift
            let newCount = newSize >> shift
            let first = oldCount >> UInt64(heightBits)
            let end = oldCount < newCount ? (newCount - 1) >> UInt64(heightBits) + 1 : first
            return (first..<end).lazy.map { index in
                Tile(known: level, index: index, width: width(of: index, hashCount: newCount))
            }
        }
    }

    /// Where the hash of a subtree comes from in a tree of this size (c2sp.org/tlog-tiles v0.1.0,
    /// "Merkle Tree"): `MerkleTree.rootHash(ofEqualParts:)` of these hashes of this tile.
    ///
    /// The tree must have the subtree, as it has those that its proofs ask for.
    public static func holding(
        _ subtree: Subtree,
        treeSize: UInt64
    ) -> (tile: Tile, hashes: Range<Int>) {
        precondition(
            treeSize <= TreeHead.treeSizeMax
                && subtree.index < treeSize >> UInt64(subtree.level),
            "the tree does not have this subtree yet"
        )
        let (level, height) = subtree.level.quotientAndRemainder(dividingBy: heightBits)
        let first = subtree.index << UInt64(height)
        let index = first >> UInt64(heightBits)
        let offset = Int(first - index << UInt64(heightBits))
        let hashCount = treeSize >> UInt64(level * heightBits)
        let tile = Tile(
            known: level,
            index: index,
            width: width(of: index, hashCount: hashCount)
        )
        return (tile, offset..<offset + 1 << height)
    }

    private static func width(of index: UInt64, hashCount: UInt64) -> Int {
        Int(min(UInt64(fullWidth), hashCount - index << UInt64(heightBits)))
    }

    private static func hashCountMax(level: Int) -> UInt64 {
        TreeHead.treeSizeMax >> UInt64(level * heightBits)
    }
}
