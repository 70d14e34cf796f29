import Cryptography
import Testing
import WebAuthn

/// What the specification's authors made is taken or refused as these rules say.
@Suite struct VectorTests {
    /// Of the registration and of the assertion; nil: it holds.
    ///
    /// Many of them leave out that the user was verified, which is asked for here.
    static let expected: [String: (WebAuthnError.Code?, WebAuthnError.Code?)] = [
        "none-es256": (.userNotVerified, .userNotVerified),
        "packed-self-es256": (nil, .userNotVerified),
        "none-es256-crossOrigin": (.crossOrigin, .crossOrigin),
        "none-es256-topOrigin": (.crossOrigin, .crossOrigin),
        "none-es256-long-credential-id": (.userNotVerified, nil),
        "packed-es256": (nil, nil),
        "packed-es384": (.userNotVerified, nil),
        "packed-es512": (nil, .userNotVerified),
        "packed-rs256": (nil, .userNotVerified),
        "packed-eddsa": (.userNotVerified, .userNotVerified),
        "packed-ed448": (.userNotVerified, nil),
        "tpm-es256": (nil, nil),
        "android-key-es256": (nil, .userNotVerified),
        "apple-es256": (.userNotVerified, .userNotVerified),
        "fido-u2f-es256": (.userNotVerified, .userNotVerified),
    ]

    /// How a key of the algorithm begins in COSE.
    private static func beginning(_ name: String) -> String {
        if name.hasSuffix("rs256") { return "a40103033901" }
        return name.hasSuffix("eddsa") ? "a4010103272006" : "a501020326"
    }

    static let otherAlgorithms: Set = ["packed-es384", "packed-es512", "packed-ed448"]

    @Test func `Each vector is expected to something`() throws {
        #expect(Set(try Vector.all().keys) == Set(Self.expected.keys))
    }

    @Test(arguments: VectorTests.expected.keys.sorted())
    func `A registration is taken where its user was verified by the page itself`(
        _ name: String
    ) throws {
        let vector = try Vector.named(name)
        let due = try #require(Self.expected[name]).0
        let isOther = Self.otherAlgorithms.contains(name) && due == nil
        let code = error { _ = try vector.register() }
        #expect(code == (isOther ? .keyMalformed : due))
        guard due == nil, !isOther else { return }
        let registration = try vector.register()
        #expect(registration.credentialID == (try bytes(vector.registration.credentialID)))
        #expect(registration.signCount == 0)
        #expect(
            registration.publicKey.coseKey
                == (try vector.coseKey(beginning: Self.beginning(name)))
        )
    }

    @Test(
        arguments: VectorTests.expected.keys.sorted().filter {
            !VectorTests.otherAlgorithms.contains($0)
        }
    )
    func `Each signature is the registered key's, and the assertion held where it may be`(
        _ name: String
    ) throws {
        let vector = try Vector.named(name)
        let key = try PasskeyPublicKey(
            coseKey: vector.coseKey(beginning: Self.beginning(name))
        )
        let answer = try vector.answer()
        let message = WebAuthn.signedBytes(of: answer)
        #expect(key.isValidSignature(answer.signature, for: message))
        #expect(!key.isValidSignature(answer.signature, for: message + [0]))
        let due = try #require(Self.expected[name]).1
        let code = error { _ = try vector.verify(by: key) }
        #expect(code == due)
    }

    @Test func `One vector of each algorithm has that algorithm`() throws {
        let due = ["packed-es256": -7, "packed-eddsa": -8, "packed-rs256": -257]
        for (name, algorithm) in due {
            let cose = try Vector.named(name).coseKey(beginning: Self.beginning(name))
            #expect(try PasskeyPublicKey(coseKey: cose).algorithm == algorithm)
        }
    }
}
