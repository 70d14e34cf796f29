import COpenSSL

/// AES-256-GCM (NIST SP 800-38D) with 12-byte nonces and 16-byte tags.
///
/// One value keeps one libcrypto context and reuses it for every message, so it is for one task at
/// a time: hence not copyable, and its methods mutating. A nonce must never serve twice under one
/// key; random ones are safe for 2^32 messages a key (SP 800-38D §8.3).
@safe
package struct AES256GCM: ~Copyable, @unchecked Sendable {
    /// How many bytes a sealing adds to the plaintext: the tag, at the end.
    package static let tagByteCount = 16

    private let context: OpaquePointer

    // Fetched once and never freed: finding it by name takes longer than sealing a household.
    nonisolated(unsafe) private static let cipher = unsafe EVP_CIPHER_fetch(
        nil,
        "AES-256-GCM",
        nil
    )

    /// Makes the context.
    package init() throws(CryptographyError) {
        guard let context = unsafe EVP_CIPHER_CTX_new() else {
            throw .draining(.libraryFailure, "No cipher context could be had.")
        }
        guard unsafe EVP_CipherInit_ex2(context, Self.cipher, nil, nil, 1, nil) == 1 else {
            unsafe EVP_CIPHER_CTX_free(context)
            throw .draining(.libraryFailure, "AES-256-GCM is not available.")
        }
        unsafe self.context = context
    }

    deinit {
        unsafe EVP_CIPHER_CTX_free(context)
    }

    /// Encrypts; returns the ciphertext followed by the tag.
    package mutating func seal(
        _ plaintext: RawSpan,
        key: SymmetricKey,
        nonce: Nonce,
        associatedData: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        let byteCount = plaintext.byteCount
        try begin(.seal, byteCount, key: key, nonce: nonce, associatedData: associatedData)
        var sealed = [UInt8](repeating: 0, count: byteCount + Self.tagByteCount)
        let isSealed = unsafe sealed.withUnsafeMutableBufferPointer { sealed in
            guard let start = sealed.baseAddress, unsafe transform(plaintext, into: start) else {
                return false
            }
            let tag = unsafe start + byteCount
            let count = Int32(Self.tagByteCount)
            return unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, count, tag) == 1
        }
        guard isSealed else {
            throw .draining(.libraryFailure, "The plaintext could not be sealed.")
        }
        return sealed
    }

    /// Decrypts what `seal` returned, or throws `authenticationFailed` and gives nothing away.
    package mutating func open(
        _ sealed: RawSpan,
        key: SymmetricKey,
        nonce: Nonce,
        associatedData: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        let byteCount = sealed.byteCount - Self.tagByteCount
        guard byteCount >= 0 else {
            throw CryptographyError(.authenticationFailed, "The sealed bytes end before the tag.")
        }
        try begin(.open, byteCount, key: key, nonce: nonce, associatedData: associatedData)
        let isTagSet = unsafe sealed.extracting(byteCount...).withUnsafeBytes { tag in
            let tagStart = unsafe UnsafeMutableRawPointer(mutating: tag.baseAddress)
            let count = Int32(tag.count)
            return unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, count, tagStart) == 1
        }
        guard isTagSet else {
            throw .draining(.libraryFailure, "The tag could not be set.")
        }
        // One byte more than needed, so that an empty plaintext has an address as well.
        var plaintext = [UInt8](repeating: 0, count: byteCount + 1)
        let isAuthentic = unsafe plaintext.withUnsafeMutableBufferPointer { plaintext in
            guard let start = plaintext.baseAddress else {
                return false
            }
            return unsafe transform(sealed.extracting(0..<byteCount), into: start)
        }
        guard isAuthentic else {
            // GCM decrypts before it knows the tag; what came of it is not for anyone's eyes.
            wipe(&plaintext)
            throw .draining(
                .authenticationFailed,
                "The sealed bytes were altered, or belong to another key, nonce or context."
            )
        }
        plaintext.removeLast()
        return plaintext
    }
}

extension AES256GCM {
    /// Encrypts; returns the ciphertext followed by the tag.
    package mutating func seal(
        _ plaintext: [UInt8],
        key: SymmetricKey,
        nonce: Nonce,
        associatedData: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        try unsafe seal(
            plaintext.span.bytes,
            key: key,
            nonce: nonce,
            associatedData: associatedData
        )
    }

    /// Decrypts what `seal` returned, or throws `authenticationFailed` and gives nothing away.
    package mutating func open(
        _ sealed: [UInt8],
        key: SymmetricKey,
        nonce: Nonce,
        associatedData: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        try unsafe open(sealed.span.bytes, key: key, nonce: nonce, associatedData: associatedData)
    }
}

extension AES256GCM {
    private enum Direction: Int32 {
        case open = 0
        case seal = 1
    }

    /// Sets the context to a new message and feeds it the associated data.
    private mutating func begin(
        _ direction: Direction,
        _ byteCount: Int,
        key: SymmetricKey,
        nonce: Nonce,
        associatedData: [UInt8]
    ) throws(CryptographyError) {
        // libcrypto counts in C's int; far below GCM's own limit of 2^36 - 32 bytes.
        let countLimit = Int(Int32.max) - Self.tagByteCount
        guard byteCount <= countLimit, associatedData.count <= countLimit else {
            throw CryptographyError(.messageTooLong, "A message may have \(countLimit) bytes.")
        }
        let hasBegun = key.withBytes { key in
            unsafe key.withUnsafeBytes { key in
                unsafe withUnsafeBytes(of: nonce.storage) { nonce in
                    unsafe EVP_CipherInit_ex2(
                        context,
                        nil,
                        key.assumingMemoryBound(to: UInt8.self).baseAddress,
                        nonce.assumingMemoryBound(to: UInt8.self).baseAddress,
                        direction.rawValue,
                        nil
                    ) == 1
                }
            }
        }
        // Associated data goes in through an update without output.
        guard hasBegun, unsafe update(associatedData.span.bytes, into: nil) else {
            throw .draining(.libraryFailure, "The cipher could not begin a message.")
        }
    }

    /// Encrypts or decrypts the whole text and ends the message; false where the tag is wrong.
    private mutating func transform(
        _ text: RawSpan,
        into output: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        guard unsafe update(text, into: output) else {
            return false
        }
        // In GCM the end yields no bytes, but takes an address for them.
        var count: Int32 = 0
        return unsafe EVP_CipherFinal_ex(context, output, &count) == 1
    }

    private mutating func update(
        _ input: RawSpan,
        into output: UnsafeMutablePointer<UInt8>?
    ) -> Bool {
        guard input.byteCount > 0 else {
            return true
        }
        return unsafe input.withUnsafeBytes { input in
            let start = unsafe input.assumingMemoryBound(to: UInt8.self).baseAddress
            var count: Int32 = 0
            return unsafe EVP_CipherUpdate(context, output, &count, start, Int32(input.count)) == 1
        }
    }
}
