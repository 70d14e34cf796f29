import Foundation
import LMDB
import LedgerReader

/// What an operator should know of the store beside its sizes.
struct StoreHealth {
    /// Another process that reads an old snapshot.
    ///
    /// The pages that commits have freed since wait for it, so the file grows.
    struct SlowReader {
        let processID: Int32
        let commitsBehind: Int
    }

    let slowReaders: [SlowReader]
    /// Why the ledger cannot be all that ledger.head knows, if it cannot.
    let cutBack: LedgerError?

    /// `note` was read before the snapshot was taken: the ledger may have grown since, not shrunk.
    init(note: HeadFile?, _ snapshot: borrowing LedgerSnapshot, origin: String) throws {
        let environment = snapshot.store.environment
        let lastTransactionID = try environment.information().lastTransactionID
        slowReaders = try environment.readers().compactMap { reader in
            guard reader.processID != getpid(), let transactionID = reader.transactionID,
                transactionID < lastTransactionID
            else { return nil }
            return SlowReader(
                processID: reader.processID,
                commitsBehind: lastTransactionID - transactionID
            )
        }
        do throws(LedgerError) {
            try note?.check(snapshot.head, origin: origin)
            cutBack = nil
        } catch {
            cutBack = error
        }
    }
}
