import Audit
import Cryptography
import Ledger
import LedgerReader
import Survey
import TransparencyLog

/// Reads a published log for one thread.
final class TileSourceReader: RecordSourceReader {
    private let source: TileSource
    /// The bundles that were read last: a walk asks for each of its records more than once.
    private var recent: [PublishedBundle] = []

    private static let recentCountMax = 4
    private static let bundleByteCountMax = Tile.fullWidth * (RecordLimit.byteCount + 2)
    private static let tileByteCountMax = Tile.fullWidth * Digest.byteCount

    init(_ source: TileSource) { self.source = source }

    var treeSize: UInt64 { source.published.treeSize }

    func forEachRecord(
        in range: Range<UInt64>,
        _ body: (UInt64, RawSpan) throws -> Void
    ) throws {
        let end = min(range.upperBound, treeSize)
        var next = range.lowerBound
        while next < end {
            let bundle = bundle(next >> 8)
            let bundleEnd = min(end, (next >> 8 + 1) << 8)
            while next < bundleEnd {
                try bundle?.withEntry(Int(next & 0xFF)) { try body(next, $0) }
                next += 1
            }
        }
    }

    func firstIndex(from start: UInt64) throws -> UInt64? {
        guard start < treeSize, let bundle = firstBundle(from: start >> 8) else { return nil }
        return max(start, bundle.firstIndex)
    }

    func withRecord(_ index: UInt64, _ body: (RawSpan) throws -> Void) throws -> Bool {
        guard index < treeSize, let bundle = bundle(index >> 8) else { return false }
        try bundle.withEntry(Int(index & 0xFF), body)
        return true
    }

    func recordIndex(ofStream stream: String, version: UInt32) throws -> UInt64? {
        source.keyIndex().first(ofStream: stream, version: version) { index in
            let envelope = envelope(index)
            return envelope?.stream == stream && envelope?.streamVersion == version
        }
    }

    func recordIndex(ofCommand commandID: CommandID) throws -> UInt64? {
        source.keyIndex().first(ofCommand: commandID) { envelope($0)?.commandID == commandID }
    }

    /// There is no such index to be wrong.
    func lists(_ kind: EventKind, at index: UInt64) throws -> Bool { true }

    func storedHead() throws -> StoredHead? { nil }

    func storedCells() throws -> [CellKey: Cell]? { nil }

    var keepsLastLeafTile: Bool { true }

    func storedTile(level: Int, index: UInt64) throws -> [UInt8]? {
        guard let tile = tile(level, index) else { return nil }
        let limit = Self.tileByteCountMax
        if let bytes = source.file(tile.path, byteCountMaximum: limit) { return bytes }
        guard tile.isPartial, let full = try? Tile(level: level, index: index),
            let bytes = source.file(full.path, byteCountMaximum: limit), bytes.count == limit
        else { return nil }
        return Array(bytes.prefix(tile.width * Digest.byteCount))
    }

    var keepsCheckpoints: Bool { false }

    func checkpoint(from treeSize: UInt64) throws -> StoredCheckpoint? {
        treeSize <= source.published.treeSize ? source.published : nil
    }

    /// What is published has records and no papers, which may be personal.
    func attachment(_ sha256: Digest) throws -> AttachmentState { .notKept }

    func layoutProblems(heartbeat: () throws -> Void) throws -> [String] { source.problems }

    /// The tile that a tree of this size has there, as wide as it is.
    private func tile(_ level: Int, _ index: UInt64) -> Tile? {
        guard 0...Tile.levelMax ~= level else { return nil }
        let count = treeSize >> UInt64(8 * level)
        guard index <= count >> 8, count - index << 8 > 0 else { return nil }
        let width = min(UInt64(Tile.fullWidth), count - index << 8)
        return try? Tile(level: level, index: index, width: Int(width))
    }

    private func envelope(_ index: UInt64) -> Envelope? {
        guard index < treeSize, let bundle = bundle(index >> 8) else { return nil }
        return bundle.envelope(Int(index & 0xFF))
    }
}

extension TileSourceReader {
    /// The first bundle from a number on that can be read.
    func firstBundle(from number: UInt64) -> PublishedBundle? {
        guard treeSize > 0, number <= (treeSize - 1) >> 8 else { return nil }
        if let bundle = bundle(number) { return bundle }
        let numbers = source.bundleNumbers()
        var (low, high) = (0, numbers.count)
        while low < high {
            let middle = low + (high - low) / 2
            if numbers[middle] <= number { low = middle + 1 } else { high = middle }
        }
        while low < numbers.count, numbers[low] <= (treeSize - 1) >> 8 {
            if let bundle = bundle(numbers[low]) { return bundle }
            low += 1
        }
        return nil
    }

    /// A bundle as wide as the tree has it; nil, and noted, where there is none.
    private func bundle(_ number: UInt64) -> PublishedBundle? {
        if let known = recent.first(where: { $0.number == number }) { return known }
        guard let tile = tile(0, number), let bundle = read(tile) else { return nil }
        if recent.count == Self.recentCountMax { recent.removeFirst() }
        recent.append(bundle)
        return bundle
    }

    private func read(_ tile: Tile) -> PublishedBundle? {
        // A partial one may be gone once there is the full one (c2sp.org/tlog-tiles).
        let full = tile.isPartial ? try? Tile(level: 0, index: tile.index) : nil
        for candidate in [tile, full].compactMap(\.self) {
            let name = candidate.entryBundlePath
            let limit = Self.bundleByteCountMax
            guard let bytes = source.file(name, byteCountMaximum: limit) else { continue }
            do throws(TransparencyLogError) {
                let ranges = try EntryBundle.ranges(in: bytes, of: candidate)
                return PublishedBundle(
                    number: tile.index,
                    bytes: bytes,
                    entries: Array(ranges.prefix(tile.width))
                )
            } catch {
                source.note("\(source.log.file(name)): \(error.reason)")
                return nil
            }
        }
        source.note("\(source.log.file(tile.entryBundlePath)) is missing")
        return nil
    }
}
