import DurableFiles
import Glibc

/// Files and folders that somebody else made.
package enum InputFile {
    package static func exists(_ path: String) -> Bool {
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

    /// For those who open the file by a library, which would wait for ever on a FIFO.
    package static func requireRegular(_ path: String) throws(LedgerError) {
        var status = stat()
        // What is missing or may not be looked at is for those to report who open it.
        guard unsafe stat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw LedgerError(.notALedger, "\(path) is not a regular file")
        }
    }

    /// The whole of a regular file, or nil where there is none.
    package static func read(
        _ path: String,
        byteCountMaximum: Int
    ) throws(LedgerError) -> [UInt8]? {
        do throws(FileError) {
            return try DurableFile.read(path, byteCountMaximum: byteCountMaximum)
        } catch {
            throw LedgerError(error)
        }
    }

    /// The whole of a regular file that must be there.
    package static func bytes(
        _ path: String,
        byteCountMaximum: Int
    ) throws(LedgerError) -> [UInt8] {
        guard let bytes = try read(path, byteCountMaximum: byteCountMaximum) else {
            throw LedgerError(.fileMissing, "\(path) does not exist: check its name")
        }
        return bytes
    }
}
