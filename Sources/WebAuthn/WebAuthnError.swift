/// Why a registration or an assertion is not believed; only the code takes part in equality.
package struct WebAuthnError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The stable name of a reason, for programs.
    package enum Code: String, Sendable, CaseIterable {
        /// The attestation object is not one, or not in the CBOR that authenticators write.
        case attestationMalformed
        /// The authenticator data is not laid out as it must be.
        case authenticatorDataMalformed
        /// The answer is to another challenge.
        case challengeMismatch
        /// The client data is no JSON object with the members that it must have.
        case clientDataMalformed
        /// The client data is of a registration where an assertion is due, or the reverse.
        case clientDataTypeMismatch
        /// The page that asked lay inside another site's page.
        case crossOrigin
        /// The public key is not one of ES256, EdDSA and RS256 in its one spelling, or is unusable.
        case keyMalformed
        /// The page that asked is not one of the relying party's.
        case originMismatch
        /// The authenticator answered another relying party.
        case relyingPartyMismatch
        /// The signature is not this key's over these bytes.
        case signatureInvalid
        /// The authenticator's counter did not grow: there may be two of it.
        case signCountNotIncreased
        /// Nobody touched the authenticator.
        case userNotPresent
        /// The authenticator did not verify who touched it.
        case userNotVerified
    }

    /// The stable reason.
    package let code: Code

    /// One sentence for people; quotes nothing of what was sent.
    package let reason: String

    /// Names a reason.
    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// The code and the sentence.
    package var description: String { "\(code.rawValue): \(reason)" }

    /// Whether both have the same code.
    package static func == (left: WebAuthnError, right: WebAuthnError) -> Bool {
        left.code == right.code
    }

    /// Feeds the code alone.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(code)
    }
}
