import COpenSSL

/// SHA-256 (FIPS 180-4): whole messages by the static functions, long ones piece by piece.
///
/// It uses libcrypto's low-level functions, for the reason and the figures in COpenSSL's shim.h:
/// the context is a value, so there is nothing to allocate, to fetch or to keep per thread.
@safe
package struct SHA256: ~Copyable {
    private var context = SHA256_CTX()

    /// A hasher that has seen no bytes yet.
    package init() {
        unsafe ledger_sha256_init(&context)
    }

    /// Continues the message.
    package mutating func update(_ bytes: RawSpan) {
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe ledger_sha256_update(&context, bytes.baseAddress, bytes.count)
        }
    }

    /// Continues the message.
    package mutating func update(_ bytes: [UInt8]) {
        unsafe update(bytes.span.bytes)
    }

    /// Ends the message and begins the next one.
    package mutating func finalize() -> Digest {
        let digest = unsafe Digest.filled { digest in
            unsafe ledger_sha256_final(&context, digest)
        }
        unsafe ledger_sha256_init(&context)
        return digest
    }
}

extension SHA256 {
    /// The digest of a whole message.
    package static func hash(_ bytes: RawSpan) -> Digest {
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe Digest.filled { digest in
                unsafe ledger_sha256(bytes.baseAddress, bytes.count, digest)
            }
        }
    }

    /// The digest of a whole message.
    package static func hash(_ bytes: [UInt8]) -> Digest {
        unsafe hash(bytes.span.bytes)
    }

    /// The digest of one byte followed by the message, which is not copied to join them.
    package static func hash(prefix: UInt8, _ bytes: RawSpan) -> Digest {
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe Digest.filled { digest in
                unsafe ledger_sha256_prefixed(prefix, bytes.baseAddress, bytes.count, digest)
            }
        }
    }

    /// The digest of one byte followed by the message, which is not copied to join them.
    package static func hash(prefix: UInt8, _ bytes: [UInt8]) -> Digest {
        unsafe hash(prefix: prefix, bytes.span.bytes)
    }

    /// The digest of one byte followed by two digests: an inner node of a Merkle tree.
    package static func hash(prefix: UInt8, _ left: Digest, _ right: Digest) -> Digest {
        unsafe left.withUnsafeBytes { left in
            unsafe right.withUnsafeBytes { right in
                unsafe Digest.filled { digest in
                    unsafe ledger_sha256_node(prefix, left.baseAddress, right.baseAddress, digest)
                }
            }
        }
    }
}
