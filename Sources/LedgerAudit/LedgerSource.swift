package import Audit
import Cryptography
import DurableFiles
import LMDB
import Ledger
package import LedgerReader
import Survey
import TransparencyLog

/// A ledger directory, or a backup of one, as something to verify.
package struct LedgerSource: RecordSource {
    private let ledger: LedgerReader
    private let attachments: AttachmentFolder?

    /// `attachments` is where the papers lie that records name; nil leaves them out.
    package init(_ ledger: LedgerReader, attachments: AttachmentFolder? = nil) {
        self.ledger = ledger
        self.attachments = attachments
    }

    package func makeReader() throws -> any RecordSourceReader {
        LedgerSourceReader(snapshot: try ledger.snapshot(), attachments: attachments)
    }

    package func releaseMemory() throws {
        try ledger.store.environment.releaseResidentPages()
    }
}

/// One snapshot of a file that may be damaged or forged.
///
/// What is walked must bring larger and larger keys, so that no cycle of pages is walked for ever.
final class LedgerSourceReader: RecordSourceReader {
    let snapshot: LedgerSnapshot
    private let attachments: AttachmentFolder?

    init(snapshot: consuming LedgerSnapshot, attachments: AttachmentFolder?) {
        self.snapshot = snapshot
        self.attachments = attachments
    }

    var treeSize: UInt64 { snapshot.treeSize }

    func forEachRecord(
        in range: Range<UInt64>,
        _ body: (UInt64, RawSpan) throws -> Void
    ) throws {
        var lowestIndex = range.lowerBound
        try snapshot.forEachRecord(from: range.lowerBound) { index, record in
            guard index < range.upperBound else { return false }
            guard index >= lowestIndex else {
                throw LedgerError(.damaged, "records are out of order at index \(index)")
            }
            lowestIndex = index + 1
            try body(index, record)
            return true
        }
    }

    func firstIndex(from start: UInt64) throws -> UInt64? {
        var first: UInt64?
        try snapshot.forEachRecord(from: start) { index, _ in
            first = index
            return false
        }
        return first
    }

    func withRecord(_ index: UInt64, _ body: (RawSpan) throws -> Void) throws -> Bool {
        try snapshot.withRecord(index, body) != nil
    }

    func recordIndex(ofStream stream: String, version: UInt32) throws -> UInt64? {
        defer { snapshot.countScatteredRead() }
        return try snapshot.transaction.withValue(
            snapshot.store.streams,
            LedgerKey.stream(stream, version)
        ) { BigEndianKey($0)?.value } ?? nil
    }

    func recordIndex(ofCommand commandID: CommandID) throws -> UInt64? {
        defer { snapshot.countScatteredRead() }
        return try snapshot.transaction.withValue(
            snapshot.store.commands,
            LedgerKey.command(commandID)
        ) { value in
            guard value.byteCount == LedgerIndex.commandValueByteCount else { return nil }
            return BigEndianKey(value.extracting(0..<8))?.value
        } ?? nil
    }

    func lists(_ kind: EventKind, at index: UInt64) throws -> Bool {
        guard kind.isInKindIndex else { return true }
        let key = LedgerKey.kind(kind, index)
        return try snapshot.transaction.contains(snapshot.store.kinds, key)
    }

    var keepsLastLeafTile: Bool { false }

    func storedTile(level: Int, index: UInt64) throws -> [UInt8]? {
        defer { snapshot.countScatteredRead() }
        return try snapshot.store.storedTile(level: level, index: index, snapshot.transaction)
    }

    var keepsCheckpoints: Bool { true }

    func checkpoint(from treeSize: UInt64) throws -> StoredCheckpoint? {
        try snapshot.checkpoint(from: treeSize)
    }

    func attachment(_ sha256: Digest) throws -> AttachmentState {
        guard let attachments else { return .notKept }
        do throws(FileError) {
            guard let content = try attachments.content(sha256) else { return .missing }
            return .read(sha256: content.sha256, byteCount: content.byteCount)
        } catch {
            // What somebody put there in its place: a folder, a FIFO, a file without end.
            return .unreadable(reason: error.reason)
        }
    }

    func layoutProblems(heartbeat: () throws -> Void) throws -> [String] {
        var problems: [String] = []
        for index in LedgerIndex.all(snapshot.store) {
            problems += try index.problems(in: self, heartbeat: heartbeat)
        }
        let store = snapshot.store
        let counts = [
            (store.records, treeSize), (store.cells, UInt64(try cells().count)),
            (store.forms, UInt64(try forms().count)), (store.meta, 2),
        ]
        for (database, count) in counts {
            let claimed = try snapshot.transaction.statistics(database).entryCount
            if UInt64(exactly: claimed) != count {
                problems.append("\(database.name) claims \(claimed) entries and has \(count)")
            }
        }
        if let beyond = try firstIndex(from: treeSize) {
            problems.append("record \(beyond) lies beyond the end at \(treeSize)")
        }
        // Walks begin at an index; a shorter key could lie before all of them.
        try snapshot.transaction.forEach(snapshot.store.records) { key, _ in
            if BigEndianKey(key) == nil { problems.append("a key of records is not 8 bytes") }
            return false
        }
        return problems + (try metaProblems()) + (try treeProblems(heartbeat))
    }

    func storedHead() throws -> StoredHead? {
        StoredHead(
            range: snapshot.head.range,
            lastLeafHash: snapshot.head.lastLeafHash,
            lastRecordedAt: snapshot.head.lastRecordedAt,
            largestKeyID: snapshot.head.largestKeyID
        )
    }

    func storedCells() throws -> [CellKey: Cell]? { try cells() }

    func storedForms() throws -> [FormRange: [UInt8]]? { try forms() }

    private func forms() throws -> [FormRange: [UInt8]] {
        let database = snapshot.store.forms
        var order = KeyOrder()
        var forms: [FormRange: [UInt8]] = [:]
        try snapshot.transaction.forEach(database) { key, value in
            let bytes = key.byteArray
            guard order.takes(key), try snapshot.transaction.contains(database, bytes),
                let range = LedgerKey.formRange(bytes)
            else { throw LedgerError(.damaged, "an entry of the used forms is malformed") }
            forms[range] = value.byteArray
            return true
        }
        return forms
    }

    private func cells() throws -> [CellKey: Cell] {
        let database = snapshot.store.cells
        var order = KeyOrder()
        var cells: [CellKey: Cell] = [:]
        try snapshot.transaction.forEach(database) { key, value in
            let bytes = key.byteArray
            guard order.takes(key), try snapshot.transaction.contains(database, bytes),
                let cell = Cell(encoded: value.byteArray), let place = CellKey(stored: bytes)
            else { throw LedgerError(.damaged, "a cell of the figures is malformed or misplaced") }
            cells[place] = cell
            return true
        }
        return cells
    }
}

extension CellKey {
    /// Nil for anything that `LedgerKey.cell` would not have written.
    fileprivate init?(stored bytes: [UInt8]) {
        let parts = bytes.split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 3 else { return nil }
        self.init(cycle: parts[0], village: parts[1], lao: parts[2])
        // Decoding repairs what is not UTF-8.
        guard LedgerKey.cell(self) == bytes else { return nil }
    }
}
