import Cryptography
import PasskeyTestSupport
import Testing
import WebAuthn

/// Every refusal of a registration and of an assertion, each by the one thing that is wrong.
@Suite struct VerificationTests {
    private static let party = RelyingParty(
        id: "example.th",
        origins: ["https://bmn.example.th", "https://bmn.example.th:8443"]
    )
    private static let challenge = [UInt8](0..<32)

    private var authenticator: VirtualAuthenticator

    init() throws {
        authenticator = try VirtualAuthenticator(
            relyingPartyID: "example.th",
            origin: "https://bmn.example.th"
        )
    }

    private func register(
        _ change: (inout VirtualAuthenticator) -> Void = { _ in }
    ) throws -> PasskeyRegistration {
        var other = authenticator
        change(&other)
        let made = other.register(challenge: Self.challenge)
        return try WebAuthn.register(
            clientDataJSON: made.clientDataJSON,
            attestationObject: made.attestationObject,
            challenge: Self.challenge,
            for: Self.party
        )
    }

    private func verify(
        lastSignCount: UInt32 = 0,
        _ change: (inout VirtualAuthenticator) -> Void = { _ in }
    ) throws -> UInt32 {
        var other = authenticator
        change(&other)
        return try verify(try other.answer(Self.challenge), lastSignCount: lastSignCount)
    }

    private func verify(
        _ assertion: PasskeyAssertion,
        lastSignCount: UInt32 = 0
    ) throws -> UInt32 {
        try WebAuthn.verify(
            assertion,
            challenge: Self.challenge,
            by: authenticator.publicKey,
            for: Self.party,
            lastSignCount: lastSignCount
        )
    }

    @Test func `What is registered signs in`() throws {
        let registration = try register()
        #expect(registration.credentialID == authenticator.credentialID)
        #expect(registration.publicKey == authenticator.publicKey)
        #expect(try verify() == 0)
        #expect(try verify { $0.origin = "https://bmn.example.th:8443" } == 0)
        #expect(try verify { $0.flags = 0x1D } == 0, "backed up")
        #expect(try verify { $0.flags = 0x27 } == 0, "bits that mean nothing yet")
        #expect(try verify { $0.extensions = [0xA1, 0x61, 0x61, 0xF5] } == 0)
        #expect(try register { $0.extensions = [0xA0] }.publicKey == authenticator.publicKey)
        #expect(try verify { $0.furtherMembers = #","other_keys":{"a":[1,null]}"# } == 0)
    }

    /// What is wrong in the same way with both.
    private typealias Change = @Sendable (inout VirtualAuthenticator) -> Void

