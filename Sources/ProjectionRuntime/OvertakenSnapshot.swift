package import LedgerReader

extension LedgerReader {
    /// Calls `body` with a state of the ledger, and with a newer one, which then is left in `snapshot`,
    /// for as long as the rows turn out to know more records than it.
    ///
    /// Another process may have appended and caught the rows up since the state was taken: nobody is
    /// to be accused of that. The rows were looked at before the newer state is taken, so where this
    /// has no more records than the one before, the ledger really is too short for them.
    @available(*, noasync)
    package func following<Result>(
        _ snapshot: inout LedgerSnapshot,
        _ body: (borrowing LedgerSnapshot) throws -> Result
    ) throws -> Result {
        while true {
            do {
                return try body(snapshot)
            } catch let error as ProjectionError where error.code == .positionBeyondLedger {
                let newer = try self.snapshot()
                guard newer.treeSize > snapshot.treeSize else { throw error }
                snapshot = newer
            }
        }
    }
}
