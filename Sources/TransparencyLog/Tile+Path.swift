extension Tile {
    private static let groupDigits = 3

    /// Where the hashes lie below the log's prefix (c2sp.org/tlog-tiles v0.1.0, "Merkle Tree").
    ///
    ///     tile/0/x001/x234/067.p/8        the first 8 hashes of tile 1234067 of level 0
    public var path: String { "tile/\(level)/\(place)" }

    /// Where the entries of a tile of level 0 lie (c2sp.org/tlog-tiles v0.1.0, "Log entries").
    ///
    ///     tile/entries/x001/x234/067      the entries of tile 1234067
    public var entryBundlePath: String {
        precondition(level == 0, "entries belong to tiles of level 0")
        return "tile/entries/\(place)"
    }

    /// Reads the path of hashes, in the only spelling that `path` writes (c2sp.org/tlog-tiles
    /// v0.1.0, "Merkle Tree").
    public init(path: String) throws(TransparencyLogError) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 2, let level = Int(parts[1]) else {
            throw Self.malformed(path)
        }
        self = try Self.read(parts.dropFirst(2), level: level, path: path)
        guard self.path.utf8.elementsEqual(path.utf8) else {
            throw Self.malformed(path)
        }
    }

    /// Reads the path of entries, in the only spelling that `entryBundlePath` writes
    /// (c2sp.org/tlog-tiles v0.1.0, "Log entries").
    public init(entryBundlePath path: String) throws(TransparencyLogError) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        self = try Self.read(parts.dropFirst(2), level: 0, path: path)
        guard self.entryBundlePath.utf8.elementsEqual(path.utf8) else {
            throw Self.malformed(path)
        }
    }

    /// The index in groups of three digits, all but the last behind an x, and a partial width.
    private var place: String {
        var groups: [String] = []
        var rest = index
        repeat {
            // 1000 + 67 has the zeroes of 067.
            let group = String(1000 + rest % 1000).dropFirst()
            groups.append(groups.isEmpty ? String(group) : "x\(group)")
            rest /= 1000
        } while rest > 0
        return groups.reversed().joined(separator: "/") + (isPartial ? ".p/\(width)" : "")
    }

    /// Reads generously; the caller compares with what would have been written.
    private static func read(
        _ parts: ArraySlice<Substring>,
        level: Int,
        path: String
    ) throws(TransparencyLogError) -> Tile {
        var groups = parts
        var width = fullWidth
        if let last = groups.last, groups.dropLast().last?.hasSuffix(".p") == true {
            guard let partial = Int(last) else {
                throw malformed(path)
            }
            width = partial
            groups = groups.dropLast()
        }
        let digits = groups.map { group in
            group.drop { character in character == "x" }.prefix(groupDigits)
        }
        guard let index = UInt64(digits.joined()) else {
            throw malformed(path)
        }
        return try Tile(level: level, index: index, width: width)
    }

    private static func malformed(_ path: String) -> TransparencyLogError {
        TransparencyLogError(
            .malformedTile,
            "This is no path of a tile: \(path.prefix(100).debugDescription)"
        )
    }
}
