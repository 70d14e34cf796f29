import AuditTestSupport
import Cryptography
import Evidence
import EvidenceContainer
import Foundation
import Ledger
import LedgerReader
import LedgerWriter
import Survey
import Testing
import TransparencyLog

/// `prove`, `check` and `bundle`, and `verify` of what they make.
@Suite struct EvidenceCommandTests {
    private static let id = "2561-9981-2"
    private let ledger: ScratchLedger

    init() throws {
        var script = Script.collected
        script.certify(Self.id, "9981", ["chair-1", "member-1", "secretary-1"])
        ledger = try ScratchLedger(script)
    }

    private var path: String { ledger.directory.path }

    private func file(_ name: String) -> String { ledger.folder + "/" + name }

    /// Signs a checkpoint, has a witness cosign it, and writes the policy that asks for both.
    @discardableResult
    private func seal() throws -> UInt64 {
        let key = try #require(try logKey())
        let log = try CheckpointLog(ledger.directory)
        let stored = try log.sign()
        let cosigner = try Cosigner(
            name: "auditor.example.th/w1",
            privateKey: try Ed25519PrivateKey(seed: [UInt8](repeating: 9, count: 32))
        )
        let cosignature = try cosigner.cosign(try stored.checkpoint(), time: 1_764_547_200)
        try log.add(cosignatures: [cosignature], treeSize: stored.treeSize)
        let policy = """
            log \(key)
            witness w1 \(cosigner.verifierKey.vkey)
            quorum w1

            """
        try policy.write(toFile: file("policy.txt"), atomically: true, encoding: .utf8)
        return stored.treeSize
    }

    /// A process opens a ledger once: the reader has gone when this returns.
    private func logKey() throws -> String? {
        try LedgerReader(ledger.directory).snapshot().logKeys().last?.vkey
    }

    private func run(_ arguments: String...) throws -> AuditRun {
        try AuditTool.run(arguments, environment: ["LANG": "en_GB.UTF-8"])
    }

