/// The pages of an LMDB file as mdb.c lays them out, to be damaged with intent.
///
/// A page begins with its number (8 bytes), padding (2), flags (2), and either the bounds of its
/// free space (2 + 2) or, on an overflow page, the number of pages (4). Two-byte offsets of the
/// nodes follow; a node begins with the low, middle and, as its flags, the high bits of a number:
/// the child's page on a branch, the value's size on a leaf.
struct LedgerFile {
    static let pageByteCount = 4096
    private static let headerByteCount = 16
    static let branchFlag = 0x01
    static let leafFlag = 0x02
    static let overflowFlag = 0x04

    var bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The meta pages are 0 and 1.
    var pageCount: Int { bytes.count / Self.pageByteCount }

    func range(_ page: Int) -> Range<Int> {
        page * Self.pageByteCount..<(page + 1) * Self.pageByteCount
    }

    func flags(_ page: Int) -> Int { number(range(page).lowerBound + 10, 2) }

    func pages(_ flag: Int) -> [Int] {
        (2..<pageCount).filter { flags($0) & 0x0F == flag && pageNumber($0) == $0 }
    }

    func pageNumber(_ page: Int) -> Int { number(range(page).lowerBound, 8) }

    /// Where the nodes of a branch or leaf page begin.
    func nodes(_ page: Int) -> [Int] {
        let start = range(page).lowerBound
        let lower = number(start + 12, 2)
        guard lower >= Self.headerByteCount, lower <= Self.pageByteCount else { return [] }
        return stride(from: start + Self.headerByteCount, to: start + lower, by: 2).map { offset in
            start + number(offset, 2)
        }
    }

    func number(_ offset: Int, _ byteCount: Int) -> Int {
        (0..<byteCount).reversed().reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
    }

    mutating func set(_ offset: Int, _ byteCount: Int, _ number: Int) {
        for place in 0..<byteCount {
            bytes[offset + place] = UInt8(truncatingIfNeeded: number >> (place * 8))
        }
    }

    func with(_ change: (inout LedgerFile) -> Void) -> [UInt8] {
        var copy = self
        change(&copy)
        return copy.bytes
    }
}
