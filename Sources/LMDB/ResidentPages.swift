import CLMDB
import Glibc

/// Where the map lies, once it has been looked up.
struct PageReleaseState {
    fileprivate var map: Range<UInt>?

    mutating func forgetMap() { map = nil }
}

extension Environment {
    /// Gives the pages of the map that were read back to the system's page cache.
    ///
    /// A walk over a huge file makes every page it touches resident, and resident pages count
    /// as memory of the process although the system could drop them at any time. The mapping is
    /// shared and read-only, so `MADV_DONTNEED` only forgets translations: the next touch finds the
    /// page in the cache or on disk, and other threads that read meanwhile notice nothing.
    /// Nothing happens if the map is due to be replaced, or if the system does not say where it
    /// lies.
    @discardableResult
    package func releaseResidentPages() throws(LMDBError) -> Bool {
        // Inside the gate, for the range must not become someone else's memory meanwhile.
        guard let ticket = gate.enterIfOpen() else { return false }
        defer { gate.leave(ticket) }
        guard let map = try mapRange() else { return false }
        let start = unsafe UnsafeMutableRawPointer(bitPattern: map.lowerBound)
        guard unsafe madvise(start, map.count, MADV_DONTNEED) == 0 else {
            throw failure(errno, "release resident pages")
        }
        return true
    }

    private func mapRange() throws(LMDBError) -> Range<UInt>? {
        try pageRelease.withLock { state throws(LMDBError) in
            if state.map == nil, let address = try addressInMap() {
                state.map = MemoryMap.range(containing: address)
            }
            return state.map
        }
    }

    /// Any address in the map.
    ///
    /// `mdb_env_info` tells where the map begins only under `MDB_FIXEDMAP`, so a reader asks for
    /// the first entry, which lies in it.
    private func addressInMap() throws(LMDBError) -> UInt? {
        let mainDatabase: MDB_dbi = 1
        var begun: OpaquePointer?
        let status = unsafe mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &begun)
        guard status == MDB_SUCCESS, let transaction = unsafe begun else {
            // Another process grew the file: advice is not worth adopting its map.
            if status == MDB_MAP_RESIZED { return nil }
            throw failure(status, "find the map")
        }
        defer { unsafe mdb_txn_abort(transaction) }
        var cursor: OpaquePointer?
        try check(unsafe mdb_cursor_open(transaction, mainDatabase, &cursor), "find the map")
        defer { unsafe mdb_cursor_close(cursor) }
        var key = unsafe MDB_val()
        var value = unsafe MDB_val()
        let found = unsafe mdb_cursor_get(cursor, &key, &value, MDB_FIRST)
        if found == MDB_NOTFOUND { return nil }
        try check(found, "find the map")
        return unsafe UInt(bitPattern: value.mv_data)
    }
}

private enum MemoryMap {
    /// The mapping of this process that contains an address, by /proc/self/maps.
    static func range(containing address: UInt) -> Range<UInt>? {
        guard let file = unsafe fopen("/proc/self/maps", "re") else { return nil }
        defer { unsafe fclose(file) }
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { unsafe free(line) }
        while unsafe getline(&line, &capacity, file) > 0, let text = unsafe line {
            // "7f52a0000000-7f52a4000000 r--s 00000000 08:01 1234  /path"
            let bounds = unsafe String(cString: text).prefix { $0 != " " }.split(separator: "-")
            guard bounds.count == 2, let lower = UInt(bounds[0], radix: 16),
                let upper = UInt(bounds[1], radix: 16)
            else { return nil }
            if (lower..<upper).contains(address) { return lower..<upper }
        }
        return nil
    }
}
