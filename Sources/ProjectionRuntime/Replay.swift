import Foundation
import GRDB
import LedgerReader

/// Builds all read models anew.
package enum Replay {
    /// What became of a replay beside a live file.
    package enum Outcome: Sendable {
        /// The new file is in its place.
        case swapped([ProjectionDigest])
        /// The live file stays, as its rows are others; the new one lies in `file`.
        case kept(live: [ProjectionDigest], built: [ProjectionDigest], file: String)
    }

    /// Builds into a new file and puts it in place of `path` when it is complete.
    ///
    /// Readers of the old file are never shown half a replay, and a crash at any point leaves either
    /// the old file or the new one. What a process that was killed had built is gone on with, if it
    /// is of these records and these versions.
    ///
    /// Nothing else may have the old file open: after `busyTimeout` seconds of waiting for others to
    /// close it, this fails with `databaseBusy`. Returns the digests of the new file.
    @available(*, noasync)
    package static func replace(
        _ path: String,
        with projections: [any Projection],
        from source: borrowing some EventSource & ~Copyable,
        upTo: UInt64? = nil,
        busyTimeout: Double = 10,
        progress: ProjectionRunner.ProgressCallback? = nil
    ) throws -> [ProjectionDigest] {
        let building = HalfBuilt(beside: path)
        let digests = try building.build(projections, source, upTo: upTo, progress: progress)
        try put(building, in: path, busyTimeout: busyTimeout)
        return digests
    }

    /// The same for a live file, which is caught up first and replaced only if its digests are those
    /// of the replay: rows that do not follow from the records are for a person to look into.
    @available(*, noasync)
    package static func replaceIfEqual(
        _ path: String,
        with projections: [any Projection],
        from source: borrowing some EventSource & ~Copyable,
        busyTimeout: Double = 10,
        progress: ProjectionRunner.ProgressCallback? = nil
    ) throws -> Outcome {
        var live: [ProjectionDigest]?
        if FileManager.default.fileExists(atPath: path) {
            let database = try SurveyDatabase(path: path, use: .live)
            let runner = ProjectionRunner(projections, database)
            try runner.catchUp(source)
            let digests = try runner.digests()
            // Only digests of the same records can be compared: between the two lines above another
            // process may have come further.
            for digest in digests where digest.treeSize > source.treeSize {
                throw runner.beyond(digest.name, digest.treeSize, source.treeSize)
            }
            live = digests
            try database.close()
        }
        let building = HalfBuilt(beside: path)
        let built = try building.build(projections, source, upTo: nil, progress: progress)
        if let live, live != built {
            let file = differing(path)
            do {
                try rename(building.path, to: file)
            } catch {
                building.remove()
                throw error
            }
            return .kept(live: live, built: built, file: file)
        }
        try put(building, in: path, busyTimeout: busyTimeout)
        try removeDiffering(path)
        return .swapped(built)
    }

    /// Builds beside a file that this process goes on reading, so that `replace(open:)` finds most of
    /// the work done.
    @available(*, noasync)
    package static func prepare(
        beside path: String,
        with projections: [any Projection],
        from source: borrowing some EventSource & ~Copyable,
        progress: ProjectionRunner.ProgressCallback? = nil
    ) throws {
        _ = try HalfBuilt(beside: path).build(
            projections,
            source,
            upTo: nil,
            progress: progress
        )
    }

    /// `replaceIfEqual`, or `replace` with `anyway`, for a file that this process has open: it is
    /// closed for the moment of the exchange alone.
    ///
    /// Nobody may be catching it up meanwhile. Whatever fails leaves the live file and what it has.
    @available(*, noasync)
    package static func replace(
        open database: SurveyDatabase,
        with projections: [any Projection],
        from source: borrowing some EventSource & ~Copyable,
        anyway: Bool,
        busyTimeout: Double = 2
    ) throws -> Outcome {
        let path = database.path
        let runner = ProjectionRunner(projections, database)
        try runner.catchUp(source)
        let live = try runner.digests()
        for digest in live where digest.treeSize > source.treeSize {
            throw runner.beyond(digest.name, digest.treeSize, source.treeSize)
        }
        let building = HalfBuilt(beside: path)
        let built = try building.build(projections, source, upTo: nil, progress: nil)
        guard live == built || anyway else {
            let file = differing(path)
            do {
                try rename(building.path, to: file)
            } catch {
                building.remove()
                throw error
            }
            return .kept(live: live, built: built, file: file)
        }
        try database.exchanging {
            try put(building, in: path, busyTimeout: busyTimeout)
        }
        try removeDiffering(path)
        return .swapped(built)
    }

    /// What `replaceIfEqual` keeps beside a live file.
    private static func differing(_ path: String) -> String { path + ".differs" }

    /// Removes what an earlier replay kept for somebody to look into, when the live file is replaced:
    /// it would speak of rows that are no more.
    package static func removeDiffering(_ path: String) throws {
        let file = differing(path)
        for suffix in ["", "-wal", "-shm", "-journal"]
        where FileManager.default.fileExists(atPath: file + suffix) {
            try FileManager.default.removeItem(atPath: file + suffix)
        }
    }

    private static func put(
        _ building: HalfBuilt,
        in path: String,
        busyTimeout: Double
    ) throws {
        do {
            try synchronize(building.path)
            if FileManager.default.fileExists(atPath: path) {
                try replaceDatabase(path, by: building.path, busyTimeout: busyTimeout)
            } else {
                try rename(building.path, to: path)
            }
        } catch {
            building.remove()
            throw error
        }
    }

    /// Renames over a database that may be in WAL mode.
    ///
    /// A `-wal` file belongs to a path, not to an inode: left behind, it would be read as changes to
    /// the new file. So the old one leaves WAL mode first, which merges and removes its `-wal` and
    /// `-shm` and is possible only when nobody else has it open; an exclusive lock keeps it so until
    /// the rename is done.
    private static func replaceDatabase(
        _ path: String,
        by building: String,
        busyTimeout: Double
    ) throws {
        // Refuses a file that is not ours before anything happens to it.
        try SurveyDatabase(path: path, use: .live).close()
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
                try db.inTransaction(.exclusive) {
                    for suffix in ["-wal", "-shm"]
                    where FileManager.default.fileExists(atPath: path + suffix) {
                        try FileManager.default.removeItem(atPath: path + suffix)
                    }
                    try rename(building, to: path)
                    return .rollback
                }
            }
            try queue.close()
        } catch let error as DatabaseError {
            throw ProjectionError(caught: error, path: path)
        }
    }

    private static func rename(_ building: String, to path: String) throws {
        guard unsafe Foundation.rename(building, path) == 0 else {
            throw ProjectionError(
                .databaseFailed,
                "\(building) cannot be renamed to \(path): \(unsafe String(cString: strerror(errno)))"
            )
        }
        let folder = URL(filePath: path).deletingLastPathComponent().path
        try synchronize(folder)
    }

    /// Waits until a file or folder is on disk.
    private static func synchronize(_ path: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw ProjectionError(.databaseFailed, "\(path) cannot be opened")
        }
        try handle.synchronize()
        try handle.close()
    }
}
