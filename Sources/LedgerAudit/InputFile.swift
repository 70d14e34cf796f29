import Foundation
import Glibc
package import LedgerReader

/// What a path must lead to before it is opened: opening a FIFO would wait for ever.
package enum InputFile {
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0
    }

    package static func requireDirectory(_ path: String) throws(LedgerError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            guard errno == ENOENT else { return }
            throw LedgerError(.notALedger, "\(path) does not exist")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw LedgerError(
                .notALedger,
                "\(path) is no directory: name the one that holds ledger.mdb"
            )
        }
    }

    package static func requireRegular(
        _ path: String,
        byteCountMaximum: Int = .max
    ) throws(LedgerError) {
        var status = stat()
        // What is missing or may not be looked at is for those to report who open it.
        guard unsafe stat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw LedgerError(.notALedger, "\(path) is not a regular file")
        }
        guard status.st_size <= byteCountMaximum else {
            throw LedgerError(.damaged, "\(path) is too large to be one")
        }
    }

    /// All of a small file.
    package static func bytes(
        _ path: String,
        byteCountMaximum: Int
    ) throws(LedgerError) -> [UInt8] {
        try requireRegular(path, byteCountMaximum: byteCountMaximum)
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch CocoaError.fileReadNoSuchFile {
            throw LedgerError(.damaged, "\(path) does not exist")
        } catch {
            throw LedgerError(.noPermission, "\(path) cannot be read: \(error)")
        }
    }
}
