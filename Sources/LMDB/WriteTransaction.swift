import CLMDB
import Glibc

/// The one transaction of an environment that may change it.
///
/// It belongs to the thread it began on. Every change is `mutating`, so no borrowed bytes and no
/// cursor can live across one: LMDB may move or reuse the pages they lie in. Unless `commit`
/// consumes it, the transaction is aborted with this value.
@safe
package struct WriteTransaction: ~Copyable, Transaction {
    package let environment: Environment
    @unsafe package let handle: OpaquePointer
    private let ticket: TransactionGate.Ticket
    private let outcome: WriteOutcome
    private var isFinished = false

    init(_ environment: Environment, outcome: WriteOutcome) throws(LMDBError) {
        self.environment = environment
        self.outcome = outcome
        let begun = try environment.begin(.writer)
        unsafe handle = begun.handle
        ticket = begun.ticket
    }

    deinit {
        if !isFinished { unsafe mdb_txn_abort(handle) }
        environment.gate.leave(ticket)
    }

    /// Makes the changes durable: they are on disk when this returns.
    consuming func commit() throws(LMDBError) {
        if outcome.isUnfit {
            throw LMDBError(
                .badTransaction,
                operation: "commit",
                path: environment.path,
                detail: "an earlier change in this transaction failed half-way"
            )
        }
        // LMDB frees the transaction whether or not it can commit.
        isFinished = true
        let status = unsafe mdb_txn_commit(handle)
        guard status != MDB_SUCCESS else { return }
        if status == MDB_MAP_FULL { outcome.isMapFull = true }
        throw environment.commitFailure(status)
    }
}

/// What became of a transaction, kept where it outlives it.
final class WriteOutcome {
    /// The map was too small, even if the closure hid that error.
    var isMapFull = false
    /// A value was reserved but not written, or a change failed in a way that must not be kept.
    var isUnfit = false
}

extension WriteTransaction {
    package enum PutMode: Sendable {
        /// Replaces the value of a key that exists.
        case upsert
        /// Throws `.keyExists` if the key exists.
        case insert
        /// Adds a key behind all others, and throws `.keyExists` if it does not sort there. Pages
        /// are filled completely and no search is made.
        case append

        fileprivate var flags: UInt32 {
            switch self {
            case .upsert: 0
            case .insert: UInt32(MDB_NOOVERWRITE)
            case .append: UInt32(MDB_APPEND)
            }
        }
    }

    /// Stores a value.
    package mutating func put(
        _ database: Database,
        _ key: borrowing some ByteRegion & ~Copyable & ~Escapable,
        _ value: borrowing some ByteRegion & ~Copyable & ~Escapable,
        mode: PutMode = .upsert
    ) throws(LMDBError) {
        checkOwner(of: database)
        let transaction = unsafe handle
        let status = unsafe key.withRegion { keyBytes in
            unsafe value.withRegion { valueBytes in
                var keyValue = unsafe MDB_val(keyBytes)
                var stored = unsafe MDB_val(valueBytes)
                return unsafe mdb_put(
                    transaction,
                    database.handle,
                    &keyValue,
                    &stored,
                    mode.flags
                )
            }
        }
        try check(status, "put into \(database.name)")
    }

