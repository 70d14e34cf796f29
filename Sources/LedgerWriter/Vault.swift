package import Cryptography
import LMDB
import Ledger
package import LedgerReader

/// The keys of personal data: one random AES-256 key per household or person, wrapped by the master
/// key, in a file of their own.
///
/// Keys are made in blocks and are durable before any of them is used, so that sealing costs no
/// flush of its own and a crash can only leave keys that nothing was sealed with. Key ids are never
/// given out twice, also not by two processes.
package final class Vault: Sendable {
    /// Authenticates command contents for idempotency: a plain digest of personal data could be
    /// guessed (13 digits), a keyed one cannot.
    package let commandAuthenticator: HMACSHA256

    let file: VaultFile
    let masterKey: SymmetricKey
    /// Whose records say which keys are in use, where one is written to.
    private let ledger: LedgerStore?
    private let reservation = Locked(Reservation())
    private let nonces = Locked<[AES256GCM.Nonce]>([])

    private struct Reservation {
        var keys: [(id: UInt64, key: SymmetricKey)] = []
        /// Doubles with use: one key for a single command, blocks for an import.
        var blockSize = 16
    }

    private static let largestBlockSize = 1024

    @available(*, noasync)
    package init(
        _ directory: LedgerDirectory,
        masterKey: SymmetricKey,
        ledger: LedgerStore? = nil,
        creates: Bool = false
    ) throws(LedgerError) {
        self.masterKey = masterKey
        self.ledger = ledger
        file = VaultFile(directory, masterKey: masterKey)
        do {
            if creates {
                try Self.write(
                    directory.vaultFile,
                    commandKey: SymmetricKey.random(),
                    nextKeyID: 1,
                    erasedBelow: 0,
                    masterKey
                )
            }
            commandAuthenticator = HMACSHA256(key: try file.withCurrent(\.commandKey))
        } catch {
            throw LedgerError(caught: error)
        }
    }

    /// Refuses a vault that would give out ids again that records were sealed with already.
    ///
    /// It is an older copy: the keys since then are not in it, and erasing one of its next keys would
    /// take another household's data along.
    @available(*, noasync)
    package func requireKeysBeyond(_ largestKeyID: UInt64) throws(LedgerError) {
        let next = try file.withCurrent { vault in
            try vault.environment.read { try vault.nextKeyID($0) }
        }
        try require(next, beyond: largestKeyID)
    }

    /// Refuses a vault that is an older copy of the one that keys were taken from here.
    ///
    /// Before each commit that seals: another copy may have been put under this process since, and what
    /// is sealed with a key that only the former one has could be opened by nobody.
    @available(*, noasync)
    func requireCurrent() throws(LedgerError) {
        try file.withCurrent { _ in }
    }

    private func require(_ next: UInt64, beyond largestKeyID: UInt64) throws(LedgerError) {
        guard next > largestKeyID else {
            throw LedgerError(
                .vaultOlder,
                "\(file.directory.vaultFile) would give out key \(next) next, but records were"
                    + " sealed with keys up to \(largestKeyID): it is an older copy; put the newest"
                    + " back"
            )
        }
    }

    /// Makes a vault file, or ends one whose keys are in already: without these it opens for nobody.
    static func write(
        _ path: String,
        commandKey: SymmetricKey,
        nextKeyID: UInt64,
        erasedBelow: UInt64,
        origin: [UInt8]? = nil,
        _ masterKey: SymmetricKey,
        keys copy: (Environment, Database) throws -> Void = { _, _ in }
    ) throws {
        let environment = try Environment(path: path)
        let keys = try environment.openDatabase("keys", create: true)
        let meta = try environment.openDatabase("meta", create: true)
        try copy(environment, keys)
        var cipher = try AES256GCM()
        let wrapped = try KeyWrap.wrap(
            commandKey,
            name: VaultEntry.commandKey,
            masterKey,
            AES256GCM.Nonce.random(),
            &cipher
        )
        try environment.write { transaction in
            try transaction.put(meta, VaultEntry.commandKey, wrapped, mode: .insert)
            try transaction.put(
                meta,
                VaultEntry.nextKeyID,
                BigEndianKey(nextKeyID),
                mode: .insert
            )
            if let origin { try transaction.put(meta, VaultEntry.origin, origin, mode: .insert) }
            try transaction.put(
                meta,
                VaultEntry.erasedBelow,
                BigEndianKey(erasedBelow),
                mode: .insert
            )
        }
    }

    /// A new key, durable already.
    @available(*, noasync)
    package func makeKey() throws(LedgerError) -> (id: UInt64, key: SymmetricKey) {
        if let reserved = reservation.withLock({ $0.keys.popLast() }) { return reserved }
        // Another process may have used more since, beside a vault that was exchanged under both. Read
        // before the lock is taken: nobody may wait for a transaction while others wait for him.
        let largestKeyID = try largestKeyIDInUse()
        return try reservation.withLock { reservation throws(LedgerError) in
            if reservation.keys.isEmpty {
                reservation.keys = try makeBlock(
                    count: reservation.blockSize,
                    beyond: largestKeyID
                )
                reservation.blockSize = min(reservation.blockSize * 2, Self.largestBlockSize)
            }
            return reservation.keys.removeLast()
        }
    }

    private func largestKeyIDInUse() throws(LedgerError) -> UInt64 {
        guard let ledger else { return 0 }
        do {
            return try ledger.environment.read { try ledger.head($0).largestKeyID }
        } catch {
            throw LedgerError(caught: error)
        }
    }

    /// A random nonce that nobody else gets.
    func makeNonce() throws(CryptographyError) -> AES256GCM.Nonce {
        try nonces.withLock { nonces throws(CryptographyError) in
            if nonces.isEmpty { nonces = try AES256GCM.Nonce.random(count: 64) }
            return nonces.removeLast()
        }
    }

    private func makeBlock(
        count: Int,
        beyond largestKeyID: UInt64
    ) throws(LedgerError) -> [(id: UInt64, key: SymmetricKey)] {
        do {
            let fresh = try SymmetricKey.random(count: count)
            var cipher = try AES256GCM()
            let block = try file.withCurrent { vault in
                try vault.environment.write { transaction in
                    let first = try vault.nextKeyID(transaction)
                    try require(first, beyond: largestKeyID)
                    // New ones for each attempt: the ids, which are part of what is sealed, may
                    // differ.
                    let nonces = try AES256GCM.Nonce.random(count: count)
                    var block: [(id: UInt64, key: SymmetricKey)] = []
                    for (offset, key) in fresh.enumerated() {
                        let id = BigEndianKey(first + UInt64(offset))
                        let wrapped = try KeyWrap.wrap(
                            key,
                            name: KeyWrap.name(id.value),
                            masterKey,
                            nonces[offset],
                            &cipher
                        )
                        try transaction.put(vault.keys, id, wrapped, mode: .append)
                        block.append((id.value, key))
                    }
                    try transaction.put(
                        vault.meta,
                        VaultEntry.nextKeyID,
                        BigEndianKey(first + UInt64(count))
                    )
                    return Array(block.reversed())
                }
            }
            if let last = block.first { file.noteGivenOut(below: last.id + 1) }
            return block
        } catch {
            throw LedgerError(caught: error)
        }
    }

    /// The key of this id; nil when it was destroyed.
    @available(*, noasync)
    package func key(_ id: UInt64) throws(LedgerError) -> SymmetricKey? {
        try file.withCurrent { vault in
            let wrapped = try vault.environment.read { transaction in
                try transaction.withValue(vault.keys, BigEndianKey(id)) { $0.byteArray }
            }
            return try wrapped.map { try KeyWrap.unwrap($0, name: KeyWrap.name(id), masterKey) }
        }
    }
}

extension VaultFile.Opened {
    /// Nil until a ledger has opened it for writing.
    func origin(_ transaction: borrowing some Transaction & ~Copyable) throws -> [UInt8]? {
        try transaction.withValue(meta, VaultEntry.origin) { $0.byteArray }
    }

    /// The first id that was never given out.
    func nextKeyID(_ transaction: borrowing some Transaction & ~Copyable) throws -> UInt64 {
        let next = try transaction.withValue(meta, VaultEntry.nextKeyID) { BigEndianKey($0) }
        guard let next = next??.value else {
            throw LedgerError(.damaged, "\(environment.path) lost its key counter")
        }
        return next
    }
}
