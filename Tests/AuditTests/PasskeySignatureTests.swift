import Audit
import AuditTestSupport
import Cryptography
import Foundation
import PasskeyTestSupport
import Survey
import Testing

/// Signatures by passkey, as levels 4 and 5 judge them.
@Suite struct PasskeySignatureTests {
    private let records: [[UInt8]]

    init() throws { records = try HonestLog(.certified).records }

    /// Verifies a log in which the signature by passkey was changed, and all hashes after it.
    private func verdict(
        only check: Check? = nil,
        _ change: (inout CertificationSignature, String) throws -> Void
    ) throws -> (Verdict, UInt64) {
        var forged = try ForgedLog(records)
        let index = try #require(
            forged.entries.indices.first { index in
                try forged.entries[index].event.certificationSigned.hasPasskey
            }
        )
        let id = try forged.entries[index].event.certificationSigned.certification
        let prepared = try forged.entries.lazy.map { try $0.event.certificationPrepared }
            .first { $0.certification == id }
        let statement = try #require(prepared).statement
        try forged.entries[index].edit { try change(&$0.certificationSigned, statement) }
        return (try verify(forged.records, only: check), UInt64(index))
    }

    /// Expects one finding about the signature, of level 4.
    private func expectFound(
        _ reason: String,
        only check: Check? = nil,
        _ change: (inout CertificationSignature, String) throws -> Void
    ) throws {
        let (verdict, index) = try verdict(only: check, change)
        expect(verdict, .signatures, index, reason)
        #expect(!verdict.findings.contains { $0.check == .rules && $0.index == index }, "\(reason)")
    }

    @Test func `A log with a signature by passkey is verified`() throws {
        let (verdict, _) = try verdict { _, _ in }
        #expect(verdict.findings.isEmpty)
    }

    @Test func `Every byte of an assertion matters`() throws {
        let (_, index) = try verdict { _, _ in }
        var forged = try ForgedLog(records)
        let whole = try forged.entries[Int(index)].event.certificationSigned.passkey
        for part in 0..<3 {
            let bytes = [whole.authenticatorData, whole.clientDataJson, whole.signature][part]
            for place in stride(from: 0, to: bytes.count, by: 23) {
                var changed = bytes
                changed[changed.startIndex + place] ^= 1
                try forged.entries[Int(index)].edit { event in
                    event.certificationSigned.passkey = whole
                    switch part {
                    case 0: event.certificationSigned.passkey.authenticatorData = changed
                    case 1: event.certificationSigned.passkey.clientDataJson = changed
                    default: event.certificationSigned.passkey.signature = changed
                    }
                }
                let verdict = try verify(forged.records)
                expect(verdict, .signatures, index, "of chair-2")
            }
        }
    }

    @Test(arguments: [Check.signatures, nil])
    func `An assertion over another statement, on another site or by nobody verified is found`(
        _ check: Check?
    ) throws {
        func signed(
            _ signature: inout CertificationSignature,
            _ statement: String,
            _ change: (inout VirtualAuthenticator) -> Void = { _ in }
        ) throws {
            var authenticator = try Sample.authenticator()
            change(&authenticator)
            signature = try Sample.passkeySignature(
                signature.certification,
                signature.person,
                by: authenticator,
                over: statement
            )
        }
        try expectFound("the signature of chair-2 is not over", only: check) {
            try signed(&$0, $1 + "\n")
        }
        try expectFound("the passkey of chair-2 answered another site", only: check) {
            try signed(&$0, $1) { $0.origin = "https://evil.example" }
        }
        try expectFound("the passkey of chair-2 answered another site", only: check) {
            try signed(&$0, $1) { $0.relyingPartyID = "example.th" }
        }
        try expectFound("the passkey of chair-2 verified nobody", only: check) {
            try signed(&$0, $1) { $0.flags = 1 }
        }
        try expectFound("the signature of chair-2 is no assertion", only: check) { signature, _ in
            signature.passkey.authenticatorData.append(0)
        }
        try expectFound("is of no form, or of several", only: check) { signature, _ in
            signature.publicKey = Data(count: 32)
        }
    }

    @Test(arguments: [Check.signatures, nil])
    func `A passkey that is not the person's is found`(_ check: Check?) throws {
        let stranger = try VirtualAuthenticator(
            relyingPartyID: "bmn.example.th",
            origin: "https://bmn.example.th"
        )
        try expectFound("the passkey was not chair-2's when it signed", only: check) {
            $0 = try Sample.passkeySignature(
                $0.certification,
                $0.person,
                by: stranger,
                over: $1
            )
        }
    }

    @Test func `A passkey that was registered only later is found`() throws {
        var forged = try ForgedLog(records)
        let registered = try forged.index(of: .passkeyRegistered)
        forged.entries.append(forged.entries.remove(at: registered))
        forged.renumberStreams()
        let index = try #require(
            forged.entries.indices.first { index in
                try forged.entries[index].event.certificationSigned.hasPasskey
            }
        )
        let verdict = try verify(forged.records)
        expect(verdict, .signatures, UInt64(index), "the passkey was not chair-2's")
    }

    @Test func `Who asks for the rules alone hears of a wrong assertion too`() throws {
        let (verdict, index) = try verdict(only: .rules) { signature, _ in
            signature.passkey.signature[8] ^= 1
        }
        expect(verdict, .rules, index, "signatureInvalid")
    }
}
