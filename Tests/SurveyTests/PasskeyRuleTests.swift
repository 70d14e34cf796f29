import Cryptography
import PasskeyTestSupport
import Survey
import SwiftProtobuf
import Testing
import WebAuthn

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Which passkey is whose, and when it signs.
@Suite struct PasskeyRuleTests {
    private var fixture: Fixture
    private let id: String
    private let authenticator: VirtualAuthenticator

    init() throws {
        fixture = try Fixture.collected()
        authenticator = try Fixture.authenticator(of: "chair-1")
        try fixture.run(.registerPasskey(.sample("chair-1", authenticator)))
        id = try fixture.prepare("9981")
    }

    private func refusal(
        _ signature: CertificationSignature,
        on day: String = Fixture.workday
    ) -> Rejection? {
        rejection(fixture.state, Event(.certificationSigned(signature)), Fixture.act(on: day))
    }

    private func refusal(of passkey: Passkey) -> Rejection? {
        rejection(fixture.state, Event(.passkeyRegistered(passkey)), Fixture.act())
    }

    /// Of a signature by an authenticator that does something else.
    private func refusal(
        _ change: (inout VirtualAuthenticator) -> Void
    ) throws -> RejectionCode? {
        var other = authenticator
        change(&other)
        return refusal(try fixture.passkeySignature(id, "chair-1", by: other))?.code
    }