    /// Stores a value that `fill` writes in place; bytes it leaves out are zero.
    ///
    /// If `fill` throws, the transaction can no longer be committed.
    package mutating func put(
        _ database: Database,
        _ key: borrowing some ByteRegion & ~Copyable & ~Escapable,
        byteCount: Int,
        mode: PutMode = .upsert,
        fill: (inout MutableRawSpan) throws -> Void
    ) throws {
        checkOwner(of: database)
        let transaction = unsafe handle
        var reserved = unsafe MDB_val(mv_size: byteCount, mv_data: nil)
        let status = unsafe key.withRegion { keyBytes in
            var keyValue = unsafe MDB_val(keyBytes)
            return unsafe mdb_put(
                transaction,
                database.handle,
                &keyValue,
                &reserved,
                mode.flags | UInt32(MDB_RESERVE)
            )
        }
        try check(status, "reserve in \(database.name)")
        let bytes = unsafe UnsafeMutableRawBufferPointer(
            start: reserved.mv_data,
            count: byteCount
        )
        unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0)
        var span = unsafe MutableRawSpan(_unsafeBytes: bytes)
        do {
            try fill(&span)
        } catch {
            outcome.isUnfit = true
            throw error
        }
    }

    /// Removes a key, and says whether it was there.
    @discardableResult
    package mutating func delete(
        _ database: Database,
        _ key: borrowing some ByteRegion & ~Copyable & ~Escapable
    ) throws(LMDBError) -> Bool {
        checkOwner(of: database)
        let transaction = unsafe handle
        let status = unsafe key.withRegion { keyBytes in
            var keyValue = unsafe MDB_val(keyBytes)
            return unsafe mdb_del(transaction, database.handle, &keyValue, nil)
        }
        if status == MDB_NOTFOUND { return false }
        try check(status, "delete from \(database.name)")
        return true
    }

    /// Removes all entries and keeps the database.
    package mutating func removeAll(_ database: Database) throws(LMDBError) {
        checkOwner(of: database)
        try check(unsafe mdb_drop(handle, database.handle, 0), "empty \(database.name)")
    }

    private func check(_ status: Int32, _ operation: @autoclosure () -> String) throws(LMDBError) {
        guard status != MDB_SUCCESS else { return }
        if status == MDB_MAP_FULL { outcome.isMapFull = true }
        throw environment.failure(status, operation())
    }
}

extension Environment {
    /// Calls `body` with the writer's transaction and commits when it returns; if it throws,
    /// nothing is changed.
    ///
    /// When the map is too small, the transaction is aborted, the map grown and `body` run again:
    /// it must be repeatable, so it should change nothing but the transaction, or set what it
    /// changes anew each time. Growing waits for the readers of this process to end, for at most
    /// `growthTimeout`. To keep that rare, the map grows ahead of need when no reader is open.
    @available(*, noasync)
    @discardableResult
    package func write<Result: ~Copyable>(
        _ body: (inout WriteTransaction) throws -> Result
    ) throws -> Result {
        guard !options.isReadOnly, !options.isLockFree else {
            throw failure(EACCES, "write to an environment opened for reading")
        }
        try gate.takeWriterTurn(for: "begin write transaction")
        defer { gate.endWriterTurn() }
        try growMapEarlyIfIdle()
        var attempt = 0
        while true {
            let outcome = WriteOutcome()
            do {
                return try write(outcome, body)
            } catch  where outcome.isMapFull {
                try growMap(attempt: attempt)
                attempt += 1
            }
        }
    }

    /// One attempt; the transaction has ended when this returns.
    private func write<Result: ~Copyable>(
        _ outcome: WriteOutcome,
        _ body: (inout WriteTransaction) throws -> Result
    ) throws -> Result {
        var transaction = try WriteTransaction(self, outcome: outcome)
        let result = try body(&transaction)
        try transaction.commit()
        return result
    }

    /// Explains a failed commit: LMDB reports a write that was cut short as EIO, whatever the cause.
    func commitFailure(_ status: Int32) -> LMDBError {
        guard status == EIO else { return failure(status, "commit") }
        var fileSystem = statvfs()
        var file = stat()
        var limit = rlimit()
        guard unsafe statvfs(path, &fileSystem) == 0, unsafe stat(path, &file) == 0,
            unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0
        else { return failure(status, "commit") }
        let room = Room(
            freeByteCount: UInt64(fileSystem.f_bavail) * UInt64(fileSystem.f_frsize),
            // RLIM_INFINITY, which is not imported.
            growthByteCount: limit.rlim_cur == .max
                ? nil : UInt64(limit.rlim_cur) - min(UInt64(limit.rlim_cur), UInt64(file.st_size))
        )
        return LMDBError(room.code, operation: "commit", path: path, detail: room.sentence)
    }

    /// What a file system and the limits of this process leave to a file.
    struct Room {
        let freeByteCount: UInt64
        /// How far the file may grow; nil where there is no limit to it.
        let growthByteCount: UInt64?

        /// Less than this explains a write that was cut short.
        private static let shortageByteCount: UInt64 = 1 << 20

        var code: LMDBError.Code {
            if freeByteCount < Self.shortageByteCount { return .noSpace }
            return growthByteCount.map { $0 < Self.shortageByteCount } == true
                ? .fileTooLarge : .inputOutput
        }

        var sentence: String {
            let free = "\(freeByteCount) bytes are free"
            return growthByteCount.map { "\(free), the file may grow by \($0)" } ?? free
        }
    }
}
