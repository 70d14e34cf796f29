import COpenSSL

/// A timestamp (RFC 3161 §2.4.2, RFC 5816): an authority's word that a digest existed at a time.
///
/// Reading one believes nothing; `verify` does. The bytes are those that the authority sent, and
/// `openssl ts -verify -token_in` takes them as they are.
public struct TimestampToken: Sendable, Hashable {
    /// How long a token may be; what is longer is not looked at.
    public static let byteCountLimit = SignedMessage.byteCountLimit

    /// The token's bytes: SignedData with a TSTInfo inside.
    public let der: [UInt8]

    /// The time in microseconds since 1970; what the authority states beyond is cut off.
    public let unixMicroseconds: Int64

    /// How far the true time may be from it in either direction, in microseconds, where stated.
    public let accuracyMicroseconds: Int64?

    /// The digest that was timestamped.
    public let imprint: Digest

    /// The request's nonce, big-endian without leading zeros; nil where there was none.
    public let nonce: [UInt8]?

    /// The authority's number of this timestamp in lower-case hexadecimal, whole bytes.
    public let serialHex: String

    /// The authority's policy, as a dotted object identifier.
    public let policy: String

    /// The authority by its certificate in the token, or else as it calls itself there.
    public let authority: String?

    /// Reads a token, nothing before or after it, over a SHA-256 digest.
    public init(der: [UInt8]) throws(CryptographyError) {
        defer { ERR_clear_error() }
        let message = try SignedMessage(der: der, purpose: .timestamp)
        let statement = try TimestampStatement(der: message.embeddedContent)
        self.der = der
        unixMicroseconds = try statement.unixMicroseconds()
        accuracyMicroseconds = try statement.accuracyMicroseconds()
        imprint = try statement.imprint()
        nonce = try statement.nonce()
        serialHex = try statement.serialHex()
        policy = try statement.policy()
        if let signer = try message.signer() {
            authority = signer.subject
        } else {
            authority = try statement.authority()
        }
    }
}

extension TimestampToken {
    /// What a token that holds says.
    public struct Verified: Sendable, Hashable {
        /// The time in microseconds since 1970.
        public let unixMicroseconds: Int64

        /// The certificate of the authority that vouches for it.
        public let authority: Certificate
    }

    /// Throws unless an authority, whom a chain leads from to a root, timestamped this digest in
    /// answer to this nonce.
    ///
    /// The chain must have been valid at the time in the token itself. So a timestamp goes on
    /// proving what it proved after the authority's certificate expired; what it cannot show is
    /// that the authority's key was not stolen since and the token made afterwards.
    public func verify(
        imprint: Digest,
        nonce: [UInt8]? = nil,
        roots: TrustedRoots
    ) throws(CryptographyError) -> Verified {
        defer { ERR_clear_error() }
        let facts = try facts(imprint: imprint, nonce: nonce, knowing: roots.certificates)
        try roots.check(
            facts.signer,
            among: facts.otherCertificates,
            at: unixSeconds,
            for: .timestamp
        )
        return Verified(unixMicroseconds: unixMicroseconds, authority: facts.signer)
    }

    /// Throws unless the authority whose certificate it returns timestamped this digest in answer
    /// to this nonce.
    ///
    /// That is everything but the chain: the certificate says itself that it is an authority's.
    /// For an auditor without roots, who can compare its fingerprint.
    public func verifyWithoutChain(
        imprint: Digest,
        nonce: [UInt8]? = nil
    ) throws(CryptographyError) -> Verified {
        defer { ERR_clear_error() }
        let facts = try facts(imprint: imprint, nonce: nonce, knowing: [])
        try facts.signer.checkValidity(at: unixSeconds)
        return Verified(unixMicroseconds: unixMicroseconds, authority: facts.signer)
    }

    /// The time without its fraction; before 1970, too, the second that had begun.
    private var unixSeconds: Int64 {
        (unixMicroseconds - (unixMicroseconds < 0 ? 999_999 : 0)) / 1_000_000
    }

    private func facts(
        imprint: Digest,
        nonce: [UInt8]?,
        knowing known: [Certificate]
    ) throws(CryptographyError) -> SignedMessage.Facts {
        guard imprint == self.imprint else {
            throw CryptographyError(.imprintMismatch, "The timestamp is over another digest.")
        }
        if let nonce, self.nonce != Array(nonce.drop { byte in byte == 0 }) {
            throw CryptographyError(.nonceMismatch, "The timestamp answers another request.")
        }
        let message = try SignedMessage(der: der, purpose: .timestamp)
        let content = message.embeddedContent
        let facts = try message.check(content: content, knowing: known)
        try SignaturePurpose.timestamp.check(signer: facts.signer)
        guard try TimestampStatement(der: content).isBy(facts.signer) else {
            throw CryptographyError(
                .signerMismatch,
                "The timestamp names another authority than the one that signed it."
            )
        }
        return facts
    }
}
