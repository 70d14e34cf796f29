import Glibc

/// An open file; closed with this value.
struct OpenFile: ~Copyable {
    private let descriptor: Int32
    private let path: String

    init(
        _ path: String,
        _ flags: Int32,
        mode: mode_t = 0o600,
        orFails what: String
    ) throws(FileError) {
        self.path = path
        descriptor = unsafe open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            let code = errno
            guard flags & O_CREAT != 0, code == ENOENT else {
                throw FileError(path, what, errno: code)
            }
            // What is missing then is the folder.
            throw FileError(.notAccessible, "\(path) \(what): its folder is missing")
        }
    }

    deinit { close(descriptor) }

    func status() throws(FileError) -> stat {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw FileError(path, "cannot be read", errno: errno)
        }
        return status
    }

    /// All of it, unless that is more than so many bytes.
    func read(byteCountMaximum: Int) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            var code: Int32 = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 64 * 1024) { buffer, count in
                let result = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if result < 0 { code = errno }
                count = max(0, result)
            }
            if code == EINTR { continue }
            guard code == 0 else { throw FileError(path, "cannot be read", errno: code) }
            if chunk.isEmpty { return bytes }
            bytes += chunk
            guard bytes.count <= byteCountMaximum else {
                throw FileError(.tooLarge, "\(path) has more than \(byteCountMaximum) bytes")
            }
        }
    }

    func write(_ bytes: [UInt8]) throws(FileError) {
        errno = 0
        let count = unsafe Glibc.write(descriptor, bytes, bytes.count)
        guard count == bytes.count else {
            // A short write sets no error; it means that there was no room for the rest.
            throw FileError(path, "cannot be written", errno: errno == 0 ? ENOSPC : errno)
        }
    }

    func sync() throws(FileError) {
        guard fsync(descriptor) == 0 else {
            throw FileError(path, "cannot be written", errno: errno)
        }
    }

    /// Whether the lock was free.
    func lockIfFree() throws(FileError) -> Bool {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EWOULDBLOCK { return false }
            guard errno == EINTR else { throw FileError(path, "cannot be locked", errno: errno) }
        }
        return true
    }
}