    private static let changes: [(WebAuthnError.Code, Change)] = [
        (.userNotPresent, { $0.flags = 0x04 }),
        (.userNotVerified, { $0.flags = 0x01 }),
        (.relyingPartyMismatch, { $0.relyingPartyID = "bmn.example.th" }),
        (.originMismatch, { $0.origin = "https://example.th" }),
        (.originMismatch, { $0.origin = "https://bmn.example.th:443" }),
        (.originMismatch, { $0.origin = "http://bmn.example.th" }),
        (.originMismatch, { $0.origin = "https://bmn.example.th.evil.example" }),
        (.crossOrigin, { $0.isCrossOrigin = true }),
        (.crossOrigin, { $0.furtherMembers = #","topOrigin":"https://evil.example""# }),
        (.authenticatorDataMalformed, { $0.flags = 0x15 }),
        (.authenticatorDataMalformed, { $0.flags = 0x85 }),
        (.authenticatorDataMalformed, { $0.extensions = [0x80] }),
        (.authenticatorDataMalformed, { $0.extensions = [0xA0, 0xA0] }),
        (.clientDataMalformed, { $0.furtherMembers = #","type":"webauthn.get""# }),
        (.clientDataMalformed, { $0.furtherMembers = #","x":"\u0000\ud800""# }),
        (.clientDataMalformed, { $0.origin = "\u{1}" }),
    ]

    @Test func `Each thing that is wrong has its own code`() throws {
        for (code, change) in Self.changes {
            #expect(error { _ = try register(change) } == code, "registration")
            #expect(error { _ = try verify(change) } == code, "assertion")
        }
    }

    @Test func `A registration is no assertion, and the other way round`() throws {
        let answer = try authenticator.signed(
            authenticatorData: SHA256.hash(Array("example.th".utf8)).bytes + [5, 0, 0, 0, 0],
            clientDataJSON: authenticator.clientData(type: "webauthn.create", Self.challenge)
        )
        #expect(error { _ = try verify(answer) } == .clientDataTypeMismatch)
        var other = authenticator
        let made = other.register(challenge: Self.challenge)
        let code = error {
            _ = try WebAuthn.register(
                clientDataJSON: other.clientData(type: "webauthn.get", Self.challenge),
                attestationObject: made.attestationObject,
                challenge: Self.challenge,
                for: Self.party
            )
        }
        #expect(code == .clientDataTypeMismatch)
    }

    @Test func `Another challenge is refused, and so is another spelling of it or an empty one`()
        throws
    {
        var other = authenticator
        let foreign = try other.answer(Self.challenge + [0])
        #expect(error { _ = try verify(foreign) } == .challengeMismatch)
        let json = String(
            decoding: authenticator.clientData(type: "webauthn.get", Self.challenge),
            as: UTF8.self
        )
        let spelled = Base64URL.encode(Self.challenge)
        for text in [spelled + "=", Base64.encode(Self.challenge), ""] {
            let answer = try authenticator.signed(
                authenticatorData: SHA256.hash(Array("example.th".utf8)).bytes + [5, 0, 0, 0, 0],
                clientDataJSON: Array(json.replacing(spelled, with: text).utf8)
            )
            #expect(error { _ = try verify(answer) } == .challengeMismatch, "\(text)")
        }
        let empty = try other.answer([])
        let code = error {
            _ = try WebAuthn.verify(
                empty,
                challenge: [],
                by: authenticator.publicKey,
                for: Self.party,
                lastSignCount: 0
            )
        }
        #expect(code == .challengeMismatch)
    }

    @Test func `A counter must grow, unless there is none`() throws {
        #expect(try verify(lastSignCount: 4) { $0.signCount = 5 } == 5)
        #expect(try verify { $0.signCount = .max } == .max)
        for (last, now) in [(5, 5), (5, 4), (5, 0), (UInt32.max, 0)] as [(UInt32, UInt32)] {
            let code = error { _ = try verify(lastSignCount: last) { $0.signCount = now } }
            #expect(code == .signCountNotIncreased, "\(last) \(now)")
        }
        var counting = authenticator
        counting.isCounting = true
        #expect(try verify(try counting.answer(Self.challenge)) == 1)
        #expect(try verify(try counting.answer(Self.challenge), lastSignCount: 1) == 2)
    }

    @Test func `Another passkey's signature is refused`() throws {
        let other = try VirtualAuthenticator(
            relyingPartyID: "example.th",
            origin: "https://bmn.example.th"
        )
        var own = authenticator
        let good = try own.answer(Self.challenge)
        let forged = try other.signed(
            authenticatorData: good.authenticatorData,
            clientDataJSON: good.clientDataJSON
        )
        #expect(error { _ = try verify(forged) } == .signatureInvalid)
    }

    @Test func `Who checks later asks for the domain alone`() throws {
        func code(_ origin: String) throws -> WebAuthnError.Code? {
            var other = authenticator
            other.origin = origin
            let answer = try other.answer(Self.challenge)
            return error {
                _ = try WebAuthn.verify(
                    answer,
                    challenge: Self.challenge,
                    by: authenticator.publicKey,
                    relyingPartyID: "example.th",
                    lastSignCount: 0
                )
            }
        }
        #expect(try code("https://elsewhere.example.th") == nil)
        #expect(try code("https://example.th") == nil)
        #expect(try code("https://notexample.th") == .originMismatch)
        #expect(try code("http://example.th") == .originMismatch)
    }

    @Test func `An attestation of another shape is refused`() throws {
        var other = authenticator
        let made = other.register(challenge: Self.challenge)
        let whole = made.attestationObject
        let statement: [UInt8] = [0x67] + Array("attStmt".utf8) + [0xA0]
        let place = try #require(
            whole.indices.first { whole[$0...].starts(with: statement) }
        )
        var stating = whole
        stating.replaceSubrange(
            place..<(place + statement.count),
            with: statement.dropLast() + [0xA1, 0x61, 0x61, 0x01]
        )
        let objects: [[UInt8]] = [
            [], [0xA0], [0x80], whole.dropLast(), whole + [0], [0xA2] + whole.dropFirst(),
            stating,
        ]
        for object in objects {
            let code = error {
                _ = try WebAuthn.register(
                    clientDataJSON: made.clientDataJSON,
                    attestationObject: object,
                    challenge: Self.challenge,
                    for: Self.party
                )
            }
            #expect(code == .attestationMalformed, "\(object.count)")
        }
    }
}
