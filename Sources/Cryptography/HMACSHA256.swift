import COpenSSL

/// HMAC-SHA-256 (RFC 2104) under one key, for many short messages.
///
/// The key is absorbed once; what it leaves behind is wiped when the last reference goes.
@safe
package final class HMACSHA256: @unchecked Sendable {
    // Two contexts: after the inner padded key, and after the outer one. Never written to after
    // `init`, which is what makes sharing them between threads sound.
    private let states: UnsafeMutablePointer<SHA256_CTX>

    /// Absorbs a key of any length; RFC 2104 §3 advises 32 bytes or more.
    package init(key: RawSpan) {
        unsafe states = Self.absorb(key)
    }

    /// Absorbs a 32-byte key.
    package init(key: SymmetricKey) {
        unsafe states = key.withBytes { key in unsafe Self.absorb(key) }
    }

    private static func absorb(_ key: RawSpan) -> UnsafeMutablePointer<SHA256_CTX> {
        // Keys longer than a block are hashed first (RFC 2104 §3).
        var block = [UInt8](repeating: 0, count: 64)
        if key.byteCount <= block.count {
            for index in 0..<key.byteCount {
                block[index] = unsafe key.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            }
        } else {
            block.replaceSubrange(0..<Digest.byteCount, with: SHA256.hash(key).bytes)
        }
        let states = UnsafeMutablePointer<SHA256_CTX>.allocate(capacity: 2)
        for (index, pad) in [UInt8(0x36), 0x5C].enumerated() {
            var padded = block.map { byte in byte ^ pad }
            unsafe (states + index).initialize(to: SHA256_CTX())
            unsafe ledger_sha256_init(states + index)
            unsafe ledger_sha256_update(states + index, padded, padded.count)
            wipe(&padded)
        }
        wipe(&block)
        return unsafe states
    }

    deinit {
        unsafe OPENSSL_cleanse(states, 2 * MemoryLayout<SHA256_CTX>.stride)
        unsafe states.deallocate()
    }

    /// The authentication code of a message.
    package func authenticationCode(for message: RawSpan) -> Digest {
        unsafe message.withUnsafeBytes { message in
            unsafe Digest.filled { code in
                unsafe ledger_hmac_sha256(
                    states,
                    states + 1,
                    message.baseAddress,
                    message.count,
                    code
                )
            }
        }
    }

    /// The authentication code of a message.
    package func authenticationCode(for message: [UInt8]) -> Digest {
        unsafe authenticationCode(for: message.span.bytes)
    }
}
