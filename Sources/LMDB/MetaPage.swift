import Glibc

/// One of the two meta pages at the start of a data file (mdb.c, `MDB_page` and `MDB_meta`).
///
/// liblmdb believes these pages: a damaged page size or root number makes it read outside the
/// file, which is SIGBUS. They are checked here before liblmdb sees the file. Damage in deeper
/// pages is not found by this; an untrusted file still needs a reader that may die.
struct MetaPage: Equatable {
    let pageByteCount: Int
    let mapByteCount: UInt64
    let roots: [UInt64]
    let depths: [UInt16]
    let lastPageNumber: UInt64
    let transactionID: UInt64

    private static let magic: UInt32 = 0xBEEF_C0DE
    private static let dataVersion: UInt32 = 1
    private static let metaFlag: UInt16 = 0x08
    /// `P_INVALID`, the root of an empty tree.
    private static let noRoot = UInt64.max
    /// `CURSOR_STACK`: liblmdb walks deeper trees past the end of an array.
    private static let depthLimit = 32
    private static let pageByteCounts = 4096...65_536
    /// The end of `MDB_meta`: 16 bytes of page header, 24 + 2 × 48 + 16 of meta.
    private static let byteCount = 152

    /// Reads both meta pages and checks that liblmdb can map a file of this size.
    static func validate(path: String) throws(LMDBError) {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw LMDBError(errno: errno, operation: "open", path: path) }
        defer { close(file) }
        // A commit may write a meta page while it is read here: what looks wrong gets another look.
        for remaining in (0..<3).reversed() {
            do throws(LMDBError) {
                return try validate(file: file, path: path)
            } catch {
                guard remaining > 0 else { throw error }
                usleep(1000)
            }
        }
    }

    private static func validate(file: Int32, path: String) throws(LMDBError) {
        let first = try MetaPage(file: file, offset: 0, path: path)
        let second = try MetaPage(file: file, offset: first.pageByteCount, path: path)
        // After the reading: a file only grows, so it holds what the meta pages speak of.
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else {
            throw LMDBError(errno: errno, operation: "stat", path: path)
        }
        guard first.pageByteCount == second.pageByteCount else {
            throw damaged(path, "the meta pages disagree about the page size")
        }
        let pageCount = UInt64(status.st_size) / UInt64(first.pageByteCount)
        for page in [first, second] {
            for root in page.roots where root != noRoot && (root < 2 || root >= pageCount) {
                throw damaged(path, "root page \(root) is outside the file of \(pageCount) pages")
            }
            guard page.depths.allSatisfy({ $0 <= depthLimit }) else {
                throw damaged(path, "a tree is deeper than LMDB can walk")
            }
            guard page.lastPageNumber >= 1,
                page.lastPageNumber < UInt64(Int.max) / UInt64(page.pageByteCount)
            else { throw damaged(path, "the last page number is impossible") }
        }
    }

    private init(file: Int32, offset: Int, path: String) throws(LMDBError) {
        var bytes = [UInt8](repeating: 0, count: Self.byteCount)
        let readCount = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe pread(file, buffer.baseAddress, buffer.count, off_t(offset))
        }
        guard readCount >= 0 else { throw LMDBError(errno: errno, operation: "read", path: path) }
        guard readCount == Self.byteCount else {
            throw Self.damaged(path, "the file ends inside its meta pages")
        }
        let fields = bytes
        func field<Number: FixedWidthInteger & BitwiseCopyable>(
            _ offset: Int,
            as type: Number.Type
        ) -> Number {
            unsafe fields.span.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type)
        }
        guard field(10, as: UInt16.self) & Self.metaFlag != 0,
            field(16, as: UInt32.self) == Self.magic
        else { throw Self.damaged(path, "not an LMDB file") }
        let version = field(20, as: UInt32.self)
        guard version == Self.dataVersion else {
            throw LMDBError(
                .versionMismatch,
                operation: "open environment",
                path: path,
                detail: "data format \(version)"
            )
        }
        // mm_dbs[FREE_DBI] and mm_dbs[MAIN_DBI] are 48 bytes each from offset 40; the first's
        // md_pad doubles as the page size.
        pageByteCount = Int(field(40, as: UInt32.self))
        guard Self.pageByteCounts.contains(pageByteCount),
            pageByteCount & (pageByteCount - 1) == 0
        else { throw Self.damaged(path, "impossible page size \(pageByteCount)") }
        mapByteCount = field(32, as: UInt64.self)
        depths = [field(46, as: UInt16.self), field(94, as: UInt16.self)]
        roots = [field(80, as: UInt64.self), field(128, as: UInt64.self)]
        lastPageNumber = field(136, as: UInt64.self)
        transactionID = field(144, as: UInt64.self)
    }

    private static func damaged(_ path: String, _ detail: String) -> LMDBError {
        LMDBError(.invalid, operation: "open environment", path: path, detail: detail)
    }
}
