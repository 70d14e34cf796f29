package import Cryptography
package import EvidenceContainer

/// Who signs a bundle's container.
///
/// ASiC-E asks for a signature, but the proofs are in the content: a bundle that nobody signs is
/// sealed with a key that is thrown away, under a name that says so.
package enum BundleSeal {
    /// The common name of a certificate that vouches for nobody.
    package static let throwAwayName = "container integrity only; names nobody"

    /// The same as RFC 2253 spells a subject.
    static let throwAwaySubject = "CN=container integrity only\\; names nobody"

    private static let secondsPerDay: Int64 = 86_400

    /// A container of these files, signed at a time in seconds since 1970.
    ///
    /// Without an identity a key is made for it and thrown away.
    package static func container(
        _ files: [ContainerFile],
        identity: SigningIdentity? = nil,
        at unixSeconds: Int64
    ) throws -> [UInt8] {
        // Valid from the day before, since clocks differ, and as long as anyone keeps a bundle.
        let identity =
            try identity
            ?? SigningIdentity.ephemeral(
                commonName: throwAwayName,
                validFrom: unixSeconds - secondsPerDay,
                validTo: unixSeconds + 36_525 * secondsPerDay
            )
        let signer = ManifestSigner(.signature) { manifest in
            try DetachedSignature.sign(manifest, identity: identity, signingTime: unixSeconds).der
        }
        return try EvidenceContainer.make(files: files, signers: [signer])
    }
}
