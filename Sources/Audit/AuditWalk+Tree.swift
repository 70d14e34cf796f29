import Cryptography
import Ledger
import Survey
package import TransparencyLog

/// A tile as the records give it.
struct WalkedTile {
    let level: Int
    let index: UInt64
    let hashes: [Digest]
}

/// The tiles of the tree as the records give them, compared with the stored ones as they fill.
struct TileWalk {
    /// Hashes of the tile under way at each level.
    private(set) var levels: [[Digest]] = [[]]
    private var counts: [UInt64] = [0]

    init() {}

    /// Goes on at a size, with the hashes of the tiles that are not full there, by level.
    init(treeSize: UInt64, partialTiles: [[Digest]]) {
        levels = partialTiles
        counts = partialTiles.indices.map { level in treeSize >> UInt64(8 * (level + 1)) }
    }

    /// Takes a leaf hash and returns the tiles that it fills.
    mutating func append(_ leafHash: Digest) -> [WalkedTile] { append(leafHash, level: 0) }

    /// Takes the root of a whole tile of leaf hashes and returns the tiles above that it fills.
    mutating func append(tileRoot: Digest) -> [WalkedTile] {
        precondition(levels[0].isEmpty, "tiles begin where tiles end")
        counts[0] += 1
        if levels.count == 1 {
            levels.append([])
            counts.append(0)
        }
        return append(tileRoot, level: 1)
    }

    private mutating func append(_ hash: Digest, level: Int) -> [WalkedTile] {
        var filled: [WalkedTile] = []
        var hash = hash
        var level = level
        while true {
            levels[level].append(hash)
            guard levels[level].count == Tile.fullWidth else { return filled }
            filled.append(
                WalkedTile(level: level, index: counts[level], hashes: levels[level])
            )
            hash = MerkleTree.rootHash(ofEqualParts: levels[level])
            counts[level] += 1
            levels[level].removeAll(keepingCapacity: true)
            level += 1
            if level == levels.count {
                levels.append([])
                counts.append(0)
            }
        }
    }

    /// The tiles that are not full, from the leaves on or above them.
    func partial(withLeaves: Bool) -> [WalkedTile] {
        levels.indices.dropFirst(withLeaves ? 0 : 1).filter { !levels[$0].isEmpty }.map { level in
            WalkedTile(level: level, index: counts[level], hashes: levels[level])
        }
    }
}

/// Level 3, and of level 4 what concerns checkpoints: what was signed of the tree, against the tree.
extension AuditWalk {
    /// After each record: the tile it fills, the heads known of this size, its checkpoint.
    mutating func checkTree(_ leafHash: Digest) throws {
        if checks.contains(.tree) {
            for tile in tiles.append(leafHash) { try compare(tile) }
        }
        try checkHeads()
    }

    /// What is known of the size that the tree has now.
    mutating func checkHeads() throws {
        compareWithKnownHeads()
        while let checkpoint = nextCheckpoint, checkpoint.treeSize <= range.treeSize {
            check(checkpoint)
            try advance(beyond: checkpoint)
        }
    }

    /// Takes 256 leaf hashes at once, if nothing is to be said of a size within them.
    mutating func takeTile(_ root: Digest, _ leafHashes: ArraySlice<Digest>) throws -> Bool {
        let start = range.treeSize
        let end = start + UInt64(Tile.fullWidth)
        guard start.isMultiple(of: UInt64(Tile.fullWidth)),
            !knownHeads.contains(where: { $0.treeSize > start && $0.treeSize < end }),
            nextCheckpoint.map({ $0.treeSize >= end }) ?? true
        else { return false }
        range.append(subtreeRoot: root, level: 8)
        if checks.contains(.tree) {
            let index = start / UInt64(Tile.fullWidth)
            try compare(WalkedTile(level: 0, index: index, hashes: Array(leafHashes)))
            for tile in tiles.append(tileRoot: root) { try compare(tile) }
        }
        try checkHeads()
        return true
    }

