import COpenSSL

/// Random bytes for keys, nonces and salts, from libcrypto's generator.
package enum SecureRandom {
    /// Fresh random bytes.
    package static func bytes(count: Int) throws(CryptographyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let status = unsafe bytes.withUnsafeMutableBufferPointer { bytes in
            unsafe RAND_bytes_ex(nil, bytes.baseAddress, bytes.count, 0)
        }
        guard status == 1 else {
            throw .draining(.randomnessUnavailable, "No random bytes could be had.")
        }
        return bytes
    }
}
