import CLMDB

/// A key and its value, borrowed from the transaction.
package struct Entry: ~Escapable {
    package let key: RawSpan
    package let value: RawSpan

    @_lifetime(copy key, copy value)
    init(key: RawSpan, value: RawSpan) {
        self.key = key
        self.value = value
    }
}

/// A position in one database, which cannot outlive its transaction.
///
/// In a writing transaction it also keeps changes away while it lives. To walk many entries,
/// `forEach` is faster.
@safe
package struct Cursor: ~Copyable, ~Escapable {
    private let handle: OpaquePointer
    private let environment: Environment
    private let databaseName: String

    @_lifetime(borrow transaction)
    init(
        _ transaction: borrowing some Transaction & ~Copyable,
        _ database: Database
    ) throws(LMDBError) {
        transaction.checkOwner(of: database)
        environment = transaction.environment
        databaseName = database.name
        unsafe handle = try environment.openCursor(unsafe transaction.handle, database)
    }

    deinit { unsafe mdb_cursor_close(handle) }

    /// Moves to the first entry.
    @_lifetime(copy self)
    package mutating func first() throws(LMDBError) -> Entry? { try move(MDB_FIRST) }

    /// Moves to the last entry.
    @_lifetime(copy self)
    package mutating func last() throws(LMDBError) -> Entry? { try move(MDB_LAST) }

    /// Moves to the next entry, or to the first if the cursor is new.
    @_lifetime(copy self)
    package mutating func next() throws(LMDBError) -> Entry? { try move(MDB_NEXT) }

    /// Moves to the previous entry, or to the last if the cursor is new.
    @_lifetime(copy self)
    package mutating func previous() throws(LMDBError) -> Entry? { try move(MDB_PREV) }

    /// Moves to an entry with exactly this key.
    @_lifetime(copy self)
    package mutating func seek(
        _ key: borrowing some ByteRegion & ~Copyable & ~Escapable
    ) throws(LMDBError) -> Entry? {
        try seek(key, MDB_SET_KEY)
    }

    /// Moves to the first entry whose key is not less than this one.
    @_lifetime(copy self)
    package mutating func seek(
        atLeast key: borrowing some ByteRegion & ~Copyable & ~Escapable
    ) throws(LMDBError) -> Entry? {
        try seek(key, MDB_SET_RANGE)
    }

    @_lifetime(copy self)
    private mutating func seek(
        _ key: borrowing some ByteRegion & ~Copyable & ~Escapable,
        _ operation: MDB_cursor_op
    ) throws(LMDBError) -> Entry? {
        let cursor = unsafe handle
        var found = unsafe MDB_val()
        var value = unsafe MDB_val()
        let status = unsafe key.withRegion { bytes in
            unsafe found = unsafe MDB_val(bytes)
            return unsafe mdb_cursor_get(cursor, &found, &value, operation)
        }
        return try unsafe entry(status, found, value)
    }

    @_lifetime(copy self)
    private mutating func move(_ operation: MDB_cursor_op) throws(LMDBError) -> Entry? {
        var key = unsafe MDB_val()
        var value = unsafe MDB_val()
        let status = unsafe mdb_cursor_get(handle, &key, &value, operation)
        return try unsafe entry(status, key, value)
    }

    @unsafe
    @_lifetime(copy self)
    private func entry(
        _ status: Int32,
        _ key: MDB_val,
        _ value: MDB_val
    ) throws(LMDBError) -> Entry? {
        if status == MDB_NOTFOUND { return nil }
        guard status == MDB_SUCCESS else {
            throw environment.failure(status, "move in \(databaseName)")
        }
        return unsafe _overrideLifetime(
            Entry(key: RawSpan(key), value: RawSpan(value)),
            copying: self
        )
    }
}

extension Transaction where Self: ~Copyable {
    /// A cursor that stands nowhere yet.
    @_lifetime(borrow self)
    package func cursor(_ database: Database) throws(LMDBError) -> Cursor {
        try Cursor(self, database)
    }
}

extension Environment {
    @unsafe
    func openCursor(
        _ transaction: OpaquePointer,
        _ database: Database
    ) throws(LMDBError) -> OpaquePointer {
        var opened: OpaquePointer?
        let status = unsafe mdb_cursor_open(transaction, database.handle, &opened)
        guard status == MDB_SUCCESS, let cursor = unsafe opened else {
            throw failure(status, "open cursor in \(database.name)")
        }
        return unsafe cursor
    }
}
