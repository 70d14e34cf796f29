import Dispatch
package import GRDB
import Synchronization

/// survey.sqlite, or a database beside it: the read models of one ledger.
package final class SurveyDatabase: Sendable {
    package enum Use: Sendable {
        /// The file that pages and queries read: WAL, so that readers never block on a catch-up.
        case live
        /// Reading only; the file must exist.
        case read
        /// A new file that nobody reads yet: without syncing. A process that is killed leaves it as
        /// its last transaction left it; a machine that stops leaves rubbish.
        case build
        /// A file of one process for as long as it has it open; others are told that it is busy.
        case exclusive
        case memory
    }

    /// "BMNS", so that a file of another program is not taken for ours.
    static let applicationID: Int64 = 0x424D_4E53

    package let path: String
    private let use: Use
    private let writer: Mutex<any DatabaseWriter>
    /// Whoever reads or writes is here with others, whoever exchanges the file alone.
    private let users = DispatchQueue(label: "survey", attributes: .concurrent)

    package init(path: String, use: Use) throws(ProjectionError) {
        self.path = path
        self.use = use
        do {
            let writer = try Self.open(path, use)
            try Self.prepare(writer, use)
            self.writer = Mutex(writer)
        } catch {
            throw ProjectionError(caught: error, path: path)
        }
    }

    /// A database that vanishes with this value.
    package init() throws(ProjectionError) {
        path = ":memory:"
        use = .memory
        do {
            let writer = try DatabaseQueue(configuration: Self.configuration(.memory))
            try Self.prepare(writer, .memory)
            self.writer = Mutex(writer)
        } catch {
            throw ProjectionError(caught: error, path: path)
        }
    }

    private static func configuration(_ use: Use) -> Configuration {
        var configuration = Configuration()
        // Another process may be catching up; its batches take well under a second each.
        configuration.busyMode = .timeout(10)
        configuration.foreignKeysEnabled = false
        configuration.readonly = use == .read
        configuration.prepareDatabase { db in
            switch use {
            case .live:
                // In WAL mode NORMAL keeps the file consistent and may lose the last transactions
                // after a power cut. That is harmless: rows and position are lost together, and
                // the next catch-up makes them again from the ledger.
                try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000")
            case .read, .memory:
                try db.execute(sql: "PRAGMA cache_size = -8000")
            case .build:
                try db.execute(
                    sql: """
                        PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;
                        PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 16000;
                        PRAGMA cache_size = -16000; PRAGMA temp_store = FILE
                        """
                )
            case .exclusive:
                try db.execute(
                    sql: """
                        PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;
                        PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000
                        """
                )
            }
        }
        return configuration
    }

    private static func open(_ path: String, _ use: Use) throws -> any DatabaseWriter {
        let configuration = configuration(use)
        return switch use {
        case .live: try DatabasePool(path: path, configuration: configuration)
        case .read, .build, .exclusive, .memory:
            try DatabaseQueue(path: path, configuration: configuration)
        }
    }

    private static func prepare(_ writer: any DatabaseWriter, _ use: Use) throws {
        try writer.writeWithoutTransaction { db in
            let applicationID = try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0
            if applicationID == Self.applicationID { return }
            let objectCount = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master") ?? 0
            guard applicationID == 0, objectCount == 0, use != .read else {
                throw ProjectionError(
                    .notASurveyDatabase,
                    "not a database of read models: name another file or remove it"
                )
            }
            try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
            try db.execute(sql: PositionTable.schema)
        }
    }

    /// Reads one consistent state.
    package func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try access { writer in try writer.read(body) }
    }

    /// Writes all or nothing.
    package func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try access { writer in try writer.write(body) }
    }

    /// Merges the write-ahead log into the file, so that the file alone is all there is.
    func leaveWAL() throws {
        try access { writer in
            try writer.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
            }
        }
    }

    /// Closes the connections; later calls fail.
    package func close() throws { try access { writer in try writer.close() } }

    /// Closes the connections while `body` puts another file in its place, and opens what is there
    /// then; whoever wants to read or write meanwhile waits.
    func exchanging(_ body: () throws -> Void) throws(ProjectionError) {
        do {
            try users.sync(flags: .barrier) {
                try writer.withLock { $0 }.close()
                let outcome = Result { try body() }
                let after = try Self.open(path, use)
                writer.withLock { $0 = after }
                try outcome.get()
            }
        } catch {
            throw ProjectionError(caught: error, path: path)
        }
    }

    private func access<Result>(
        _ body: (any DatabaseWriter) throws -> Result
    ) throws -> Result {
        do {
            return try users.sync { try body(writer.withLock { $0 }) }
        } catch let error as DatabaseError {
            throw ProjectionError(caught: error, path: path)
        }
    }
}
