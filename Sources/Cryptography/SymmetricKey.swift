import COpenSSL

/// A 32-byte secret key, wiped from memory when the last reference to it goes.
///
/// Neither printing nor reflecting it shows its bytes.
@safe
package final class SymmetricKey: @unchecked Sendable {
    /// How many bytes a key has.
    package static let byteCount = 32

    // Written in `init` alone, so sharing a key between threads is sound.
    private let storage: UnsafeMutableRawPointer

    private init() {
        unsafe storage = .allocate(byteCount: Self.byteCount, alignment: 8)
    }

    /// Copies a key of exactly 32 bytes; the caller's copy stays the caller's to wipe.
    package convenience init(bytes: RawSpan) throws(CryptographyError) {
        guard bytes.byteCount == Self.byteCount else {
            throw CryptographyError(
                .invalidKey,
                "A key has \(Self.byteCount) bytes, not \(bytes.byteCount)."
            )
        }
        self.init()
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe UnsafeMutableRawBufferPointer(start: storage, count: Self.byteCount)
                .copyMemory(from: bytes)
        }
    }

    /// Copies a key of exactly 32 bytes; the caller's copy stays the caller's to wipe.
    package convenience init(bytes: [UInt8]) throws(CryptographyError) {
        try unsafe self.init(bytes: bytes.span.bytes)
    }

    /// A fresh random key.
    package static func random() throws(CryptographyError) -> SymmetricKey {
        let key = SymmetricKey()
        // The generator for private keys: its state is apart from the one that makes nonces.
        let status = unsafe RAND_priv_bytes_ex(nil, key.storage, byteCount, 0)
        guard status == 1 else {
            throw .draining(.randomnessUnavailable, "No random key could be had.")
        }
        return key
    }

    /// So many fresh random keys, drawn at once: what the generator asks for each time it is called
    /// is more than for hundreds of bytes.
    package static func random(count: Int) throws(CryptographyError) -> [SymmetricKey] {
        var bytes = [UInt8](repeating: 0, count: count * byteCount)
        defer { wipe(&bytes) }
        let status = unsafe bytes.withUnsafeMutableBytes { bytes in
            unsafe RAND_priv_bytes_ex(nil, bytes.baseAddress, bytes.count, 0)
        }
        guard status == 1 else {
            throw .draining(.randomnessUnavailable, "No random keys could be had.")
        }
        let all = unsafe bytes.span.bytes
        var keys: [SymmetricKey] = []
        keys.reserveCapacity(count)
        for start in stride(from: 0, to: bytes.count, by: byteCount) {
            keys.append(try SymmetricKey(bytes: all.extracting(start..<start + byteCount)))
        }
        return keys
    }

    deinit {
        unsafe OPENSSL_cleanse(storage, Self.byteCount)
        unsafe storage.deallocate()
    }

    /// Lends the key's bytes, to seal or derive with; they must not be copied out.
    package func withBytes<Result, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = unsafe UnsafeRawBufferPointer(start: storage, count: Self.byteCount)
        return try unsafe body(RawSpan(_unsafeBytes: bytes))
    }
}

extension SymmetricKey: Equatable {
    /// Whether both keys are the same, in a time that does not tell where they differ.
    package static func == (left: SymmetricKey, right: SymmetricKey) -> Bool {
        unsafe CRYPTO_memcmp(left.storage, right.storage, byteCount) == 0
    }
}

extension SymmetricKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says that there is a key, and nothing about it.
    package var description: String { "SymmetricKey(redacted)" }

    /// Says that there is a key, and nothing about it.
    package var debugDescription: String { description }

    /// Shows `dump` and debuggers no parts.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Overwrites bytes that were secret, in a way the optimiser may not leave out.
func wipe(_ bytes: inout [UInt8]) {
    unsafe bytes.withUnsafeMutableBytes { bytes in
        unsafe OPENSSL_cleanse(bytes.baseAddress, bytes.count)
    }
}
