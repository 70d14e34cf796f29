import Cryptography
import Ledger
import Survey
import TransparencyLog

/// What reading one run of records found, before it is joined to the runs beside it.
struct Chunk: Sendable {
    let range: Range<UInt64>
    var recordCount: UInt64 = 0
    /// The indexes that the first and the last record are stored under.
    var firstIndex: UInt64?
    var lastIndex: UInt64?
    /// The `previous` that the first record claims, to be compared with the chunk before.
    var firstPrevious: Digest?
    var leafHashes: [Digest] = []
    /// Where only the tree is wanted: the roots of the leaf hashes, 256 at a time.
    var tileRoots: [Digest] = []
    var lastLeafHash: Digest?
    var firstRecordedAt: RecordTime?
    var lastRecordedAt: RecordTime?
    /// One for each leaf hash, where events were asked for.
    var events: [IndexedEvent] = []
    /// What record 0 says.
    var origin: String?
    /// The largest id of a key that one of its records was sealed with.
    var largestKeyID: UInt64 = 0
    var findings = FindingList()
}

extension Chunk {
    /// Most of the tree's hashing, done here because runs are read in parallel.
    fileprivate mutating func addTileRoots() {
        let width = UInt64(Tile.fullWidth)
        guard range.lowerBound.isMultiple(of: width), firstIndex == range.lowerBound,
            lastIndex == range.lowerBound + recordCount - 1
        else { return }
        for start in stride(from: 0, through: leafHashes.count - Tile.fullWidth, by: Tile.fullWidth)
        {
            tileRoots.append(
                MerkleTree.rootHash(ofEqualParts: leafHashes[start..<start + Tile.fullWidth])
            )
        }
    }
}

/// A record as `rules` sees it.
struct IndexedEvent: Sendable {
    /// Where the record is stored.
    let index: UInt64
    /// Nil where it could not be read.
    let recorded: RecordedEvent?
}

/// Reads runs of records: everything that can be checked without knowing the records before.
///
/// Each record names its predecessor's hash, so links inside a run need no earlier run; this is what
/// makes the walk parallel.
struct ChunkReader {
    let reader: any RecordSourceReader
    private let checksStructure: Bool
    private let checksChain: Bool
    private let needsEvents: Bool
    private let keepsLeafHashes: Bool
    private let checksIndexes: Bool

    /// `checksIndexes` is whether each record is also looked up in the source's indexes.
    init(
        checks: Set<Check>,
        reader: any RecordSourceReader,
        keepsLeafHashes: Bool,
        checksIndexes: Bool = true
    ) {
        self.reader = reader
        self.checksIndexes = checksIndexes
        checksStructure = checks.contains(.structure)
        checksChain = checks.contains(.chain)
        needsEvents = checks.contains(where: \.needsEvents)
        self.keepsLeafHashes = keepsLeafHashes
    }

    func read(_ range: Range<UInt64>) throws -> Chunk {
        var chunk = Chunk(range: range)
        if keepsLeafHashes { chunk.leafHashes.reserveCapacity(range.count) }
        try reader.forEachRecord(in: range) { index, record in
            try check(record, storedUnder: index, &chunk)
        }
        if keepsLeafHashes, !needsEvents { chunk.addTileRoots() }
        return chunk
    }

    private func check(
        _ record: RawSpan,
        storedUnder index: UInt64,
        _ chunk: inout Chunk
    ) throws {
        if let last = chunk.lastIndex {
            if index != last &+ 1 {
                chunk.findings.add(.recordsMissing, last &+ 1, .gap(last, index))
            }
        } else {
            chunk.firstIndex = index
        }
        var leafHash = Digest.zero
        var event: RecordedEvent?
        if record.byteCount <= RecordLimit.byteCount {
            leafHash = MerkleTree.leafHash(of: record)
            checkLink(record, index, &chunk)
            if index == 0 { chunk.origin = Self.origin(record) }
            if checksStructure || needsEvents { event = try scan(record, index, &chunk) }
        } else {
            // Its length may be a lie of a damaged page and lead anywhere, so it is not even
            // hashed; what follows it cannot be linked to it and is found as well.
            chunk.findings.add(.recordMalformed, index, "longer than 65,535 bytes")
        }
        chunk.lastIndex = index
        chunk.recordCount += 1
        chunk.lastLeafHash = leafHash
        if keepsLeafHashes { chunk.leafHashes.append(leafHash) }
        if needsEvents { chunk.events.append(IndexedEvent(index: index, recorded: event)) }
    }

