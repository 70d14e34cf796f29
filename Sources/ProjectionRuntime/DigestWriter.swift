package import Cryptography

/// Hashes the rows of a projection, from whichever sink, so that no two sequences of values have the
/// same bytes (PROJECTIONS.md has the format).
package struct DigestWriter: ~Copyable {
    /// The first byte of everything in a digest's input.
    private enum Tag {
        static let null: UInt8 = 0x00
        static let integer: UInt8 = 0x01
        static let text: UInt8 = 0x02
        static let blob: UInt8 = 0x03
        static let table: UInt8 = 0x10
        static let row: UInt8 = 0x11
    }

    private static let flushByteCount = 1 << 16
    private var hasher = SHA256()
    private var buffer: [UInt8] = []

    package init(_ name: String, version: Int) {
        buffer.reserveCapacity(Self.flushByteCount + 4096)
        append(text: "bmn-projection-digest/v1")
        append(text: name)
        append(integer: Int64(version))
    }

    /// Begins a table; its rows follow in the order of its key.
    package mutating func beginTable(_ name: String, columns: [String]) {
        append(tag: Tag.table)
        append(text: name)
        append(integer: Int64(columns.count))
        for column in columns { append(text: column) }
    }

    /// Begins a row; its values follow in the order of the columns.
    package mutating func beginRow() {
        if buffer.count >= Self.flushByteCount { flush() }
        append(tag: Tag.row)
    }

    package mutating func appendNull() { append(tag: Tag.null) }

    package mutating func append(integer: Int64) {
        append(tag: Tag.integer)
        append(bigEndian: UInt64(bitPattern: integer))
    }

    package mutating func append(text: String) {
        append(tag: Tag.text)
        append(bigEndian: UInt64(text.utf8.count))
        buffer.append(contentsOf: text.utf8)
    }

    package mutating func append(blob: [UInt8]) {
        append(tag: Tag.blob)
        append(bigEndian: UInt64(blob.count))
        buffer.append(contentsOf: blob)
    }

    /// An integer as its eight bytes, big-endian.
    package mutating func append(integerBytes bytes: ArraySlice<UInt8>) {
        append(tag: Tag.integer)
        buffer.append(contentsOf: bytes)
    }

    /// A text as its bytes in UTF-8.
    package mutating func append(textBytes bytes: ArraySlice<UInt8>) {
        append(tag: Tag.text)
        append(bigEndian: UInt64(bytes.count))
        buffer.append(contentsOf: bytes)
    }

    /// The digest of all that was appended; nothing may follow.
    package mutating func finish() -> Digest {
        flush()
        return hasher.finalize()
    }

    private mutating func append(tag: UInt8) { buffer.append(tag) }

    private mutating func append(bigEndian number: UInt64) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            buffer.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    private mutating func flush() {
        hasher.update(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
