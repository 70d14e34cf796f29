import Cryptography
import Foundation
import GRDB
import LedgerReader
package import ProjectionRuntime

/// Carries the read models of one ledger into a sink, record by record.
///
/// It keeps a SQLite database of its own, where the records are applied; what they change goes across
/// before SQLite commits. So SQLite may be behind the sink after a crash and never ahead.
package struct SinkFollower: Sendable {
    package let sink: PostgreSQLSink
    private let runner: ProjectionRunner
    /// Projections that had to be loaded whole.
    package let loaded: [String]

    /// Brings both databases level: a projection of another version or position is loaded whole.
    ///
    /// Rows of the same version and position with another digest were changed by something else than
    /// the records: `digestsDiffer`, and they stay as they are for a person to look into.
    ///
    /// `mayGoOn` is asked at the end of each transaction, and stops the work by what it throws.
    @available(*, noasync)
    package init(
        _ sink: PostgreSQLSink,
        workingFile path: String,
        _ source: borrowing some EventSource & ~Copyable,
        mayGoOn: @escaping @Sendable () throws -> Void = {},
        progress: ProjectionRunner.ProgressCallback? = nil
    ) throws {
        self.sink = sink
        let positions = try sink.positions()
        try Self.check(positions, sink.origin, source)
        let carriedTo = positions.map(\.treeSize).max() ?? source.treeSize
        let database = try Self.database(
            path,
            sink.projections,
            source,
            upTo: carriedTo,
            progress: progress
        )
        var level = ProjectionRunner(sink.projections, database)
        level.beforeCommit = { _, _ in try mayGoOn() }
        let own = try level.positions().map(\.treeSize).max() ?? 0
        try level.catchUp(source, upTo: max(own, carriedTo), progress: progress)
        let here = try level.digests()
        let there = try sink.digests()
        try Self.requireUnchanged(there, here, sink.origin)
        let differing = here.filter { !there.contains($0) }.map(\.name)
        loaded = differing
        try sink.load(
            sink.projections.filter { differing.contains($0.name) },
            from: database
        )
        runner = try Self.carrying(sink, database, mayGoOn)
    }

    /// Applies what the ledger has more.
    @available(*, noasync)
    @discardableResult
    package func catchUp(
        _ source: borrowing some EventSource & ~Copyable,
        progress: ProjectionRunner.ProgressCallback? = nil
    ) throws -> [ProjectionPosition] {
        try runner.catchUp(source, progress: progress)
    }

    private static func requireUnchanged(
        _ there: [ProjectionDigest],
        _ here: [ProjectionDigest],
        _ origin: String
    ) throws(ProjectionError) {
        let changed = there.filter { found in
            here.contains { given in
                given.name == found.name && given.version == found.version
                    && given.treeSize == found.treeSize && given.digest != found.digest
            }
        }
        guard let first = changed.first else { return }
        throw ProjectionError(
            .digestsDiffer,
            "the rows that the PostgreSQL database has of \(origin) are not those that the"
                + " \(first.treeSize) records give: \(changed.map(\.name).joined(separator: ", "))."
                + " They stay as they are: find out why, then load them with bmn replay --into"
        )
    }

    private static func carrying(
        _ sink: PostgreSQLSink,
        _ database: SurveyDatabase,
        _ mayGoOn: @escaping @Sendable () throws -> Void
    ) throws -> ProjectionRunner {
        let shapes = try database.write { db in
            let tables = try sink.projections.flatMap(\.tables).map { try SinkTable($0, db) }
            try ChangeNotes.begin(tables, db)
            return tables
        }
        var runner = ProjectionRunner(sink.projections, database)
        runner.beforeCommit = { batch, db in
            try mayGoOn()
            try sink.carry(shapes, batch, db)
        }
        return runner
    }

    /// Refuses a ledger that does not go on from what the sink knows: it was cut back, rewritten, or is
    /// another one under the same name.
    package static func check(
        _ positions: [ProjectionPosition],
        _ origin: String,
        _ source: borrowing some EventSource & ~Copyable
    ) throws {
        for position in positions where position.treeSize > 0 {
            guard position.treeSize <= source.treeSize else {
                throw ProjectionError(
                    .positionBeyondLedger,
                    "the PostgreSQL database knows \(position.treeSize) records of \(origin), but"
                        + " the ledger holds \(source.treeSize): it was cut back or an old copy"
                        + " was put in its place; verify it"
                )
            }
            guard try source.leafHash(position.treeSize - 1).hex == position.head else {
                throw ProjectionError(
                    .ledgerChanged,
                    index: position.treeSize - 1,
                    "the PostgreSQL database knows another record of \(origin): this is another"
                        + " ledger of that name or its history was rewritten; verify it"
                )
            }
        }
    }

    /// The working file, anew where there is none or it is of something else: nothing but time is lost.
    private static func database(
        _ path: String,
        _ projections: [any Projection],
        _ source: borrowing some EventSource & ~Copyable,
        upTo: UInt64,
        progress: ProjectionRunner.ProgressCallback?
    ) throws -> SurveyDatabase {
        if FileManager.default.fileExists(atPath: path) {
            do {
                let database = try SurveyDatabase(path: path, use: .exclusive)
                let runner = ProjectionRunner(projections, database)
                // Compares positions with the ledger and applies nothing.
                try runner.catchUp(source, upTo: 0)
                return database
            } catch let error as ProjectionError
                where [.notASurveyDatabase, .positionBeyondLedger, .ledgerChanged]
                .contains(error.code)
            {
                for suffix in ["", "-wal", "-shm", "-journal"]
                where FileManager.default.fileExists(atPath: path + suffix) {
                    try FileManager.default.removeItem(atPath: path + suffix)
                }
            }
        }
        _ = try Replay.replace(
            path,
            with: projections,
            from: source,
            upTo: upTo,
            progress: progress
        )
        return try SurveyDatabase(path: path, use: .exclusive)
    }
}
