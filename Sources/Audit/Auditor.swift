import Cryptography
import Ledger
import Survey
import TransparencyLog

/// Recomputes everything and gives a verdict; believes nothing that it can compute.
package struct Auditor: Sendable {
    private let source: any RecordSource
    private let checks: Set<Check>
    private let knownHeads: [KnownHead]
    private let trust: Trust
    private let prefix: VerifiedPrefix?
    private let threadCount: Int
    private let chunkRecordCount: UInt64

    /// - Parameters:
    ///   - source: what is verified.
    ///   - checks: the levels; projections are not for this module.
    ///   - knownHeads: lower bounds for the size, read before the source.
    ///   - trust: whose signatures under checkpoints count; none need to.
    ///   - prefix: a beginning that was verified before; only what follows it is read.
    ///   - threadCount: how many threads read and hash.
    ///   - chunkRecordCount: records per unit of parallel work; no result depends on it.
    package init(
        _ source: any RecordSource,
        checks: Set<Check> = Set(Check.allCases).subtracting([.projections]),
        knownHeads: [KnownHead] = [],
        trust: Trust = Trust(),
        startingFrom prefix: VerifiedPrefix? = nil,
        threadCount: Int = 2,
        chunkRecordCount: UInt64 = 1024
    ) {
        self.source = source
        self.prefix = prefix
        // The levels above cannot begin in the middle: they need the state that all records left.
        self.checks =
            prefix == nil ? checks.subtracting([.projections]) : [.structure, .chain, .tree]
        self.knownHeads = knownHeads
        self.trust = trust
        self.threadCount = threadCount
        self.chunkRecordCount = max(1, chunkRecordCount)
    }

    /// Verifies; throws only when the source cannot be read at all.
    ///
    /// `progress` is called on the caller's thread, also now and then with the same number while
    /// something else takes long.
    package func verify(
        progress: (_ done: UInt64, _ treeSize: UInt64) -> Void = { _, _ in }
    ) throws -> Verdict {
        let reader = try source.makeReader()
        let treeSize = reader.treeSize
        var walk = AuditWalk(
            checks: checks,
            reader: reader,
            knownHeads: knownHeads,
            trust: trust
        )
        try walk.begin(treeSize: treeSize)
        var start: UInt64 = 0
        if let prefix {
            guard try walk.resume(after: prefix, treeSize: treeSize) else {
                return walk.verdict(withoutRecordsOf: treeSize)
            }
            start = prefix.checkpoint.treeHead.treeSize
        }
        while start < treeSize {
            start = try run(&walk, reader, start..<treeSize, progress)
        }
        return try walk.finish(treeSize: treeSize) {
            try source.releaseMemory()
            progress(treeSize, treeSize)
        }
    }

    /// Walks from the start of `range` and returns where to go on.
    ///
    /// That is before its end where many records are missing: a forged size may name more chunks
    /// than anybody can walk, so a chunk without records is followed by the next one that has some.
    private func run(
        _ walk: inout AuditWalk,
        _ reader: any RecordSourceReader,
        _ range: Range<UInt64>,
        _ progress: (UInt64, UInt64) -> Void
    ) throws -> UInt64 {
        let (source, checks, size) = (source, checks, chunkRecordCount)
        let isWhole = prefix == nil
        let keepsLeafHashes = walk.needsTree
        let recordCount = range.upperBound - range.lowerBound
        let chunkCount = Int(clamping: recordCount / size + (recordCount % size > 0 ? 1 : 0))
        let pipeline = OrderedPipeline<Chunk>(jobCount: chunkCount, window: threadCount * 2 + 2)
        var next = range.upperBound
        var consumedCount = 0
        try pipeline.run(threadCount: threadCount) {
            let chunkReader = ChunkReader(
                checks: checks,
                reader: try source.makeReader(),
                keepsLeafHashes: keepsLeafHashes,
                checksIndexes: isWhole
            )
            return { job in
                let start = range.lowerBound + UInt64(job) * size
                return try chunkReader.read(start..<(start + min(size, range.upperBound - start)))
            }
        } consume: { chunk in
            try walk.take(chunk)
            consumedCount += 1
            if consumedCount.isMultiple(of: 8) { try source.releaseMemory() }
            progress(chunk.range.upperBound, range.upperBound)
            guard chunk.recordCount == 0 else { return true }
            let end = chunk.range.upperBound
            next = max(end, try reader.firstIndex(from: end) ?? range.upperBound)
            return false
        }
        return next
    }
}
