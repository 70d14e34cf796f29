import CLMDB
import Glibc

/// How large the map becomes when it is full.
///
/// Doubling keeps replacements few while a file is small. The step is capped because every
/// process maps the whole size, and limits on address space (`ulimit -v`) count it: beyond the
/// cap a replacement costs microseconds per gibibyte written, which is nothing.
enum MapGrowth {
    static let stepByteCountMaximum = 1 << 30

    /// The size after `byteCount`; each further attempt of the same transaction steps twice as far,
    /// so that one that writes many gibibytes is not run again for each of them.
    static func grownByteCount(from byteCount: Int, attempt: Int) -> Int {
        let step = max(min(byteCount, stepByteCountMaximum), pageSize)
        let (stretched, overflows) = step.multipliedReportingOverflow(by: 1 << min(attempt, 30))
        precondition(!overflows, "30 doublings of a gibibyte fit in 63 bits")
        return rounded(byteCount + stretched)
    }

    /// LMDB wants a multiple of the page size of the system.
    static func rounded(_ byteCount: Int) -> Int {
        (byteCount + pageSize - 1) / pageSize * pageSize
    }

    private static var pageSize: Int { sysconf(Int32(_SC_PAGESIZE)) }
}

extension Environment {
    /// Replaces the map by a larger one, once this process's readers have ended.
    func growMap(attempt: Int) throws(LMDBError) {
        try clearStaleReaders()
        try gate.withExclusiveMap(timeout: options.growthTimeout) { () throws(LMDBError) in
            let (mapByteCount, _) = try mapUsage()
            let grownByteCount = MapGrowth.grownByteCount(from: mapByteCount, attempt: attempt)
            guard AddressSpace.hasRoom(byteCount: grownByteCount - mapByteCount) else {
                throw failure(ENOMEM, "set map size to \(grownByteCount) bytes")
            }
            try setMapSize(grownByteCount)
        }
    }

    /// Grows the map ahead of need if three quarters are used and nobody has to wait for it.
    func growMapEarlyIfIdle() throws(LMDBError) {
        _ = try gate.withExclusiveMapIfIdle { () throws(LMDBError) in
            let (mapByteCount, usedByteCount) = try mapUsage()
            let grownByteCount = MapGrowth.grownByteCount(from: mapByteCount, attempt: 0)
            // Without address space for it, the map goes on until it is really full.
            guard usedByteCount / 3 > mapByteCount / 4,
                AddressSpace.hasRoom(byteCount: grownByteCount - mapByteCount)
            else { return }
            try setMapSize(grownByteCount)
        }
    }

    /// Follows another process that grew the map (`MDB_MAP_RESIZED`).
    func adoptMapOfOtherProcess() throws(LMDBError) {
        try gate.withExclusiveMap(timeout: options.growthTimeout) { () throws(LMDBError) in
            // Zero takes the size recorded in the file.
            try setMapSize(0)
        }
    }

    private func setMapSize(_ byteCount: Int) throws(LMDBError) {
        pageRelease.withLock { $0.forgetMap() }
        let status = unsafe mdb_env_set_mapsize(handle, byteCount)
        guard status == MDB_SUCCESS else {
            // EINVAL comes before the old map is gone, anything else after.
            if status != EINVAL { gate.loseMap() }
            throw failure(status, "set map size")
        }
    }

    private func mapUsage() throws(LMDBError) -> (mapByteCount: Int, usedByteCount: Int) {
        var info = unsafe MDB_envinfo()
        try check(unsafe mdb_env_info(handle, &info), "read environment information")
        return unsafe (info.me_mapsize, (info.me_last_pgno + 1) * pageByteCount)
    }
}

private enum AddressSpace {
    /// Whether so much more could be mapped.
    ///
    /// LMDB gives up the old map before it asks for the new one and is unusable if that fails, so
    /// the question is put beforehand.
    static func hasRoom(byteCount: Int) -> Bool {
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        let probe = unsafe mmap(nil, byteCount, PROT_NONE, flags, -1, 0)
        guard let probe = unsafe probe, unsafe probe != MAP_FAILED else { return false }
        unsafe munmap(probe, byteCount)
        return true
    }
}
