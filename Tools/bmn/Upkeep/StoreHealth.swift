import Foundation
import LMDB
import LedgerReader
import TransparencyLog

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
    /// Why the ledger cannot be all that ledger.head and the log's key know, if it cannot.
    let cutBack: LedgerError?

    /// `note`, and what the log's key has `signed` last, were read before the snapshot was taken: the
    /// ledger may have grown since, not shrunk.
    init(
        note: HeadFile?,
        signed: Checkpoint?,
        _ snapshot: borrowing LedgerSnapshot,
        origin: String
    ) throws {
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
        do {
            try note?.check(snapshot.head, origin: origin)
            try signed?.check(head: snapshot.head, origin: origin) {
                try snapshot.rootHash(treeSize: $0)
            }
            cutBack = nil
        } catch let error as LedgerError {
            cutBack = error
        }
    }
}
