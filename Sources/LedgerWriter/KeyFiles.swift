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
}
