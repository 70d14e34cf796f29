package import Cryptography
import GRDB
import Glibc

/// A form that somebody has begun and not sent.
package struct SavedDraft: Sendable, Hashable {
    package let id: String
    package let cycle: String
    /// Microseconds since 1970.
    package let savedAt: Int64
    /// What was typed, opened.
    package let content: [UInt8]
}

/// drafts.sqlite beside the ledger: what recorders have typed of households and not yet recorded.
///
/// It is personal data, so it is sealed with AES-256-GCM; the key follows from one that lies in the
/// vault under the master key (HKDF-Expand, RFC 5869 section 2.3, of one block), so that the file
/// alone tells whose drafts there are, of which cycle, how long and since when. A household is
/// named by a keyed tag. What is removed is overwritten (`secure_delete`), and the journal that
/// had it is cut to nothing (`TRUNCATE`, since a write-ahead log would keep it for a while).
///
/// No part of the ledger and of no backup: with the file only what nobody recorded is lost.
package final class DraftStore: Sendable {
    let queue: DatabaseQueue
    private let path: String
    private let sealingKey: SymmetricKey
    private let tags: HMACSHA256
    /// A draft that was not saved again for so long goes.
    package let days: Int

    package static let standardDays = 14
    /// Of one person.
    package static let countMax = 20
    /// More than the answers of the largest household.
    package static let contentByteCountMax = 256 * 1024

    /// "BMND".
    private static let applicationID: Int64 = 0x424D_4E44
    static let microsecondsOfDay: Int64 = 86_400_000_000

    /// Opens the file; makes it, for its owner alone, where there is none.
    ///
    /// `secret` is a key of the vault's.
    package init(
        path: String,
        secret: HMACSHA256,
        days: Int = DraftStore.standardDays
    ) throws(AccessError) {
        self.path = path
        self.days = days
        let descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw AccessError(.accessStoreFailed, "\(path) cannot be opened: \(reason)")
        }
        close(descriptor)
        do {
            sealingKey = try Self.key("bmn drafts sealing", secret)
            tags = HMACSHA256(key: try Self.key("bmn drafts households", secret))
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            configuration.prepareDatabase { db in
                try db.execute(
                    sql: """
                        PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL;
                        PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY
                        """
                )
            }
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write { db in try Self.prepare(db, path) }
        } catch {
            throw AccessError(caught: error, path: path)
        }
    }

    private static func key(
        _ purpose: String,
        _ secret: HMACSHA256
    ) throws(CryptographyError) -> SymmetricKey {
        try SymmetricKey(bytes: secret.authenticationCode(for: Array(purpose.utf8) + [1]).bytes)
    }

    private static func prepare(_ db: Database, _ path: String) throws {
        let applicationID = try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        guard applicationID != Self.applicationID else { return }
        let objectCount = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master") ?? 0
        guard applicationID == 0, objectCount == 0 else {
            throw AccessError(.accessStoreFailed, "\(path) is a file of another program")
        }
        try db.execute(
            sql: """
                CREATE TABLE draft (
                    id TEXT PRIMARY KEY,        -- random
                    person TEXT NOT NULL,       -- of the ledger
                    cycle TEXT NOT NULL,
                    household TEXT NOT NULL,    -- a keyed tag, hex; '' where none is named yet
                    saved_at INTEGER NOT NULL,  -- microseconds since 1970
                    sealed BLOB NOT NULL        -- nonce, ciphertext and tag
                ) STRICT;
                CREATE INDEX draft_of_person ON draft (person);
                CREATE TABLE done (
                    tree_size INTEGER NOT NULL  -- erasures of the ledger below are carried out
                ) STRICT;
                INSERT INTO done VALUES (0);
                PRAGMA application_id = \(Self.applicationID);
                """
        )
    }

    // MARK: sealing

    /// Bound to its row: a draft that was moved to another person or id does not open.
    private static func associatedData(_ id: String, _ person: String, _ cycle: String) -> [UInt8] {
        Array("draft\0\(id)\0\(person)\0\(cycle)".utf8)
    }

    func seal(
        _ content: [UInt8],
        _ id: String,
        _ person: String,
        _ cycle: String
    ) throws(CryptographyError) -> [UInt8] {
        var cipher = try AES256GCM()
        let nonce = try AES256GCM.Nonce.random()
        let bound = Self.associatedData(id, person, cycle)
        return nonce.bytes
            + (try cipher.seal(content, key: sealingKey, nonce: nonce, associatedData: bound))
    }

    func open(
        _ sealed: [UInt8],
        _ id: String,
        _ person: String,
        _ cycle: String
    ) throws -> [UInt8] {
        guard let nonce = AES256GCM.Nonce(bytes: Array(sealed.prefix(AES256GCM.Nonce.byteCount)))
        else { throw AccessError(.accessStoreFailed, "a row of the drafts is none") }
        var cipher = try AES256GCM()
        return try cipher.open(
            Array(sealed.dropFirst(AES256GCM.Nonce.byteCount)),
            key: sealingKey,
            nonce: nonce,
            associatedData: Self.associatedData(id, person, cycle)
        )
    }

    /// What stands for a household: nobody who has the file alone can tell which it is.
    func tag(_ cycle: String, _ household: String) -> String {
        guard !household.isEmpty else { return "" }
        return tags.authenticationCode(for: Array("\(cycle)\0\(household)".utf8)).hex
    }

    // MARK: the file

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
