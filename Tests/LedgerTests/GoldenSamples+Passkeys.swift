import Survey

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Passkeys, and a signature by one.
extension GoldenSamples {
    static let passkeyFiles: [EventKind: String] = [
        .passkeyRegistered: "passkey-registered", .passkeyRevoked: "passkey-revoked",
    ]

    /// Nil for a kind that is none of these.
    static func member(_ kind: EventKind) -> Event.OneOf_Kind? {
        switch kind {
        case .passkeyRegistered: .passkeyRegistered(registeredPasskey)
        case .passkeyRevoked: .passkeyRevoked(passkeyRevocation)
        default: nil
        }
    }

    static let registeredPasskey: Passkey = make {
        ($0.person, $0.credentialID) = ("p-1", Data(0..<32))
        ($0.publicKey, $0.rpID, $0.label) = (Data(0..<77), "bmn.example.th", texts[0])
    }

    static let passkeyRevocation: PasskeyRevocation = make {
        ($0.person, $0.credentialID, $0.reason) = ("p-1", Data(0..<32), texts[1])
    }

    static let signedWithPasskey: Event = make {
        $0.certificationSigned.certification = "c-1"
        $0.certificationSigned.person = "p-1"
        $0.certificationSigned.role = "chair"
        $0.certificationSigned.passkey.credentialID = Data(0..<32)
        $0.certificationSigned.passkey.authenticatorData = Data(0..<37)
        $0.certificationSigned.passkey.clientDataJson = Data(#"{"type":"webauthn.get"}"#.utf8)
        $0.certificationSigned.passkey.signature = Data([0x30, 0x44] + Array(0..<68))
    }
}
