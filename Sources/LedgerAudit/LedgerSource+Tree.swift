import LMDB
import Ledger
import LedgerReader
import Survey
import TransparencyLog

/// What lies beside the records and does not follow from their indexes.
extension LedgerSourceReader {
    /// Tiles that no tree of this size has, and evidence of no checkpoint.
    func treeProblems(_ heartbeat: () throws -> Void) throws -> [String] {
        var problems: [String] = []
        var order = KeyOrder()
        var count: UInt64 = 0
        try snapshot.transaction.forEach(snapshot.store.tiles) { key, _ in
            guard order.takes(key) else {
                throw LedgerError(.damaged, "the tiles are out of order at entry \(count)")
            }
            count += 1
            if count.isMultiple(of: 1 << 12) { try heartbeat() }
            return true
        }
        var due: UInt64 = 0
        var hashCount = treeSize / UInt64(Tile.fullWidth)
        due += hashCount
        while hashCount > 0 {
            let tileCount = (hashCount - 1) / UInt64(Tile.fullWidth) + 1
            due += tileCount
            hashCount /= UInt64(Tile.fullWidth)
        }
        if count != due { problems.append("there are \(count) tiles for a tree that has \(due)") }
        for database in [snapshot.store.cosignatures, snapshot.store.timestamps] {
            problems += try evidenceProblems(of: database)
        }
        return problems
    }

    private func evidenceProblems(of database: Database) throws -> [String] {
        var problems: [String] = []
        var order = KeyOrder()
        try snapshot.transaction.forEach(database) { key, _ in
            guard order.takes(key) else {
                throw LedgerError(.damaged, "\(database.name) is out of order")
            }
            guard key.byteCount == LedgerKey.evidenceByteCount else {
                throw LedgerError(.damaged, "a key of \(database.name) is not 16 bytes")
            }
            let size = key.extracting(0..<8).byteArray
            if try !snapshot.transaction.contains(snapshot.store.checkpoints, size) {
                problems.append("\(database.name) has an entry of no checkpoint")
            }
            return problems.isEmpty
        }
        return problems
    }

    func metaProblems() throws -> [String] {
        let meta = snapshot.store.meta
        var problems: [String] = []
        var layout: [UInt8] = []
        layout.append(bigEndian: LedgerStore.layoutVersion)
        let stored = try snapshot.transaction.withValue(meta, LedgerKey.format) { $0.byteArray }
        if stored != layout { problems.append("the layout's version is none that exists") }
        var keys: [[UInt8]] = []
        try snapshot.transaction.forEach(meta) { key, _ in
            keys.append(key.byteArray)
            return keys.count <= 2
        }
        if keys != [LedgerKey.format, LedgerKey.head] {
            problems.append("meta holds something else than the layout and the head")
        }
        return problems
    }
}
