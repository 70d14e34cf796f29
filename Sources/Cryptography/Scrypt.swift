import COpenSSL

/// scrypt (RFC 7914): a key from a passphrase, at a cost in time and memory for whoever guesses.
package struct Scrypt: Hashable, Sendable {
    /// N: a power of two; time and memory grow with it.
    package let cost: UInt64
    /// r: memory is 128 · r · N bytes.
    package let blockSize: UInt64
    /// p: so many independent passes.
    package let parallelization: UInt64

    /// 128 MiB: what makes a guess dear, and a server does not notice.
    package static let standard = Scrypt(cost: 1 << 17, blockSize: 8, parallelization: 1)

    /// Bounds what a file may ask this process for.
    private static let memoryByteCountMaximum: UInt64 = 1 << 30

    package init(cost: UInt64, blockSize: UInt64, parallelization: UInt64) {
        self.cost = cost
        self.blockSize = blockSize
        self.parallelization = parallelization
    }

    /// Whether RFC 7914 §2 allows the parameters and this process the memory.
    package var isUsable: Bool {
        guard cost > 1, cost & (cost - 1) == 0, (1...64).contains(blockSize),
            (1...16).contains(parallelization)
        else { return false }
        // N < 2^(128 · r / 8); a shift by more than there are bits leaves none.
        guard cost >> (16 * blockSize) == 0 else { return false }
        return cost <= Self.memoryByteCountMaximum / 128 / blockSize
    }

    /// So many bytes, the same each time for the same passphrase and salt.
    package func bytes(
        passphrase: [UInt8],
        salt: [UInt8],
        count: Int
    ) throws(CryptographyError) -> [UInt8] {
        guard isUsable else {
            throw CryptographyError(.unsupportedKey, "The scrypt parameters are out of bounds.")
        }
        var bytes = [UInt8](repeating: 0, count: count)
        let status = unsafe passphrase.withUnsafeBytes { passphrase in
            unsafe bytes.withUnsafeMutableBufferPointer { bytes in
                unsafe EVP_PBE_scrypt(
                    // A null pointer would mean that only the parameters are to be checked.
                    passphrase.baseAddress?.assumingMemoryBound(to: CChar.self),
                    passphrase.count,
                    salt,
                    salt.count,
                    cost,
                    blockSize,
                    parallelization,
                    Self.memoryByteCountMaximum * 2,
                    bytes.baseAddress,
                    bytes.count
                )
            }
        }
        guard status == 1 else {
            wipe(&bytes)
            throw .draining(.libraryFailure, "scrypt failed.")
        }
        return bytes
    }

    /// A 32-byte key.
    package func key(
        passphrase: [UInt8],
        salt: [UInt8]
    ) throws(CryptographyError) -> SymmetricKey {
        var bytes = try bytes(passphrase: passphrase, salt: salt, count: SymmetricKey.byteCount)
        defer { wipe(&bytes) }
        return try SymmetricKey(bytes: bytes)
    }
}
