import Foundation

/// A new file, written in large pieces.
final class OutputFile {
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private static let flushByteCount = 256 * 1024

    init(folder: String, name: String) throws {
        let url = URL(fileURLWithPath: folder).appendingPathComponent(name)
        try Data().write(to: url, options: .withoutOverwriting)
        handle = try FileHandle(forWritingTo: url)
    }

    func append(_ text: String) throws {
        buffer += text.utf8
        if buffer.count >= Self.flushByteCount { try flush() }
    }

    func append(line bytes: [UInt8]) throws {
        buffer += bytes
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.flushByteCount { try flush() }
    }

    func close() throws {
        try flush()
        try handle.close()
    }

    private func flush() throws {
        try handle.write(contentsOf: buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
