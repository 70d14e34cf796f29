import Cryptography

/// A signature that a known key made under a note (c2sp.org/signed-note v1.0.0, "Signatures").
public struct VerifiedSignature: Hashable, Sendable {
    /// Whose it is.
    public let key: VerifierKey

    /// For a cosignature, when it says it was made: seconds since 1970-01-01T00:00:00Z.
    public let time: UInt64?
}

extension SignedNote {
    /// The signatures that known keys made, in the note's order: at least one.
    ///
    /// As c2sp.org/signed-note v1.0.0, "Signatures", has it: a signature whose name and key ID
    /// together are no known key's is ignored; one under a known key's must be that key's, or the
    /// whole note is refused with `invalidSignature`; and a note without any known key's is refused
    /// with `noKnownSignature`. Which keys must be among the result is for the caller to say.
    public func verified(
        by keys: [VerifierKey]
    ) throws(TransparencyLogError) -> [VerifiedSignature] {
        var verified: [VerifiedSignature] = []
        for signature in signatures {
            // Of two keys with the same name and ID the first counts, the other's is refused.
            guard let key = keys.first(where: signature.claims) else { continue }
            switch key.signatureType {
            case .note:
                guard key.publicKey.isValidSignature(signature.signature, for: Array(text.utf8))
                else {
                    throw Self.invalidSignature(of: key)
                }
                verified.append(VerifiedSignature(key: key, time: nil))
            case .cosignature:
                guard let time = signature.cosignatureTime(of: text, by: key.publicKey) else {
                    throw Self.invalidSignature(of: key)
                }
                verified.append(VerifiedSignature(key: key, time: time))
            }
        }
        guard !verified.isEmpty else {
            throw TransparencyLogError(
                .noKnownSignature,
                "None of the note's \(signatures.count) signatures is by a known key."
            )
        }
        return verified
    }

    private static func invalidSignature(of key: VerifierKey) -> TransparencyLogError {
        TransparencyLogError(
            .invalidSignature,
            "The signature of \(key.name.debugDescription) is not valid for this text."
        )
    }
}

extension NoteSignature {
    /// Whether the line names this key; by bytes, since Swift takes some spellings as equal.
    package func claims(_ key: VerifierKey) -> Bool {
        keyID == key.keyID && name.utf8.elementsEqual(key.name.utf8)
    }

    /// The time that the cosignature commits to, or nil where it is not valid.
    fileprivate func cosignatureTime(of text: String, by key: Ed25519PublicKey) -> UInt64? {
        guard signature.count == Cosignature.byteCount else {
            return nil
        }
        let time = UInt64(bigEndianBytes: signature.prefix(Cosignature.timeByteCount))
        guard
            time <= Cosignature.timeMax,
            key.isValidSignature(
                Array(signature.dropFirst(Cosignature.timeByteCount)),
                for: Cosignature.message(text: text, time: time)
            )
        else {
            return nil
        }
        return time
    }
}
