import CLMDB
import Glibc

/// The state of an environment at one moment.
package struct EnvironmentInformation: Sendable {
    package let mapByteCount: Int
    package let pageByteCount: Int
    package let lastTransactionID: Int
    /// The highest page ever used; pages below it may be free for reuse.
    package let lastPageNumber: Int
    package let readerCountMaximum: Int
    /// The readers of all processes that hold a snapshot now.
    package let activeReaderCount: Int

    /// How far the file is used.
    ///
    /// The file itself may be a few pages shorter, as a page that was freed in the transaction that
    /// took it is never written.
    package var usedByteCount: Int { (lastPageNumber + 1) * pageByteCount }
}

/// The longest-living reader of this process.
package struct OldestReader: Sendable {
    package let age: Duration
    package let transactionID: Int
    /// How many commits its snapshot is behind; the pages they freed cannot be reused.
    package let commitsBehind: Int
}

/// An entry of the reader table that all processes share.
package struct ReaderSlot: Equatable, Sendable {
    package let processID: Int32
    /// Nothing while the entry is claimed but reads no snapshot.
    package let transactionID: Int?
}

extension Environment {
    package func information() throws(LMDBError) -> EnvironmentInformation {
        let activeReaderCount = try readers().count { $0.transactionID != nil }
        let info = unsafe try mapInformation()
        return unsafe EnvironmentInformation(
            mapByteCount: info.me_mapsize,
            pageByteCount: pageByteCount,
            lastTransactionID: info.me_last_txnid,
            lastPageNumber: info.me_last_pgno,
            readerCountMaximum: Int(info.me_maxreaders),
            activeReaderCount: activeReaderCount
        )
    }

    /// The reader of this process that has lived longest, to notice one that was forgotten.
    package func oldestReader() throws(LMDBError) -> OldestReader? {
        guard let oldest = gate.oldestReader, let transactionID = oldest.transactionID else {
            return nil
        }
        let lastTransactionID = unsafe try mapInformation().me_last_txnid
        return OldestReader(
            age: MonotonicTime.now().elapsed(since: oldest.enteredAt),
            transactionID: transactionID,
            commitsBehind: lastTransactionID - transactionID
        )
    }

    /// The reader table, with the readers of all processes.
    package func readers() throws(LMDBError) -> [ReaderSlot] {
        var listing = ""
        let status = unsafe withUnsafeMutablePointer(to: &listing) { listing in
            // The table has no other interface than its printed form: pid, thread, snapshot.
            unsafe mdb_reader_list(
                handle,
                { line, context in
                    guard let line = unsafe line, let context = unsafe context else { return -1 }
                    let listing = unsafe context.assumingMemoryBound(to: String.self)
                    unsafe listing.pointee += String(cString: line)
                    return 0
                },
                listing
            )
        }
        guard status >= 0 else { throw failure(status, "list readers") }
        return listing.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count == 3, let processID = Int32(fields[0]) else { return nil }
            return ReaderSlot(processID: processID, transactionID: Int(fields[2]))
        }
    }

    /// Frees the entries of readers whose process died, and says how many there were.
    ///
    /// A dead reader would hold its pages for ever. Opening and growing do this by themselves.
    @discardableResult
    package func clearStaleReaders() throws(LMDBError) -> Int {
        var count: Int32 = 0
        try check(unsafe mdb_reader_check(handle, &count), "clear stale readers")
        return Int(count)
    }

    /// Flushes the file.
    ///
    /// Commits do this already; it is for copies of the file made from outside.
    @available(*, noasync)
    package func sync() throws(LMDBError) {
        try check(unsafe mdb_env_sync(handle, 1), "sync")
    }

    @unsafe
    private func mapInformation() throws(LMDBError) -> MDB_envinfo {
        // LMDB reads the meta pages in the map.
        let ticket = try gate.enter(.scopedReader)
        defer { gate.leave(ticket) }
        var info = unsafe MDB_envinfo()
        try check(unsafe mdb_env_info(handle, &info), "read environment information")
        return unsafe info
    }
}
