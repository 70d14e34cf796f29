import Audit
import AuditTestSupport
import Cryptography
import Evidence
import EvidenceContainer
import Survey
import Testing
import TransparencyLog

/// What a bundle is refused for before its story is told, and what its rules are asked about.
@Suite struct BundleReadingTests {
    private let log: BundleLog
    private let files: [ContainerFile]

    init() throws {
        log = try BundleLog()
        files = try log.files()
    }

    private func verdict(_ files: [ContainerFile], _ trust: Trust = Trust()) throws -> BundleVerdict
    {
        BundleAuditor.verify(try files.sealed(), trust: trust)
    }

    @Test func `A proof repeats the bundle's cosigned checkpoint and no other`() throws {
        // The same tree without the witness: it proves as much, but each file could have its own size.
        let cosigned = try log.checkpoint().cosigned().encoded
        let bare = try log.checkpoint().noteBytes
        let name = "proofs/0.tlog-proof"
        let other = files.replacing(name) { $0 = $0.dropLast(cosigned.count) + bare }
        let found = try verdict(other).verdict.findings.filter { $0.code == .proofInvalid }
        #expect(found.map(\.index) == [0])
        #expect(found.first?.reason.contains("checkpoint-cosigned.txt") == true)
    }

    @Test func `More records than a bundle may have are not read`() throws {
        let more = (0...BundleContents.recordCountMax).map { number in
            ContainerFile(
                name: "records/\(1_000_000 + number).json",
                mediaType: "application/json",
                contents: []
            )
        }
        let verdict = try verdict(files + more)
        #expect(verdict.recordCount == 0)
        #expect(verdict.verdict.findings.map(\.code) == [.fileWrong])
        #expect(verdict.verdict.findings.first?.reason.contains("at most 2000") == true)
    }

    @Test func `Roots for time-stamps ask for a time-stamp`() throws {
        var trust = try log.trust()
        #expect(try verdict(files, trust).verdict.isOK)
        trust.timestampRoots = try TrustedRoots([try Sample.identity().certificate])
        let asked = try verdict(files, trust)
        #expect(asked.verdict.findings.map(\.code) == [.timestampMissing])
    }

    @Test(arguments: [
        EventKind.certificateRootsDefined, .memberCertificateRegistered,
        .memberCertificateRevoked,
    ])
    func `The rules are asked about certificates, too`(_ kind: EventKind) throws {
        var forged = try ForgedLog(log.records)
        let index = try forged.index(of: kind)
        let stranger = try SigningIdentity.ephemeral(
            commonName: "stranger",
            validFrom: 1_483_228_800,
            validTo: 1_546_214_400
        )
        try forged.entries[index].edit { event in
            switch event.kind {
            case .certificateRootsDefined(var roots):
                roots.reason = ""
                event.kind = .certificateRootsDefined(roots)
            case .memberCertificateRevoked(var revocation):
                revocation.reason = ""
                event.kind = .memberCertificateRevoked(revocation)
            default:
                event.kind = .memberCertificateRegistered(
                    Sample.certificate("secretary-2", stranger)
                )
            }
        }
        var other = log
        other.records = forged.records
        let verdict = BundleAuditor.verify(
            try other.files(.certification("2561-9901-1")).sealed(),
            trust: try other.trust()
        )
        let found = verdict.verdict.findings.filter { $0.index == UInt64(index) }
        #expect(found.map(\.code) == [.notAllowed])
    }
}
