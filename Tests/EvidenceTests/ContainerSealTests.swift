import Audit
import AuditTestSupport
import Cryptography
import Evidence
import EvidenceContainer
import Testing

/// What the container of a bundle shows by itself: its manifests and their signatures.
@Suite struct ContainerSealTests {
    private static let manifest = "META-INF/ASiCManifest001.xml"
    private static let signature = "META-INF/signature001.p7s"

    private let log: BundleLog
    private let files: [ContainerFile]
    /// As it was sealed.
    private let entries: [ZipEntry]

    init() throws {
        log = try BundleLog()
        files = try log.files()
        entries = try ZipReader.entries(of: BundleSeal.container(files, at: BundleLog.now))
    }

    private func identity(_ name: String) throws -> SigningIdentity {
        try SigningIdentity.ephemeral(
            commonName: name,
            validFrom: BundleLog.now - 86_400,
            validTo: BundleLog.now + 86_400
        )
    }

    private func signer(_ name: String) throws -> ManifestSigner {
        let identity = try identity(name)
        return ManifestSigner(.signature) { manifest in
            try DetachedSignature.sign(
                manifest,
                identity: identity,
                signingTime: BundleLog.now
            ).der
        }
    }

    /// Packed again by somebody who seals nothing.
    private func verdict(_ entries: [ZipEntry]) throws -> BundleVerdict {
        let container = try EvidenceContainer(bytes: try ZipWriter.archive(entries))
        return BundleAuditor.verify(container, trust: try log.trust())
    }

    private func replacing(_ name: String, _ contents: [UInt8]) -> [ZipEntry] {
        entries.map { entry in
            entry.name == name ? ZipEntry(name: name, contents: contents[...]) : entry
        }
    }

    @Test func `A file that was altered after sealing is found by its digest alone`() throws {
        // A policy is the maker's to give: nothing else is wrong with another one.
        let policy = try log.policyBytes() + Array("# x\n".utf8)
        let altered = try verdict(replacing("policy.txt", policy))
        #expect(altered.verdict.findings.map(\.code) == [.containerWrong])
        #expect(altered.verdict.findings.first?.reason.hasPrefix("policy.txt: its digest") == true)
        for file in files {
            var contents = file.contents
            contents[contents.count / 2] ^= 1
            let verdict = try verdict(replacing(file.name, contents))
            #expect(verdict.has(.containerWrong), "\(file.name)")
        }
    }

    @Test func `A signature of something else, or of nothing, is found`() throws {
        #expect(try verdict(entries).verdict.isOK)
        let other = try EvidenceContainer(
            bytes: try BundleSeal.container(Array(files.dropLast()), at: BundleLog.now)
        )
        let foreign = try #require(other.manifests.first?.signature)
        for contents in [Array(foreign), [], [0x30, 0]] {
            let wrong = try verdict(replacing(Self.signature, contents))
            #expect(wrong.has(.containerSignatureInvalid), "\(contents.count) bytes")
            #expect(wrong.containerSigners == [])
        }
        let unsigned = try verdict(entries.filter { $0.name != Self.signature })
        #expect(unsigned.has(.containerWrong))
        #expect(unsigned.has(.containerSignatureInvalid))
    }

    @Test func `Of two signers both are shown`() throws {
        let both = BundleAuditor.verify(
            try EvidenceContainer(
                bytes: try EvidenceContainer.make(
                    files: files,
                    signers: [try signer("Province 99"), try signer("District 9901")]
                )
            ),
            trust: try log.trust()
        )
        #expect(both.verdict.findings == [])
        #expect(both.namedSigners == ["CN=Province 99", "CN=District 9901"])
    }

    @Test func `A second manifest that lists a part of the files is found`() throws {
        // Spelled as the first, of fewer files; its signature is a good one.
        let fewer = try EvidenceContainer(
            bytes: try BundleSeal.container(Array(files.dropLast()), at: BundleLog.now)
        )
        let listed = try #require(fewer.manifests.first)
        let text = String(decoding: listed.bytes, as: UTF8.self)
            .replacing("signature001", with: "signature002")
        let signature = try signer("Province 99").sign(Array(text.utf8))
        let verdict = try verdict(
            entries + [
                ZipEntry(name: "META-INF/ASiCManifest002.xml", contents: Array(text.utf8)[...]),
                ZipEntry(name: "META-INF/signature002.p7s", contents: signature[...]),
            ]
        )
        #expect(verdict.verdict.findings.map(\.code) == [.containerWrong])
        #expect(
            verdict.verdict.findings.first?.reason
                == "META-INF/ASiCManifest002.xml does not list exactly the files"
        )
    }

    @Test func `However much is wrong, so many findings are kept and all are counted`() throws {
        let strays = (0..<1500).map { number in
            ContainerFile(name: "stray/\(number)", mediaType: "text/plain", contents: [])
        }
        let verdict = BundleAuditor.verify(try (files + strays).sealed(), trust: try log.trust())
        let structure = try #require(verdict.verdict.checks.first { $0.check == .structure })
        #expect(structure.findingCount == 1500)
        #expect(verdict.verdict.findings.count == FindingList.keptCountPerCheck)
    }

    @Test func `It says before each file and record that it goes on`() throws {
        var beatCount = 0
        let container = try EvidenceContainer(
            bytes: try ZipWriter.archive(entries),
            heartbeat: { beatCount += 1 }
        )
        #expect(beatCount >= entries.count)
        let count = Counter()
        let verdict = BundleAuditor.verify(container) { count.value += 1 }
        #expect(count.value >= 2 * files.count + verdict.recordCount)
    }
}

/// What an escaping closure counts.
private final class Counter {
    var value = 0
}
