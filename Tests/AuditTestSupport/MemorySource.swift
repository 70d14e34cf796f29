package import Audit
package import Cryptography
package import Ledger
package import Survey
package import TransparencyLog

/// A log in memory, with the indexes and sums that a writer of these records would keep.
///
/// All of it can be changed afterwards; what is consistent is only where it starts from.
package struct MemorySource: RecordSource {
    /// By the index that each is stored under.
    package var records: [UInt64: [UInt8]] = [:]
    package var treeSize: UInt64
    package var streams: [String: UInt64] = [:]
    package var commands: [CommandID: UInt64] = [:]
    package var kinds: Set<String> = []
    package var head: StoredHead
    package var cells: [CellKey: Cell] = [:]
    /// By level and index, with a space between them.
    package var tiles: [String: [UInt8]] = [:]
    package var checkpoints: [StoredCheckpoint] = []
    /// Whether those are all that were signed.
    package var keepsCheckpoints = false
    package var layoutProblems: [String] = []
    /// Of the papers that records name; nil where the source keeps none.
    package var attachments: [Digest: AttachmentState]?

    /// A caller that knows what the records say can give the events and save reading them.
    package init(_ records: [[UInt8]], events: [Event?]? = nil) {
        var range = CompactRange()
        var state = State()
        var households: [String: HouseholdState] = [:]
        var lastRecordedAt: RecordTime?
        var largestKeyID: UInt64 = 0
        treeSize = UInt64(records.count)
        for (offset, bytes) in records.enumerated() {
            let index = UInt64(offset)
            self.records[index] = bytes
            range.append(MerkleTree.leafHash(of: bytes))
            guard let scanned = try? bytes.scanned() else { continue }
            let envelope = scanned.envelope
            let stream = envelope.stream
            lastRecordedAt = envelope.recordedAt
            streams[Self.streamKey(stream, envelope.streamVersion)] = index
            commands[envelope.commandID] = index
            if let kind = scanned.kind { kinds.insert(Self.kindKey(kind, index)) }
            let known = events.map { $0[offset] }
            guard let event = known ?? (try? bytes.decoded().event) else { continue }
            largestKeyID = max(largestKeyID, event.sealed?.keyID ?? 0)
            let isFirst = envelope.streamVersion == 0
            let before = isFirst ? HouseholdState() : households[stream] ?? HouseholdState()
            let after = state.evolve(
                event,
                index: index,
                on: envelope.day,
                by: envelope.actor.user,
                household: before
            )
            if event.isOfHousehold { households[stream] = after }
        }
        cells = state.cells
        tiles = Self.tiles(records.map { MerkleTree.leafHash(of: $0) })
        head = StoredHead(
            range: range,
            lastLeafHash: records.last.map { MerkleTree.leafHash(of: $0) } ?? .zero,
            lastRecordedAt: lastRecordedAt,
            largestKeyID: largestKeyID
        )
    }

    /// The tiles that a store keeps: full ones, and those above the leaves.
    private static func tiles(_ leafHashes: [Digest]) -> [String: [UInt8]] {
        var tiles: [String: [UInt8]] = [:]
        var hashes = leafHashes
        var level = 0
        while !hashes.isEmpty {
            let groups = stride(from: 0, to: hashes.count, by: 256).map {
                Array(hashes[$0..<min($0 + 256, hashes.count)])
            }
            for (index, group) in groups.enumerated() where level > 0 || group.count == 256 {
                tiles["\(level) \(index)"] = Tile.encode(group)
            }
            hashes = groups.filter { $0.count == 256 }.map(MerkleTree.rootHash(ofEqualParts:))
            level += 1
        }
        return tiles
    }

    package static func streamKey(_ stream: String, _ version: UInt32) -> String {
        "\(stream) \(version)"
    }

    package static func kindKey(_ kind: EventKind, _ index: UInt64) -> String {
        "\(kind.rawValue) \(index)"
    }

    package func makeReader() throws -> any RecordSourceReader { Reader(source: self) }

    package func releaseMemory() throws {}

    private struct Reader: RecordSourceReader {
        let source: MemorySource

        var treeSize: UInt64 { source.treeSize }

        func forEachRecord(
            in range: Range<UInt64>,
            _ body: (UInt64, RawSpan) throws -> Void
        ) throws {
            for index in range {
                guard let bytes = source.records[index] else { continue }
                try body(index, unsafe bytes.span.bytes)
            }
        }

        func firstIndex(from start: UInt64) throws -> UInt64? {
            source.records.keys.filter { $0 >= start }.min()
        }

        func withRecord(_ index: UInt64, _ body: (RawSpan) throws -> Void) throws -> Bool {
            guard let bytes = source.records[index] else { return false }
            try body(unsafe bytes.span.bytes)
            return true
        }

        func recordIndex(ofStream stream: String, version: UInt32) throws -> UInt64? {
            source.streams[MemorySource.streamKey(stream, version)]
        }

        func recordIndex(ofCommand commandID: CommandID) throws -> UInt64? {
            source.commands[commandID]
        }

        func lists(_ kind: EventKind, at index: UInt64) throws -> Bool {
            source.kinds.contains(MemorySource.kindKey(kind, index))
        }

        func layoutProblems(heartbeat: () throws -> Void) throws -> [String] {
            try heartbeat()
            return source.layoutProblems
        }

        func storedHead() throws -> StoredHead? { source.head }

        var keepsLastLeafTile: Bool { false }

        func storedTile(level: Int, index: UInt64) throws -> [UInt8]? {
            source.tiles["\(level) \(index)"]
        }

        var keepsCheckpoints: Bool { source.keepsCheckpoints }

        func checkpoint(from treeSize: UInt64) throws -> StoredCheckpoint? {
            source.checkpoints.filter { $0.treeSize >= treeSize }.min { $0.treeSize < $1.treeSize }
        }

        func storedCells() throws -> [CellKey: Cell]? { source.cells }

        func attachment(_ sha256: Digest) throws -> AttachmentState {
            source.attachments.map { $0[sha256] ?? .missing } ?? .notKept
        }
    }
}
