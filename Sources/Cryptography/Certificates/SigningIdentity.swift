import COpenSSL

/// A private key with the certificate that says whose it is; libcrypto holds the key and wipes it.
///
/// Keys are ECDSA on P-256 or P-384, or RSA from 2048 bits: what CMS in OpenSSL 3.0 can sign with
/// (Ed25519 it cannot) and what a verifier's security level accepts. Neither printing nor reflecting
/// an identity shows its key.
@safe
public final class SigningIdentity: @unchecked Sendable {
    /// The certificate of the key.
    public let certificate: Certificate

    /// Other certificates that signatures carry, so that a verifier with the root alone finds the
    /// way to it.
    public let chain: [Certificate]

    // Only read after `init`; libcrypto allows that from several threads at once.
    let key: OpaquePointer

    /// Owns `key` from here on, also when it throws; picks its certificate among those given.
    init(owning key: OpaquePointer, certificates: [Certificate]) throws(CryptographyError) {
        do throws(CryptographyError) {
            try unsafe SigningKey.check(key)
            unsafe certificate = try Self.certificate(of: key, among: certificates)
            try SignaturePurpose.document.check(signer: certificate)
        } catch {
            unsafe EVP_PKEY_free(key)
            throw error
        }
        unsafe self.key = key
        let own = certificate
        var seen: Set = [own]
        chain = certificates.filter { certificate in seen.insert(certificate).inserted }
    }

    deinit {
        unsafe EVP_PKEY_free(key)
    }

    private static func certificate(
        of key: OpaquePointer,
        among certificates: [Certificate]
    ) throws(CryptographyError) -> Certificate {
        for certificate in certificates {
            let x509 = try unsafe certificate.x509()
            defer { unsafe X509_free(x509) }
            if unsafe X509_check_private_key(x509, key) == 1 {
                return certificate
            }
        }
        throw CryptographyError(
            .keyMismatch,
            "None of the \(certificates.count) certificates belongs to the private key."
        )
    }
}

extension SigningIdentity: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
    /// Names the certificate by its fingerprint: its subject is a person.
    public var description: String {
        "SigningIdentity(redacted, certificate \(certificate.sha256))"
    }

    /// Names the certificate by its fingerprint.
    public var debugDescription: String { description }

    /// Shows `dump` and debuggers the certificate's fingerprint alone.
    public var customMirror: Mirror {
        Mirror(self, children: ["certificate": certificate.sha256.hex])
    }
}

/// Which public keys count, of our signers and of others.
enum SigningKey {
    // Larger RSA keys have no use but to make a verifier slow.
    private static let rsaBitCounts: ClosedRange<Int32> = 2048...8192

    private static let curves: Set = ["prime256v1", "secp384r1"]

    /// Throws `unsupportedKey` unless signatures by the key are in use here.
    static func check(_ key: OpaquePointer?) throws(CryptographyError) {
        guard let key = unsafe key else {
            throw .draining(.unsupportedKey, "The public key cannot be read.")
        }
        if unsafe EVP_PKEY_is_a(key, "EC") == 1 {
            var name = [CChar](repeating: 0, count: 80)
            var count = 0
            let isNamed = unsafe EVP_PKEY_get_group_name(key, &name, name.count, &count) == 1
            let curve = String(
                decoding: name.prefix(count).map(UInt8.init(bitPattern:)),
                as: UTF8.self
            )
            guard isNamed, curves.contains(curve) else {
                throw .draining(.unsupportedKey, "An elliptic curve other than P-256 and P-384.")
            }
        } else if unsafe EVP_PKEY_is_a(key, "RSA") == 1 {
            let bitCount = unsafe EVP_PKEY_get_bits(key)
            guard rsaBitCounts.contains(bitCount) else {
                throw CryptographyError(
                    .unsupportedKey,
                    "An RSA key has 2048 to 8192 bits here, not \(bitCount)."
                )
            }
        } else {
            throw .draining(
                .unsupportedKey,
                "Documents are signed with ECDSA (P-256, P-384) or RSA, not with this kind of key."
            )
        }
    }

    /// Whether a signature algorithm is one of this key's kind over this digest.
    static func signs(
        _ key: OpaquePointer?,
        as algorithm: UnsafePointer<X509_ALGOR>,
        _ digest: DigestAlgorithm
    ) -> Bool {
        let number = unsafe OBJ_obj2nid(algorithm.pointee.algorithm)
        let isRSA = unsafe EVP_PKEY_is_a(key, "RSA") == 1
        // Neither names its digest: the first takes the signer's (RFC 3370 §3.2), and what the
        // second has in its parameters libcrypto compares with that (RFC 4056).
        if number == NID_rsaEncryption || number == NID_rsassaPss { return isRSA }
        var digestNumber = NID_undef
        var keyNumber = NID_undef
        guard unsafe OBJ_find_sigid_algs(number, &digestNumber, &keyNumber) == 1 else {
            return false
        }
        let ownNumber = isRSA ? NID_rsaEncryption : NID_X9_62_id_ecPublicKey
        return digestNumber == digest.number && keyNumber == ownNumber
    }
}
