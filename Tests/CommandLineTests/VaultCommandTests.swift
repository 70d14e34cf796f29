import Foundation
import Testing

/// A master key from a passphrase, and another in its place.
@Suite struct `bmn vault` {
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }

    init() throws { survey = try SmallSurvey() }

    private func name(_ environment: [String: String] = [:]) throws -> Run {
        try Tool.bmn(
            "show",
            ledger,
            "person",
            "chair-1",
            "--with-names",
            environment: environment
        )
    }

    private func masterFiles(_ ledger: String = "ledger") throws -> Set<String> {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: scratch.path(ledger + "/keys")
        )
        return Set(names.filter { $0.hasPrefix("master.") && $0 != "master.lock" })
    }

    @Test func `rekey moves from a key file to a passphrase and back`() throws {
        let first = try Tool.bmn("vault", "rekey", ledger)
        #expect(first.status == 0, "\(first.error)")
        #expect(try masterFiles() == ["master.key"])
        #expect(try name().text.contains("ประธาน"))
        let secret = try scratch.write("secret.txt", "รหัสผ่าน\n")
        let second = try Tool.bmn("vault", "rekey", ledger, "--new-passphrase-file", secret)
        #expect(second.status == 0, "\(second.error)")
        #expect(try masterFiles() == ["master.scrypt"])
        let environment = ["BMN_MASTER_PASSPHRASE_FILE": secret]
        #expect(try name(environment).text.contains("ประธาน"))
        let wrong = try scratch.write("wrong.txt", "another\n")
        let refused = try name(["BMN_MASTER_PASSPHRASE_FILE": wrong])
        #expect(refused.status == 4 && refused.error.hasPrefix("wrongPassphrase: "))
        #expect(refused.error.contains("BMN_MASTER_PASSPHRASE_FILE"))
        let missing = try name(["BMN_MASTER_PASSPHRASE_FILE": scratch.path("none.txt")])
        #expect(missing.status == 4)
        #expect(missing.error.hasPrefix("fileUnreadable: BMN_MASTER_PASSPHRASE_FILE: "))
        #expect(missing.error.contains("none.txt cannot be read"))
        let third = try Tool.bmn("vault", "rekey", ledger, environment: environment)
        #expect(third.status == 0, "\(third.error)")
        #expect(try masterFiles() == ["master.key"])
        #expect(try name().text.contains("ประธาน"))
        #expect(try Tool.verify(ledger).ok)
    }

    @Test func `a ledger is made with a passphrase and nothing of it is in a file`() throws {
        let secret = try scratch.write("secret.txt", "correct horse battery\n")
        let environment = ["BMN_MASTER_PASSPHRASE_FILE": secret]
        let made = try Tool.bmn(
            "init",
            scratch.path("new"),
            "--origin",
            "example.org/new",
            "--master-passphrase",
            environment: environment
        )
        #expect(made.status == 0, "\(made.error)")
        #expect(try masterFiles("new") == ["master.scrypt"])
        #expect(try scratch.permissions("new/keys/master.scrypt") == 0o600)
        let line = try SmallSurvey.line(
            "registerPerson",
            ["person": "p-1", "identity": ["firstName": "สมมติ"]]
        )
        let file = try scratch.write("c.jsonl", line)
        let sent = try Tool.bmn(
            ["submit", scratch.path("new"), file],
            environment: environment
        )
        #expect(sent.status == 0, "\(sent.error)")
        let names = try FileManager.default.subpathsOfDirectory(atPath: scratch.path("new"))
        for name in names {
            guard let bytes = try? Data(contentsOf: scratch.url("new/" + name)) else { continue }
            #expect(bytes.range(of: Data("correct horse".utf8)) == nil, "\(name)")
        }
    }

    @Test func `a passphrase without characters is refused and changes nothing`() throws {
        let empty = try scratch.write("empty.txt", "\n")
        let run = try Tool.bmn("vault", "rekey", ledger, "--new-passphrase-file", empty, "--json")
        #expect(run.status == 4)
        #expect(try run.errorCode() == "emptyPassphrase")
        #expect(try name().text.contains("ประธาน"))
    }
}
