import Audit
import Cryptography
import Evidence
import EvidenceContainer
import Foundation
import Testing
import TransparencyLog

/// The README of a bundle, run as it stands with stock tools alone.
@Suite struct ReadmeTests {
    private let shell: Shell
    private let log: BundleLog
    private let files: [ContainerFile]

    init() throws {
        shell = try Shell()
        var log = try BundleLog()
        log.timestamps = [try shell.timestamp(try log.checkpoint().noteBytes)]
        self.log = log
        files = try log.files()
    }

    /// The commands of the README in a bundle that was unpacked here.
    private func commands(_ folder: String) throws -> String {
        String(decoding: try shell.read("\(folder)/README.txt"), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .filter { $0.hasPrefix("    ") }.joined(separator: "\n")
    }

    private func unpack(_ files: [ContainerFile], to folder: String) throws {
        let bytes = try BundleSeal.container(files, at: Int64(Date().timeIntervalSince1970))
        try shell.write(bytes, to: "x.asice")
        let run = try shell.run("rm -rf \(folder) && unzip -q x.asice -d \(folder)")
        try #require(run.status == 0, "\(run.text)")
    }

    /// One file of each kind.
    private var kinds: [String] {
        let index = files.first { $0.name.hasPrefix("records/") && $0.name != "records/0.json" }
        let number = index?.name.dropFirst(8).dropLast(5) ?? ""
        return [
            "records/0.json", "records/\(number).json", "proofs/\(number).tlog-proof",
            "checkpoint.txt", "checkpoint-cosigned.txt", "log-key.pem", "statement.txt",
            "figures.txt", "signatures/1-chair.sig", "signatures/1-chair.pem", "timestamps/1.tst",
        ]
    }

    @Test func `A bundle with a time-stamp and a cosignature passes`() throws {
        let roots = try TrustedRoots(pem: try shell.read("root.pem"))
        var trust = try log.trust()
        trust.timestampRoots = roots
        let verdict = BundleAuditor.verify(try files.sealed(), trust: trust)
        #expect(verdict.verdict.findings == [])
        #expect(verdict.verdict.seal?.timestamp?.isTrusted == true)
        let other = try Shell()
        _ = try other.timestamp([1])
        trust.timestampRoots = try TrustedRoots(pem: try other.read("root.pem"))
        #expect(BundleAuditor.verify(try files.sealed(), trust: trust).has(.timestampMissing))
    }

    private static let steps = [
        "listed", "sealed", "inTheLog", "withoutGaps", "signedByTheLog", "certified", "stamped",
    ]

    @Test func `Its commands pass as they stand`() throws {
        try unpack(files, to: "whole")
        let run = try shell.run(try commands("whole"), in: "whole")
        #expect(run.status == 0, "\(run.text)")
        for said in [
            BundleSeal.throwAwayName, "Verification: OK",
            "records in the log: \(try log.indexes(of: BundleLog.certification).count)",
            "6 certification/2561-9981-2", "registered in records/", "figures digest: ",
            "required: {\"level\":\"lao\"", "have signed: chair member secretary",
            "withdrawn or revoked in: records/",
        ] { #expect(run.text.contains(said), "\(said): \(run.text)") }
        for step in Self.steps { #expect(run.text.contains("OK: \(step)\n"), "\(step)") }
        #expect(!run.text.contains("WRONG"))
        // The checkpoint's and three members'.
        let good = run.text.components(separatedBy: "Signature Verified Successfully").count - 1
        #expect(good == 4)
    }

    @Test func `Its commands pass for a signature by certificate`() throws {
        try unpack(try log.files(.certification("2561-9901-1")), to: "certificate")
        let run = try shell.run(try commands("certificate"), in: "certificate")
        #expect(run.status == 0, "\(run.text)")
        #expect(run.text.contains("CMS Verification successful"))
        #expect(run.text.contains("have signed: chair secretary"), "\(run.text)")
        // The chair's is by passkey.
        #expect(run.text.contains("Verified OK"), "\(run.text)")
    }

    @Test func `One command checks a signature by passkey, as BUNDLE.md gives it`() throws {
        let document = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/Evidence/BUNDLE.md")
        let command =
            "openssl dgst -sha256 -verify 1-chair.pem -signature 1-chair.sig 1-chair.bin"
        #expect(try String(contentsOf: document, encoding: .utf8).contains("    \(command)\n"))
        let files = try log.files(.certification("2561-9901-1"))
        try unpack(files, to: "passkey")
        let run = try shell.run(command, in: "passkey/signatures")
        #expect(run.status == 0)
        #expect(run.text == "Verified OK\n")
        for name in ["1-chair.sig", "1-chair.bin"] {
            let place = "signatures/\(name)"
            try unpack(files.replacing(place) { $0[$0.count - 1] ^= 1 }, to: "altered")
            #expect(try shell.run(command, in: "altered/signatures").status != 0, "\(name)")
        }
    }

    @Test func `Its commands find whatever is changed or left out of a signature by passkey`()
        throws
    {
        let files = try log.files(.certification("2561-9901-1"))
        try unpack(files, to: "whole")
        let commands = try commands("whole")
        #expect(try pass(commands, in: "whole"))
        for ending in ["sig", "pem", "bin", "json"] {
            let name = "signatures/1-chair.\(ending)"
            let rest = files.filter { $0.name != name }
            try #require(rest.count == files.count - 1, "\(name)")
            try unpack(rest, to: "less")
            #expect(try !pass(commands, in: "less"), "\(name) is left out")
            try unpack(files.replacing(name) { $0[$0.count / 2] ^= 1 }, to: "altered")
            #expect(try !pass(commands, in: "altered"), "\(name) is altered")
        }
    }

    @Test func `Its commands pass for a household`() throws {
        try unpack(
            try log.files(.household(cycle: "2561", household: "h-1")),
            to: "house"
        )
        let run = try shell.run(try commands("house"), in: "house")
        #expect(run.status == 0, "\(run.text)")
        #expect(run.text.contains("records in the log: 6"))
    }

    @Test func `Its commands find a byte that was changed after sealing`() throws {
        try unpack(files, to: "whole")
        let commands = try commands("whole")
        let others = [
            "README.txt", "bundle.json", "policy.txt", "mimetype", "META-INF/signature001.p7s",
            "META-INF/ASiCManifest001.xml",
        ]
        for name in kinds + others {
            let before = try shell.read("whole/\(name)")
            var after = before
            after[name.hasSuffix(".p7s") ? after.count - 3 : after.count / 2] ^= 1
            try shell.write(after, to: "whole/\(name)")
            let run = try shell.run(commands, in: "whole")
            #expect(run.status != 0, "\(name)")
            try shell.write(before, to: "whole/\(name)")
        }
    }

    @Test func `Its commands find a byte that was changed before somebody sealed it`() throws {
        for name in kinds {
            try unpack(files.replacing(name) { $0[$0.count / 2] ^= 1 }, to: "altered")
            let run = try shell.run(try commands("altered"), in: "altered")
            #expect(run.text.contains("OK: listed"), "\(name): sealed anew")
            #expect(run.status != 0, "\(name)")
        }
    }

    /// Whether every step says OK where they are pasted into a shell, which goes on after what fails.
    private func pass(_ commands: String, in folder: String) throws -> Bool {
        let run = try shell.run("set +eu; set +o pipefail\n" + commands, in: folder)
        let isOK = Self.steps.allSatisfy { run.text.contains("OK: \($0)") }
        return isOK && !run.text.contains("WRONG")
    }

    @Test func `Its commands find a file that is left out and what is left sealed anew`() throws {
        try unpack(files, to: "whole")
        let commands = try commands("whole")
        #expect(try pass(commands, in: "whole"))
        // But for the policy, which is the maker's to give.
        for name in kinds + ["README.txt", "bundle.json"] {
            let rest = files.filter { $0.name != name }
            try #require(rest.count == files.count - 1, "\(name)")
            try unpack(rest, to: "less")
            #expect(try !pass(commands, in: "less"), "\(name)")
        }
    }

    @Test func `Its commands find a signature by certificate that is left out`() throws {
        let files = try log.files(.certification("2561-9901-1"))
        try unpack(files, to: "whole")
        let commands = try commands("whole")
        #expect(try pass(commands, in: "whole"))
        for name in ["signatures/2-secretary.p7s", "signatures/2-secretary.pem"] {
            let rest = files.filter { $0.name != name }
            try #require(rest.count == files.count - 1, "\(name)")
            try unpack(rest, to: "less")
            #expect(try !pass(commands, in: "less"), "\(name)")
        }
    }

    @Test func `Figures that are empty do not pass, nor a digest within a longer line`() throws {
        for (name, change) in [
            ("figures.txt", { $0 = [] }), ("statement.txt", { $0 += Array("x".utf8) }),
            ("statement.txt", { $0.insert(UInt8(ascii: " "), at: 0) }),
        ] as [(String, (inout [UInt8]) -> Void)] {
            try unpack(files.replacing(name, change), to: "altered")
            #expect(try !pass(commands("altered"), in: "altered"), "\(name)")
        }
    }
}
