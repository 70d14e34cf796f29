import CLMDB
import Glibc

/// What liblmdb or the operating system refused, during which operation, and on which file.
package struct LMDBError: Error, Equatable {
    /// An LMDB return code (negative) or an `errno` value (positive).
    package struct Code: RawRepresentable, Hashable, Sendable {
        package let rawValue: Int32

        package init(rawValue: Int32) { self.rawValue = rawValue }
    }

    package let code: Code
    package let operation: String
    package let path: String?
    /// What the code alone does not say, such as who holds up the growth of the map.
    package let detail: String?

    package init(_ code: Code, operation: String, path: String? = nil, detail: String? = nil) {
        self.code = code
        self.operation = operation
        self.path = path
        self.detail = detail
    }

    init(errno code: Int32, operation: String, path: String? = nil, detail: String? = nil) {
        self.init(Code(rawValue: code), operation: operation, path: path, detail: detail)
    }

    /// Whether the storage had no room: nothing acknowledged before is lost, and freeing space helps.
    package var isOutOfSpace: Bool {
        [.noSpace, .quotaExceeded, .fileTooLarge].contains(code)
    }
}

extension LMDBError.Code {
    package static let keyExists = Self(rawValue: MDB_KEYEXIST)
    package static let notFound = Self(rawValue: MDB_NOTFOUND)
    package static let pageNotFound = Self(rawValue: MDB_PAGE_NOTFOUND)
    package static let corrupted = Self(rawValue: MDB_CORRUPTED)
    package static let panic = Self(rawValue: MDB_PANIC)
    package static let versionMismatch = Self(rawValue: MDB_VERSION_MISMATCH)
    package static let invalid = Self(rawValue: MDB_INVALID)
    package static let mapFull = Self(rawValue: MDB_MAP_FULL)
    package static let databasesFull = Self(rawValue: MDB_DBS_FULL)
    package static let readersFull = Self(rawValue: MDB_READERS_FULL)
    package static let transactionFull = Self(rawValue: MDB_TXN_FULL)
    package static let cursorFull = Self(rawValue: MDB_CURSOR_FULL)
    package static let pageFull = Self(rawValue: MDB_PAGE_FULL)
    package static let mapResized = Self(rawValue: MDB_MAP_RESIZED)
    package static let incompatible = Self(rawValue: MDB_INCOMPATIBLE)
    package static let badReaderSlot = Self(rawValue: MDB_BAD_RSLOT)
    package static let badTransaction = Self(rawValue: MDB_BAD_TXN)
    package static let badValueSize = Self(rawValue: MDB_BAD_VALSIZE)
    package static let badDatabase = Self(rawValue: MDB_BAD_DBI)

    package static let noSuchFile = Self(rawValue: ENOENT)
    package static let noPermission = Self(rawValue: EACCES)
    package static let readOnlyFileSystem = Self(rawValue: EROFS)
    package static let fileExists = Self(rawValue: EEXIST)
    package static let invalidArgument = Self(rawValue: EINVAL)
    package static let noMemory = Self(rawValue: ENOMEM)
    package static let noSpace = Self(rawValue: ENOSPC)
    package static let quotaExceeded = Self(rawValue: EDQUOT)
    package static let fileTooLarge = Self(rawValue: EFBIG)
    package static let inputOutput = Self(rawValue: EIO)
    /// This process already has the file open; see `EnvironmentRegistry`.
    package static let alreadyOpen = Self(rawValue: EBUSY)
    /// Waiting would never end, because the calling thread holds what it would wait for.
    package static let wouldDeadlock = Self(rawValue: EDEADLK)
    /// A reader of this process did not end in time for the map to be replaced.
    package static let timedOut = Self(rawValue: ETIMEDOUT)
}

extension LMDBError: CustomStringConvertible {
    package var description: String {
        // mdb_strerror answers for LMDB's codes from constants and hands the rest to strerror.
        let reason = unsafe String(cString: mdb_strerror(code.rawValue))
        var text = "\(operation): \(reason)"
        if let path { text += " (\(path))" }
        if let detail { text += ": \(detail)" }
        return text
    }
}
