package import Cryptography

/// A named private key that signs the text of notes: the log's own.
package struct NoteSigner: Sendable {
    /// The key with which others verify.
    package let verifierKey: VerifierKey

    private let privateKey: Ed25519PrivateKey

    /// Names a key (c2sp.org/signed-note v1.0.0, "Signatures").
    package init(name: String, privateKey: Ed25519PrivateKey) throws(TransparencyLogError) {
        verifierKey = try VerifierKey(name: name, ed25519: privateKey.publicKey)
        self.privateKey = privateKey
    }

    /// Signs a note's text (c2sp.org/signed-note v1.0.0, "Ed25519 signatures").
    ///
    /// For a checkpoint that means: its size and root hash are on disk already, and no other root
    /// hash was ever signed for that size.
    package func sign(_ text: String) throws(CryptographyError) -> NoteSignature {
        precondition(SignedNote.isValidText(text), "this text cannot stand in a note")
        return NoteSignature(by: verifierKey, try privateKey.sign(Array(text.utf8)))
    }

    /// Signs bytes that are no note's, such as the endorsement of the next key: 64 bytes, Ed25519.
    ///
    /// The text must not be one that could be a checkpoint.
    package func endorse(_ text: String) throws(CryptographyError) -> [UInt8] {
        try privateKey.sign(Array(text.utf8))
    }
}

/// A named private key that cosigns checkpoints: a witness's.
package struct Cosigner: Sendable {
    /// The key with which others verify.
    package let verifierKey: VerifierKey

    private let privateKey: Ed25519PrivateKey

    /// Names a key (c2sp.org/tlog-cosignature v1.0.1, "Format").
    ///
    /// The signed message does not tell the name: a key belongs to one cosigner only.
    package init(name: String, privateKey: Ed25519PrivateKey) throws(TransparencyLogError) {
        verifierKey = try VerifierKey(
            name: name,
            ed25519: privateKey.publicKey,
            signing: .cosignature
        )
        self.privateKey = privateKey
    }

    /// Cosigns a checkpoint as of a time, in seconds since 1970-01-01T00:00:00Z
    /// (c2sp.org/tlog-cosignature v1.0.1, "Ed25519 signed message").
    package func cosign(
        _ checkpoint: Checkpoint,
        time: UInt64
    ) throws(CryptographyError) -> NoteSignature {
        precondition(time <= Cosignature.timeMax, "no cosignature has a time beyond 2^63 - 1")
        let message = Cosignature.message(text: checkpoint.text, time: time)
        let signature = try privateKey.sign(message)
        return NoteSignature(by: verifierKey, time.bigEndianBytes + signature)
    }
}
