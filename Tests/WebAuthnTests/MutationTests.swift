import Cryptography
import PasskeyTestSupport
import Testing
import WebAuthn

/// One byte changed anywhere is refused, or changes nothing of what was verified.
@Suite struct MutationTests {
    private static let party = RelyingParty(
        id: "example.th",
        origins: ["https://bmn.example.th"]
    )
    private static let challenge = [UInt8](repeating: 7, count: 32)

    private var authenticator: VirtualAuthenticator

    init() throws {
        authenticator = try VirtualAuthenticator(
            relyingPartyID: "example.th",
            origin: "https://bmn.example.th"
        )
        authenticator.signCount = 9
    }

    private func isHeld(_ assertion: PasskeyAssertion) -> Bool {
        let count = try? WebAuthn.verify(
            assertion,
            challenge: Self.challenge,
            by: authenticator.publicKey,
            for: Self.party,
            lastSignCount: 8
        )
        return count != nil
    }

    @Test mutating func `Every bit of an assertion counts`() throws {
        let good = try authenticator.answer(Self.challenge)
        #expect(isHeld(good))
        let (data, json, signature) = (
            good.authenticatorData, good.clientDataJSON, good.signature
        )
        for (part, bytes) in [data, json, signature].enumerated() {
            for place in bytes.indices {
                for bit in 0..<8 {
                    var changed = bytes
                    changed[place] ^= 1 << UInt8(bit)
                    let forged = PasskeyAssertion(
                        credentialID: good.credentialID,
                        authenticatorData: part == 0 ? changed : data,
                        clientDataJSON: part == 1 ? changed : json,
                        signature: part == 2 ? changed : signature
                    )
                    #expect(!isHeld(forged), "part \(part), byte \(place), bit \(bit)")
                }
            }
            for cut in 0..<bytes.count {
                let shorter = Array(bytes.prefix(cut))
                let forged = PasskeyAssertion(
                    credentialID: good.credentialID,
                    authenticatorData: part == 0 ? shorter : data,
                    clientDataJSON: part == 1 ? shorter : json,
                    signature: part == 2 ? shorter : signature
                )
                #expect(!isHeld(forged), "part \(part), cut at \(cut)")
            }
        }
    }

    @Test mutating func `A changed registration is refused, or says the same or another key`()
        throws
    {
        let made = authenticator.register(challenge: Self.challenge)
        func registered(_ json: [UInt8], _ object: [UInt8]) -> PasskeyRegistration? {
            try? WebAuthn.register(
                clientDataJSON: json,
                attestationObject: object,
                challenge: Self.challenge,
                for: Self.party
            )
        }
        let good = try #require(registered(made.clientDataJSON, made.attestationObject))
        for place in made.clientDataJSON.indices {
            for bit in 0..<8 {
                var changed = made.clientDataJSON
                changed[place] ^= 1 << UInt8(bit)
                // A value beside those that are checked, or its name, may be another one.
                let other = registered(changed, made.attestationObject)
                #expect(other == nil || other == good, "byte \(place), bit \(bit)")
            }
        }
        var idPlaces = 0
        for place in made.attestationObject.indices {
            for bit in 0..<8 {
                var changed = made.attestationObject
                changed[place] ^= 1 << UInt8(bit)
                guard let other = registered(made.clientDataJSON, changed), other != good else {
                    continue
                }
                // Nobody signs a registration: another id or counter is one. But half of a point
                // alone is on no curve.
                #expect(other.publicKey == good.publicKey, "byte \(place), bit \(bit)")
                idPlaces += 1
            }
        }
        #expect(idPlaces == 8 * (good.credentialID.count + 4), "id and counter")
    }
}
