import CLMDB

/// A named database inside an environment.
///
/// The handle stays valid as long as its environment. A transaction that began before the
/// database was opened does not know it and reports `.invalidArgument`, so open all databases
/// right after the environment.
package struct Database: Sendable {
    package let name: String
    let handle: MDB_dbi
    /// Handles are small numbers: without this, another environment's would be taken silently.
    let environmentID: UInt64
}

/// The size and shape of one database.
package struct DatabaseStatistics: Equatable, Sendable {
    package let entryCount: Int
    package let depth: Int
    package let branchPageCount: Int
    package let leafPageCount: Int
    package let overflowPageCount: Int
    package let pageByteCount: Int

    package var byteCount: Int {
        (branchPageCount + leafPageCount + overflowPageCount) * pageByteCount
    }

    init(_ stat: MDB_stat) {
        entryCount = stat.ms_entries
        depth = Int(stat.ms_depth)
        branchPageCount = stat.ms_branch_pages
        leafPageCount = stat.ms_leaf_pages
        overflowPageCount = stat.ms_overflow_pages
        pageByteCount = Int(stat.ms_psize)
    }
}
