import CLMDB

extension Environment {
    /// Opens a named database, once: the handle is kept for the life of the environment.
    ///
    /// Open all databases before other work begins: LMDB lets only one transaction of a process
    /// open databases at a time, and a transaction that already runs cannot use the new handle.
    @available(*, noasync)
    package func openDatabase(_ name: String, create: Bool = false) throws(LMDBError) -> Database {
        try gate.refuseInsideWrite("open database \(name)")
        return try databases.withLock { databases throws(LMDBError) in
            if let known = databases[name] { return known }
            let canCreate = create && !options.isReadOnly && !options.isLockFree
            let database = try open(name, create: canCreate)
            databases[name] = database
            return database
        }
    }

    private func open(_ name: String, create: Bool) throws(LMDBError) -> Database {
        guard create else { return try open(name, kind: .scopedReader) }
        try gate.takeWriterTurn(for: "create database \(name)")
        defer { gate.endWriterTurn() }
        var attempt = 0
        while true {
            do throws(LMDBError) {
                return try open(name, kind: .writer)
            } catch {
                guard error.code == .mapFull else { throw error }
                try growMap(attempt: attempt)
                attempt += 1
            }
        }
    }

    private func open(
        _ name: String,
        kind: TransactionGate.Kind
    ) throws(LMDBError) -> Database {
        let begun = try begin(kind)
        defer { gate.leave(begun.ticket) }
        var database: MDB_dbi = 0
        let flags = kind == .writer ? UInt32(MDB_CREATE) : 0
        let status = unsafe mdb_dbi_open(begun.handle, name, flags, &database)
        guard status == MDB_SUCCESS else {
            unsafe mdb_txn_abort(begun.handle)
            throw failure(status, "open database \(name)")
        }
        // A reader, too, has to commit: an abort would close the handle again.
        let commitStatus = unsafe mdb_txn_commit(begun.handle)
        guard commitStatus == MDB_SUCCESS else { throw commitFailure(commitStatus) }
        return Database(name: name, handle: database, environmentID: id)
    }
}
