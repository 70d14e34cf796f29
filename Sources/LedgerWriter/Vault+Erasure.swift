import Cryptography
import LMDB
import Ledger
import LedgerReader
import Survey

/// Destroying keys. The event comes first and is durable; this follows. What was stopped before its
/// end, or failed, is done at the next commit, or by the next who opens the ledger for writing.
extension Vault {
    /// Destroys the keys of all that the ledger erased and that are still here.
    ///
    /// After an erasure and at each opening the same way, so that the way back from a crash is the
    /// one that is always taken.
    @available(*, noasync)
    func carryOutErasures(
        of store: LedgerStore,
        observer: VaultObserver? = nil
    ) throws(LedgerError) {
        do {
            try requireOwn(store)
            let done = try erasedBelow()
            let (keyIDs, treeSize) = try store.environment.read { transaction in
                let treeSize = try store.head(transaction).treeSize
                let keyIDs = try store.erasedKeyIDs(since: done, treeSize, transaction)
                return (keyIDs, treeSize)
            }
            if done > treeSize { try setErasedBelow(treeSize) }
            if try holds(anyOf: keyIDs) {
                try file.replace(observer) { vault, draft in
                    try rewrite(vault, to: draft, without: keyIDs, erasedBelow: treeSize)
                }
            } else if file.hasLeftovers {
                try file.removeLeftovers()
            }
        } catch {
            throw LedgerError(caught: error)
        }
    }

    /// Refuses the vault of another ledger: its keys of the same numbers would be destroyed.
    func requireOwn(_ store: LedgerStore) throws {
        let origin = try Self.origin(of: store)
        try file.withCurrent { vault in
            let known = try vault.environment.read { try vault.origin($0) }
            guard known == nil || known == origin else {
                throw LedgerError(
                    .vaultWrongKey,
                    "\(file.directory.vaultFile) is the vault of"
                        + " \(String(decoding: known ?? [], as: UTF8.self)), not of"
                        + " \(String(decoding: origin, as: UTF8.self)): put this ledger's own back"
                )
            }
            guard known == nil else { return }
            try vault.environment.write { transaction in
                try transaction.put(vault.meta, VaultEntry.origin, origin)
            }
        }
    }

    private static func origin(of store: LedgerStore) throws -> [UInt8] {
        let created = try store.environment.read { try store.recordedEvent(0, $0)?.event }
        guard case .ledgerCreated(let created)? = created?.kind else {
            throw LedgerError(.damaged, "record 0 does not create a ledger")
        }
        return Array(created.origin.utf8)
    }

    func erasedBelow() throws(LedgerError) -> UInt64 {
        try file.withCurrent { vault in
            try vault.environment.read { transaction in
                try transaction.withValue(vault.meta, VaultEntry.erasedBelow) {
                    BigEndianKey($0)
                }??.value ?? 0
            }
        }
    }

    private func setErasedBelow(_ treeSize: UInt64) throws {
        try file.withCurrent { vault in
            try vault.environment.write { transaction in
                try transaction.put(vault.meta, VaultEntry.erasedBelow, BigEndianKey(treeSize))
            }
        }
    }

    private func holds(anyOf keyIDs: Set<UInt64>) throws -> Bool {
        guard !keyIDs.isEmpty else { return false }
        return try file.withCurrent { vault in
            try vault.environment.read { transaction in
                try keyIDs.contains { try transaction.contains(vault.keys, BigEndianKey($0)) }
            }
        }
    }

    /// Into a file that never held the destroyed keys: deleting them in the old one and copying
    /// it would leave them in pages that the copy, or a crash, takes along.
    private func rewrite(
        _ vault: VaultFile.Opened,
        to draft: String,
        without destroyed: Set<UInt64>,
        erasedBelow: UInt64
    ) throws {
        try vault.environment.read { transaction in
            try Self.write(
                draft,
                commandKey: vault.commandKey,
                nextKeyID: vault.nextKeyID(transaction),
                erasedBelow: erasedBelow,
                origin: vault.origin(transaction),
                masterKey
            ) { draft, keys in
                try vault.copyKeys(to: draft, keys, transaction) { id, wrapped in
                    destroyed.contains(id) ? nil : wrapped
                }
            }
        }
    }
}

extension VaultFile.Opened {
    /// Keys in one commit: bounds a transaction's dirty pages.
    private static let batchKeyCount = 16_384

    /// Copies what `change` makes of each wrapped key; nil leaves it out.
    func copyKeys(
        to draft: Environment,
        _ draftKeys: Database,
        _ transaction: borrowing ReadTransaction,
        _ change: (UInt64, [UInt8]) throws -> [UInt8]?
    ) throws {
        var batch: [(BigEndianKey, [UInt8])] = []
        func flush() throws {
            try draft.write { write in
                for (id, wrapped) in batch {
                    try write.put(draftKeys, id, wrapped, mode: .append)
                }
            }
            batch.removeAll(keepingCapacity: true)
        }
        try transaction.forEach(keys) { key, value in
            guard let id = BigEndianKey(key) else {
                throw LedgerError(.damaged, "a key id of the vault is not 8 bytes")
            }
            if let wrapped = try change(id.value, value.byteArray) { batch.append((id, wrapped)) }
            if batch.count == Self.batchKeyCount { try flush() }
            return true
        }
        try flush()
    }
}

extension LedgerStore {
    /// The keys that the records say are destroyed, and that may be in a vault that knows the erasures
    /// below `done`.
    func erasedKeyIDs(
        since done: UInt64,
        _ treeSize: UInt64,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> Set<UInt64> {
        // More than there is: the vault knows another, longer ledger.
        let start = done <= treeSize ? done : 0
        var keyIDs: Set<UInt64> = []
        for index in try indexes(ofKind: .personalDataErased, from: start, transaction) {
            guard let record = try recordedEvent(index, transaction),
                case .personalDataErased(let erasure) = record.event.kind
            else { throw LedgerError(.damaged, "the kind index names record \(index), missing") }
            keyIDs.insert(erasure.keyID)
        }
        return keyIDs
    }
}
