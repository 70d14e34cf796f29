import Glibc
import LedgerReader

extension ServiceCore {
    /// The code of what the last commit failed with, until the disk takes bytes again.
    ///
    /// A cured disk must not wait for a command to be believed: whoever sends commands sends none
    /// while the service says that it is not ready.
    func failureOfCommits() async -> String? {
        guard let failure = gate.failure else { return nil }
        guard ContinuousClock.now - failure.at >= limits.failureTime else { return failure.code }
        let path = reader.directory.path
        let isWritten = try? await threads.run { DiskProbe.succeeds(in: path) }
        guard isWritten == true else { return failure.code }
        gate.forget(failure)
        return nil
    }
}

/// Whether a directory's disk takes as much as a commit does, and keeps it.
enum DiskProbe {
    private static let byteCount = 256 * 1024

    static func succeeds(in directory: String) -> Bool {
        let path = "\(directory)/.probe-\(UInt64.random(in: .min ... .max))"
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // At once: nothing is left behind however this ends.
        guard unsafe unlink(path) == 0 else { return false }
        let bytes = [UInt8](repeating: 0xA5, count: byteCount)
        var written = 0
        while written < byteCount {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(
                    descriptor,
                    buffer.baseAddress?.advanced(by: written),
                    byteCount - written
                )
            }
            guard count > 0 else { return false }
            written += count
        }
        return fsync(descriptor) == 0
    }
}
