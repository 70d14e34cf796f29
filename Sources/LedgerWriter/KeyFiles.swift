package import Cryptography
import DurableFiles
package import LedgerReader

/// Secret files: mode 0600, written once, never over another.
package enum KeyFiles {
    /// Writes a new file that only its owner can read; fails if one is there.
    package static func create(_ path: String, _ bytes: [UInt8]) throws(LedgerError) {
        do throws(FileError) {
            try DurableFile.create(path, bytes)
        } catch {
            throw LedgerError(error)
        }
    }

    /// Refuses a file that others than its owner can read or write.
    package static func read(_ path: String) throws(LedgerError) -> [UInt8] {
        do throws(FileError) {
            return try PrivateFile.read(path)
        } catch {
            throw LedgerError(error)
        }
    }

    /// The master key: 64 hex digits and a newline.
    package static func masterKey(
        _ directory: LedgerDirectory
    ) throws(LedgerError) -> SymmetricKey {
        let text = String(decoding: try read(directory.masterKeyFile), as: UTF8.self)
        let digits = text.hasSuffix("\n") ? text.dropLast() : text[...]
        guard let bytes = Hex.decode(digits), let key = try? SymmetricKey(bytes: bytes) else {
            throw LedgerError(
                .vaultWrongKey,
                "\(directory.masterKeyFile) is not 64 lower-case hex digits"
            )
        }
        return key
    }
}
