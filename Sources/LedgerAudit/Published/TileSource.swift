package import Audit
import Foundation
import Ledger
package import LedgerReader
import Synchronization
import TransparencyLog

/// A published log, or a copy of one, as something to verify (PUBLISHED.md).
///
/// What it says is the log is what its checkpoint states. Files that are missing or are none are
/// problems of the layout, and their records are missing.
package final class TileSource: RecordSource {
    let log: PublishedLog
    let published: StoredCheckpoint
    private let index = Mutex<RecordKeyIndex?>(nil)
    private let found = Mutex<[String]>([])
    private let bundleIndexes = Mutex<[UInt64]?>(nil)
    private let progress: @Sendable (UInt64, UInt64) -> Void
    /// Nil where all are looked for.
    private let indexedStream: String?

    /// A verdict lists some of a kind; a forged size could make any number.
    private static let problemCountMax = 100

    /// Reads the checkpoint; records are read when they are asked for.
    ///
    /// Only those of `indexedStream` are looked for by what they say, or all where it is nil.
    /// `progress` is called with records done and in all while the index for that is made, which
    /// reads them all: whoever watches this process wants to see that it lives.
    package init(
        _ log: PublishedLog,
        indexing indexedStream: String? = nil,
        progress: @escaping @Sendable (UInt64, UInt64) -> Void = { _, _ in }
    ) throws(LedgerError) {
        self.log = log
        self.indexedStream = indexedStream
        self.progress = progress
        let path = log.checkpointFile
        let limit = SignedNote.byteCountMax
        guard let bytes = try InputFile.read(path, byteCountMaximum: limit) else {
            throw LedgerError(.notALedger, "\(path) does not exist")
        }
        do throws(TransparencyLogError) {
            let bare = try StoredCheckpoint(cosigned: bytes, timestamps: [])
            var timestamps = PublishedTimestamps(log, treeSize: bare.treeSize)
            timestamps.compare(log, bare)
            published = StoredCheckpoint(
                treeSize: bare.treeSize,
                noteBytes: bare.noteBytes,
                cosignatureLines: bare.cosignatureLines,
                timestamps: timestamps.tokens
            )
            found.withLock { $0 = timestamps.problems }
        } catch {
            throw LedgerError(.damaged, "\(path) is no checkpoint: \(error)")
        }
    }

    package func makeReader() throws -> any RecordSourceReader { TileSourceReader(self) }

    /// Nothing that was read stays.
    package func releaseMemory() throws {}

    func note(_ problem: String) {
        found.withLock { problems in
            guard problems.count < Self.problemCountMax, !problems.contains(problem) else { return }
            problems.append(problem)
        }
    }

    /// What is wrong with the files that were read so far.
    var problems: [String] { found.withLock { $0.sorted() } }

    /// The bytes of a file, nil where there is none that could be one; what is wrong is noted.
    func file(_ name: String, byteCountMaximum: Int) -> [UInt8]? {
        do throws(LedgerError) {
            return try InputFile.read(log.file(name), byteCountMaximum: byteCountMaximum)
        } catch {
            note(error.reason)
            return nil
        }
    }
}

extension TileSource {
    /// The index of the records, made when it is first asked for.
    @discardableResult
    func keyIndex() -> RecordKeyIndex {
        index.withLock { index in
            if let index { return index }
            var made = RecordKeyIndex()
            let reader = TileSourceReader(self)
            var next = reader.firstBundle(from: 0)
            while let bundle = next {
                for position in bundle.entries.indices {
                    // What is no record is found by those who read it as one.
                    guard var envelope = bundle.envelope(position) else { continue }
                    guard indexedStream == nil || indexedStream == envelope.stream else { continue }
                    // Where it lies, whatever it says.
                    envelope.index = bundle.firstIndex + UInt64(position)
                    made.append(envelope)
                }
                progress(bundle.firstIndex, published.treeSize)
                next = reader.firstBundle(from: bundle.number + 1)
            }
            made.sort()
            index = made
            return made
        }
    }

    /// The numbers of all files that could be bundles, in order: where to go on after a gap.
    ///
    /// A forged size names more bundles than anybody can look for.
    func bundleNumbers() -> [UInt64] {
        bundleIndexes.withLock { known in
            if let known { return known }
            var numbers: Set<UInt64> = []
            let folder = "tile/entries"
            let names = FileManager.default.enumerator(atPath: log.file(folder))
            while let name = names?.nextObject() as? String {
                guard let tile = try? Tile(entryBundlePath: "\(folder)/\(name)") else { continue }
                numbers.insert(tile.index)
            }
            let sorted = numbers.sorted()
            known = sorted
            return sorted
        }
    }
}

/// The entries of one bundle, in the bytes that hold them.
struct PublishedBundle {
    let number: UInt64
    let bytes: [UInt8]
    let entries: [Range<Int>]

    var firstIndex: UInt64 { number << 8 }

    func withEntry<Result>(_ position: Int, _ body: (RawSpan) throws -> Result) rethrows -> Result {
        try body(unsafe bytes.span.bytes.extracting(entries[position]))
    }

    /// What the record says of itself; nil for what is no record.
    func envelope(_ position: Int) -> Envelope? {
        withEntry(position) { try? RecordScanner.scan($0).envelope }
    }
}
