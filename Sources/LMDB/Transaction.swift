import CLMDB

/// What reading and writing transactions have in common: a snapshot to read.
///
/// Bytes that reads return lie in the memory map and are borrowed from the transaction: the
/// compiler keeps them from outliving it, and from surviving a change to a writing one.
package protocol Transaction: ~Copyable {
    var environment: Environment { get }
    /// Internal to the module in spirit: the live `MDB_txn`.
    @unsafe var handle: OpaquePointer { get }
}

extension Transaction where Self: ~Copyable {
    /// The number of the snapshot: a reader sees the commit of this number and all before.
    package var id: Int { unsafe mdb_txn_id(handle) }

    /// The value of a key, borrowed from the map without a copy.
    @_lifetime(borrow self)
    package func get(
        _ database: Database,
        _ key: borrowing some ByteRegion & ~Copyable & ~Escapable
    ) throws(LMDBError) -> RawSpan? {
        guard let value = unsafe try lookUp(database, key) else { return nil }
        return unsafe _overrideLifetime(RawSpan(value), borrowing: self)
    }

    /// Calls `body` with the value of a key, or returns nil if there is none.
    package func withValue<Result: ~Copyable>(
        _ database: Database,
        _ key: borrowing some ByteRegion & ~Copyable & ~Escapable,
        _ body: (RawSpan) throws -> Result
    ) throws -> Result? {
        guard let value = unsafe try lookUp(database, key) else { return nil }
        return try body(unsafe RawSpan(value))
    }

    /// Whether the database has the key.
    package func contains(
        _ database: Database,
        _ key: borrowing some ByteRegion & ~Copyable & ~Escapable
    ) throws(LMDBError) -> Bool {
        unsafe try lookUp(database, key) != nil
    }

    /// The size of a database as this transaction sees it.
    package func statistics(_ database: Database) throws(LMDBError) -> DatabaseStatistics {
        checkOwner(of: database)
        var stat = MDB_stat()
        let status = unsafe mdb_stat(handle, database.handle, &stat)
        try environment.check(status, "read statistics of \(database.name)")
        return DatabaseStatistics(stat)
    }

    /// A database's handle means something else, or nothing, in another environment.
    func checkOwner(of database: Database) {
        precondition(
            database.environmentID == environment.id,
            "the database belongs to another environment"
        )
    }

    @unsafe
    private func lookUp(
        _ database: Database,
        _ key: borrowing some ByteRegion & ~Copyable & ~Escapable
    ) throws(LMDBError) -> MDB_val? {
        checkOwner(of: database)
        let transaction = unsafe handle
        var value = unsafe MDB_val()
        let status = unsafe key.withRegion { bytes in
            var keyValue = unsafe MDB_val(bytes)
            return unsafe mdb_get(transaction, database.handle, &keyValue, &value)
        }
        if status == MDB_NOTFOUND { return nil }
        guard status == MDB_SUCCESS else {
            throw environment.failure(status, "get from \(database.name)")
        }
        return unsafe value
    }
}

extension MDB_val {
    /// LMDB takes keys and values through a mutable pointer but only reads them.
    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.init(
            mv_size: bytes.count,
            mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress)
        )
    }
}

extension RawSpan {
    /// The bytes LMDB answered with; the caller narrows the lifetime.
    @unsafe
    @_lifetime(immortal)
    init(_ value: MDB_val) {
        let bytes = unsafe UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size)
        let span = unsafe RawSpan(_unsafeBytes: bytes)
        self = unsafe _overrideLifetime(span, copying: ())
    }
}
