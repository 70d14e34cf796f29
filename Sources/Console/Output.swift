import Glibc
import Synchronization

/// The reader of a pipe went away; nothing is wrong, and nobody is left to be told.
package struct OutputClosed: Error {
    package init() {}
}

/// Results on standard output, gathered into large writes.
///
/// Call `flush` before the process ends; a lost write is an error like any other.
package final class Output: Sendable {
    /// Failing to write results is not about the ledger nor about the input.
    package static let failureExitStatus: Int32 = 5

    package let isTerminal: Bool
    private let descriptor: Int32
    private let buffer = Mutex<[UInt8]>([])
    private static let flushByteCount = 256 * 1024

    package init(descriptor: Int32 = STDOUT_FILENO) {
        self.descriptor = descriptor
        isTerminal = isatty(descriptor) == 1
    }

    package func write(_ text: String) throws {
        try append { $0 += text.utf8 }
    }

    package func write(_ json: JSON) throws {
        try append { bytes in
            json.append(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    package func write(_ bytes: [UInt8]) throws {
        try append { $0 += bytes }
    }

    /// Gives `body` the buffer to append to.
    package func append(_ body: (inout [UInt8]) throws -> Void) throws {
        try buffer.withLock { buffer in
            try body(&buffer)
            if buffer.count >= Self.flushByteCount { try Self.flush(&buffer, descriptor) }
        }
    }

    package func flush() throws {
        try buffer.withLock { try Self.flush(&$0, descriptor) }
    }

    private static func flush(_ buffer: inout [UInt8], _ descriptor: Int32) throws {
        // Whatever happens, the same bytes are not written a second time.
        defer { buffer.removeAll(keepingCapacity: true) }
        var written = 0
        while written < buffer.count {
            let count = unsafe buffer.withUnsafeBytes { bytes in
                unsafe Glibc.write(
                    descriptor,
                    bytes.baseAddress?.advanced(by: written),
                    bytes.count - written
                )
            }
            if count >= 0 {
                written += count
            } else if errno == EPIPE {
                throw OutputClosed()
            } else if errno != EINTR {
                let reason = unsafe String(cString: strerror(errno))
                throw Failure(
                    "outputFailed",
                    thai: "เขียนผลลัพธ์ไม่ได้: \(reason)",
                    english: "The results could not be written: \(reason).",
                    exitStatus: failureExitStatus
                )
            }
        }
    }
}

/// Standard error, for everything that is no result.
///
/// Losing a message must not fail the work.
package enum Notice {
    package static func write(_ text: String) {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.write(
                    STDERR_FILENO,
                    bytes.baseAddress?.advanced(by: written),
                    bytes.count - written
                )
            }
            guard count > 0 else { return }
            written += count
        }
    }

    package static func line(_ text: String) { write(text + "\n") }
}

/// How a process answers the reader of a pipe that went away.
package enum BrokenPipe {
    /// Writing then fails with `OutputClosed`, so that work under way ends in order.
    package static func becomesAnError() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Ends the process as if the signal had done it, which is what shells expect: quietly.
    package static func end() -> Never {
        _ = signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
        exit(128 + SIGPIPE)
    }
}
