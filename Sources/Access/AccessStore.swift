import GRDB
import Glibc

/// access.sqlite beside the ledger: tokens, links, sessions and the access log (ACCESS.md).
///
/// No part of the ledger's truth: without the file nobody can sign in, and nothing else is lost.
package final class AccessStore: Sendable {
    let queue: DatabaseQueue
    let path: String
    private let identity: FileIdentity?

    /// "BMNA", so that a file of another program is not taken for ours.
    private static let applicationID: Int64 = 0x424D_4E41
    /// 0 has tokens and the access log alone.
    private static let version: Int64 = 1

    /// Opens the file; makes it, for its owner alone, where there is none.
    package init(path: String) throws(AccessError) {
        self.path = path
        // SQLite would make it readable for everybody whom the umask lets.
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw AccessError(.accessStoreFailed, "\(path) cannot be opened: \(reason)")
        }
        identity = FileIdentity(descriptor)
        close(descriptor)
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            }
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write { db in try Self.prepare(db, path) }
        } catch {
            throw AccessError(caught: error, path: path)
        }
    }

    private static func prepare(_ db: Database, _ path: String) throws {
        let applicationID = try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        if applicationID == Self.applicationID {
            try addSessions(db, path)
            return try addWhatCameLater(db)
        }
        let objectCount = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master") ?? 0
        guard applicationID == 0, objectCount == 0 else {
            throw AccessError(.accessStoreFailed, "\(path) is a file of another program")
        }
        try db.execute(
            sql: """
                CREATE TABLE token (
                    id TEXT PRIMARY KEY,
                    digest TEXT NOT NULL,       -- SHA-256 of the secret, hex
                    person TEXT NOT NULL,       -- of the ledger
                    scopes TEXT NOT NULL,       -- comma-separated
                    created_at INTEGER NOT NULL, -- microseconds since 1970, as all times here
                    expires_at INTEGER NOT NULL,
                    revoked_at INTEGER,
                    last_used_at INTEGER        -- to the minute
                ) STRICT;
                CREATE TABLE access (
                    number INTEGER PRIMARY KEY AUTOINCREMENT,
                    at INTEGER NOT NULL,
                    person TEXT NOT NULL,       -- '' where nobody was known
                    token TEXT NOT NULL,
                    request TEXT NOT NULL,      -- its id in the logs
                    method TEXT NOT NULL,
                    route TEXT NOT NULL,        -- the template, never what was asked for
                    outcome TEXT NOT NULL,      -- read, refused
                    code TEXT NOT NULL          -- why; '' where nothing was refused
                ) STRICT;
                CREATE INDEX access_of_nobody ON access (number) WHERE person = '';
                PRAGMA application_id = \(Self.applicationID);
                """
        )
        try addSessions(db, path)
        try addWhatCameLater(db)
    }

    /// What an older program does without, and leaves alone.
    private static func addWhatCameLater(_ db: Database) throws {
        if try !db.columns(in: "access").contains(where: { $0.name == "subject" }) {
            // The link that was made, and whom it is for.
            try db.execute(
                sql: "ALTER TABLE access ADD COLUMN subject TEXT NOT NULL DEFAULT ''"
            )
        }
        try addVerifications(db)
    }

    /// What browsers sign in with; files of before passkeys have none of it.
    private static func addSessions(_ db: Database, _ path: String) throws {
        let version = try Int64.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard version <= Self.version else {
            throw AccessError(.accessStoreFailed, "\(path) is of a newer program")
        }
        guard version < Self.version else { return }
        try db.execute(
            sql: """
                CREATE TABLE enrolment (
                    digest TEXT PRIMARY KEY,    -- SHA-256 of the link's secret, hex
                    person TEXT NOT NULL,       -- of the ledger
                    made_by TEXT NOT NULL,      -- '' for the command line
                    created_at INTEGER NOT NULL,
                    expires_at INTEGER NOT NULL,
                    used_at INTEGER
                ) STRICT;
                CREATE TABLE session (
                    digest TEXT PRIMARY KEY,    -- SHA-256 of the cookie's secret, hex
                    person TEXT NOT NULL,
                    credential TEXT NOT NULL,   -- the passkey's id, hex
                    created_at INTEGER NOT NULL,
                    seen_at INTEGER NOT NULL,   -- to the minute
                    ends_at INTEGER NOT NULL,
                    ended_at INTEGER            -- before its time
                ) STRICT;
                CREATE INDEX session_of_person ON session (person);
                CREATE TABLE passkey_use (
                    credential TEXT PRIMARY KEY,
                    sign_count INTEGER NOT NULL, -- the authenticator's own
                    used_at INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE operator (
                    person TEXT PRIMARY KEY,    -- runs the service without the ledger's saying so
                    since INTEGER NOT NULL
                ) STRICT;
                PRAGMA user_version = \(Self.version);
                """
        )
    }

    /// Whether the file that is open is still the one of that name.
    ///
    /// Who moved it away, or put another one in its place, revokes tokens in a file that nobody
    /// reads until the service starts again.
    package var isInPlace: Bool { FileIdentity(path) == identity }

    func write<Result>(_ body: (Database) throws -> Result) throws(AccessError) -> Result {
        do {
            return try queue.write(body)
        } catch {
            throw AccessError(caught: error, path: path)
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws(AccessError) -> Result {
        do {
            return try queue.read(body)
        } catch {
            throw AccessError(caught: error, path: path)
        }
    }
}

extension AccessError {
    init(caught error: any Error, path: String) {
        self = error as? AccessError ?? AccessError(.accessStoreFailed, "\(path): \(error)")
    }
}

/// Which file it is, whatever it is called.
private struct FileIdentity: Hashable {
    private let device: dev_t
    private let inode: ino_t

    /// Nil for what cannot be looked at.
    init?(_ descriptor: Int32) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        (device, inode) = (status.st_dev, status.st_ino)
    }

    /// Nil where nothing has that name.
    init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        (device, inode) = (status.st_dev, status.st_ino)
    }
}
