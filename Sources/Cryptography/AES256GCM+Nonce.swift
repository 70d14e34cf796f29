extension AES256GCM {
    /// The 12 bytes that make a sealing unique under its key; public, but never to be used again.
    package struct Nonce: Sendable {
        /// How many bytes a nonce has.
        package static let byteCount = 12

        let storage: InlineArray<12, UInt8>

        /// Takes the 12 bytes of a stored nonce, or nil where there are more or fewer.
        package init?(bytes: [UInt8]) {
            guard bytes.count == Self.byteCount else {
                return nil
            }
            storage = InlineArray { index in bytes[index] }
        }

        private init(storage: InlineArray<12, UInt8>) {
            self.storage = storage
        }

        /// A fresh random nonce.
        package static func random() throws(CryptographyError) -> Nonce {
            let bytes = try SecureRandom.bytes(count: byteCount)
            return Nonce(storage: InlineArray { index in bytes[index] })
        }

        /// So many fresh random nonces, drawn at once: what the generator asks for each time it is
        /// called is more than for hundreds of bytes.
        package static func random(count: Int) throws(CryptographyError) -> [Nonce] {
            let bytes = try SecureRandom.bytes(count: count * byteCount)
            return (0..<count).map { number in
                Nonce(storage: InlineArray { index in bytes[number * byteCount + index] })
            }
        }

        /// The 12 bytes, to store beside the sealed ones.
        package var bytes: [UInt8] {
            storage.indices.map { index in storage[index] }
        }
    }
}
