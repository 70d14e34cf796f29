import CLMDB

/// A snapshot for reading, which ends with this value.
///
/// Pages of a snapshot cannot be reused while it lives, so a forgotten reader makes the file
/// grow: see `Environment.oldestReader`. The value may move between threads (`MDB_NOTLS`), but
/// it is not for several at once; each thread begins its own.
@safe
package struct ReadTransaction: ~Copyable, Transaction {
    package let environment: Environment
    @unsafe package let handle: OpaquePointer
    private let ticket: TransactionGate.Ticket

    init(_ environment: Environment, kind: TransactionGate.Kind) throws(LMDBError) {
        self.environment = environment
        let begun = try environment.begin(kind)
        unsafe handle = begun.handle
        ticket = begun.ticket
        environment.gate.record(transactionID: unsafe mdb_txn_id(handle), for: ticket)
    }

    deinit {
        unsafe mdb_txn_abort(handle)
        environment.gate.leave(ticket)
    }
}

extension Environment {
    /// Calls `body` with a snapshot that ends when it returns.
    ///
    /// Inside `write` on the same thread this sees the last commit, not what is being written.
    package func read<Result: ~Copyable>(
        _ body: (borrowing ReadTransaction) throws -> Result
    ) throws -> Result {
        let transaction = try ReadTransaction(self, kind: .scopedReader)
        return try body(transaction)
    }

    /// A snapshot that lives until the value is dropped, for long walks and consistent exports.
    ///
    /// The map cannot grow meanwhile, neither for a writer of this process nor to follow another
    /// process: who waits for it gets an error after `growthTimeout` that names the oldest reader.
    /// So a thread that was handed a reader should not begin a second one beside it.
    package func beginRead() throws(LMDBError) -> ReadTransaction {
        try ReadTransaction(self, kind: .heldReader)
    }

    /// Enters the gate and begins, adopting a map that another process grew.
    func begin(_ kind: TransactionGate.Kind) throws(LMDBError) -> BegunTransaction {
        var hasClearedReaders = false
        while true {
            let ticket = try gate.enter(kind)
            var begun: OpaquePointer?
            let flags = kind == .writer ? 0 : UInt32(MDB_RDONLY)
            let status = unsafe mdb_txn_begin(handle, nil, flags, &begun)
            if status == MDB_SUCCESS, let begun = unsafe begun {
                return unsafe BegunTransaction(handle: begun, ticket: ticket)
            }
            gate.leave(ticket)
            if status == MDB_MAP_RESIZED {
                try adoptMapOfOtherProcess()
            } else if status == MDB_READERS_FULL, !hasClearedReaders {
                hasClearedReaders = true
                try clearStaleReaders()
            } else {
                throw failure(status, "begin transaction")
            }
        }
    }
}

/// A transaction that LMDB has begun and that nobody owns yet.
@safe
struct BegunTransaction {
    let handle: OpaquePointer
    let ticket: TransactionGate.Ticket
}
