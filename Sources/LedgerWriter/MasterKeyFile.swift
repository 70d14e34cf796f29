import Cryptography
import DurableFiles
import Foundation
import LedgerReader

/// Asks for the passphrase of the master key.
package typealias PassphraseSource = @Sendable () throws -> [UInt8]

/// One of the files that a master key is in, or follows from.
enum MasterKeyFile {
    /// 64 hex digits and a newline.
    case key(String)
    /// Salt and parameters; the passphrase is in no file of the ledger's.
    case scrypt(String)

    var path: String {
        switch self {
        case .key(let path), .scrypt(let path): path
        }
    }

    /// The forms of the master key in force.
    static func current(_ directory: LedgerDirectory) -> [MasterKeyFile] {
        [.key(directory.masterKeyFile), .scrypt(directory.masterScryptFile)]
    }

    /// The forms of the one that is to follow it.
    static func next(_ directory: LedgerDirectory) -> [MasterKeyFile] {
        [.key(directory.nextMasterKeyFile), .scrypt(directory.nextMasterScryptFile)]
    }

    /// The key; `vaultWrongKey` where the file is none.
    func masterKey(_ passphrase: PassphraseSource?) throws -> SymmetricKey {
        let bytes = try KeyFiles.read(path)
        switch self {
        case .key:
            let text = String(decoding: bytes, as: UTF8.self)
            let digits = text.hasSuffix("\n") ? text.dropLast() : text[...]
            guard let bytes = Hex.decode(digits), let key = try? SymmetricKey(bytes: bytes) else {
                throw LedgerError(.vaultWrongKey, "\(path) is not 64 lower-case hex digits")
            }
            return key
        case .scrypt:
            guard let parameters = ScryptParameters(bytes) else {
                throw LedgerError(.vaultWrongKey, "\(path) holds no parameters of scrypt")
            }
            guard let passphrase else {
                throw LedgerError(.passphraseNeeded, "\(path): a passphrase opens the vault")
            }
            return try parameters.masterKey(passphrase())
        }
    }

    /// Writes a new file and returns its key.
    func create(passphrase: [UInt8]?) throws -> SymmetricKey {
        guard let passphrase else {
            let key = try SymmetricKey.random()
            let digits = key.withBytes { Hex.encode($0) } + "\n"
            try KeyFiles.create(path, Array(digits.utf8))
            return key
        }
        guard !passphrase.isEmpty else {
            throw CryptographyError(.emptyPassphrase, "The passphrase has no characters.")
        }
        let parameters = ScryptParameters(salt: try SecureRandom.bytes(count: 32))
        try KeyFiles.create(path, parameters.json)
        return try parameters.masterKey(passphrase)
    }
}

/// What of scrypt is no secret: salt and parameters, as one line of JSON.
private struct ScryptParameters {
    private let salt: [UInt8]
    private let scrypt: Scrypt

    private struct File: Codable {
        let kdf: String
        let salt: String
        let n: UInt64
        let r: UInt64
        let p: UInt64
    }

    init(salt: [UInt8]) {
        self.salt = salt
        scrypt = .standard
    }

    init?(_ bytes: [UInt8]) {
        guard let file = try? JSONDecoder().decode(File.self, from: Data(bytes)),
            file.kdf == "scrypt", let salt = Hex.decode(file.salt), salt.count >= 16
        else { return nil }
        self.salt = salt
        scrypt = Scrypt(cost: file.n, blockSize: file.r, parallelization: file.p)
        guard scrypt.isUsable else { return nil }
    }

    var json: [UInt8] {
        Array(
            (#"{"kdf":"scrypt","salt":"\#(Hex.encode(salt))","n":\#(scrypt.cost),"#
                + #""r":\#(scrypt.blockSize),"p":\#(scrypt.parallelization)}"# + "\n").utf8
        )
    }

    func masterKey(_ passphrase: [UInt8]) throws(CryptographyError) -> SymmetricKey {
        try scrypt.key(passphrase: passphrase, salt: salt)
    }
}
