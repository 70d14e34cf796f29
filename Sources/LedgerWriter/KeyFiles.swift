package import Cryptography
import Foundation
package import LedgerReader

/// Secret files: mode 0600, written once, never over another.
package enum KeyFiles {
    /// Writes a new file that only its owner can read; fails if one is there.
    package static func create(_ path: String, _ bytes: [UInt8]) throws(LedgerError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path, "cannot be created", errno) }
        defer { close(descriptor) }
        errno = 0
        let count = unsafe write(descriptor, bytes, bytes.count)
        guard count == bytes.count, fsync(descriptor) == 0 else {
            // A short write sets no error; it means that there was no room for the rest.
            let code = errno == 0 ? ENOSPC : errno
            unsafe unlink(path)
            throw failure(path, "cannot be written", code)
        }
    }

    /// Refuses a file that others than its owner can read or write, as ssh does: what was once
    /// readable by all is no secret, and nobody would notice.
    package static func read(_ path: String) throws(LedgerError) -> [UInt8] {
        var status = stat()
        if unsafe stat(path, &status) == 0, status.st_mode & 0o077 != 0 {
            let mode = String(status.st_mode & 0o777, radix: 8)
            throw LedgerError(
                .keyExposed,
                "\(path) can be read or written by others (mode \(mode)): chmod 600 it, and think"
                    + " of who may have read it"
            )
        }
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch CocoaError.fileReadNoSuchFile {
            throw LedgerError(.keyMissing, "\(path) is missing")
        } catch {
            throw LedgerError(.noPermission, "\(path) cannot be read: \(error)")
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

    private static func failure(_ path: String, _ what: String, _ code: Int32) -> LedgerError {
        let reason = unsafe String(cString: strerror(code))
        switch code {
        case EEXIST: return LedgerError(.alreadyExists, "\(path) exists already")
        case ENOSPC, EDQUOT: return LedgerError(.diskFull, "\(path) \(what): \(reason)")
        default: return LedgerError(.noPermission, "\(path) \(what): \(reason)")
        }
    }
}
