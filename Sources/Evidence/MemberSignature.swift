import Cryptography
import EvidenceContainer
import Survey
import WebAuthn

/// A member's signature as files that stock tools take; `BundleCommands` verify them.
struct MemberSignature {
    private let number: Int
    private let signed: BundleStory.Signed

    init(number: Int, _ signed: BundleStory.Signed) {
        self.number = number
        self.signed = signed
    }

    var index: UInt64 { signed.index }
    var signature: CertificationSignature { signed.signature }

    /// A forged role may be any text; a file's name may not.
    private var name: String {
        let role = Role.committee.contains(signature.role) ? signature.role : "signer"
        return "signatures/\(number)-\(role)"
    }

    private var isCMS: Bool { signature.form == .certificate }
    private var isOfPasskey: Bool { signature.form == .passkey }

    var signatureName: String { name + (isCMS ? ".p7s" : ".sig") }
    /// The public key, or the certificate.
    var keyName: String { name + ".pem" }

    /// The certificate that a CMS says it is by.
    static func certificate(of signature: CertificationSignature) -> Certificate? {
        let signed = try? DetachedSignature(der: Array(signature.cms))
        return (try? signed?.claimedSigner()) ?? nil
    }

    /// The raw signature, and the public key as stock tools take it.
    var files: [ContainerFile] {
        if isCMS {
            return [
                ContainerFile(
                    name: signatureName,
                    mediaType: "application/pkcs7-signature",
                    contents: Array(signature.cms)
                ),
                ContainerFile(
                    name: keyName,
                    mediaType: "application/x-pem-file",
                    // A CMS without its certificate is a finding of the signature.
                    contents: Array((Self.certificate(of: signature)?.pem ?? "").utf8)
                ),
            ]
        }
        if isOfPasskey { return passkeyFiles }
        let key = try? Ed25519PublicKey(rawBytes: Array(signature.publicKey))
        return [
            ContainerFile(
                name: signatureName,
                mediaType: "application/octet-stream",
                contents: Array(signature.signature)
            ),
            ContainerFile(
                name: keyName,
                mediaType: "application/x-pem-file",
                // What is no key is a finding of the signature.
                contents: Array((key?.pem ?? "").utf8)
            ),
        ]
    }
    /// The signature, the key of the registration, the bytes that the signature is over, and what the
    /// browser wrote, of which those bytes hold the digest.
    private var passkeyFiles: [ContainerFile] {
        let assertion = signature.assertion
        return [
            ContainerFile(
                name: signatureName,
                mediaType: "application/octet-stream",
                contents: assertion.signature
            ),
            ContainerFile(
                name: keyName,
                mediaType: "application/x-pem-file",
                // A passkey that nobody registered is a finding of the signature.
                contents: Array((signed.passkey?.pem ?? "").utf8)
            ),
            ContainerFile(
                name: name + ".bin",
                mediaType: "application/octet-stream",
                contents: WebAuthn.signedBytes(of: assertion)
            ),
            ContainerFile(
                name: name + ".json",
                mediaType: "application/json",
                contents: assertion.clientDataJSON
            ),
        ]
    }
}
