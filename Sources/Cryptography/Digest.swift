/// A SHA-256 digest: exactly 32 bytes, held inline, so that millions of them cost no allocation.
///
/// `==` stops at the first difference and so is not for secrets; digests in a public log are none.
public struct Digest: Hashable, Sendable, BitwiseCopyable {
    /// How many bytes a digest has.
    public static let byteCount = 32

    /// The digest of 32 zero bytes; what record 0 names as its predecessor.
    public static let zero = Digest(words: InlineArray(repeating: 0))

    // The digest's bytes in memory order, whatever the machine's own byte order.
    @usableFromInline
    var words: InlineArray<4, UInt64>

    @inlinable
    init(words: InlineArray<4, UInt64>) {
        self.words = words
    }

    /// Takes the 32 bytes of a digest, or nil where there are more or fewer.
    @inlinable
    public init?(bytes: RawSpan) {
        guard bytes.byteCount == Digest.byteCount else {
            return nil
        }
        var words = InlineArray<4, UInt64>(repeating: 0)
        for index in 0..<4 {
            words[index] = unsafe bytes.unsafeLoadUnaligned(
                fromByteOffset: index * 8,
                as: UInt64.self
            )
        }
        self.init(words: words)
    }

    /// Takes the 32 bytes of a digest, or nil where there are more or fewer.
    @inlinable
    public init?(bytes: [UInt8]) {
        unsafe self.init(bytes: bytes.span.bytes)
    }

    /// The 32 bytes as an array; allocates, so not for inner loops.
    public var bytes: [UInt8] {
        unsafe withUnsafeBytes { bytes in unsafe [UInt8](bytes) }
    }

    /// Lends the 32 bytes.
    @inlinable
    public func withBytes<Result, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(words.span.bytes)
    }

    /// Lends the 32 bytes to code that needs a pointer.
    @unsafe
    @inlinable
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe Swift.withUnsafeBytes(of: words, body)
    }

    /// Whether both have the same 32 bytes; takes no care about time.
    @inlinable
    public static func == (left: Digest, right: Digest) -> Bool {
        left.words[0] == right.words[0] && left.words[1] == right.words[1]
            && left.words[2] == right.words[2] && left.words[3] == right.words[3]
    }

    /// Feeds all four words, so that nobody can choose digests that collide in a table.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        for index in 0..<4 {
            hasher.combine(words[index])
        }
    }
}

extension Digest {
    /// The digest that `fill` writes into the 32 bytes it is given.
    @inline(__always)
    static func filled(by fill: (UnsafeMutableRawPointer) -> Void) -> Digest {
        var words = InlineArray<4, UInt64>(repeating: 0)
        unsafe withUnsafeMutablePointer(to: &words) { pointer in
            unsafe fill(UnsafeMutableRawPointer(pointer))
        }
        return Digest(words: words)
    }
}
