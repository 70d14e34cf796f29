// Text forms of a digest. The chain check spells a digest for every record it passes, so the
// hexadecimal forms work on eight characters at a time and need no memory of their own.

extension Digest: CustomStringConvertible {
    /// How many characters the hexadecimal form has.
    public static let hexByteCount = 64

    /// Reads exactly 64 lower-case hexadecimal digits; anything else is nil.
    public init?(hex: String) {
        var hex = hex
        let parsed = hex.withUTF8 { characters in
            unsafe Digest(hex: RawSpan(_unsafeBytes: UnsafeRawBufferPointer(characters)))
        }
        guard let parsed else {
            return nil
        }
        self = parsed
    }

    /// Reads exactly 64 lower-case hexadecimal digits in ASCII; anything else is nil.
    @inlinable
    public init?(hex: RawSpan) {
        guard hex.byteCount == Digest.hexByteCount else {
            return nil
        }
        var words = InlineArray<4, UInt64>(repeating: 0)
        for index in 0..<4 {
            guard
                let first = HexWord.decode(HexWord.load(hex, index * 16)),
                let second = HexWord.decode(HexWord.load(hex, index * 16 + 8))
            else {
                return nil
            }
            words[index] = UInt64(littleEndian: UInt64(first) | UInt64(second) << 32)
        }
        self.init(words: words)
    }

    /// Reads the padded base64 of 32 bytes (RFC 4648 §4), in its one canonical spelling.
    public init?(base64: String) {
        guard let bytes = Base64.decode(base64) else {
            return nil
        }
        self.init(bytes: bytes)
    }

    /// The 64 lower-case hexadecimal digits.
    public var hex: String {
        unsafe String(unsafeUninitializedCapacity: Digest.hexByteCount) { characters in
            for index in 0..<8 {
                unsafe UnsafeMutableRawBufferPointer(characters).storeBytes(
                    of: HexWord.encode(half(index)),
                    toByteOffset: index * 8,
                    as: UInt64.self
                )
            }
            return Digest.hexByteCount
        }
    }

    /// The padded base64 form (RFC 4648 §4), as notes and proofs write it.
    public var base64: String { withBytes { bytes in Base64.encode(bytes) } }

    /// The hexadecimal form: a digest is public and has no other.
    public var description: String { hex }

    /// Writes the 64 lower-case hexadecimal digits at an offset of a buffer that has room for them.
    @inlinable
    public func writeHex(into buffer: inout MutableSpan<UInt8>, at byteOffset: Int = 0) {
        precondition(
            byteOffset >= 0 && byteOffset <= buffer.count - Digest.hexByteCount,
            "the buffer ends before the 64 digits do"
        )
        var bytes = unsafe buffer.mutableBytes
        for index in 0..<8 {
            bytes.storeBytes(
                of: HexWord.encode(half(index)),
                toByteOffset: byteOffset + index * 8,
                as: UInt64.self
            )
        }
    }

    /// Appends the 64 lower-case hexadecimal digits.
    @inlinable
    public func appendHex(to bytes: inout [UInt8]) {
        let digits = InlineArray<8, UInt64> { index in HexWord.encode(half(index)) }
        unsafe Swift.withUnsafeBytes(of: digits) { digits in
            unsafe bytes.append(contentsOf: digits)
        }
    }

    /// Whether these bytes are exactly this digest's 64 lower-case hexadecimal digits.
    @inlinable
    public func isSpelled(by hex: RawSpan) -> Bool {
        guard hex.byteCount == Digest.hexByteCount else {
            return false
        }
        var difference: UInt64 = 0
        for index in 0..<8 {
            difference |= HexWord.encode(half(index)) ^ HexWord.load(hex, index * 8)
        }
        return difference == 0
    }

    // Four bytes of the digest, the first of them lowest: what one `HexWord` spells.
    @inlinable
    func half(_ index: Int) -> UInt32 {
        let word = words[index / 2].littleEndian
        return UInt32(truncatingIfNeeded: index % 2 == 0 ? word : word >> 32)
    }
}
