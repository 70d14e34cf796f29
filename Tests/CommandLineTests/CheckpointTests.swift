import Cryptography
import Foundation
import LedgerReader
import Synchronization
import Testing
import TransparencyLog

@Suite struct `bmn checkpoint` {
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }

    init() throws { survey = try SmallSurvey() }

    private func checkpoint(_ name: String) throws -> String {
        let run = try Tool.bmn("checkpoint", ledger)
        #expect(run.status == 0, "\(run.error)")
        return try scratch.write(name, run.text)
    }

    private func state(_ name: String) throws -> [String: Any] {
        let run = try Tool.bmn("status", ledger, "--json")
        #expect(run.status == 0, "\(run.error)")
        return try #require(try run.object()[name] as? [String: Any])
    }

    @Test func `prints the log's checkpoint, and the same until the ledger grows`() throws {
        let count = try survey.recordCount()
        let first = try Tool.bmn("checkpoint", ledger)
        #expect(first.lines.prefix(2) == ["example.org/small", "\(count)"])
        let status = try Tool.bmn("status", ledger, "--json").object()
        let vkey = try #require(status["vkey"] as? String)
        let key = try VerifierKey(vkey: vkey)
        let note = try SignedNote(bytes: Array(first.output))
        #expect(try note.verified(by: [key]).count == 1)
        #expect(try Tool.bmn("checkpoint", ledger).output == first.output)
        try survey.grow()
        let second = try Tool.bmn("checkpoint", ledger, "--json").object()
        #expect(second["treeSize"] as? Int == count + 1)
        #expect((second["cosignatures"] as? [Any])?.isEmpty == true)
    }

    @Test func `a kept one is what bmn-audit compares the ledger with`() throws {
        let kept = try checkpoint("kept.txt")
        try survey.grow()
        let later = try checkpoint("later.txt")
        let right = try Tool.verify(ledger, "--checkpoint", kept, "--checkpoint", later)
        #expect(right.seal?.signedSize == right.size)
        // One of the future.
        let early = try SmallSurvey()
        let future = try Tool.verify(early.ledger, "--checkpoint", later, expecting: 1)
        #expect(future.codes.contains("tailMissing"))
        // One of another history: a survey of the same name, made anew, has another key, too.
        let forked = try Tool.bmn("checkpoint", try SmallSurvey.otherHistory(in: scratch))
        let fork = try scratch.write("fork.txt", forked.text)
        for level in [[], ["--only", "chain"], ["--only", "rules"]] {
            let run = try Tool.run(
                Tool.folder.appending(path: "bmn-audit").path,
                ["verify", ledger, "--json", "--checkpoint", fork] + level,
                input: Data(),
                environment: ["BMN_LANG": "en"]
            )
            #expect(run.status == 1, "\(level): \(run.text)")
            #expect(run.text.contains("historyRewritten"), "\(level)")
        }
    }

    @Test func `a file that is no checkpoint, or not there, ends with status 3`() throws {
        let files = [
            scratch.path("absent"), try scratch.write("empty", ""),
            try scratch.write("garbage", "hello\n"),
            try scratch.write("unsigned", "example.org/small\n3\n\n"), scratch.folder.path,
        ]
        for file in files {
            let run = try Tool.audit("verify", ledger, "--json", "--checkpoint", file)
            #expect(run.status == 3, "\(file): \(run.text)")
            #expect(try run.object()["ok"] as? Bool == false)
            #expect(run.error.contains(file), "\(run.error)")
        }
        let policy = try scratch.write("policy", "quorum\n")
        #expect(try Tool.audit("verify", ledger, "--policy", policy).status == 3)
        #expect(try Tool.audit("verify", ledger, "--tsa-roots", files[2]).status == 3)
    }

    @Test func `a policy and roots go only where signatures are looked at`() throws {
        let policy = try scratch.write("policy", "quorum none\n")
        for option in ["--policy", "--tsa-roots"] {
            for level in ["tree", "rules", "structure"] {
                let run = try Tool.audit("verify", ledger, option, policy, "--only", level)
                #expect(run.status == 2, "\(option) \(level)")
            }
            let state = scratch.path("state")
            let run = try Tool.audit(
                "verify",
                ledger,
                option,
                policy,
                "--state",
                state,
                "--new-only"
            )
            #expect(run.status == 2, "\(option)")
        }
    }

    @Test func `after a rollback to a backup nothing is signed, and the auditor sees it`() throws {
        let files = ["ledger.mdb", "ledger.head", "vault.mdb"]
        for file in files {
            try FileManager.default.copyItem(
                at: scratch.url("ledger/\(file)"),
                to: scratch.url(file)
            )
        }
        try survey.grow()
        let kept = try checkpoint("kept.txt")
        for file in files {
            try FileManager.default.removeItem(at: scratch.url("ledger/\(file)"))
            try FileManager.default.copyItem(
                at: scratch.url(file),
                to: scratch.url("ledger/\(file)")
            )
        }
        let refused = try Tool.bmn("checkpoint", ledger, "--json")
        #expect(refused.status == 3)
        #expect(try refused.errorCode() == "checkpointConflict")
        let verdict = try Tool.verify(ledger, "--checkpoint", kept, expecting: 1)
        #expect(verdict.codes.contains("tailMissing"))
        // The key's own folder, which no backup has, knows it without anybody who kept anything.
        #expect(try Tool.verify(ledger, expecting: 1).codes.contains("tailMissing"))
        #expect(try Tool.audit("verify", ledger).text.contains("keys/log.checkpoint knows"))
        let status = try Tool.bmn("status", ledger, "--json")
        #expect(status.status == 3)
        #expect(status.error.contains("checkpointConflict"), "\(status.error)")
        // Who may not read it does not know it; a link to itself is read by nobody.
        let signed = scratch.url("ledger/keys/log.checkpoint")
        try FileManager.default.removeItem(at: signed)
        try FileManager.default.createSymbolicLink(at: signed, withDestinationURL: signed)
        #expect(try Tool.verify(ledger).ok)
        #expect(try Tool.bmn("status", ledger).status == 0)
    }

    @Test func `after a rotation of the key the new one signs, and both are verified`() throws {
        let made = scratch.path("new")
        let old = try Tool.bmn("init", made, "--origin", "example.org/new")
        #expect(old.status == 0, "\(old.error)")
        let oldKey = try #require(old.lines.first)
        #expect(try VerifierKey(vkey: oldKey).name == "example.org/new")
        let kept = try scratch.write("old.txt", Tool.bmn("checkpoint", made).text)
        let rotated = try Tool.bmn("key", "rotate", made, "--reason", "ทดสอบ", "--user", "u-1")
        #expect(rotated.status == 0, "\(rotated.error)")
        let newKey = try #require(rotated.lines.first)
        let status = try Tool.bmn("status", made, "--json").object()
        #expect(status["vkey"] as? String == newKey, "the key in force")
        #expect(newKey != oldKey)
        let note = try SignedNote(bytes: Array(try Tool.bmn("checkpoint", made).output))
        #expect(try note.verified(by: [VerifierKey(vkey: newKey)]).count == 1)
        #expect(throws: TransparencyLogError.self) {
            try note.verified(by: [VerifierKey(vkey: oldKey)])
        }
        let both = try scratch.write("both", "log \(oldKey)\nlog \(newKey)\nquorum none\n")
        let verdict = try Tool.verify(made, "--checkpoint", kept, "--policy", both)
        #expect(verdict.seal?.signedSize == 2)
        #expect(verdict.seal?.endorsedSize == 2)
        let one = try scratch.write("one", "log \(oldKey)\nquorum none\n")
        #expect(try Tool.verify(made, "--policy", one, expecting: 1).codes == ["endUnsealed"])
    }

    @Test func `rotations and checkpoints at once lose no key`() throws {
        let made = scratch.path("new")
        #expect(try Tool.bmn("init", made, "--origin", "example.org/new").status == 0)
        let failures = Mutex<[String]>([])
        let vkeys = Mutex<Set<String>>([])
        DispatchQueue.concurrentPerform(iterations: 8) { number in
            let arguments =
                number.isMultiple(of: 2)
                ? ["key", "rotate", made, "--reason", "ทดสอบ", "--user", "u-1"]
                : ["checkpoint", made]
            let run = try? Tool.bmn(arguments)
            guard let run, run.status == 0 else {
                return failures.withLock { $0.append(run?.error ?? "not run") }
            }
            if number.isMultiple(of: 2) { vkeys.withLock { _ = $0.insert(run.lines[0]) } }
        }
        #expect(failures.withLock { $0 } == [])
        #expect(vkeys.withLock { $0.count } == 4)
        // The first one's and those of four rotations: each is in its file, and no file is another's.
        let names = try FileManager.default.contentsOfDirectory(atPath: made + "/keys")
            .filter { $0.hasSuffix(".pem") }
        #expect(names.count == 5, "\(names)")
        #expect(!names.contains("log.next.pem"))
        for name in names where name != "log.pem" {
            let bytes = Array(try Data(contentsOf: URL(filePath: "\(made)/keys/\(name)")))
            let signer = try NoteSigner(
                name: "example.org/new",
                privateKey: try Ed25519PrivateKey(pem: bytes)
            )
            #expect(name == "log-\(Hex.encode(signer.verifierKey.keyIDBytes)).pem")
        }
        #expect(try Tool.bmn("checkpoint", made).status == 0)
        #expect(try Tool.verify(made).codes == [])
    }

    @Test func `is what bmn status tells last`() throws {
        func line() throws -> String? {
            try Tool.bmn("status", ledger).lines.first { $0.hasPrefix("last checkpoint\t") }
        }
        #expect(try line() == "last checkpoint\tnone yet")
        let none = try Tool.bmn("status", ledger, "--json").object()
        #expect(none["checkpoint"] is NSNull)
        _ = try checkpoint("kept.txt")
        let size = try survey.recordCount()
        #expect(try line() == "last checkpoint\t\(size) records, 0 behind; cosigned by nobody")
        try survey.grow()
        let summary = try state("checkpoint")
        #expect(summary["treeSize"] as? Int == size)
        #expect(summary["recordsBehind"] as? Int == 1)
        #expect((summary["cosigners"] as? [Any])?.isEmpty == true)
        #expect(summary["timestamp"] is NSNull)
        let thai = try Tool.bmn("status", ledger, "--lang", "th", language: nil)
        #expect(thai.text.contains("จุดตรวจล่าสุด\t\(size) ระเบียน ตามหลัง 1"))
    }
}

extension SmallSurvey {
    /// One record more.
    func grow() throws {
        let person: [String: Any] = [
            "person": "p-\(UUID().uuidString.prefix(8))", "identity": ["firstName": "สมมติ"],
        ]
        let run = try submit(try Self.line("registerPerson", person))
        try #require(run.status == 0, "\(run.error)")
    }

    /// A ledger of the same name with a key and records of its own.
    static func otherHistory(in scratch: Scratch) throws -> String {
        let path = scratch.path("other")
        let run = try Tool.bmn("init", path, "--origin", "example.org/small")
        try #require(run.status == 0, "\(run.error)")
        return path
    }
}
