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

    /// One that was opened already.
    init(
        _ opened: CreationCalls.Opened,
        _ path: String,
        orFails what: String
    ) throws(FileError) {
        self.path = path
        descriptor = opened.descriptor
        guard descriptor >= 0 else { throw FileError(path, what, errno: opened.code) }
    }

    /// A regular file, for reading.
    init(reading path: String) throws(FileError) {
        // Opening a FIFO would wait for a writer if it were not for O_NONBLOCK.
        let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY
        let file = try OpenFile(path, flags, orFails: "cannot be read")
        guard try file.status().st_mode & S_IFMT == S_IFREG else {
            throw FileError(.notRegular, "\(path) is not a regular file")
        }
        self = file
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
        let fileByteCount = Int(try status().st_size)
        guard fileByteCount <= byteCountMaximum else {
            throw FileError(.tooLarge, "\(path) has more than \(byteCountMaximum) bytes")
        }
        // One more than it has, so that growth shows.
        let capacity = fileByteCount + 1
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
        guard code == 0 else { throw FileError(path, "cannot be read", errno: code) }
        guard bytes.count < capacity else {
            throw FileError(.tooLarge, "\(path) grows while it is read")
        }
        return bytes
    }

    /// The next bytes, at most so many; none at the end.
    func readBlock(upTo byteCount: Int) throws(FileError) -> [UInt8] {
        while true {
            var code: Int32 = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
                let result = unsafe Glibc.read(descriptor, buffer.baseAddress, byteCount)
                if result < 0 { code = errno }
                count = max(0, result)
            }
            if code == 0 { return bytes }
            guard code == EINTR else { throw FileError(path, "cannot be read", errno: code) }
        }
    }

    func write(_ bytes: [UInt8]) throws(FileError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.write(
                    descriptor,
                    bytes.baseAddress?.advanced(by: written),
                    bytes.count - written
                )
            }
            if count > 0 {
                written += count
            } else if count == 0 || errno != EINTR {
                throw FileError(path, "cannot be written", errno: count == 0 ? ENOSPC : errno)
            }
        }
    }

    /// Whatever the umask: the mode is part of what is promised.
    func setMode(_ mode: mode_t) throws(FileError) {
        guard fchmod(descriptor, mode) == 0 else {
            throw FileError(path, "cannot be written", errno: errno)
        }
    }

    func sync(by calls: CreationCalls = .system) throws(FileError) {
        let code = calls.sync(descriptor)
        guard code == 0 else { throw FileError(path, "cannot be written", errno: code) }
    }

    /// Whether the lock was free.
    func lockIfFree(isShared: Bool) throws(FileError) -> Bool {
        while flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
            if errno == EWOULDBLOCK { return false }
            guard errno == EINTR else { throw FileError(path, "cannot be locked", errno: errno) }
        }
        return true
    }
}
