import Audit
import AuditTestSupport
import Cryptography
import Ledger
import Survey
import Synchronization
import TransparencyLog

/// Counts how often the rules look into the past.
final class CountingSource: RecordSource {
    let base: MemorySource
    let lookUpCount = Mutex(0)

    init(base: MemorySource) { self.base = base }

    func makeReader() throws -> any RecordSourceReader {
        Reader(base: try base.makeReader(), source: self)
    }

    func releaseMemory() throws {}

    private struct Reader: RecordSourceReader {
        let base: any RecordSourceReader
        let source: CountingSource

        var treeSize: UInt64 { base.treeSize }

        func forEachRecord(
            in range: Range<UInt64>,
            _ body: (UInt64, RawSpan) throws -> Void
        ) throws {
            try base.forEachRecord(in: range, body)
        }

        func withRecord(_ index: UInt64, _ body: (RawSpan) throws -> Void) throws -> Bool {
            source.lookUpCount.withLock { $0 += 1 }
            return try base.withRecord(index, body)
        }

        func firstIndex(from start: UInt64) throws -> UInt64? { try base.firstIndex(from: start) }

        func recordIndex(ofStream stream: String, version: UInt32) throws -> UInt64? {
            try base.recordIndex(ofStream: stream, version: version)
        }

        func recordIndex(ofCommand commandID: CommandID) throws -> UInt64? {
            try base.recordIndex(ofCommand: commandID)
        }

        func lists(_ kind: EventKind, at index: UInt64) throws -> Bool {
            try base.lists(kind, at: index)
        }

        func layoutProblems(heartbeat: () throws -> Void) throws -> [String] { [] }
        func storedHead() throws -> StoredHead? { try base.storedHead() }
        var keepsLastLeafTile: Bool { base.keepsLastLeafTile }
        func storedTile(level: Int, index: UInt64) throws -> [UInt8]? {
            try base.storedTile(level: level, index: index)
        }
        var keepsCheckpoints: Bool { base.keepsCheckpoints }
        func checkpoint(from treeSize: UInt64) throws -> StoredCheckpoint? {
            try base.checkpoint(from: treeSize)
        }
        func storedCells() throws -> [CellKey: Cell]? { try base.storedCells() }
        func attachment(_ sha256: Digest) throws -> AttachmentState { try base.attachment(sha256) }
    }
}

/// Says that it has many records and fails at the call of that number.
final class FailingSource: RecordSource {
    struct Failure: Error {}

    private let callCount = Mutex(0)
    private let failingCall: Int

    init(failingCall: Int) { self.failingCall = failingCall }

    fileprivate func call() throws {
        let number = callCount.withLock { count in
            count += 1
            return count - 1
        }
        if number >= failingCall { throw Failure() }
    }

    func makeReader() throws -> any RecordSourceReader {
        try call()
        return Reader(source: self)
    }

    func releaseMemory() throws {}

    private struct Reader: RecordSourceReader {
        let source: FailingSource

        var treeSize: UInt64 { 100_000 }

        func forEachRecord(
            in range: Range<UInt64>,
            _ body: (UInt64, RawSpan) throws -> Void
        ) throws {
            try source.call()
            let bytes: [UInt8] = [1]
            try body(range.lowerBound, unsafe bytes.span.bytes)
        }

        func firstIndex(from start: UInt64) throws -> UInt64? { nil }
        func withRecord(_ index: UInt64, _ body: (RawSpan) throws -> Void) throws -> Bool { false }
        func recordIndex(ofStream stream: String, version: UInt32) throws -> UInt64? { nil }
        func recordIndex(ofCommand commandID: CommandID) throws -> UInt64? { nil }
        func lists(_ kind: EventKind, at index: UInt64) throws -> Bool { false }
        func layoutProblems(heartbeat: () throws -> Void) throws -> [String] { throw Failure() }
        func storedHead() throws -> StoredHead? { throw Failure() }
        var keepsLastLeafTile: Bool { false }
        func storedTile(level: Int, index: UInt64) throws -> [UInt8]? { throw Failure() }
        var keepsCheckpoints: Bool { false }
        func checkpoint(from treeSize: UInt64) throws -> StoredCheckpoint? { nil }
        func storedCells() throws -> [CellKey: Cell]? { [:] }
        func attachment(_ sha256: Digest) throws -> AttachmentState { .notKept }
    }
}

/// Gives the same checkpoint again and again, whatever comes after it is asked for.
struct WanderingSource: RecordSource {
    let base: MemorySource
    let checkpoint: StoredCheckpoint

    func makeReader() throws -> any RecordSourceReader {
        Reader(base: try base.makeReader(), stored: checkpoint)
    }

    func releaseMemory() throws {}

    private struct Reader: RecordSourceReader {
        let base: any RecordSourceReader
        let stored: StoredCheckpoint

        var treeSize: UInt64 { base.treeSize }

        func forEachRecord(
            in range: Range<UInt64>,
            _ body: (UInt64, RawSpan) throws -> Void
        ) throws {
            try base.forEachRecord(in: range, body)
        }

        func withRecord(_ index: UInt64, _ body: (RawSpan) throws -> Void) throws -> Bool {
            try base.withRecord(index, body)
        }

        func firstIndex(from start: UInt64) throws -> UInt64? { try base.firstIndex(from: start) }

        func recordIndex(ofStream stream: String, version: UInt32) throws -> UInt64? {
            try base.recordIndex(ofStream: stream, version: version)
        }

        func recordIndex(ofCommand commandID: CommandID) throws -> UInt64? {
            try base.recordIndex(ofCommand: commandID)
        }

        func lists(_ kind: EventKind, at index: UInt64) throws -> Bool {
            try base.lists(kind, at: index)
        }

        func layoutProblems(heartbeat: () throws -> Void) throws -> [String] { [] }
        func storedHead() throws -> StoredHead? { try base.storedHead() }
        var keepsLastLeafTile: Bool { base.keepsLastLeafTile }
        func storedTile(level: Int, index: UInt64) throws -> [UInt8]? {
            try base.storedTile(level: level, index: index)
        }
        var keepsCheckpoints: Bool { base.keepsCheckpoints }
        func checkpoint(from treeSize: UInt64) throws -> StoredCheckpoint? { stored }
        func storedCells() throws -> [CellKey: Cell]? { try base.storedCells() }
        func attachment(_ sha256: Digest) throws -> AttachmentState { try base.attachment(sha256) }
    }
}
