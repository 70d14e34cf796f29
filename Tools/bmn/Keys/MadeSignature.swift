import Console
import Cryptography
import FoundationEssentials
import Survey

/// A member's signature over a file, by a key or by a certificate.
enum MadeSignature {
    case key(Ed25519PublicKey, [UInt8])
    case certificate(Certificate, DetachedSignature)

    /// 64 bytes of Ed25519, or CMS in DER.
    var bytes: [UInt8] {
        switch self {
        case .key(_, let signature): signature
        case .certificate(_, let signature): signature.der
        }
    }

    var isCMS: Bool {
        switch self {
        case .key: false
        case .certificate: true
        }
    }

    var json: JSON {
        switch self {
        case .key(let key, let signature):
            [
                "publicKey": .string(Base64.encode(key.rawBytes)),
                "signature": .string(Base64.encode(signature)),
            ]
        case .certificate(let certificate, let signature):
            [
                "certificate": .string(certificate.sha256.hex),
                "cms": .string(Base64.encode(signature.der)),
            ]
        }
    }

    /// Puts it into the fields of its form.
    func fill(_ signed: inout CertificationSignature) {
        switch self {
        case .key(let key, let signature):
            signed.publicKey = .init(key.rawBytes)
            signed.signature = .init(signature)
        case .certificate(_, let signature): signed.cms = .init(signature.der)
        }
    }
}
