import Foundation
import GRDB
import LedgerReader

/// Builds all read models anew.
package enum Replay {
    /// Builds into a new file and puts it in place of `path` when it is complete.
    ///
    /// Readers of the old file are never shown half a replay, and a crash at any point leaves either
    /// the old file or the new one.
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
        try removeLeftovers(of: path)
        let building = "\(path).rebuild-\(ProcessInfo.processInfo.processIdentifier)"
        do {
            let digests = try build(
                building,
                projections,
                source,
                upTo: upTo,
                progress: progress
            )
            try synchronize(building)
            if FileManager.default.fileExists(atPath: path) {
                try replaceDatabase(path, by: building, busyTimeout: busyTimeout)
            } else {
                try rename(building, to: path)
            }
            return digests
        } catch {
            // The first error is the one to report; what could not be removed is removed next time.
            try? FileManager.default.removeItem(atPath: building)
            throw error
        }
    }

    private static func build(
        _ path: String,
        _ projections: [any Projection],
        _ source: borrowing some EventSource & ~Copyable,
        upTo: UInt64?,
        progress: ProjectionRunner.ProgressCallback?
    ) throws -> [ProjectionDigest] {
        let database = try SurveyDatabase(path: path, use: .build)
        var runner = ProjectionRunner(projections, database)
        runner.defersIndexes = true
        try runner.catchUp(source, upTo: upTo, progress: progress)
        try database.write { db in
            for projection in projections { try PositionTable.createIndexes(projection, db) }
        }
        let digests = try runner.digests()
        try database.close()
        return digests
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

    /// Removes what replays left that were killed.
    private static func removeLeftovers(of path: String) throws {
        let url = URL(filePath: path)
        let folder = url.deletingLastPathComponent()
        let prefix = url.lastPathComponent + ".rebuild-"
        let own = ProcessInfo.processInfo.processIdentifier
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where name.hasPrefix(prefix) {
            guard let owner = Int32(name.dropFirst(prefix.count)),
                owner == own || !FileManager.default.fileExists(atPath: "/proc/\(owner)")
            else { continue }
            try FileManager.default.removeItem(at: folder.appending(path: name))
        }
    }
}
