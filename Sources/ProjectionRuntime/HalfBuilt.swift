import Cryptography
import Foundation
import GRDB
import LedgerReader

/// The file that a replay builds beside another one, and that a later replay may go on with.
///
/// Its name has the boot in it: what was written without syncing outlives a killed process, but not a
/// machine that stopped.
package struct HalfBuilt: Sendable {
    package let path: String
    private let prefix: String

    package init(beside target: String) {
        prefix = target + ".rebuild-"
        let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        path = prefix + (boot?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "unknown")
    }

    /// Builds it whole, from where a killed process ended.
    ///
    /// After an error nothing of it is left; another process that builds the same is `databaseBusy`.
    func build(
        _ projections: [any Projection],
        _ source: borrowing some EventSource & ~Copyable,
        upTo: UInt64?,
        progress: ProjectionRunner.ProgressCallback?
    ) throws -> [ProjectionDigest] {
        try removeThoseOfOtherBoots()
        let database = try open(projections, source, upTo: upTo)
        do {
            var runner = ProjectionRunner(projections, database)
            runner.defersIndexes = true
            try runner.catchUp(source, upTo: upTo, progress: progress)
            try database.write { db in
                for projection in projections { try PositionTable.createIndexes(projection, db) }
            }
            let digests = try runner.digests()
            try database.leaveWAL()
            try database.close()
            return digests
        } catch {
            // The first error is the one to report.
            try? database.close()
            remove()
            throw error
        }
    }

    private func open(
        _ projections: [any Projection],
        _ source: borrowing some EventSource & ~Copyable,
        upTo: UInt64?
    ) throws -> SurveyDatabase {
        guard FileManager.default.fileExists(atPath: path) else {
            return try SurveyDatabase(path: path, use: .build)
        }
        do {
            let database = try SurveyDatabase(path: path, use: .build)
            if try isBeginning(database, of: projections, source, upTo: upTo) {
                // They come last, whether or not the killed process got to them.
                try database.write { try Self.dropIndexes($0) }
                return database
            }
            try database.close()
        } catch let error as ProjectionError where error.code == .databaseBusy {
            throw error
        } catch {
            // Whatever it is, it is nothing to go on with.
        }
        remove()
        return try SurveyDatabase(path: path, use: .build)
    }

    /// Whether its rows are those of these records and these versions, up to some point.
    private func isBeginning(
        _ database: SurveyDatabase,
        of projections: [any Projection],
        _ source: borrowing some EventSource & ~Copyable,
        upTo: UInt64?
    ) throws -> Bool {
        let count = try database.read { db in
            try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM projection")
        }
        guard count == projections.count else { return false }
        let positions = try ProjectionRunner(projections, database).positions()
        guard positions.map(\.name) == projections.map(\.name),
            positions.map(\.version) == projections.map(\.version)
        else { return false }
        let end = min(upTo ?? source.treeSize, source.treeSize)
        for position in positions {
            guard position.treeSize <= end else { return false }
            guard position.treeSize > 0 else { continue }
            guard try source.leafHash(position.treeSize - 1).hex == position.head else {
                return false
            }
        }
        return true
    }

    private static func dropIndexes(_ db: Database) throws {
        let names = try String.fetchAll(
            db,
            sql: "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        )
        for name in names { try db.execute(sql: "DROP INDEX \"\(name)\"") }
    }

    /// What cannot be removed now is removed the next time.
    func remove() {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
    }

    private func removeThoseOfOtherBoots() throws {
        let url = URL(filePath: prefix)
        let folder = url.deletingLastPathComponent()
        let own = URL(filePath: path).lastPathComponent
        guard FileManager.default.fileExists(atPath: folder.path) else {
            throw ProjectionError(
                .databaseFailed,
                "\(folder.path) is no folder: make it, or name a file in another one"
            )
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where name.hasPrefix(url.lastPathComponent) && !name.hasPrefix(own) {
            try FileManager.default.removeItem(at: folder.appending(path: name))
        }
    }
}
