import Glibc
package import LedgerReader

extension InputFile {
    /// The whole of a regular file, nil where there is none.
    ///
    /// Somebody else made it: neither a FIFO nor a file without end can hold up whoever reads it.
    package static func read(
        _ path: String,
        byteCountMaximum: Int
    ) throws(LedgerError) -> [UInt8]? {
        // Opening a FIFO would wait for a writer if it were not for O_NONBLOCK.
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
        let descriptor = unsafe open(path, flags)
        guard descriptor >= 0 else {
            let code = errno
            if code == ENOENT || code == ENOTDIR { return nil }
            throw unreadable(path, code)
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw LedgerError(.damaged, "\(path) is not a regular file")
        }
        guard status.st_size <= byteCountMaximum else {
            throw LedgerError(.damaged, "\(path) has more than \(byteCountMaximum) bytes")
        }
        // One more than it has, so that growth shows.
        let capacity = Int(status.st_size) + 1
        var code: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            while count < capacity {
                let start = unsafe buffer.baseAddress?.advanced(by: count)
                let result = unsafe Glibc.read(descriptor, start, capacity - count)
                if result == 0 { return }
                if result > 0 {
                    count += result
                } else if errno != EINTR {
                    code = errno
                    return
                }
            }
        }
        guard code == 0 else { throw unreadable(path, code) }
        guard bytes.count < capacity else {
            throw LedgerError(.damaged, "\(path) grows while it is read")
        }
        return bytes
    }

    private static func unreadable(_ path: String, _ code: Int32) -> LedgerError {
        let reason = unsafe String(cString: strerror(code))
        let isDenied = code == EACCES || code == EPERM
        return LedgerError(isDenied ? .noPermission : .damaged, "\(path) cannot be read: \(reason)")
    }
}