    private func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
        try Data(Array(bytes)).write(to: URL(filePath: file(name)))
    }

    private func record(_ index: UInt64) throws -> [UInt8] {
        try #require(
            try LedgerReader(ledger.directory).snapshot().withRecord(index) { $0.byteArray }
        )
    }

    @Test func `A record is proved by its bytes and a policy alone`() throws {
        let size = try seal()
        let proof = file("7.tlog-proof")
        let made = try run("prove", path, "7", "-o", proof)
        #expect(made.exitCode == 0, "\(made.messages)")
        try write(try record(7), to: "bare")
        try write(try record(7) + [0x0A], to: "line")
        for name in ["bare", "line"] {
            let checked = try run(
                "check",
                proof,
                "--record",
                file(name),
                "--policy",
                file("policy.txt")
            )
            #expect(checked.exitCode == 0, "\(checked.messages)")
            #expect(checked.output.contains("as record 7"))
            #expect(checked.output.contains("Cosigned by the witness w1"))
            #expect(checked.output.hasSuffix("Verdict: proved\n"))
        }
        let json = try run(
            "check",
            proof,
            "--record",
            file("line"),
            "--policy",
            file("policy.txt"),
            "--json"
        )
        #expect(json.output.hasPrefix("{\"ok\":true,\"origin\":\"\(Sample.origin)\",\"index\":7"))
        #expect(json.output.contains("\"size\":\(size)"))
        let printed = try run("prove", path, "7")
        #expect(Array(printed.output.utf8) == Array(try Data(contentsOf: URL(filePath: proof))))
        #expect(try run("prove", path, "7", "-o", proof).exitCode == 3, "it is not overwritten")
    }

    @Test func `What a proof does not prove is exit code 1`() throws {
        try seal()
        let proof = file("p")
        _ = try run("prove", path, "7", "-o", proof)
        try write(try record(6), to: "other")
        try write(try record(7) + [0x0A, 0x0A], to: "longer")
        for name in ["other", "longer"] {
            let run = try run(
                "check",
                proof,
                "--record",
                file(name),
                "--policy",
                file("policy.txt")
            )
            #expect(run.exitCode == 1)
            #expect(run.output.contains("invalidInclusionProof"))
        }
        let foreign = "log \(Sample.logSigner(number: 5).verifierKey.vkey)\nquorum none\n"
        try write(foreign.utf8, to: "foreign")
        try write(try record(7), to: "7")
        let run = try run(
            "check",
            proof,
            "--record",
            file("7"),
            "--policy",
            file("foreign"),
            "--json"
        )
        #expect(run.exitCode == 1)
        #expect(run.output.hasPrefix("{\"ok\":false,\"code\":\"noKnownSignature\""))
        try write("no proof".utf8, to: "none")
        #expect(
            try self.run("check", file("none"), "--record", file("7"), "--policy", file("foreign"))
                .exitCode == 3
        )
        #expect(
            try self.run("check", proof, "--record", file("7"), "--policy", file("none")).exitCode
                == 3
        )
    }

    @Test func `Without a checkpoint that covers it nothing is proved`() throws {
        for arguments in [["prove", path, "7"], ["bundle", path, Self.id, "-o", file("x.asice")]] {
            let run = try AuditTool.run(arguments, environment: ["LANG": "en"])
            #expect(run.exitCode == 3)
            #expect(run.output == "")
            #expect(run.messages.contains("bmn checkpoint"), "\(run.messages)")
        }
        let size = try seal()
        var later = Script(firstSerial: 1000)
        later.add(.changeDeadline(Sample.deadlineChange))
        try ledger.append(later)
        #expect(try run("prove", path, "\(size)").messages.contains("notCovered"))
        #expect(try run("prove", path, "\(size + 1)").messages.contains("noRecord"))
        #expect(try run("prove", path, "0").exitCode == 0)
        try seal()
        #expect(try run("prove", path, "\(size)").exitCode == 0)
        let earlier = try run("prove", path, "0", "--size", "\(size)")
        #expect(earlier.output.contains("\n\(size)\n"))
        #expect(try run("prove", path, "0", "--size", "3").messages.contains("noCheckpoint"))
    }

    @Test func `A bundle is made and verified`() throws {
        try seal()
        let bundle = file("c.asice")
        let made = try run(
            "bundle",
            path,
            Self.id,
            "-o",
            bundle,
            "--policy",
            file("policy.txt")
        )
        #expect(made.exitCode == 0, "\(made.messages)")
        #expect(made.output.contains("names nobody: the content carries its own proofs"))
        let verified = try run("verify", bundle, "--policy", file("policy.txt"))
        #expect(verified.exitCode == 0, "\(verified.output)")
        #expect(verified.output == made.output)
        #expect(
            verified.output.contains("Status of the certification as far as this shows: submitted")
        )
        #expect(verified.output.hasSuffix("Verdict: verified, nothing wrong found\n"))
        #expect(try run("verify", bundle).output.contains("proves only that it is consistent"))
        let json = try AuditTool.verify(bundle)
        let object = try json.json()
        #expect(object.ok)
        #expect(object.origin == Sample.origin)
        #expect(
            object.checks.map(\.name) == ["structure", "tree", "signatures", "rules", "figures"]
        )
        #expect(json.output.contains("\"bundle\":{\"stream\":\"certification/\(Self.id)\""))
        let thai = try AuditTool.run(["verify", bundle])
        #expect(thai.output.contains("ผล: ตรวจสอบแล้ว ไม่พบสิ่งผิดปกติ"))
    }

    @Test func `A household's bundle is made and verified`() throws {
        try seal()
        let bundle = file("h.asice")
        let made = try run("bundle", path, "--household", "2561/h-1", "-o", bundle)
        #expect(made.exitCode == 0, "\(made.messages)")
        let verified = try run("verify", bundle)
        #expect(verified.exitCode == 0)
        #expect(verified.output.contains("household/2561/h-1"))
        #expect(
            try run("bundle", path, "--household", "2561/nowhere", "-o", file("n.asice")).exitCode
                == 3
        )
    }

    @Test func `A certificate's holder can sign the container`() throws {
        try seal()
        let made = try Process.run(
            URL(filePath: "/usr/bin/openssl"),
            arguments: [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-keyout", file("key.pem"), "-out", file("cert.pem"), "-subj", "/CN=Province 99",
                "-days", "9",
            ]
        )
        made.waitUntilExit()
        let bundle = file("s.asice")
        let run = try run(
            "bundle",
            path,
            Self.id,
            "-o",
            bundle,
            "--signer",
            file("cert.pem"),
            "--signer-key",
            file("key.pem")
        )
        #expect(run.exitCode == 0, "\(run.messages)")
        #expect(run.output.contains("signed by CN=Province 99"))
        #expect(try self.run("verify", bundle).output == run.output)
        #expect(
            try self.run(
                "bundle",
                path,
                Self.id,
                "-o",
                file("t.asice"),
                "--signer",
                file("cert.pem"),
                "--signer-key",
                file("policy.txt")
            ).exitCode == 3
        )
    }

    @Test func `What is no sound evidence is not written`() throws {
        var script = Script(firstSerial: 2000)
        script.withdraw(Self.id)
        script.prepare("2561-9981-7", "9981")
        try ledger.append(script)
        try seal()
        let run = try run("bundle", path, "2561-9981-7", "-o", file("u.asice"))
        #expect(run.exitCode == 1)
        #expect(run.messages.contains("has not been issued"))
        #expect(!FileManager.default.fileExists(atPath: file("u.asice")))
    }

    @Test func `A bundle that was altered is findings, and one that is none is exit code 3`() throws
    {
        try seal()
        let bundle = file("c.asice")
        _ = try run("bundle", path, Self.id, "-o", bundle)
        let bytes = Array(try Data(contentsOf: URL(filePath: bundle)))
        let container = try EvidenceContainer(bytes: bytes)
        let files = container.files.filter { $0.name != "statement.txt" }.map { file in
            ContainerFile(name: file.name, mediaType: "text/plain", contents: Array(file.contents))
        }
        try write(try BundleSeal.container(files, at: 1_764_547_200), to: "less.asice")
        let less = try AuditTool.verify(file("less.asice"))
        #expect(less.exitCode == 1)
        #expect(try less.json().has("structure", nil, "statement.txt is missing"))
        for (name, hostile) in [
            ("cut", Array(bytes.dropLast(30))), ("empty", []), ("text", Array("no zip".utf8)),
            ("longer", bytes + [0]), ("crc", bytes.enumerated().map { $0 == 200 ? $1 ^ 1 : $1 }),
        ] {
            try write(hostile, to: "\(name).asice")
            let run = try AuditTool.verify(file("\(name).asice"))
            #expect(run.exitCode == 3, "\(name): \(run.output)")
            #expect(try !run.json().ok)
            #expect(run.messages.contains("is no evidence container"))
        }
        #expect(try AuditTool.verify(file("nowhere.asice")).exitCode == 3)
    }

    @Test func `A damaged ledger gives no evidence and kills nobody`() throws {
        try seal()
        var bytes = try ledger.ledgerBytes
        for page in stride(from: 2 * 4096, to: bytes.count, by: 4096) {
            for offset in page + 16..<min(page + 64, bytes.count) { bytes[offset] ^= 0x55 }
        }
        try ledger.replaceLedger(bytes)
        for arguments in [["prove", path, "7"], ["bundle", path, Self.id, "-o", file("d.asice")]] {
            let run = try AuditTool.run(arguments)
            #expect(run.exitCode == 3)
            #expect(run.signal == nil)
            #expect(run.output == "")
        }
    }

    @Test(arguments: [
        ["prove"], ["prove", "D", "x"], ["check", "p"], ["bundle", "D", "-o", "x.asice"],
        ["bundle", "D", "C", "-o", "x.zip"], ["bundle", "D", "C"],
        ["bundle", "D", "--household", "h", "-o", "x.asice"],
        ["bundle", "D", "C", "--household", "2561/h", "-o", "x.asice"],
        ["bundle", "D", "C", "-o", "x.asice", "--signer", "c.pem"],
        ["verify", "x.asice", "--only", "chain"], ["verify", "x.asice", "--projections"],
    ])
    func `Wrong usage of the evidence commands is exit code 2`(_ arguments: [String]) throws {
        let run = try AuditTool.run(arguments)
        #expect(run.exitCode == 2)
        #expect(run.messages.contains("Usage:"))
    }
}
