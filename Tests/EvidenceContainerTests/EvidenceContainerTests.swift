import Cryptography
import EvidenceContainer
import Foundation
import TestSupport
import Testing

struct EvidenceContainerTests {
    private static let vector = "vectors/x.asice"

    /// The sample's entries, changed and packed again with their right checksums.
    private func repacked(_ change: (inout [String: [UInt8]]) -> Void) throws -> EvidenceContainer {
        let entries = try ZipReader.entries(of: Samples.container())
        var contents = Samples.contents(entries)
        change(&contents)
        let names = entries.map(\.name) + contents.keys.sorted()
        var seen: Set<String> = []
        let kept = names.filter { contents[$0] != nil && seen.insert($0).inserted }
        return try EvidenceContainer(
            bytes: ZipWriter.archive(
                kept.map { ZipEntry(name: $0, contents: (contents[$0] ?? [])[...]) }
            )
        )
    }

    @Test func `A container holds the files, and a manifest and a signature for each signer`()
        throws
    {
        let bytes = try Samples.container()
        #expect(bytes[30..<69].elementsEqual("mimetypeapplication/vnd.etsi.asic-e+zip".utf8))
        #expect(
            try ZipReader.entries(of: bytes).map(\.name) == [
                "mimetype", "empty.txt", "proofs/1.tlog-proof", "record.json",
                "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s",
                "META-INF/ASiCManifest002.xml", "META-INF/timestamp001.tst",
            ]
        )
        let container = try EvidenceContainer(bytes: bytes)
        #expect(container.check() == [])
        #expect(container.contents(of: "record.json")?.elementsEqual([0x7B, 0x7D]) == true)
        #expect(container.contents(of: "other") == nil)
        #expect(container.manifests.map(\.manifest.signatureKind) == [.signature, .timestamp])
        for signed in container.manifests {
            #expect(
                signed.signature.map(Array.init) == Samples.signature("signed", Array(signed.bytes))
            )
        }
        #expect(Samples.verified(bytes)?.count == 3)
    }

    @Test func `The same files in any order make the same container`() throws {
        let bytes = try EvidenceContainer.make(
            files: Samples.files.reversed(),
            signers: [Samples.signer(.signature), Samples.signer(.timestamp)]
        )
        #expect(try bytes == Samples.container())
    }

    @Test func `What no container can hold is refused before anybody signs`() throws {
        let refused: [(String, String, ContainerError.Code)] = [
            ("mimetype", "text/plain", .reservedName), ("MimeType", "text/plain", .reservedName),
            ("META-INF/x", "text/plain", .reservedName),
            ("meta-inf/x", "text/plain", .reservedName),
            ("META-INF", "text/plain", .reservedName), ("../x", "text/plain", .nameRefused),
            ("a.txt", "text/plain", .duplicateName), ("x", "text", .mediaTypeRefused),
            ("x", "", .mediaTypeRefused), ("x", "text/\n", .mediaTypeRefused),
        ]
        for (name, mediaType, code) in refused {
            let files = [
                ContainerFile(name: "A.txt", mediaType: "text/plain", contents: []),
                ContainerFile(name: name, mediaType: mediaType, contents: []),
            ]
            let signer = ManifestSigner(.signature) { _ in
                Issue.record("asked to sign")
                return []
            }
            let error = #expect(throws: ContainerError.self, "\(name)") {
                try EvidenceContainer.make(files: files, signers: [signer])
            }
            #expect(error?.code == code, "\(name)")
        }
    }

    @Test func `A signer who fails makes no container`() {
        struct NoCard: Error, Equatable {}
        #expect(throws: NoCard()) {
            try EvidenceContainer.make(
                files: Samples.files,
                signers: [ManifestSigner(.signature) { _ throws in throw NoCard() }]
            )
        }
    }

    @Test func `What does not fit together is found`() throws {
        func findings(_ change: (inout [String: [UInt8]]) -> Void) throws -> [String] {
            let findings = try repacked(change).check()
            for finding in findings { #expect(finding.thai != finding.english) }
            return findings.map { "\($0.code) \($0.name) \($0.manifest)" }
        }
        let first = "META-INF/ASiCManifest001.xml"
        let second = "META-INF/ASiCManifest002.xml"
        #expect(try findings { _ in } == [])
        #expect(
            try findings { $0["record.json"] = [] } == [
                "digestMismatch record.json \(first)", "digestMismatch record.json \(second)",
            ]
        )
        #expect(
            try findings { $0["empty.txt"] = nil } == [
                "fileMissing empty.txt \(first)", "fileMissing empty.txt \(second)",
            ]
        )
        #expect(try findings { $0["more.txt"] = [] } == ["fileNotCovered more.txt "])
        let signature = "META-INF/signature001.p7s"
        #expect(try findings { $0[signature] = nil } == ["signatureMissing \(signature) \(first)"])
        #expect(try findings { $0[first] = nil } == ["signatureOfNothing \(signature) "])
        #expect(
            try findings { $0[second] = $0[first] }.first
                == "signatureShared \(signature) \(second)"
        )
        for name in ["META-INF/manifest.xml", "META-INF/x/ASiCManifest.xml", "META-INF/x"] {
            #expect(try findings { $0[name] = [] } == ["unknownMetadata \(name) "])
        }
        let bare = try findings { contents in
            contents = contents.filter { !$0.key.hasPrefix("META-INF/") }
        }
        #expect(bare.first == "noManifest  ")
        #expect(bare.count == 4)
    }

    @Test func `The first entry says what the archive is`() throws {
        func code(_ entries: [RawZip.Entry]) -> ContainerError.Code? {
            do throws(ContainerError) {
                _ = try EvidenceContainer(bytes: RawZip(entries).bytes)
                return nil
            } catch { return error.code }
        }
        let file = RawZip.Entry("a.txt", [1])
        #expect(code([RawZip.mimetype, file]) == nil)
        #expect(code([]) == .mimetypeMissing)
        #expect(code([file]) == .mimetypeMissing)
        #expect(code([file, RawZip.mimetype]) == .mimetypeNotFirst)
        for text in ["application/vnd.etsi.asic-e+zip\n", "application/vnd.etsi.asic-s+zip", ""] {
            #expect(code([RawZip.Entry("mimetype", Array(text.utf8)), file]) == .mimetypeWrong)
        }
        var extra = RawZip.mimetype
        extra.localExtra = [0x55, 0x54, 0, 0]
        #expect(code([extra, file]) == .mimetypeNotPlain)
        extra = RawZip.mimetype
        extra.centralExtra = [0x55, 0x54, 0, 0]
        #expect(code([extra, file]) == .mimetypeNotPlain)
        let contents = RawZip.mimetype.packed
        let stored: [UInt8] = [1, UInt8(contents.count), 0, ~UInt8(contents.count), 0xFF]
        let packed = RawZip.Entry("mimetype", deflated: stored + contents, of: contents)
        #expect(code([packed, file]) == .mimetypeNotPlain)
        #expect(code([RawZip.mimetype, RawZip.Entry("Meta-Inf/x", [])]) == .reservedName)
    }

    @Test(.enabled(if: SharedData.isPresent(vector), "no shared data beside the repository"))
    func `A container of another maker is read`() throws {
        let bytes = try [UInt8](Data(contentsOf: SharedData.url(Self.vector)))
        let container = try EvidenceContainer(bytes: bytes)
        #expect(container.check() == [])
        #expect(container.files.map(\.name) == ["event.json", "proof.tlog-proof"])
        let signed = try #require(container.manifests.first)
        #expect(signed.signature?.count == 958)
        #expect(signed.manifest.references.map(\.mediaType) == ["application/json", "text/plain"])
        // Whose the certificate is, is not known here.
        if StockTool.isInstalled("openssl") {
            #expect(try verifies(signed, StockTool(), "-noverify"))
        }
    }

    @Test(.enabled(if: StockTool.isInstalled("openssl"), "openssl is not installed"))
    func `Stock openssl signs a manifest, and verifies it as it comes out again`() throws {
        let tool = try StockTool()
        let folder = tool.folder
        let key = try tool.run(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            "s.key",
            "-out",
            "s.pem",
            "-subj",
            "/CN=test"
        )
        #expect(key.status == 0)
        let signer = ManifestSigner(.signature) { manifest in
            try Data(manifest).write(to: folder.appending(path: "m"))
            let signing = try StockTool.run(
                [
                    "openssl", "cms", "-sign", "-cades", "-binary", "-md", "sha256", "-in", "m",
                    "-signer", "s.pem", "-inkey", "s.key", "-outform", "DER", "-out", "m.p7s",
                ],
                in: folder
            )
            #expect(signing.status == 0)
            return try [UInt8](Data(contentsOf: folder.appending(path: "m.p7s")))
        }
        let bytes = try EvidenceContainer.make(files: Samples.files, signers: [signer])
        let container = try EvidenceContainer(bytes: bytes)
        #expect(container.check() == [])
        let signed = try #require(container.manifests.first)
        #expect(try verifies(signed, tool, "-cades", "-CAfile", "s.pem", "-purpose", "any"))
        // The other way: what stock tools unpack and verify.
        try tool.write(bytes, to: "x.asice")
        #expect(try tool.run("unzip", "-q", "x.asice").status == 0)
        #expect(try tool.read(signed.name) == Array(signed.bytes))
    }

    private func verifies(
        _ signed: EvidenceContainer.SignedManifest,
        _ tool: borrowing StockTool,
        _ options: String...
    ) throws -> Bool {
        try tool.write(Array(signed.bytes), to: "read.xml")
        try tool.write(signed.signature.map(Array.init) ?? [], to: "read.p7s")
        let verifying = try StockTool.run(
            [
                "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "read.p7s",
                "-content", "read.xml", "-out", "/dev/null",
            ] + options,
            in: tool.folder
        )
        return verifying.status == 0
    }
}