    @Test mutating func `Passkeys, keys and certificates sign side by side`() throws {
        try fixture.registerCertificates(of: "member-1")
        try fixture.run(.signCertification(fixture.passkeySignature(id, "chair-1")))
        try fixture.sign(id, "member-1")
        try fixture.sign(id, "secretary-1")
        #expect(throws: Rejection(.alreadySigned, "chair-1")) {
            try fixture.run(.signCertification(fixture.passkeySignature(id, "chair-1")))
        }
        try fixture.run(.issueCertification(.sample(id)))
    }

    @Test mutating func `A person has several passkeys, each known by its domain`() throws {
        let second = try VirtualAuthenticator(
            relyingPartyID: "localhost",
            origin: "http://localhost:8080"
        )
        var passkey = Passkey.sample("chair-1", second)
        passkey.label = ""
        try fixture.run(.registerPasskey(passkey))
        #expect(fixture.state.persons["chair-1"]?.passkeys.count == 2)
        try fixture.run(
            .signCertification(fixture.passkeySignature(id, "chair-1", by: second))
        )
    }

    @Test func `What is no passkey, or of no domain, is refused`() throws {
        let malformed = Rejection(.passkeyMalformed, "chair-1")
        let good = Passkey.sample("chair-1", try Fixture.newAuthenticator())
        #expect(refusal(of: good) == nil)
        for bytes in [Data(), Data(count: 15), Data(count: 1024)] {
            var passkey = good
            passkey.credentialID = bytes
            #expect(refusal(of: passkey) == malformed, "\(bytes.count)")
        }
        for bytes in [Data(), good.publicKey.dropLast(), good.publicKey + [0], Data(count: 77)] {
            var passkey = good
            passkey.publicKey = bytes
            #expect(refusal(of: passkey) == malformed, "\(bytes.count)")
        }
        for name in ["", "th", "Example.th", "https://example.th", "example.th:443", "127.0.0.1"] {
            var passkey = good
            passkey.rpID = name
            #expect(refusal(of: passkey) == Rejection(.relyingPartyInvalid, "rpId"), "\(name)")
        }
        var unknown = good
        unknown.person = "nobody"
        #expect(refusal(of: unknown) == Rejection(.personUnknown, "nobody"))
    }

    @Test func `A citizen id stands in nothing of a passkey and of what it signs`() throws {
        let good = Passkey.sample("chair-1", try Fixture.newAuthenticator())
        var labelled = good
        labelled.label = "1-1017-00203-45-0"
        #expect(refusal(of: labelled) == Rejection(.textHoldsCitizenId, "label"))
        var site = good
        site.rpID = "1101700203450.th"
        #expect(refusal(of: site) == Rejection(.textHoldsCitizenId, "rpId"))
        var named = good
        named.credentialID = Data("id 1101700203450 of mine".utf8)
        #expect(refusal(of: named) == Rejection(.textHoldsCitizenId, "credentialId"))
        for members in [
            #","x":"1101700203450""#, #","x":[1101700203450]"#,
            #","\u0031101700203450":null"#,
        ] {
            #expect(try refusal { $0.furtherMembers = members } == .textHoldsCitizenId)
        }
        let text = Array("1101700203450".utf8)
        let extensions = [0xA1, 0x61, 0x61, 0x60 + UInt8(text.count)] + text
        #expect(try refusal { $0.extensions = extensions } == .textHoldsCitizenId)
        #expect(try refusal { $0.furtherMembers = #","x":"1101700203451""# } == nil)
    }

    @Test mutating func `A passkey and its key belong to one person for ever`() throws {
        let taken = Rejection(.passkeyAlreadyRegistered, "chair-1")
        let own = Passkey.sample("member-1", authenticator)
        var sameKey = own
        sameKey.credentialID = Data(count: 32)
        var sameID = Passkey.sample("member-1", try Fixture.newAuthenticator())
        sameID.credentialID = own.credentialID
        for passkey in [own, sameKey, sameID] { #expect(refusal(of: passkey) == taken) }
        try fixture.run(.revokePasskey(.sample("chair-1", authenticator)))
        for passkey in [own, sameKey, sameID, Passkey.sample("chair-1", authenticator)] {
            #expect(refusal(of: passkey) == taken)
        }
    }

    @Test mutating func `A revoked passkey, somebody else's and an unknown one do not sign`()
        throws
    {
        let unknown = Rejection(.passkeyUnknown, "chair-1")
        let own = try fixture.passkeySignature(id, "chair-1")
        #expect(refusal(own) == nil)
        let stranger = try Fixture.newAuthenticator()
        #expect(refusal(try fixture.passkeySignature(id, "chair-1", by: stranger)) == unknown)
        let other = try Fixture.authenticator(of: "member-1")
        try fixture.run(.registerPasskey(.sample("member-1", other)))
        #expect(refusal(try fixture.passkeySignature(id, "chair-1", by: other)) == unknown)
        #expect(throws: Rejection(.passkeyUnknown, "member-1")) {
            try fixture.run(.revokePasskey(.sample("member-1", authenticator)))
        }
        try fixture.run(.revokePasskey(.sample("chair-1", authenticator)))
        #expect(refusal(own) == unknown)
        #expect(throws: unknown) {
            try fixture.run(.revokePasskey(.sample("chair-1", authenticator)))
        }
    }

    @Test func `An assertion over another statement, or altered, is refused`() throws {
        let invalid = Rejection(.signatureInvalid, "chair-1")
        let longer = try fixture.passkeySignature(id, "chair-1", appending: "\n")
        #expect(refusal(longer) == invalid)
        var altered = try fixture.passkeySignature(id, "chair-1")
        altered.passkey.signature[altered.passkey.signature.endIndex - 1] ^= 1
        #expect(refusal(altered) == invalid)
        var counted = try fixture.passkeySignature(id, "chair-1")
        counted.passkey.authenticatorData[36] = 1
        #expect(refusal(counted) == invalid)
        var further = try fixture.passkeySignature(id, "chair-1")
        further.passkey.clientDataJson.append(0x20)
        #expect(refusal(further) == invalid)
    }

    @Test func `What is no assertion, or over its length, is refused`() throws {
        let malformed = Rejection(.assertionMalformed, "chair-1")
        let good = try fixture.passkeySignature(id, "chair-1")
        let changes: [(inout PasskeySignature) -> Void] = [
            { $0.authenticatorData = Data() }, { $0.authenticatorData.append(0) },
            { $0.authenticatorData = Data(count: 1025) }, { $0.clientDataJson = Data() },
            { $0.clientDataJson = Data("[]".utf8) }, { $0.clientDataJson = Data(count: 5000) },
            { $0.signature = Data(count: 1025) },
        ]
        for (number, change) in changes.enumerated() {
            var signature = good
            change(&signature.passkey)
            #expect(refusal(signature) == malformed, "\(number)")
        }
        let statement = try fixture.certification(id).prepared.statement
        let challenge = CertificationSignature.passkeyChallenge(of: statement)
        let created = try authenticator.signed(
            authenticatorData: Array(good.passkey.authenticatorData),
            clientDataJSON: authenticator.clientData(type: "webauthn.create", challenge)
        )
        #expect(refusal(.sample(id, "chair-1", created)) == malformed)
    }

    @Test func `A passkey signs on a page of its own domain and on no other`() throws {
        #expect(try refusal { $0.origin = "https://pages.bmn.example.th:8443" } == nil)
        for origin in [
            "https://example.th", "http://bmn.example.th", "https://bmn.example.th.evil.example",
        ] {
            #expect(try refusal { $0.origin = origin } == .assertionElsewhere, "\(origin)")
        }
        #expect(try refusal { $0.isCrossOrigin = true } == .assertionElsewhere)
        #expect(try refusal { $0.relyingPartyID = "example.th" } == .assertionElsewhere)
    }

    @Test func `A passkey signs when its holder touched it and was verified`() throws {
        #expect(try refusal { $0.flags = 0x1D } == nil)
        for flags: UInt8 in [0x00, 0x01, 0x04, 0x18] {
            #expect(try refusal { $0.flags = flags } == .assertionUnverified, "\(flags)")
        }
    }

    @Test mutating func `A counter that did not grow since the last signature is refused`()
        throws
    {
        var counting = authenticator
        counting.signCount = 7
        try fixture.run(
            .signCertification(fixture.passkeySignature(id, "chair-1", by: counting))
        )
        #expect(
            fixture.state.persons["chair-1"]?.passkeys[counting.credentialID]?.signCount == 7
        )
        try fixture.run(.withdrawCertification(.sample(id)))
        let second = try fixture.prepare("9981")
        for count: UInt32 in [0, 6, 7] {
            counting.signCount = count
            let signature = try fixture.passkeySignature(second, "chair-1", by: counting)
            #expect(refusal(signature) == Rejection(.assertionRepeated, "chair-1"), "\(count)")
        }
        counting.signCount = 8
        #expect(refusal(try fixture.passkeySignature(second, "chair-1", by: counting)) == nil)
    }

    @Test func `A signature by passkey stands beside no key and no CMS`() throws {
        let invalid = Rejection(.signatureFormInvalid, "chair-1")
        let good = try fixture.passkeySignature(id, "chair-1")
        let key = try fixture.signature(id, "chair-1")
        var withKey = good
        withKey.publicKey = key.publicKey
        var withSignature = good
        withSignature.signature = key.signature
        var withCMS = good
        withCMS.cms = Data([0x30])
        for signature in [withKey, withSignature, withCMS] {
            #expect(refusal(signature) == invalid)
        }
        #expect(refusal(good) == nil)
    }

    @Test mutating func `No act is dated before the registration of the passkey`() throws {
        let late = try Fixture.newAuthenticator()
        try fixture.run(.registerPasskey(.sample("secretary-1", late)), on: "2018-02-06")
        let signature = try fixture.passkeySignature(id, "secretary-1", by: late)
        let early = Rejection(.actBeforePrevious, "passkeyRegistered 2018-02-06")
        #expect(refusal(signature, on: "2018-02-05") == early)
        #expect(refusal(signature, on: "2018-02-06") == nil)
    }

    @Test func `The largest passkey and signature by one fit a record`() throws {
        var passkey = Passkey.sample("chair-1", authenticator)
        passkey.credentialID = Data(count: 1023)
        passkey.publicKey = Data(count: 1100)
        passkey.rpID = String(repeating: "a", count: 253)
        passkey.label = String(repeating: "\"", count: 400)
        var signature = CertificationSignature.sample(
            id,
            "chair-1",
            PasskeyAssertion(
                credentialID: [UInt8](repeating: 0, count: 1023),
                authenticatorData: [UInt8](repeating: 0, count: 1024),
                clientDataJSON: [UInt8](repeating: 0, count: 4096),
                signature: [UInt8](repeating: 0, count: 1024)
            )
        )
        signature.certification = String(repeating: "c", count: 64)
        for event in [Event(.passkeyRegistered(passkey)), Event(.certificationSigned(signature))] {
            #expect(try event.jsonString().utf8.count < 60_000)
        }
    }
}
