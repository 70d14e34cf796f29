import Audit
import AuditTestSupport
import Cryptography
import Evidence
import Foundation
import Ledger
import PasskeyTestSupport
import Survey
import Testing

/// One forgery has one name, whether it is found in a bundle or in the whole ledger.
@Suite struct SameCodeTests {
    private let log: BundleLog

    init() throws { log = try BundleLog() }

    /// A log in which a certification's signature by that person was changed, and all hashes after
    /// it.
    private func forged(
        _ certification: String,
        _ person: String,
        _ change: (inout CertificationSignature, _ statement: String) throws -> Void
    ) throws -> (log: ForgedLog, index: Int) {
        var forged = try ForgedLog(log.records)
        var statement = ""
        for index in forged.entries.indices {
            switch try forged.entries[index].event.kind {
            case .certificationPrepared(let prepared) where prepared.certification == certification:
                statement = prepared.statement
            case .certificationSigned(let signature)
            where signature.certification == certification && signature.person == person:
                try forged.entries[index].edit { event in
                    try change(&event.certificationSigned, statement)
                }
                return (forged, index)
            default: break
            }
        }
        throw Rejection(.certificationUnknown, certification)
    }

    /// Expects exactly these codes about the record, of both.
    private func expect(
        _ codes: [FindingCode],
        _ forged: (log: ForgedLog, index: Int),
        of certification: String,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        var other = log
        other.records = forged.log.records
        let files = try other.files(.certification(certification))
        let bundle = BundleAuditor.verify(try files.sealed(), trust: try other.trust()).verdict
        let ledger = try Auditor(MemorySource(other.records)).verify()
        for (name, verdict) in [("bundle", bundle), ("ledger", ledger)] {
            let found = verdict.findings.filter { $0.index == UInt64(forged.index) }
            #expect(found.map(\.code) == codes, "\(name): \(found)", sourceLocation: location)
        }
    }

    private func expectOfKey(
        _ code: FindingCode,
        _ location: SourceLocation = #_sourceLocation,
        _ change: (inout CertificationSignature, String) throws -> Void
    ) throws {
        let id = "2561-9981-2"
        try expect([code], try forged(id, "chair-1", change), of: id, location)
    }

    private func expectOfCertificate(
        _ code: FindingCode,
        _ location: SourceLocation = #_sourceLocation,
        _ change: (inout CertificationSignature, String) throws -> Void
    ) throws {
        let id = "2561-9901-1"
        try expect([code], try forged(id, "secretary-2", change), of: id, location)
    }

    private func expectOfPasskey(
        _ code: FindingCode,
        _ location: SourceLocation = #_sourceLocation,
        _ change: (inout CertificationSignature, String) throws -> Void
    ) throws {
        let id = "2561-9901-1"
        try expect([code], try forged(id, "chair-2", change), of: id, location)
    }

    @Test func `An assertion over other bytes, of nobody verified, or of nobody's passkey`() throws
    {
        func signed(
            _ signature: inout CertificationSignature,
            over statement: String,
            by authenticator: VirtualAuthenticator
        ) throws {
            signature = try Sample.passkeySignature(
                signature.certification,
                signature.person,
                by: authenticator,
                over: statement
            )
        }
        let own = try Sample.authenticator()
        try expectOfPasskey(.signatureInvalid) { try signed(&$0, over: $1 + "x", by: own) }
        try expectOfPasskey(.signatureInvalid) { signature, statement in
            var unverified = own
            unverified.flags = 1
            try signed(&signature, over: statement, by: unverified)
        }
        try expectOfPasskey(.signerUnknown) { signature, statement in
            let stranger = try VirtualAuthenticator(
                relyingPartyID: own.relyingPartyID,
                origin: own.origin
            )
            try signed(&signature, over: statement, by: stranger)
        }
    }

    private func stranger() throws -> SigningIdentity {
        try SigningIdentity.ephemeral(
            commonName: "stranger",
            validFrom: 1_483_228_800,
            validTo: 1_546_214_400
        )
    }

    @Test func `A key that nobody registered`() throws {
        let key = try Ed25519PrivateKey(seed: [UInt8](repeating: 77, count: 32))
        try expectOfKey(.signerUnknown) { signature, statement in
            signature.publicKey = Data(key.publicKey.rawBytes)
            signature.signature = Data(try key.sign(Array(statement.utf8)))
        }
    }

    @Test func `A signature over other bytes`() throws {
        try expectOfKey(.signatureInvalid) { signature, _ in signature.signature[7] ^= 1 }
        try expectOfCertificate(.signatureInvalid) { signature, statement in
            signature = try Sample.certificateSignature(
                signature.certification,
                signature.person,
                by: try Sample.identity(),
                over: statement + "x"
            )
        }
    }

    @Test func `A signature of neither form, or of both`() throws {
        try expectOfKey(.signatureInvalid) { signature, _ in
            (signature.publicKey, signature.signature) = (Data(), Data())
        }
        try expectOfKey(.signatureInvalid) { signature, _ in signature.cms = Data([1]) }
    }

    @Test func `A CMS that is none`() throws {
        try expectOfCertificate(.signatureInvalid) { signature, _ in
            signature.cms = Data([1, 2, 3])
        }
    }

    @Test func `A certificate that nobody registered`() throws {
        try expectOfCertificate(.signerUnknown) { signature, statement in
            signature = try Sample.certificateSignature(
                signature.certification,
                signature.person,
                by: try stranger(),
                over: statement
            )
        }
    }

    @Test func `A certificate that leads to none of the ledger's roots`() throws {
        let id = "2561-9901-1"
        var untrusted = try forged(id, "secretary-2") { _, _ in }
        let roots = try untrusted.log.index(of: .certificateRootsDefined)
        let others = Sample.roots([try stranger()])
        try untrusted.log.entries[roots].edit { $0.kind = .certificateRootsDefined(others) }
        try expect([.signerUnknown], untrusted, of: id)
    }
}
