import Foundation
import Testing

/// Documents beside the ledger: attached, named by a record, verified.
@Suite struct `bmn attach` {
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }

    init() throws { survey = try SmallSurvey() }

    /// Attaches a letter and records a directive that names it.
    private func directive() throws -> String {
        let letter = try scratch.write("letter.pdf", "the letter")
        let attached = try Tool.bmn("attach", ledger, letter, "--title", "หนังสือ", "--number", "6")
        try #require(attached.status == 0, "\(attached.error)")
        let document = try attached.object()
        #expect(document["byteCount"] as? String == "10")
        #expect(document["mediaType"] as? String == "application/pdf")
        let line = try SmallSurvey.line(
            "issueDirective",
            [
                "directive": "letter-1", "cycle": "2561",
                "number": ["asRead": "1", "asUnderstood": "1", "certainty": "certain"],
                "date": ["asRead": "1", "certainty": "unknown"],
                "fromOffice": "สำนักงาน", "subject": "จปฐ.", "fromArea": "38", "toAreas": ["3801"],
                "documents": [document],
            ]
        )
        let submitted = try survey.submit(line)
        try #require(submitted.status == 0, "\(submitted.text)\(submitted.error)")
        return scratch.path("ledger/attachments/\(try #require(document["sha256"] as? String))")
    }

    private func codes(_ more: String...) throws -> (status: Int32, codes: [String]) {
        let run = try Tool.run(
            Tool.folder.appending(path: "bmn-audit").path,
            ["verify", ledger, "--json"] + more,
            input: Data(),
            environment: ["BMN_LANG": "en"]
        )
        let findings = try #require(try run.object()["findings"] as? [[String: Any]])
        return (run.status, findings.compactMap { $0["code"] as? String })
    }

    @Test func `a document that is missing or altered is a finding, until it is attached again`()
        throws
    {
        let file = try directive()
        #expect(try codes() == (0, []))
        let text = try Tool.audit("verify", ledger).text
        #expect(text.contains("Documents that records name: 1\n"), "\(text)")
        try scratch.write("letter.pdf", "the letter")

        try FileManager.default.removeItem(atPath: file)
        #expect(try codes() == (1, ["attachmentMissing"]))
        #expect(try codes("--without-attachments") == (0, []))
        let unread = try Tool.audit("verify", ledger, "--without-attachments").text
        #expect(unread.contains("Documents that records name: 1, not looked at\n"), "\(unread)")

        try Data("the Letter".utf8).write(to: URL(fileURLWithPath: file))
        #expect(try codes() == (1, ["attachmentWrong"]))
        #expect(try Tool.bmn("attach", ledger, scratch.path("letter.pdf")).status == 0)
        #expect(try codes() == (0, []))

        let backup = try Tool.bmn("backup", ledger, scratch.path("copy"))
        #expect(backup.status == 0, "\(backup.error)")
        #expect(try Tool.audit("verify", scratch.path("copy")).status == 0)
    }

    @Test func `a pipe or a folder in a document's place is a finding and holds nobody up`() throws
    {
        let file = try directive()
        try FileManager.default.removeItem(atPath: file)
        #expect(unsafe mkfifo(file, 0o600) == 0)
        #expect(try codes() == (1, ["attachmentWrong"]))
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
        #expect(try codes() == (1, ["attachmentWrong"]))
    }

    @Test func `a command that names what is not there is refused, and what to do is said`() throws
    {
        let line = try SmallSurvey.line(
            "recordTraining",
            [
                "training": "t-1", "cycle": "2561", "area": "3801", "kind": "collector",
                "heldOn": "2017-12-20", "place": "ศาลา", "participants": ["col-1"],
                "documents": [
                    [
                        "sha256": String(repeating: "ab", count: 32), "byteCount": "10",
                        "mediaType": "application/pdf",
                    ]
                ],
            ]
        )
        let run = try survey.submit(line)
        #expect(run.status == 1)
        let rejected = try #require(try run.object()["rejected"] as? [String: Any])
        #expect(rejected["code"] as? String == "documentNotAttached")
        let message = try #require(rejected["message"] as? String)
        #expect(message.contains("bmn attach"), "\(message)")
    }

    @Test func `what the rules would refuse in a command is refused before it is kept`() throws {
        let letter = try scratch.write("letter.pdf", "the letter")
        for (arguments, code) in [
            (["--media-type", "nonsense"], "documentMalformed"),
            (["--title", "a\u{202E}b"], "textMalformed"),
            (["--title", "1101700203450"], "textHoldsCitizenId"),
            (["--number", String(repeating: "1", count: 33)], "textMalformed"),
        ] {
            let run = try Tool.bmn(["attach", ledger, letter, "--json"] + arguments)
            #expect(run.status == 1 && run.text.isEmpty, "\(run.text)")
            #expect(try run.errorCode() == code)
        }
        let folder = scratch.path("ledger/attachments")
        let kept = try? FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(kept ?? [] == [])
    }

    @Test func `what is no file, has no known ending or belongs to no ledger is refused`() throws {
        let letter = try scratch.write("letter", "the letter")
        let empty = try scratch.write("empty.pdf", "")
        func refusal(_ arguments: String...) throws -> String {
            let run = try Tool.bmn(["attach"] + arguments + ["--json"])
            #expect(run.status != 0 && run.text.isEmpty)
            return "\(run.status) \(try run.errorCode())"
        }
        #expect(try refusal(ledger, letter) == "2 mediaTypeUnknown")
        #expect(try refusal(ledger, empty) == "4 fileUnreadable")
        #expect(try refusal(ledger, scratch.path("none.pdf")) == "4 fileUnreadable")
        #expect(try refusal(ledger, ledger, "--media-type", "text/plain") == "4 fileUnreadable")
        #expect(
            try refusal(scratch.path("nowhere"), letter, "--media-type", "text/plain")
                == "3 notALedger"
        )
        let right = try Tool.bmn("attach", "--ledger", ledger, letter, "--media-type", "text/plain")
        #expect(right.status == 0, "\(right.error)")
        let environment = ["BMN_LEDGER": ledger]
        let named = try Tool.bmn(
            "attach",
            letter,
            "--media-type",
            "text/plain",
            environment: environment
        )
        #expect(named.text == right.text)
    }
}
