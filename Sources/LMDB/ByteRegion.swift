/// Bytes that can be lent to LMDB as a key or a value for the length of one call.
package protocol ByteRegion: ~Copyable, ~Escapable {
    /// Calls `body` with the bytes, which are valid only until it returns.
    @unsafe
    func withRegion<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result
}

extension RawSpan: ByteRegion {
    @unsafe
    package func withRegion<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe withUnsafeBytes { bytes in unsafe body(bytes) }
    }
}

extension Array: ByteRegion where Element == UInt8 {
    @unsafe
    package func withRegion<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe span.bytes.withRegion(body)
    }
}

/// An unsigned number as an eight-byte key whose byte order is the numeric order.
///
/// LMDB compares keys like `memcmp`, so only big-endian numbers sort as numbers. The bytes live
/// on the stack: such a key costs no allocation.
package struct BigEndianKey: Hashable, Sendable {
    package let value: UInt64

    package init(_ value: UInt64) { self.value = value }

    /// Reads a key of exactly eight bytes, or nothing from any other length.
    package init?(_ bytes: RawSpan) {
        guard bytes.byteCount == MemoryLayout<UInt64>.size else { return nil }
        let stored = unsafe bytes.unsafeLoadUnaligned(as: UInt64.self)
        self.init(UInt64(bigEndian: stored))
    }
}

extension BigEndianKey: ByteRegion {
    @unsafe
    package func withRegion<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe withUnsafeBytes(of: value.bigEndian) { bytes in unsafe body(bytes) }
    }
}
