import DurableFiles
import LMDB
import Ledger
package import LedgerReader

/// What can be told of a ledger's vault without its master key.
package struct VaultInspection: Sendable {
    /// How many keys the ledger says are destroyed, and the vault still has.
    package let unfinishedErasureCount: Int
    /// Files that lie beside the vault because somebody was stopped while replacing it.
    package let leftovers: [String]

    /// How long whoever only asks waits for a vault that is being replaced.
    private static let patience = Duration.seconds(5)

    /// Nil where there is no vault of this ledger's that whoever asks may read.
    @available(*, noasync)
    package init?(
        _ directory: LedgerDirectory,
        origin: String,
        _ snapshot: borrowing LedgerSnapshot
    ) {
        let paths = VaultPaths(directory)
        leftovers = paths.leftovers
        do {
            let lock = try FileLock(
                directory.vaultLockFile,
                mustExist: true,
                isShared: true,
                waitingAtMost: Self.patience
            )
            defer { withExtendedLifetime(lock) {} }
            let environment = try paths.open(isReadOnly: true, lock: directory.vaultLockFile)
            let keys = try environment.openDatabase("keys")
            let meta = try environment.openDatabase("meta")
            let transaction = try environment.beginRead()
            let owner = try transaction.withValue(meta, VaultEntry.origin) { $0.byteArray }
            guard owner == nil || owner == Array(origin.utf8) else { return nil }
            let done = try transaction.withValue(meta, VaultEntry.erasedBelow) { BigEndianKey($0) }
            let erased = try snapshot.store.erasedKeyIDs(
                since: done??.value ?? 0,
                snapshot.treeSize,
                snapshot.transaction
            )
            unfinishedErasureCount = try erased.count {
                try transaction.contains(keys, BigEndianKey($0))
            }
        } catch {
            return nil
        }
    }
}