    /// What the tiles that are not full yet get wrong, and whether what the auditor asked for is there.
    mutating func finishTree() throws {
        if checks.contains(.tree) {
            for tile in tiles.partial(withLeaves: reader.keepsLastLeafTile) { try compare(tile) }
        }
        if checks.contains(.signatures) {
            requirePolicy()
            requireTimestamp()
        }
    }

    /// Shows that a tail is missing, so it is looked for whatever was asked for.
    mutating func findCheckpointsBeyondEnd() throws {
        let size = prefixSize + recordCount
        if !needsTree { nextCheckpoint = try reader.checkpoint(from: size + 1) }
        // A few of them say it all; a forged file may have any number.
        for _ in 0..<8 {
            guard let checkpoint = nextCheckpoint else { return }
            findings.add(
                .checkpointBeyondEnd,
                nil,
                "a stored checkpoint is of \(checkpoint.treeSize) records, the ledger has"
                    + " \(size)"
            )
            try advance(beyond: checkpoint)
        }
    }

    mutating func advance(beyond checkpoint: StoredCheckpoint) throws {
        guard checkpoint.treeSize < .max else {
            nextCheckpoint = nil
            return
        }
        nextCheckpoint = try reader.checkpoint(from: checkpoint.treeSize + 1)
        if let next = nextCheckpoint, next.treeSize <= checkpoint.treeSize {
            addTree(.checkpointMalformed, "the stored checkpoints are out of order")
            nextCheckpoint = nil
        }
    }

    private mutating func compare(_ tile: WalkedTile) throws {
        let stored = try reader.storedTile(level: tile.level, index: tile.index)
        guard stored != Tile.encode(tile.hashes) else { return }
        let what = stored == nil ? "is missing" : "has not the hashes of the records"
        findings.add(.storedTreeWrong, nil, "tile \(tile.index) of level \(tile.level) \(what)")
    }

    private mutating func check(_ stored: StoredCheckpoint) {
        checkpointCount += 1
        lastCheckpoint = stored
        let name = "the checkpoint of \(stored.treeSize) records"
        let note: SignedNote
        let checkpoint: Checkpoint
        do throws(TransparencyLogError) {
            note = try stored.note()
            checkpoint = try Checkpoint(text: note.text)
        } catch {
            return addTree(.checkpointMalformed, "\(name): \(error)")
        }
        if checkpoint.treeHead != range.treeHead || stored.treeSize != range.treeSize {
            // A key of another size than its note's is the same: not what was signed of this tree.
            addTree(
                .checkpointMismatch,
                "\(name) states root hash \(checkpoint.treeHead.rootHash.hex)"
            )
        }
        if let origin, checkpoint.origin != origin {
            addTree(.checkpointMismatch, "\(name) is of \(checkpoint.origin)")
        }
        if checks.contains(.signatures) {
            checkSignature(note, stored, name)
        } else if let logKey {
            checkSignature(note, by: logKey, name)
        }
    }

    /// Of the tree level if that was asked for, else of the one that was.
    private mutating func addTree(_ code: FindingCode, _ reason: String) {
        guard checks.contains(.tree) || checks.contains(.signatures) else { return }
        findings.add(code, nil, reason, of: checks.contains(.tree) ? .tree : .signatures)
    }

    private mutating func checkSignature(
        _ note: SignedNote,
        _ stored: StoredCheckpoint,
        _ name: String
    ) {
        do throws(TransparencyLogError) {
            try note.requireLogSignature(state.logKey(treeSize: stored.treeSize))
        } catch {
            return findings.add(.checkpointUnsigned, nil, "\(name): \(error)")
        }
        seal.signedTreeSize = stored.treeSize
        checkCosignatures(stored, name)
        for token in stored.timestamps { checkTimestamp(token, stored, name) }
    }
}

extension SignedNote {
    /// Throws unless the log's key in force signed it.
    package func requireLogSignature(_ vkey: String?) throws(TransparencyLogError) {
        guard let vkey else {
            throw TransparencyLogError(.noKnownSignature, "no record names a key of the log")
        }
        let key = try VerifierKey(vkey: vkey)
        _ = try verified(by: [key])
    }
}
