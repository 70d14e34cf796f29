import Foundation
import Testing

/// A backup has the documents, or says which it lacks.
@Suite struct `bmn backup, the documents` {
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }
    private let name: String
    private var file: String { scratch.path("ledger/attachments/\(name)") }
    private let files = FileManager.default

    init() throws {
        survey = try SmallSurvey()
        let letter = try survey.scratch.write("letter.pdf", "the letter")
        let attached = try Tool.bmn(["attach", survey.ledger, letter])
        try #require(attached.status == 0, "\(attached.error)")
        let document = try attached.object()
        name = try #require(document["sha256"] as? String)
        let line = try SmallSurvey.line(
            "recordTraining",
            [
                "training": "t-1", "cycle": "2561", "area": "3801", "kind": "collector",
                "heldOn": "2017-12-20", "place": "ศาลา", "participants": ["col-1"],
                "documents": [document.merging(["number": "1"]) { $1 }],
            ]
        )
        let submitted = try survey.submit(line)
        try #require(submitted.status == 0, "\(submitted.text)\(submitted.error)")
    }

    /// The status and the reasons.
    private func backup(_ copy: String) throws -> (status: Int32, problems: [String]) {
        let run = try Tool.bmn("backup", ledger, scratch.path(copy), "--json")
        let documents = try #require(try run.object()["documents"] as? [String: Any])
        let problems = try #require(documents["problems"] as? [[String: Any]])
        return (run.status, problems.compactMap { $0["reason"] as? String })
    }

    @Test func `a link is copied as what it leads to`() throws {
        let elsewhere = scratch.path("elsewhere")
        try files.moveItem(atPath: scratch.path("ledger/attachments"), toPath: elsewhere)
        try files.createSymbolicLink(
            atPath: scratch.path("ledger/attachments"),
            withDestinationPath: elsewhere
        )
        try files.moveItem(atPath: elsewhere + "/" + name, toPath: scratch.path("paper"))
        try files.createSymbolicLink(
            atPath: elsewhere + "/" + name,
            withDestinationPath: scratch.path("paper")
        )
        try scratch.write("elsewhere/\(name).new", "a draft")
        #expect(try backup("copy") == (0, []))
        try files.removeItem(atPath: scratch.path("paper"))
        let copied = scratch.path("copy/attachments/\(name)")
        #expect(try String(contentsOfFile: copied, encoding: .utf8) == "the letter")
        #expect(try files.contentsOfDirectory(atPath: scratch.path("copy/attachments")) == [name])
        #expect(try Tool.audit("verify", scratch.path("copy")).status == 0)
        // It leads nowhere now.
        let (status, problems) = try backup("next")
        #expect(status == 6 && problems.count == 1, "\(problems)")
    }

    @Test func `a document that is missing is named, and the copy is kept`() throws {
        try files.removeItem(atPath: file)
        #expect(try backup("one") == (6, ["it is missing"]))
        try files.removeItem(atPath: scratch.path("ledger/attachments"))
        #expect(try backup("two") == (6, ["it is missing"]))
        let run = try Tool.bmn("backup", ledger, scratch.path("three"))
        #expect(run.status == 6)
        #expect(run.error.contains("The copy lacks documents"), "\(run.error)")
        #expect(run.error.contains(": \(name): it is missing\n"), "\(run.error)")
        let thai = try Tool.bmn("backup", ledger, scratch.path("four"), language: "th")
        #expect(thai.error.contains("สำเนาขาดเอกสารแนบ"), "\(thai.error)")
        for copy in ["one", "two", "three", "four"] {
            #expect(try Tool.bmn("log", scratch.path(copy)).text == Tool.bmn("log", ledger).text)
            #expect(try Tool.audit("verify", scratch.path(copy)).status == 1)
        }
    }

    @Test func `a document with other bytes is copied as it is, and named`() throws {
        try Data("the Letter".utf8).write(to: URL(fileURLWithPath: file))
        let (status, problems) = try backup("copy")
        #expect(status == 6 && problems.count == 1)
        #expect(problems.first?.hasPrefix("it has other bytes: ") == true, "\(problems)")
        let copied = scratch.path("copy/attachments/\(name)")
        #expect(try String(contentsOfFile: copied, encoding: .utf8) == "the Letter")
        // So is one that no record names.
        try Data("the letter".utf8).write(to: URL(fileURLWithPath: file))
        let unnamed = String(repeating: "0", count: 64)
        try scratch.write("ledger/attachments/" + unnamed, "not what its name says")
        #expect(try backup("next").status == 6)
    }

    @Test func `a pipe in a document's place holds nobody up`() throws {
        try files.removeItem(atPath: file)
        #expect(unsafe mkfifo(file, 0o600) == 0)
        let (status, problems) = try backup("copy")
        #expect(status == 6 && problems.count == 1, "\(problems)")
    }
}
