import Audit
import AuditTestSupport
import Cryptography
import Foundation
import Ledger
import Survey
import Testing

/// Level 4: who signed, with which key, over which bytes.
@Suite struct SignatureTests {
    let records: [[UInt8]]
    let signed: [Int]

    init() throws {
        records = try HonestLog(.certified).records
        let forged = try ForgedLog(records)
        signed = try forged.entries.indices.filter {
            try forged.entries[$0].event.eventKind == .certificationSigned
        }
    }

    /// Verifies a log in which one signature was changed, and all hashes after it.
    private func verdict(
        only check: Check? = nil,
        _ change: (inout CertificationSignature) throws -> Void
    ) throws -> Verdict {
        var forged = try ForgedLog(records)
        try forged.entries[signed[0]].edit { try change(&$0.certificationSigned) }
        return try verify(forged.records, only: check)
    }

    private var index: UInt64 { UInt64(signed[0]) }

    @Test func `Every bit of a signature matters`() throws {
        for bit in stride(from: 0, to: 512, by: 37) {
            let verdict = try verdict { $0.signature[bit / 8] ^= 1 << (bit % 8) }
            expect(verdict, .signatures, index, "is not over this statement's bytes")
        }
    }

    @Test func `A signature over other bytes is found`() throws {
        let verdict = try verdict { signature in
            signature = try Sample.signature(signature.certification, signature.person, over: "x")
        }
        expect(verdict, .signatures, index, "the signature of chair-1 is not over")
        #expect(!verdict.findings.contains { $0.check == .rules && $0.index == index })
    }

    @Test func `A signature that was moved to another certification is found`() throws {
        var forged = try ForgedLog(records)
        let moved = try forged.entries[signed[0]].event.certificationSigned
        try forged.entries[signed[3]].edit {
            $0.certificationSigned.signature = moved.signature
        }
        expect(try verify(forged.records), .signatures, UInt64(signed[3]), "is not over")
    }

    @Test(arguments: [Check.signatures, nil])
    func `A signature with a key that is not the person's is found`(_ check: Check?) throws {
        var forged = try ForgedLog(records)
        let statement = try forged.entries[signed[0] - 1].event.certificationPrepared.statement
        let key = try Ed25519PrivateKey.generate()
        try forged.entries[signed[0]].edit { event in
            event.certificationSigned.publicKey = Data(key.publicKey.rawBytes)
            event.certificationSigned.signature = Data(try key.sign(Array(statement.utf8)))
        }
        let verdict = try verify(forged.records, only: check)
        expect(verdict, .signatures, index, "the key was not chair-1's when it signed")
    }

    @Test func `Keys and signatures of impossible lengths are findings`() throws {
        for count in [0, 1, 31, 33, 4096] {
            let key = try verdict { $0.publicKey = Data(count: count) }
            expect(key, .signatures, index, "is not over")
            let signature = try verdict { $0.signature = Data(count: count) }
            expect(signature, .signatures, index, "is not over")
        }
        // A point of small order accepts much; that it is nobody's key does not depend on it.
        let small = try verdict { signature in
            signature.publicKey = Data([1] + [UInt8](repeating: 0, count: 31))
            signature.signature = Data([1] + [UInt8](repeating: 0, count: 63))
        }
        expect(small, .signatures, index, "the key was not chair-1's")
    }

    @Test(arguments: [Check.signatures, nil])
    func `A signature of what does not exist is found`(_ check: Check?) throws {
        let verdict = try verdict(only: check) { $0.certification = "2561-9981-9" }
        expect(verdict, .signatures, index, "chair-1 signs 2561-9981-9, which does not exist")
    }

    @Test(arguments: [Check.signatures, .rules, nil])
    func `A certification that was issued without its signatures is found`(_ check: Check?) throws {
        var forged = try ForgedLog(records)
        forged.entries.remove(at: signed[1])
        forged.renumberStreams()
        let verdict = try verify(forged.records, only: check)
        let issued = UInt64(try forged.index(of: .certificationIssued))
        expect(verdict, check ?? .signatures, issued, "signaturesMissing")
    }

