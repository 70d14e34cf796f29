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

    private let environment: Environment
    private let keys: Database
    private let meta: Database
    private let masterKey: SymmetricKey
    private let reservation = Locked(Reservation())
    private let nonces = Locked<[AES256GCM.Nonce]>([])

    private struct Reservation {
        var keys: [(id: UInt64, key: SymmetricKey)] = []
        /// Doubles with use: one key for a single command, blocks for an import.
        var blockSize = 16
    }

    private static let largestBlockSize = 1024
    private static let nextKeyID = Array("nextKeyId".utf8)
    private static let commandKey = Array("commandKey".utf8)

    @available(*, noasync)
    package init(
        _ directory: LedgerDirectory,
        masterKey: SymmetricKey,
        creates: Bool = false
    ) throws(LedgerError) {
        self.masterKey = masterKey
        do {
            var options = Environment.Options()
            options.createsIfMissing = creates
            let environment = try Environment(path: directory.vaultFile, options: options)
            let keys = try environment.openDatabase("keys", create: creates)
            let meta = try environment.openDatabase("meta", create: creates)
            if creates { try Self.initialize(environment, meta, masterKey) }
            let wrapped = try environment.read { transaction in
                try transaction.withValue(meta, Self.commandKey) { $0.byteArray }
            }
            guard let wrapped else {
                throw LedgerError(.vaultMissing, "\(directory.vaultFile) holds no vault")
            }
            commandAuthenticator = HMACSHA256(
                key: try Self.unwrap(wrapped, name: Self.commandKey, masterKey)
            )
            self.environment = environment
            self.keys = keys
            self.meta = meta
        } catch let error as CryptographyError {
            throw LedgerError(
                .vaultWrongKey,
                "\(directory.vaultFile): the master key does not open it (\(error.reason))"
            )
        } catch let error as LMDBError where error.code == .noSuchFile {
            throw LedgerError(.vaultMissing, "\(directory.vaultFile) is missing: \(error)")
        } catch let error as LMDBError where [.invalid, .notFound].contains(error.code) {
            throw LedgerError(.damaged, "\(directory.vaultFile) is no vault: \(error)")
        } catch {
            throw LedgerError(caught: error)
        }
    }

    /// Refuses a vault that would give out ids again that records were sealed with already.
    ///
    /// It is an older copy: the keys since then are not in it, and erasing one of its next keys would
    /// take another household's data along.
    @available(*, noasync)
    func requireKeysBeyond(_ largestKeyID: UInt64) throws {
        let next = try environment.read { transaction in
            try transaction.withValue(meta, Self.nextKeyID) { BigEndianKey($0) }
        }
        guard let next = next??.value else {
            throw LedgerError(.damaged, "\(environment.path) lost its key counter")
        }
        guard next > largestKeyID else {
            throw LedgerError(
                .vaultOlder,
                "\(environment.path) would give out key \(next) next, but records were sealed with"
                    + " keys up to \(largestKeyID): it is an older copy; put the newest back"
            )
        }
    }

    private static func initialize(
        _ environment: Environment,
        _ meta: Database,
        _ masterKey: SymmetricKey
    ) throws {
        var cipher = try AES256GCM()
        let commandKey = try wrap(
            SymmetricKey.random(),
            name: Self.commandKey,
            masterKey,
            AES256GCM.Nonce.random(),
            &cipher
        )
        try environment.write { transaction in
            try transaction.put(meta, Self.commandKey, commandKey, mode: .insert)
            try transaction.put(meta, nextKeyID, BigEndianKey(1), mode: .insert)
        }
    }

    /// A new key, durable already.
    @available(*, noasync)
    package func makeKey() throws(LedgerError) -> (id: UInt64, key: SymmetricKey) {
        try reservation.withLock { reservation throws(LedgerError) in
            if reservation.keys.isEmpty {
                reservation.keys = try makeBlock(count: reservation.blockSize)
                reservation.blockSize = min(reservation.blockSize * 2, Self.largestBlockSize)
            }
            return reservation.keys.removeLast()
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
        count: Int
    ) throws(LedgerError) -> [(id: UInt64, key: SymmetricKey)] {
        do {
            let fresh = try SymmetricKey.random(count: count)
            var cipher = try AES256GCM()
            return try environment.write { transaction in
                let next = try transaction.withValue(meta, Self.nextKeyID) { BigEndianKey($0) }
                guard let first = next??.value else {
                    throw LedgerError(.damaged, "\(environment.path) lost its key counter")
                }
                // New ones for each attempt: the ids, which are part of what is sealed, may differ.
                let nonces = try AES256GCM.Nonce.random(count: count)
                var block: [(id: UInt64, key: SymmetricKey)] = []
                for (offset, key) in fresh.enumerated() {
                    let id = BigEndianKey(first + UInt64(offset))
                    let wrapped = try Self.wrap(
                        key,
                        name: Self.name(id.value),
                        masterKey,
                        nonces[offset],
                        &cipher
                    )
                    try transaction.put(keys, id, wrapped, mode: .append)
                    block.append((id.value, key))
                }
                try transaction.put(
                    meta,
                    Self.nextKeyID,
                    BigEndianKey(first + UInt64(count))
                )
                return Array(block.reversed())
            }
        } catch {
            throw LedgerError(caught: error)
        }
    }

    /// The key of this id; nil when it was destroyed.
    @available(*, noasync)
    package func key(_ id: UInt64) throws(LedgerError) -> SymmetricKey? {
        do {
            let wrapped = try environment.read { transaction in
                try transaction.withValue(keys, BigEndianKey(id)) { $0.byteArray }
            }
            return try wrapped.map { try Self.unwrap($0, name: Self.name(id), masterKey) }
        } catch {
            throw LedgerError(caught: error)
        }
    }

    /// What a wrapped key is bound to, so that two cannot be exchanged.
    private static func name(_ id: UInt64) -> [UInt8] { Array("key \(id)".utf8) }

    /// nonce (12) ‖ ciphertext and tag (48).
    private static func wrap(
        _ key: SymmetricKey,
        name: [UInt8],
        _ masterKey: SymmetricKey,
        _ nonce: AES256GCM.Nonce,
        _ cipher: inout AES256GCM
    ) throws(CryptographyError) -> [UInt8] {
        let plain = key.withBytes { $0.byteArray }
        return nonce.bytes
            + (try cipher.seal(plain, key: masterKey, nonce: nonce, associatedData: name))
    }

    private static func unwrap(
        _ wrapped: [UInt8],
        name: [UInt8],
        _ masterKey: SymmetricKey
    ) throws(CryptographyError) -> SymmetricKey {
        var cipher = try AES256GCM()
        guard let nonce = AES256GCM.Nonce(bytes: Array(wrapped.prefix(12))) else {
            throw CryptographyError(.invalidKey, "A wrapped key is shorter than its nonce.")
        }
        return try SymmetricKey(
            bytes: cipher.open(
                Array(wrapped.dropFirst(12)),
                key: masterKey,
                nonce: nonce,
                associatedData: name
            )
        )
    }
}
