package import Cryptography
package import GRDB
import LedgerReader

/// How far a catch-up has come, for a progress bar.
package struct ProjectionProgress: Sendable, Hashable {
    package let recordCount: UInt64
    package let recordCountTotal: UInt64
}

/// Undoes a rebuild that came to other rows.
private struct Differs: Error {}

/// What a transaction has brought the rows to.
package struct AppliedBatch: Sendable {
    package let start: UInt64
    package let end: UInt64
    /// Leaf hash of record `end - 1`.
    package let head: Digest
}

/// Keeps the read models of one database in step with a ledger.
///
/// All calls block; call them from a thread of your own, not from an async task.
package struct ProjectionRunner: Sendable {
    package typealias ProgressCallback = @Sendable (ProjectionProgress) -> Void

    package let projections: [any Projection]
    package let database: SurveyDatabase
    /// Records per transaction.
    package var batchRecordCount = 4096
    /// Called at the end of each transaction of a catch-up, before it commits: what it throws undoes
    /// the batch.
    package var beforeCommit: (@Sendable (AppliedBatch, Database) throws -> Void)?
    /// Whether indexes wait until all rows are there, for a file that nobody reads yet.
    var defersIndexes = false

    package init(_ projections: [any Projection], _ database: SurveyDatabase) {
        self.projections = projections
        self.database = database
    }

    /// Applies every record below `upTo` (default: all) that is not applied yet.
    ///
    /// Decoding runs on the calling thread, SQLite on another. A projection whose version changed is
    /// rebuilt first, in one transaction. Safe beside another process that catches up the same file.
    ///
    /// - Returns: the positions reached.
    @available(*, noasync)
    @discardableResult
    package func catchUp(
        _ source: borrowing some EventSource & ~Copyable,
        upTo: UInt64? = nil,
        progress: ProgressCallback? = nil
    ) throws -> [ProjectionPosition] {
        let end = min(upTo ?? source.treeSize, source.treeSize)
        let stale = try install(source)
        if !stale.isEmpty { try rebuild(stale, source, upTo: end) }
        let start = try positions().map(\.treeSize).min() ?? end
        if start < end {
            let pipeline = BatchPipeline { batch in
                try database.write { db in
                    try apply(batch, to: projections, db)
                    try beforeCommit?(
                        AppliedBatch(start: batch.start, end: batch.end, head: batch.head),
                        db
                    )
                }
                progress?(
                    ProjectionProgress(
                        recordCount: batch.end - start,
                        recordCountTotal: end - start
                    )
                )
            }
            do {
                try source.forEachBatch(
                    from: start,
                    upTo: end,
                    recordCount: batchRecordCount,
                    for: projections
                ) { try pipeline.submit($0) }
            } catch {
                // An error of applying happened to an earlier record than one of reading.
                try pipeline.finish()
                throw error
            }
            try pipeline.finish()
        }
        return try positions()
    }

    /// Rebuilds one projection inside the database, in one transaction: readers see the old rows
    /// until all new ones are there.
    @available(*, noasync)
    package func rebuild(
        only name: String,
        _ source: borrowing some EventSource & ~Copyable,
        upTo: UInt64? = nil
    ) throws {
        let projection = try projection(name)
        try rebuild([projection], source, upTo: min(upTo ?? source.treeSize, source.treeSize))
    }

    /// The same up to where the live rows stand, undone where the digest then is another than theirs:
    /// such rows are for a person to look into.
    ///
    /// Another process may have brought them further than the source knows: `positionBeyondLedger`.
    @available(*, noasync)
    package func rebuildIfEqual(
        only name: String,
        _ source: borrowing some EventSource & ~Copyable
    ) throws -> (live: ProjectionDigest?, rebuilt: ProjectionDigest?) {
        let projection = try projection(name)
        var live: ProjectionDigest?
        var rebuilt: ProjectionDigest?
        do {
            try database.write { db in
                live = try Self.digest(of: projection, db)
                let end = live?.treeSize ?? source.treeSize
                guard end <= source.treeSize else { throw beyond(name, end, source.treeSize) }
                try rebuild([projection], source, upTo: end, db)
                rebuilt = try Self.digest(of: projection, db)
                if live != rebuilt { throw Differs() }
            }
        } catch is Differs {}
        return (live, rebuilt)
    }

    private func projection(_ name: String) throws(ProjectionError) -> any Projection {
        guard let projection = projections.first(where: { $0.name == name }) else {
            let known = projections.map(\.name).joined(separator: ", ")
            throw ProjectionError(.unknownProjection, "\(name) is none of \(known)")
        }
        return projection
    }

    private func rebuild(
        _ stale: [any Projection],
        _ source: borrowing some EventSource & ~Copyable,
        upTo end: UInt64
    ) throws {
        try database.write { db in try rebuild(stale, source, upTo: end, db) }
    }

    private func rebuild(
        _ stale: [any Projection],
        _ source: borrowing some EventSource & ~Copyable,
        upTo end: UInt64,
        _ db: Database
    ) throws {
        for projection in stale {
            try PositionTable.reset(projection, db)
        }
        try source.forEachBatch(
            from: 0,
            upTo: end,
            recordCount: batchRecordCount,
            for: stale
        ) { try apply($0, to: stale, db) }
        for projection in stale { try PositionTable.createIndexes(projection, db) }
    }

    /// Where each projection stands; one that was never built is left out.
    package func positions() throws -> [ProjectionPosition] {
        try database.read { db in
            try projections.compactMap { try PositionTable.position($0.name, db) }
        }
    }

    /// Makes missing tables and checks that this is the ledger that the rows came from.
    ///
    /// - Returns: the projections that another version of the code built.
    private func install(
        _ source: borrowing some EventSource & ~Copyable
    ) throws -> [any Projection] {
        var stale: [any Projection] = []
        var positions: [ProjectionPosition] = []
        try database.write { db in
            for projection in projections {
                guard let position = try PositionTable.position(projection.name, db) else {
                    try PositionTable.reset(projection, db)
                    if !defersIndexes { try PositionTable.createIndexes(projection, db) }
                    continue
                }
                positions.append(position)
                if position.version != projection.version { stale.append(projection) }
            }
        }
        for position in positions where position.treeSize > 0 {
            guard position.treeSize <= source.treeSize else {
                throw beyond(position.name, position.treeSize, source.treeSize)
            }
            guard try source.leafHash(position.treeSize - 1).hex == position.head else {
                throw ProjectionError(
                    .ledgerChanged,
                    index: position.treeSize - 1,
                    "\(database.path): \(position.name) was built from another record. This is"
                        + " another ledger or its history was rewritten: verify it"
                )
            }
        }
        return stale
    }

    func beyond(_ name: String, _ known: UInt64, _ treeSize: UInt64) -> ProjectionError {
        ProjectionError(
            .positionBeyondLedger,
            "\(database.path): \(name) knows \(known) records, but the ledger holds \(treeSize). The"
                + " ledger was cut back or an old copy was put in its place: find out why before you"
                + " replay"
        )
    }

    private func apply(
        _ batch: RecordBatch,
        to projections: [any Projection],
        _ db: Database
    ) throws {
        for projection in projections {
            // Read here, under the write lock: another process may have come further meanwhile.
            let position = try PositionTable.position(projection.name, db)
            guard let position, position.version == projection.version,
                position.treeSize >= batch.start
            else {
                throw ProjectionError(
                    .positionMoved,
                    "\(database.path): another process is rebuilding \(projection.name); run this"
                        + " again when it has ended"
                )
            }
            guard position.treeSize < batch.end else { continue }
            let records = batch.records(from: position.treeSize, of: projection.kinds)
            if !records.isEmpty { try projection.apply(records, db) }
            try PositionTable.move(projection.name, to: batch.end, head: batch.head, db)
        }
    }
}
