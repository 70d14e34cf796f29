import AuditTestSupport
import Cryptography
import Evidence
import EvidenceContainer
import Foundation
import Ledger
import LedgerReader
import LedgerWriter
import Survey
import TestSupport
import Testing
import TransparencyLog

/// `verify` of bundles from the command line: how they are named, and what is shown of them.
@Suite struct BundleCommandTests {
    private static let id = "2561-9981-2"
    private let ledger: ScratchLedger

    init() throws {
        var script = Script.collected
        script.certify(Self.id, "9981", ["chair-1", "member-1", "secretary-1"])
        ledger = try ScratchLedger(script)
        _ = try CheckpointLog(ledger.directory).sign()
    }

    /// A process opens a ledger once: nothing holds it when this returns.
    private func cosign(by cosigner: Cosigner) throws {
        let log = try CheckpointLog(ledger.directory)
        let stored = try log.sign()
        let cosignature = try cosigner.cosign(try stored.checkpoint(), time: 1_764_547_200)
        try log.add(cosignatures: [cosignature], treeSize: stored.treeSize)
    }

    private var path: String { ledger.directory.path }

    private func file(_ name: String) -> String { ledger.folder + "/" + name }

    private func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(filePath: file(name)))
    }

    private func bundle(_ name: String = "c.asice") throws -> String {
        let run = try AuditTool.run(["bundle", path, Self.id, "-o", file(name)])
        try #require(run.exitCode == 0, "\(run.messages)")
        return file(name)
    }

    /// The ledger's bundle as somebody else makes it, with time-stamps and a policy of his own.
    private func files(
        timestamps: ([UInt8]) throws -> [[UInt8]] = { _ in [] },
        policy: String? = nil
    ) throws -> [ContainerFile] {
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        let contents = try snapshot.contents(ofCertification: Self.id)
        let checkpoint = StoredCheckpoint(
            treeSize: contents.checkpoint.treeSize,
            noteBytes: contents.checkpoint.noteBytes,
            cosignatureLines: contents.checkpoint.cosignatureLines,
            timestamps: try timestamps(contents.checkpoint.noteBytes)
        )
        return try BundleFiles.make(
            BundleContents(
                entries: contents.entries,
                checkpoint: checkpoint,
                policy: policy.map { Array($0.utf8) }
            )
        )
    }

    @Test(arguments: [
        ["--only", "chain"], ["--projections"], ["--checkpoint", "k.txt"], ["--state", "s.txt"],
    ])
    func `However a bundle is named, options of ledgers are refused`(
        _ options: [String]
    ) throws {
        let bundle = try bundle()
        let upper = file("U.ASICE")
        try FileManager.default.copyItem(atPath: bundle, toPath: upper)
        for (words, environment) in [
            ([bundle], [:]), ([upper], [:]), ([bundle + "/"], [:]), (["--ledger", bundle], [:]),
            ([], ["BMN_LEDGER": bundle]), ([], ["BMN_LEDGER": upper]),
        ] as [([String], [String: String])] {
            let run = try AuditTool.run(["verify"] + words + options, environment: environment)
            #expect(run.exitCode == 2, "\(words) \(environment): \(run.output)")
            #expect(run.messages.contains("are about ledgers"))
            #expect(run.output == "")
            let plain = try AuditTool.run(["verify"] + words, environment: environment)
            #expect(plain.exitCode == 0 || words.first?.hasSuffix("/") == true)
        }
    }

    @Test func `Names that others chose steer no terminal, in text and in JSON`() throws {
        let hostile = "a\u{9B}31m\u{202E}b"
        let identity = try SigningIdentity.ephemeral(
            commonName: hostile,
            validFrom: 1_764_460_800,
            validTo: 1_764_633_600
        )
        let authority = try StampingAuthority(name: hostile)
        let cosigner = try Cosigner(
            name: "w.example/1",
            privateKey: try Ed25519PrivateKey(seed: [UInt8](repeating: 9, count: 32))
        )
        try cosign(by: cosigner)
        let logKey = try #require(
            try LedgerReader(ledger.directory).snapshot().logKeys().last?.vkey
        )
        let name = "w\u{202E}1"
        let policy =
            "log \(logKey)\nwitness \(name) \(cosigner.verifierKey.vkey)\nquorum \(name)\n"
        let bytes = try BundleSeal.container(
            try files(
                timestamps: { bytes in
                    [try authority.token(overDigest: SHA256.hash(bytes).hex, at: Date())]
                },
                policy: policy
            ),
            identity: identity,
            at: 1_764_547_200
        )
        try write(bytes, to: "hostile.asice")
        for options in [["--json"], ["--lang", "en"], ["--lang", "th"]] {
            let run = try AuditTool.run(["verify", file("hostile.asice")] + options)
            #expect(run.exitCode == 0, "\(run.output)")
            let scalars = run.output.unicodeScalars
            #expect(!scalars.contains { ["\u{9B}", "\u{202E}", "\u{1B}"].contains($0) })
            // The signer's, the authority's and the witness's.
            let shown = ["CN=a\u{FFFD}31m\u{FFFD}b", "w\u{FFFD}1"]
            for name in shown { #expect(run.output.contains(name), "\(run.output)") }
            #expect(run.output.components(separatedBy: shown[0]).count == 3, "\(run.output)")
        }
    }

    @Test func `What is named on the command line is said again without its controls`() throws {
        let run = try AuditTool.run(
            ["bundle", path, "x\u{1B}[31m\u{202E}", "-o", file("x.asice"), "--lang", "en"]
        )
        #expect(run.exitCode == 3)
        #expect(run.messages.contains("The ledger has no certification/x"))
        #expect(!run.messages.unicodeScalars.contains { ["\u{1B}", "\u{202E}"].contains($0) })
    }

    @Test func `A bundle that takes too long is named, and not a ledger's file in it`() throws {
        let bundle = try bundle()
        let (tool, _) = try AuditTool.startStopped(
            ["verify", bundle, "--lang", "en"],
            stallSeconds: 1
        )
        let run = try tool.wait()
        #expect(run.exitCode == 3)
        #expect(run.messages.contains("\(bundle) cannot be read"), "\(run.messages)")
        #expect(!run.messages.contains("ledger.mdb"))
    }

    @Test func `A result that cannot be written leaves nothing behind`() throws {
        // Longer than a block, after which files do not grow, as on a full disk.
        try cosign(
            by: Cosigner(
                name: "w.example/1",
                privateKey: try Ed25519PrivateKey(seed: [UInt8](repeating: 9, count: 32))
            )
        )
        let limited = ["/bin/sh", "-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh"]
        for (arguments, name) in [
            (["bundle", path, Self.id, "-o", file("full.asice")], "full.asice"),
            (["prove", path, "7", "-o", file("full.proof")], "full.proof"),
        ] {
            let whole = try AuditTool.run(arguments)
            #expect(whole.exitCode == 0, "\(whole.messages)")
            try FileManager.default.removeItem(atPath: file(name))
            let run = try AuditTool.run(arguments + ["--lang", "en"], prefix: limited)
            #expect(run.exitCode == 3)
            #expect(run.messages.contains("outputFailed"), "\(run.messages)")
            let left = try FileManager.default.contentsOfDirectory(atPath: ledger.folder)
            #expect(!left.contains { $0.hasPrefix(name) }, "\(left)")
        }
    }

    @Test func `The words are those of a bundle, and Thai ones in Thai`() throws {
        let policy = try #require(
            try LedgerReader(ledger.directory).snapshot().logKeys().last.map {
                "log \($0.vkey)\nquorum none\n"
            }
        )
        try write(Array(policy.utf8), to: "none.txt")
        let bundle = try bundle()
        let english = try AuditTool.run(
            ["verify", bundle, "--lang", "en", "--policy", file("none.txt")]
        ).output
        #expect(english.contains("Records of the log at the checkpoint: "))
        #expect(english.contains("Meeting the policy, which asks for no witness: "))
        #expect(english.contains("cannot be checked with only a part of the records"))
        let thai = try AuditTool.run(["verify", bundle, "--lang", "th"]).output
        #expect(thai.contains("สถานะของคำรับรองตามแฟ้มนี้: ส่งแล้ว"))
        #expect(thai.contains("ตรวจไม่ได้เพราะมีเพียงบางระเบียน"))
        try write(
            try BundleSeal.container(Array(try files().dropLast()), at: 1_764_547_200),
            to: "less.asice"
        )
        let less = try AuditTool.run(["verify", file("less.asice"), "--lang", "en"])
        #expect(less.exitCode == 1)
        #expect(less.output.contains("structure, whole bundle: README.txt is missing"))
        #expect(!less.output.contains("whole ledger:"))
    }
}

extension LedgerSnapshot {
    /// As `bmn-audit bundle` collects it, under the latest checkpoint.
    fileprivate func contents(ofCertification id: String) throws -> BundleContents {
        let events = try (0..<treeSize).map { index in
            try #require(try recordedEvent(index)).event
        }
        let subject = BundleSubject.certification(id)
        let scope = BundleScope(subject, events: events.filter { $0.stream == subject.stream })
        let streams = scope.streams.union(scope.furtherStreams(events))
        let checkpoint = try #require(try latestCheckpoint())
        let entries = try events.indices.filter { streams.contains(events[$0].stream) }
            .map { index in
                BundleContents.Entry(
                    record: try #require(try withRecord(UInt64(index)) { $0.byteArray }),
                    proof: try inclusionProof(
                        recordIndex: UInt64(index),
                        treeSize: checkpoint.treeSize
                    )
                )
            }
        return BundleContents(entries: entries, checkpoint: checkpoint)
    }
}