    /// Verifies a log in which the signature with a certificate was changed.
    private func certificateVerdict(
        only check: Check? = nil,
        _ change: (inout CertificationSignature, String) throws -> Void
    ) throws -> (Verdict, UInt64) {
        var forged = try ForgedLog(records)
        let index = try #require(
            signed.first { index in
                try !forged.entries[index].event.certificationSigned.cms.isEmpty
            }
        )
        let id = try forged.entries[index].event.certificationSigned.certification
        let prepared = try forged.entries.lazy.map { try $0.event.certificationPrepared }
            .first { $0.certification == id }
        let statement = try #require(prepared).statement
        try forged.entries[index].edit { try change(&$0.certificationSigned, statement) }
        return (try verify(forged.records, only: check), UInt64(index))
    }

    @Test(arguments: [Check.signatures, nil])
    func `CMS over other bytes, of another form and beside a key is found`(_ check: Check?) throws {
        let (other, index) = try certificateVerdict(only: check) { signature, statement in
            signature = try Sample.certificateSignature(
                signature.certification,
                signature.person,
                by: Sample.identity(),
                over: statement + "\n"
            )
        }
        expect(other, .signatures, index, "the signature of secretary-2 is not over")
        let (cut, _) = try certificateVerdict(only: check) { signature, _ in
            signature.cms.removeLast()
        }
        expect(cut, .signatures, index, "the signature of secretary-2 is no CAdES-B signature")
        let (both, _) = try certificateVerdict(only: check) { signature, _ in
            signature.publicKey = Data(count: 32)
        }
        expect(both, .signatures, index, "is of no form, or of several")
        let (none, _) = try certificateVerdict(only: check) { signature, _ in
            signature.cms = Data()
        }
        expect(none, .signatures, index, "is of no form, or of several")
        for verdict in [other, cut, both, none] {
            #expect(!verdict.findings.contains { $0.check == .rules && $0.index == index })
        }
    }

    @Test(arguments: [Check.signatures, nil])
    func `A certificate that is not the person's is found`(_ check: Check?) throws {
        let stranger = try SigningIdentity.ephemeral(
            commonName: "secretary-2",
            validFrom: 1_483_228_800,
            validTo: 1_546_214_400
        )
        let (verdict, index) = try certificateVerdict(only: check) { signature, statement in
            signature = try Sample.certificateSignature(
                signature.certification,
                signature.person,
                by: stranger,
                over: statement
            )
        }
        expect(verdict, .signatures, index, "the certificate was not secretary-2's when it signed")
    }

    @Test(arguments: [Check.signatures, .rules, nil])
    func `A certificate that no root in force vouches for is found`(_ check: Check?) throws {
        var forged = try ForgedLog(records)
        let roots = try forged.index(of: .certificateRootsDefined)
        let registered = try forged.index(of: .memberCertificateRegistered)
        // The list comes only after the registration: both refer to nothing.
        let entry = forged.entries.remove(at: roots)
        forged.entries.append(entry)
        forged.renumberStreams()
        let verdict = try verify(forged.records, only: check)
        let index = UInt64(
            try #require(
                forged.entries.indices.first { index in
                    try forged.entries[index].envelope.stream == "certification/2561-9901-1"
                        && !forged.entries[index].event.certificationSigned.cms.isEmpty
                }
            )
        )
        expect(verdict, check ?? .signatures, index, "certificateUntrusted")
        guard check != .signatures else { return }
        expect(verdict, .rules, UInt64(registered - 1), "certificateUntrusted")
    }

    @Test func `Who asks for the rules alone hears of a wrong signature too`() throws {
        let verdict = try verdict(only: .rules) { $0.signature[0] ^= 1 }
        expect(verdict, .rules, index, "signatureInvalid")
    }
}
