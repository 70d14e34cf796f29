import CLMDB

extension Transaction where Self: ~Copyable {
    /// Calls `body` with every entry in the order of keys until it returns false.
    package func forEach(
        _ database: Database,
        _ body: (_ key: RawSpan, _ value: RawSpan) throws -> Bool
    ) throws {
        try walk(database, from: MDB_FIRST, by: MDB_NEXT, body)
    }

    /// Calls `body` with every entry from the last to the first until it returns false.
    package func forEachReversed(
        _ database: Database,
        _ body: (_ key: RawSpan, _ value: RawSpan) throws -> Bool
    ) throws {
        try walk(database, from: MDB_LAST, by: MDB_PREV, body)
    }

    /// Calls `body` with every entry from the first key that is not less than `start`, in the
    /// order of keys, until it returns false.
    package func forEach(
        _ database: Database,
        from start: borrowing some ByteRegion & ~Copyable & ~Escapable,
        _ body: (_ key: RawSpan, _ value: RawSpan) throws -> Bool
    ) throws {
        checkOwner(of: database)
        let cursor = try unsafe environment.openCursor(handle, database)
        defer { unsafe mdb_cursor_close(cursor) }
        var walk = unsafe Walk(cursor: cursor, step: MDB_NEXT)
        unsafe start.withRegion { bytes in
            unsafe walk.key = unsafe MDB_val(bytes)
            unsafe walk.move(MDB_SET_RANGE)
        }
        try unsafe environment.finish(&walk, database, body)
    }

    /// Calls `body` with every entry whose key is less than `end`, the last first, until it returns
    /// false.
    package func forEachReversed(
        _ database: Database,
        below end: borrowing some ByteRegion & ~Copyable & ~Escapable,
        _ body: (_ key: RawSpan, _ value: RawSpan) throws -> Bool
    ) throws {
        checkOwner(of: database)
        let cursor = try unsafe environment.openCursor(handle, database)
        defer { unsafe mdb_cursor_close(cursor) }
        var walk = unsafe Walk(cursor: cursor, step: MDB_PREV)
        unsafe end.withRegion { bytes in
            unsafe walk.key = unsafe MDB_val(bytes)
            unsafe walk.move(MDB_SET_RANGE)
        }
        switch unsafe walk.status {
        case MDB_SUCCESS: unsafe walk.move(MDB_PREV)
        case MDB_NOTFOUND: unsafe walk.move(MDB_LAST)
        default: break
        }
        try unsafe environment.finish(&walk, database, body)
    }

    private func walk(
        _ database: Database,
        from start: MDB_cursor_op,
        by step: MDB_cursor_op,
        _ body: (RawSpan, RawSpan) throws -> Bool
    ) throws {
        checkOwner(of: database)
        let cursor = try unsafe environment.openCursor(handle, database)
        defer { unsafe mdb_cursor_close(cursor) }
        var walk = unsafe Walk(cursor: cursor, step: step)
        unsafe walk.move(start)
        try unsafe environment.finish(&walk, database, body)
    }
}

/// A cursor under way, with the entry it stands on.
@unsafe
private struct Walk {
    let cursor: OpaquePointer
    let step: MDB_cursor_op
    var key = unsafe MDB_val()
    var value = unsafe MDB_val()
    var status = MDB_SUCCESS

    init(cursor: OpaquePointer, step: MDB_cursor_op) {
        unsafe self.cursor = cursor
        unsafe self.step = step
    }

    mutating func move(_ operation: MDB_cursor_op) {
        unsafe status = unsafe mdb_cursor_get(cursor, &key, &value, operation)
    }
}

extension Environment {
    /// The loop proper, outside the protocol so that it is compiled once and not generic.
    ///
    /// It stays one entry ahead: the next value is on its way from memory while `body` works on
    /// this one. Values run downwards inside a page, which the processor does not foresee.
    fileprivate func finish(
        _ walk: inout Walk,
        _ database: Database,
        _ body: (RawSpan, RawSpan) throws -> Bool
    ) throws {
        while unsafe walk.status == MDB_SUCCESS {
            let (key, value) = unsafe (walk.key, walk.value)
            unsafe walk.move(walk.step)
            if unsafe walk.status == MDB_SUCCESS {
                unsafe clmdb_prefetch(
                    walk.value.mv_data,
                    min(walk.value.mv_size, prefetchByteCount)
                )
            }
            guard try body(unsafe RawSpan(key), unsafe RawSpan(value)) else { return }
        }
        guard unsafe walk.status == MDB_NOTFOUND else {
            throw unsafe failure(walk.status, "walk \(database.name)")
        }
    }
}

/// Beyond this the processor's own prefetching has caught on.
private let prefetchByteCount = 1024
