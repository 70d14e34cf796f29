package import Glibc

/// Files that are larger than one wants to hold in memory.
extension DurableFile {
    private static let blockByteCount = 1024 * 1024

    /// Calls `body` with the bytes of a regular file, a block at a time; false where there is none.
    ///
    /// Somebody else may have made it: neither a FIFO nor a file without end holds up its reader.
    package static func forEachBlock(
        of path: String,
        byteCountMaximum: UInt64,
        _ body: ([UInt8]) throws(FileError) -> Void
    ) throws(FileError) -> Bool {
        let file: OpenFile
        do throws(FileError) {
            file = try OpenFile(reading: path)
        } catch {
            guard error.code == .missing else { throw error }
            return false
        }
        var byteCount: UInt64 = 0
        while case let block = try file.readBlock(upTo: blockByteCount), !block.isEmpty {
            byteCount += UInt64(block.count)
            guard byteCount <= byteCountMaximum else {
                throw FileError(.tooLarge, "\(path) has more than \(byteCountMaximum) bytes")
            }
            try body(block)
        }
        return true
    }

    /// Writes a file under the name of a draft, in the place of what a killed attempt left there.
    ///
    /// `write` is given what appends to it. When this returns the bytes are on disk and the draft
    /// waits for `rename`; when it throws there is no draft.
    package static func draft(
        _ path: String,
        mode: mode_t = 0o600,
        _ write: (([UInt8]) throws(FileError) -> Void) throws(FileError) -> Void
    ) throws(FileError) {
        unsafe unlink(path)
        let flags = O_WRONLY | O_CREAT | O_EXCL
        let file = try OpenFile(path, flags, mode: mode, orFails: "cannot be written")
        do throws(FileError) {
            try write { (block) throws(FileError) in try file.write(block) }
            try file.setMode(mode)
            try file.sync()
        } catch {
            unsafe unlink(path)
            throw error
        }
    }

    /// How many bytes a regular file has, without reading it; nil where there is none.
    package static func byteCount(of path: String) throws(FileError) -> UInt64? {
        do throws(FileError) {
            return UInt64(try OpenFile(reading: path).status().st_size)
        } catch {
            guard error.code == .missing else { throw error }
            return nil
        }
    }
}
