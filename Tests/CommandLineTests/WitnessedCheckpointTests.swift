import Foundation
import Testing

/// With real witnesses on this machine.
@Suite struct `bmn checkpoint with witnesses` {
    private let survey: SmallSurvey
    private let vkey: String
    private var ledger: String { survey.ledger }

    init() throws {
        survey = try SmallSurvey()
        let status = try Tool.bmn("status", survey.ledger, "--json").object()
        vkey = try #require(status["vkey"] as? String)
    }

    private func witness(_ name: String) throws -> WitnessProcess {
        try WitnessProcess("auditor.example.th/\(name)", of: vkey)
    }

    /// Two of these and of one at a port where nobody answers.
    private func policy(_ witnesses: [WitnessProcess]) throws -> String {
        var lines = ["log \(vkey)"]
        for (number, witness) in witnesses.enumerated() {
            lines.append("witness w\(number) \(witness.vkey) \(witness.url)")
        }
        // The port of discard, on which nothing listens.
        lines.append("witness down \(Self.absentKey) http://127.0.0.1:9")
        let names = witnesses.indices.map { "w\($0)" }.joined(separator: " ")
        lines += ["group g 2 \(names) down", "quorum g", ""]
        return try survey.scratch.write("policy", lines.joined(separator: "\n"))
    }

    /// Of a witness that takes no part.
    private static let absentKey =
        "auditor.example.th/w1+3750f043+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"

    @Test func `two of three are a quorum, one of three is none`() throws {
        let witnesses = [try witness("a"), try witness("b")]
        let policy = try policy(witnesses)
        let unsealed = try Tool.verify(ledger, "--policy", policy, expecting: 1)
        #expect(unsealed.codes == ["policyNotMet"])
        let first = try Tool.bmn("checkpoint", ledger, "--policy", policy, "--json")
        #expect(first.status == 0, "\(first.error)")
        // The quorum is reached; that one of them is away is said all the same.
        #expect(first.error.contains("unreachable: http://127.0.0.1:9 cannot be reached"))
        #expect(try cosigners(first) == ["auditor.example.th/a", "auditor.example.th/b"])
        let sealed = try Tool.verify(ledger, "--policy", policy)
        #expect(sealed.seal?.endorsedSize == sealed.size)
        #expect(sealed.seal?.witnesses.map(\.name) == ["w0", "w1"])
        // Again without growth: the same checkpoint, each witness once.
        let second = try Tool.bmn("checkpoint", ledger, "--policy", policy, "--json")
        #expect(second.status == 0, "\(second.error)")
        #expect(try cosigners(second) == cosigners(first))
        #expect(try second.object()["treeSize"] as? Int == first.object()["treeSize"] as? Int)
        let status = try Tool.bmn("status", ledger).text
        #expect(status.contains("cosigned by auditor.example.th/a, auditor.example.th/b"))

        witnesses[1].stop()
        try survey.grow()
        let third = try Tool.bmn("checkpoint", ledger, "--policy", policy, "--json")
        #expect(third.status == 1)
        #expect(third.error.contains("quorumNotReached: The policy's quorum is not reached"))
        #expect(third.error.contains("cosigned by: w0"))
        #expect(try cosigners(third) == ["auditor.example.th/a"])
        let verdict = try Tool.verify(ledger, "--policy", policy, expecting: 1)
        #expect(verdict.codes == ["endUnsealed"])
        #expect(verdict.seal?.signedSize == verdict.size)
        #expect(verdict.seal?.endorsedSize == sealed.size)
    }

    private func cosigners(_ run: Run) throws -> [String] {
        try #require(try run.object()["cosignatures"] as? [String]).sorted()
    }

    @Test func `an address that is none costs the others nothing`() throws {
        let witness = try witness("a")
        let text = """
            log \(vkey)
            witness bad \(Self.absentKey) http://127.0.0.1:70000
            witness good \(witness.vkey) \(witness.url)
            quorum good

            """
        let policy = try survey.scratch.write("policy", text)
        let run = try Tool.bmn("checkpoint", ledger, "--policy", policy, "--json")
        #expect(run.status == 0, "\(run.error)")
        #expect(run.error.contains("urlInvalid: "), "\(run.error)")
        #expect(try cosigners(run) == ["auditor.example.th/a"])
        // Typed here, it is refused before anything is signed.
        try survey.grow()
        let before = try Tool.bmn("status", ledger, "--json").object()
        for options in [
            ["--witness", "http://127.0.0.1:70000", "--witness-key", witness.vkey],
            ["--tsa", "http://[::1", "--policy", policy],
        ] {
            let refused = try Tool.bmn(["checkpoint", ledger] + options)
            #expect(refused.status != 0)
            #expect(refused.text.isEmpty)
        }
        let after = try Tool.bmn("status", ledger, "--json").object()
        let size = { (status: [String: Any]) in
            (status["checkpoint"] as? [String: Any])?["treeSize"] as? Int
        }
        #expect(size(before) != nil)
        #expect(size(after) == size(before))
    }

    @Test func `a witness that is ahead raises the alarm of a rollback`() throws {
        let witness = try witness("a")
        let options = ["--witness", witness.url, "--witness-key", witness.vkey]
        let backup = survey.scratch.path("backup")
        // With its keys: nothing on the server knows any more what was signed.
        try FileManager.default.copyItem(atPath: ledger, toPath: backup)
        try survey.grow()
        #expect(try Tool.bmn(["checkpoint", ledger] + options).status == 0)
        for arguments in [[], ["--json"]] {
            let run = try Tool.bmn(["checkpoint", backup] + options + arguments)
            #expect(run.status == 1)
            #expect(run.error.contains("witnessAhead: "), "\(run.error)")
            #expect(run.error.contains("the ledger was set back"), "\(run.error)")
        }
        // Another record in the place of the lost one makes a fork, which no proof joins.
        let fork = try Tool.bmn(
            "submit",
            backup,
            "--user",
            "rec-1",
            input: Data(
                try SmallSurvey.line(
                    "registerPerson",
                    ["person": "p-fork", "identity": ["firstName": "สมมติ"]]
                ).utf8
            )
        )
        #expect(fork.status == 0, "\(fork.error)")
        let run = try Tool.bmn(["checkpoint", backup] + options)
        #expect(run.status == 1)
        #expect(run.error.contains("refused: "), "\(run.error)")
        #expect(try cosigners(Tool.bmn("checkpoint", backup, "--json")) == [])
    }

    @Test func `a witness with another key than the expected one is refused`() throws {
        let witness = try witness("a")
        let run = try Tool.bmn(
            "checkpoint",
            ledger,
            "--witness",
            witness.url,
            "--witness-key",
            Self.absentKey,
            "--json"
        )
        #expect(run.status == 1)
        #expect(run.error.contains("notCosigned: "), "\(run.error)")
        #expect(try cosigners(run) == [])
        // The log's own key is no witness's.
        let wrong = try Tool.bmn(
            "checkpoint",
            ledger,
            "--witness",
            witness.url,
            "--witness-key",
            vkey
        )
        #expect(wrong.status == 2)
    }
}
