import Cryptography
import DurableFiles
import Foundation
import Glibc
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

    /// Both forms, of which one is there.
    struct Forms {
        let key: MasterKeyFile
        let scrypt: MasterKeyFile

        var all: [MasterKeyFile] { [key, scrypt] }
    }

    /// The master key in force, where its names lead to.
    static func current(_ directory: LedgerDirectory) -> Forms {
        Forms(
            key: .key(DurableFile.resolvingLinks(directory.masterKeyFile)),
            scrypt: .scrypt(DurableFile.resolvingLinks(directory.masterScryptFile))
        )
    }

    /// The one that is to follow it.
    static func next(_ directory: LedgerDirectory) -> Forms {
        Forms(
            key: .key(draft(directory.nextMasterKeyFile, of: directory.masterKeyFile)),
            scrypt: .scrypt(draft(directory.nextMasterScryptFile, of: directory.masterScryptFile))
        )
    }

    /// Beside the file whose place it takes: a link may have led to another file system.
    private static func draft(_ path: String, of name: String) -> String {
        let target = DurableFile.resolvingLinks(name)
        return target == name ? path : target + ".next"
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
            let given = try passphrase()
            guard !given.isEmpty else {
                throw LedgerError(.wrongPassphrase, "\(path): the passphrase has no characters")
            }
            return try parameters.masterKey(given)
        }
    }

    /// Takes owner and mode of the file whose place it is to take.
    func takeAfter(_ former: MasterKeyFile) throws(FileError) {
        try DurableFile.keepOwner(of: former.path, on: path)
        try DurableFile.keepMode(of: former.path, on: path)
    }

    /// Lets its owner write it; whoever is not that is told when writing.
    func makeWritable() {
        unsafe chmod(path, 0o600)
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
