import Cryptography
import Foundation
import Testing
import WebAuthn

/// A passkey of WebAuthn level 3, §16 "Test vectors": made by the authors of the specification.
struct Vector: Decodable {
    struct Registration: Decodable {
        let challenge: String
        let clientDataJSON: String
        let attestationObject: String
        let credentialID: String
    }

    struct Assertion: Decodable {
        let challenge: String
        let clientDataJSON: String
        let authenticatorData: String
        let signature: String
    }

    let registration: Registration
    let assertion: Assertion

    static func all() throws -> [String: Vector] {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Vectors/webauthn-level-3.json")
        return try JSONDecoder().decode([String: Vector].self, from: Data(contentsOf: file))
    }

    static func named(_ name: String) throws -> Vector { try #require(all()[name]) }

    /// All of them are of this one.
    static let party = RelyingParty(id: "example.org", origins: ["https://example.org"])

    func register() throws -> PasskeyRegistration {
        try WebAuthn.register(
            clientDataJSON: bytes(registration.clientDataJSON),
            attestationObject: bytes(registration.attestationObject),
            challenge: bytes(registration.challenge),
            for: Self.party
        )
    }

    func answer() throws -> PasskeyAssertion {
        PasskeyAssertion(
            credentialID: try bytes(registration.credentialID),
            authenticatorData: try bytes(assertion.authenticatorData),
            clientDataJSON: try bytes(assertion.clientDataJSON),
            signature: try bytes(assertion.signature)
        )
    }

    func verify(by key: PasskeyPublicKey) throws -> UInt32 {
        try WebAuthn.verify(
            answer(),
            challenge: bytes(assertion.challenge),
            by: key,
            for: Self.party,
            lastSignCount: 0
        )
    }

    /// The COSE key at the end of the attestation object, found by how all of them begin.
    func coseKey(beginning: String) throws -> [UInt8] {
        let object = registration.attestationObject
        let range = try #require(object.range(of: beginning, options: .backwards))
        return try bytes(String(object[range.lowerBound...]))
    }
}

func bytes(_ hex: String) throws -> [UInt8] { try #require(Hex.decode(hex)) }

func error(_ body: () throws -> Void) -> WebAuthnError.Code? {
    do {
        try body()
        return nil
    } catch {
        return (error as? WebAuthnError)?.code
    }
}