    /// Index and predecessor, straight from the bytes (design.md 5: no JSON parser needed).
    private func checkLink(_ record: RawSpan, _ index: UInt64, _ chunk: inout Chunk) {
        do throws(RecordError) {
            let link = try RecordScanner.scanLink(record)
            if link.index != index {
                chunk.findings.add(.recordMisplaced, index, "the record says it is \(link.index)")
            }
            let end = link.previousOffset + Digest.hexByteCount
            let previous = record.extracting(link.previousOffset..<end)
            if let before = chunk.lastLeafHash, let beforeIndex = chunk.lastIndex {
                if checksChain, !before.isSpelled(by: previous) {
                    chunk.findings.add(.chainBroken, index, .wrongPrevious(beforeIndex, before))
                }
            } else if let claimed = Digest(hex: previous) {
                chunk.firstPrevious = claimed
            } else {
                chunk.findings.add(.chainBroken, index, "previous is not 64 lower-case hex digits")
            }
        } catch {
            // A full scan would stop at the same byte and say the same.
            if !checksStructure, !needsEvents {
                chunk.findings.add(.recordMalformed, index, .noRecord(error))
            }
        }
    }

    /// The record's parts, as far as levels ask for them.
    private func scan(
        _ record: RawSpan,
        _ index: UInt64,
        _ chunk: inout Chunk
    ) throws -> RecordedEvent? {
        if !record.isOneLineOfUTF8 {
            chunk.findings.add(.recordMalformed, index, "not one line of valid UTF-8")
        }
        let scanned: ScannedRecord
        do {
            scanned = try RecordScanner.scan(record)
        } catch {
            chunk.findings.add(.recordMalformed, index, .noRecord(error))
            return nil
        }
        if checksStructure { try checkStructure(scanned, index, &chunk) }
        guard scanned.kind != nil else {
            let reason = "an event of the unknown kind \(scanned.kindName): use a newer program"
            chunk.findings.add(.eventUnknown, index, reason)
            return nil
        }
        guard checksStructure || needsEvents else { return nil }
        do throws(EventError) {
            let json = record.extracting(scanned.eventBytes).byteArray
            let event = try EventCodec.decode(json)
            // Only compared: the stored bytes are what was hashed (design.md 5). But one event has
            // one form, or two readers could take the same record for different things.
            if checksStructure, EventCodec.encode(event) != json {
                chunk.findings.add(
                    .recordMalformed,
                    index,
                    "its event has not the one form of an event"
                )
            }
            chunk.largestKeyID = max(chunk.largestKeyID, event.sealed?.keyID ?? 0)
            return RecordedEvent(envelope: scanned.envelope, event: event)
        } catch {
            chunk.findings.add(.recordMalformed, index, "\(error)")
            return nil
        }
    }

    private func checkStructure(
        _ scanned: ScannedRecord,
        _ index: UInt64,
        _ chunk: inout Chunk
    ) throws {
        let recordedAt = scanned.envelope.recordedAt
        if let last = chunk.lastRecordedAt, recordedAt < last {
            chunk.findings.add(.timeGoesBack, index, .timeGoesBack(last, recordedAt))
        }
        if chunk.firstRecordedAt == nil { chunk.firstRecordedAt = recordedAt }
        chunk.lastRecordedAt = recordedAt
        if scanned.envelope.occurredOn == recordedAt.bangkokDay {
            chunk.findings.add(
                .recordMalformed,
                index,
                "it names the day of the act, which is its own"
            )
        }
        if checksIndexes, let problem = try indexProblem(of: scanned, storedUnder: index) {
            chunk.findings.add(.storeIndexWrong, index, problem)
        }
    }

    private static func origin(_ record: RawSpan) -> String? {
        guard case .ledgerCreated(let created) = try? EventCodec.decode(record).event.kind else {
            return nil
        }
        return created.origin
    }
}

extension String {
    static func gap(_ last: UInt64, _ next: UInt64) -> String {
        if next <= last { return "record \(next) is stored after record \(last)" }
        let first = last &+ 1
        return missing(first..<next)
    }

    static func missing(_ range: Range<UInt64>) -> String {
        let last = range.upperBound - 1
        return range.lowerBound == last
            ? "record \(last) is missing" : "records \(range.lowerBound) to \(last) are missing"
    }

    static func wrongPrevious(_ index: UInt64, _ leafHash: Digest) -> String {
        "previous is not the hash of record \(index), which is \(leafHash.hex)"
    }

    static func noRecord(_ error: RecordError) -> String { "not a record: \(error)" }

    static func timeGoesBack(_ last: RecordTime, _ next: RecordTime) -> String {
        "recorded at \(next.text), before the record before it (\(last.text))"
    }
}
