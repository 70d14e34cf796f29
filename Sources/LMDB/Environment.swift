import CLMDB
import Glibc

/// An open LMDB data file: durable commits, one writer, any number of snapshot readers.
///
/// The file stands alone (`MDB_NOSUBDIR`), with its lock file `<path>-lock` beside it. Commits
/// are on disk when `write` returns: `MDB_NOSYNC`, `MDB_NOMETASYNC` and `MDB_WRITEMAP` are never
/// used. Readers are not tied to threads (`MDB_NOTLS`). The environment closes with its last
/// reference; transactions hold one.
@safe
package final class Environment: Sendable {
    package struct Options: Sendable {
        /// The least size of the map at opening.
        ///
        /// It costs address space only, neither memory nor disk, and it grows by itself; see
        /// `write`.
        package var mapByteCount = 64 << 20
        package var databaseCountMaximum = 16
        /// Concurrent readers of all processes together; only the first opener's value counts.
        package var readerCountMaximum = 126
        package var isReadOnly = false
        /// Opens without a lock file, which read-only media need.
        ///
        /// Readers are then invisible to writers, so this is only for files that nobody writes.
        /// Implies `isReadOnly`.
        package var isLockFree = false
        /// Whether a missing or empty file becomes a new, empty environment.
        ///
        /// Without it such a file is an error: a ledger truncated to nothing must not pass for a
        /// new one.
        package var createsIfMissing = true
        package var fileMode: UInt32 = 0o600
        /// How long a replacement of the map waits for this process's readers to end.
        package var growthTimeout = Duration.seconds(30)

        package init() {}
    }

    package let path: String
    package let options: Options
    package let pageByteCount: Int
    let id: UInt64
    let gate: TransactionGate
    let databases = Locked<[String: Database]>([:])
    let pageRelease = Locked(PageReleaseState())
    nonisolated(unsafe) let handle: OpaquePointer
    private let fileIdentity: EnvironmentRegistry.FileIdentity

    /// Opens the environment, after checking that liblmdb can map the file.
    ///
    /// A file this process already has open is refused with `.alreadyOpen`; see
    /// `EnvironmentRegistry`. Entries of readers whose process died are cleared.
    @available(*, noasync)
    package convenience init(path: String, options: Options = Options()) throws(LMDBError) {
        let opened = try EnvironmentRegistry.state.withLock { registry throws(LMDBError) in
            try OpenedFile(path: path, options: options, registry: &registry)
        }
        self.init(adopting: opened, path: path, options: options)
        try clearStaleReaders()
    }

    private init(adopting opened: OpenedFile, path: String, options: Options) {
        self.path = path
        self.options = options
        id = opened.environmentID
        pageByteCount = opened.pageByteCount
        gate = TransactionGate(path: path)
        unsafe handle = opened.handle
        fileIdentity = opened.identity
    }

    deinit {
        EnvironmentRegistry.state.withLock { registry in
            unsafe mdb_env_close(handle)
            registry.openFiles.remove(fileIdentity)
        }
    }

    /// Turns a return code into an error that names the file.
    func check(_ code: Int32, _ operation: String) throws(LMDBError) {
        guard code == MDB_SUCCESS else { throw failure(code, operation) }
    }

    func failure(_ code: Int32, _ operation: String) -> LMDBError {
        LMDBError(errno: code, operation: operation, path: path)
    }
}

/// A handle that liblmdb opened, registered for this process.
@safe
private struct OpenedFile {
    let handle: OpaquePointer
    let identity: EnvironmentRegistry.FileIdentity
    let environmentID: UInt64
    let pageByteCount: Int

    init(
        path: String,
        options: Environment.Options,
        registry: inout EnvironmentRegistry.State
    ) throws(LMDBError) {
        let fileByteCount = try Self.checkFile(path: path, options: options, registry: registry)
        var created: OpaquePointer?
        let status = unsafe mdb_env_create(&created)
        guard status == MDB_SUCCESS, let handle = unsafe created else {
            throw LMDBError(errno: status, operation: "create environment", path: path)
        }
        do throws(LMDBError) {
            try unsafe Self.open(handle, path, options: options, fileByteCount: fileByteCount)
            guard let file = try FileStatus(path: path) else {
                throw LMDBError(.noSuchFile, operation: "open environment", path: path)
            }
            var stat = MDB_stat()
            let status = unsafe mdb_env_stat(handle, &stat)
            guard status == MDB_SUCCESS else {
                throw LMDBError(errno: status, operation: "read page size", path: path)
            }
            identity = file.identity
            pageByteCount = Int(stat.ms_psize)
        } catch {
            // lmdb.h: after a failed mdb_env_open the handle still has to be closed.
            unsafe mdb_env_close(handle)
            throw error
        }
        unsafe self.handle = handle
        registry.openFiles.insert(identity)
        registry.lastEnvironmentID += 1
        environmentID = registry.lastEnvironmentID
    }

    private static func checkFile(
        path: String,
        options: Environment.Options,
        registry: EnvironmentRegistry.State
    ) throws(LMDBError) -> Int {
        let operation = "open environment"
        let mayCreate = options.createsIfMissing && !options.isReadOnly && !options.isLockFree
        guard let file = try FileStatus(path: path) else {
            if mayCreate { return 0 }
            throw LMDBError(.noSuchFile, operation: operation, path: path)
        }
        guard !registry.openFiles.contains(file.identity) else {
            throw LMDBError(
                .alreadyOpen,
                operation: operation,
                path: path,
                detail: "this process already has the file open"
            )
        }
        if file.byteCount == 0 {
            if mayCreate { return 0 }
            throw LMDBError(.invalid, operation: operation, path: path, detail: "the file is empty")
        }
        try MetaPage.validate(path: path)
        return file.byteCount
    }

    @unsafe
    private static func open(
        _ handle: OpaquePointer,
        _ path: String,
        options: Environment.Options,
        fileByteCount: Int
    ) throws(LMDBError) {
        var flags = UInt32(MDB_NOSUBDIR | MDB_NOTLS)
        if options.isReadOnly || options.isLockFree { flags |= UInt32(MDB_RDONLY) }
        if options.isLockFree { flags |= UInt32(MDB_NOLOCK) }
        // Room for the file to grow, so that a reader seldom meets MDB_MAP_RESIZED.
        let mapByteCount = max(
            options.mapByteCount,
            MapGrowth.grownByteCount(from: fileByteCount, attempt: 0)
        )
        let steps: [(String, () -> Int32)] = [
            (
                "set map size",
                { unsafe mdb_env_set_mapsize(handle, MapGrowth.rounded(mapByteCount)) }
            ),
            (
                "set database count",
                { unsafe mdb_env_set_maxdbs(handle, UInt32(options.databaseCountMaximum)) }
            ),
            (
                "set reader count",
                { unsafe mdb_env_set_maxreaders(handle, UInt32(options.readerCountMaximum)) }
            ),
            ("open environment", { unsafe mdb_env_open(handle, path, flags, options.fileMode) }),
        ]
        for (operation, step) in steps {
            let status = step()
            guard status == MDB_SUCCESS else {
                throw LMDBError(errno: status, operation: operation, path: path)
            }
        }
    }
}
