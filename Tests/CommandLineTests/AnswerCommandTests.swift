import Cryptography
import Foundation
import LMDB
import Survey
import Testing

/// A household that gave its answers: in by JSON and CSV, out by show, history, export and check.
@Suite struct AnswerCommandTests {
    private static let id = "38010102-0001"
    private let survey: SmallSurvey
    private var ledger: String { survey.ledger }

    init() throws { survey = try SmallSurvey() }

    /// The answers of `QuestionnaireCommandTests`, with changes to the one member's.
    private func answers(_ changes: [String: Any] = [:]) throws -> [String: Any] {
        var answers = try Run.object(QuestionnaireCommandTests.household)
        let members = try #require(answers["members"] as? [[String: Any]])
        answers["members"] = members.map { $0.merging(changes) { $1 } }
        return answers
    }

    private func recording(_ answers: [String: Any]) throws -> String {
        try SmallSurvey.line(
            "recordHousehold",
            [
                "cycle": "2561", "household": Self.id, "village": "38010102", "lao": "380151",
                "interviewedOn": "2018-01-15", "collector": "col-1", "synthetic": true,
                "answers": answers,
            ]
        )
    }

    private func record() throws {
        let run = try survey.submit(recording(answers(["citizenID": "1-1017-00203-45-0"])))
        try #require(run.status == 0, "\(run.text)\(run.error)")
    }

    private func correct(_ changes: [String: Any]) throws {
        let line = try SmallSurvey.line(
            "correctHousehold",
            [
                "cycle": "2561", "household": Self.id, "reason": "ถามซ้ำแล้ว",
                "answers": answers(changes),
            ]
        )
        let run = try survey.submit(line)
        try #require(run.status == 0, "\(run.text)\(run.error)")
    }

    private func bmn(_ words: String...) throws -> Run {
        let run = try Tool.bmn([words[0], ledger, "household", Self.id] + words.dropFirst())
        #expect(run.status == 0, "\(words): \(run.error)")
        return run
    }

    @Test func `history tells every answer that changed, from what to what and why`() throws {
        try record()
        try correct(["q24": false, "occupation": "trader", "firstName": "ค"])
        let sealed = try bmn("history").text
        #expect(sealed.contains("indicator 24\t1/1 → 1/0\n"))
        #expect(sealed.contains("personal data\tchanged (sealed)\n"))
        #expect(!sealed.contains("q24"))
        let text = try bmn("history", "--with-names").text
        for line in [
            "reason\tถามซ้ำแล้ว", "members[1].q24 Drinks alcohol\tyes → no",
            "members[1].occupation Occupation\tFarmer → Trader", "members[1].firstName\tก → ค",
            "members[1].citizenId\t1101700203450 → ",
            "q4.1 Packaged food carries the FDA mark\t → yes",
        ] { #expect(text.contains(line + "\n"), "\(line)\n\(text)") }
        let thai = try bmn("history", "--with-names", "--lang", "th").text
        #expect(thai.contains("สมาชิก 1 q24 ดื่มสุรา\tใช่ → ไม่ใช่\n"))
        let entries = try bmn("history", "--with-names", "--json").objects()
        let changes = try #require(entries.last?["changes"] as? [[String: String]])
        #expect(changes.contains(["field": "members[1].q24", "old": "true", "new": "false"]))
        #expect(changes.count { $0["field"]?.contains("q") == true } == 1)
    }

    @Test func `show explains every indicator from the sealed answers`() throws {
        try record()
        let plain = try bmn("show").text
        #expect(plain.contains("warnings in answers\t0\n") && plain.contains("(sealed)"))
        #expect(!plain.contains("Exercises"))
        let explained = try bmn("show", "--explain").text
        for line in [
            "7. Persons 6+ exercise at least 3 days a week, 30 minutes a day: fails 0/1",
            "    member 1: Exercises 3 days a week or more, 30 minutes a day: no",
            "    household: passes: Meat is cooked before it is eaten: yes",
        ] { #expect(explained.contains(line + "\n"), "\(line)\n\(explained)") }
        #expect(explained.contains("(sealed)") && !explained.contains("1101700203450"))
        let json = try bmn("show", "--explain", "--with-names", "--json").object()
        let explanation = try #require(json["explanation"] as? [String: Any])
        #expect((explanation["indicators"] as? [Any])?.count == 31)
        let personal = try #require(json["personal"] as? [String: String])
        #expect(personal["members[1].q24"] == "true" && personal["houseNumber"] == "12")
        #expect(personal["members[1].relation"] == "head" && personal["q23"] == "true")
        let names = try bmn("show", "--with-names", "--lang", "th").text
        #expect(names.contains("สมาชิก 1 ความสัมพันธ์\tหัวหน้าครัวเรือน\n"))
        let counted = try Tool.bmn("show", ledger, "household", "38010101-0001", "--explain")
        #expect(counted.status == 1 && counted.error.hasPrefix("answersNotRecorded: "))
        let wrong = try Tool.bmn("show", ledger, "area", "3801", "--explain")
        #expect(wrong.status == 2)
        let progress = try Tool.bmn("show", ledger, "progress", "3801")
        #expect(progress.text.contains("warnings in answers\t0\n"))
    }

    @Test func `export holds the answers in words, and erasing takes them from everywhere`() throws
    {
        try record()
        try correct(["q24": false])
        let file = survey.scratch.path("held.txt")
        _ = try bmn("export", "-o", file, "--lang", "th")
        let held = try String(contentsOfFile: file, encoding: .utf8)
        #expect(held.contains("สมาชิก 1 q24 ดื่มสุรา"))
        #expect(held.contains("q4.1 อาหารบรรจุสำเร็จมีเครื่องหมาย อย."))
        let check = try Tool.bmn("vault", "check", ledger, "--json").object()
        #expect(check["ok"] as? Bool == true && check["checked"] as? Int == 2)
        _ = try bmn("erase", "--reason", "ขอให้ลบ", "--user", "admin-1", "--capacity", "admin")
        #expect(try bmn("show", "--explain").text.contains("(erased on "))
        #expect(try !bmn("history", "--with-names").text.contains("q24"))
        let after = try Tool.bmn("vault", "check", ledger, "--json").object()
        #expect(after["checked"] as? Int == 0 && after["erased"] as? Int == 2)
        #expect(try Tool.verify(ledger).ok)
    }

    @Test func `vault check finds a record that does not follow from its answers`() throws {
        try record()
        let log = try Tool.bmn("log", ledger, "--stream", "household/2561/" + Self.id).lines
        let line = try #require(log.first)
        let index = try #require((try Run.object(line)["index"] as? String).flatMap { UInt64($0) })
        // Written past the ledger's rules, as only somebody on the server could.
        let digits = try #require(line.range(of: "\"failing\":\"0000"))
        let forged = line.replacingCharacters(in: digits, with: "\"failing\":\"0001")
        do {
            let environment = try Environment(
                path: survey.scratch.path("ledger/ledger.mdb"),
                options: Environment.Options()
            )
            let records = try environment.openDatabase("records")
            try environment.write { transaction in
                try transaction.put(records, BigEndianKey(index), Array(forged.utf8))
            }
        }
        let run = try Tool.bmn("vault", "check", ledger)
        #expect(run.status == 1)
        #expect(
            run.text.contains(
                "\(Self.id) of cycle 2561: indicator.4 is recorded as 1/1, the answers give 1/0"
            )
        )
        let json = try Tool.bmn("vault", "check", ledger, "--cycle", "2561", "--json").object()
        let findings = try #require(json["findings"] as? [[String: Any]])
        #expect(findings.map { $0["field"] as? String } == ["indicator.4"])
        #expect(findings.first?["household"] as? String == Self.id)
        let unknown = try Tool.bmn("vault", "check", ledger, "--cycle", "2599", "--json")
        #expect(unknown.status == 1)
        #expect(try unknown.errorCode() == "cycleUnknown")
    }

    @Test func `answers that cannot be recorded are refused by place, and not quoted`() throws {
        let count = try survey.recordCount()
        func refused(_ line: String) throws -> [String: Any] {
            let run = try survey.submit(line)
            #expect(run.status == 1)
            return try #require(try run.objects().first?["rejected"] as? [String: Any])
        }
        let wrong = try refused(recording(answers(["firstName": 77_665_544])))
        #expect(wrong["code"] as? String == "answerMalformed")
        let message = try #require(wrong["message"] as? String)
        #expect(message.contains("members[1] firstName") && !message.contains("77665544"))
        let title = try refused(recording(answers(["title": "mrs"])))
        #expect(title["code"] as? String == "answersContradict")
        let twice = try recording(answers())
            .replacing("\"q24\":true", with: "\"q24\":true,\"q24\":false")
        #expect(try refused(twice)["code"] as? String == "fieldGivenTwice")
        #expect(try survey.recordCount() == count)
    }

    @Test func `a CSV file of answers is imported, and its faults are placed`() throws {
        let template = try Tool.bmn("import", "answers", "--template").text
            .replacing("38010101-0002", with: Self.id)
            .replacing(",38010101,", with: ",38010102,")
            .replacing("col-380101-01", with: "col-1")
        func run(_ csv: String) throws -> Run {
            let file = try survey.scratch.write("answers.csv", csv)
            let actor = ["--user", "rec-1", "--capacity", "recorder"]
            return try Tool.bmn(["import", "answers", ledger, file] + actor)
        }
        let contradictory = try run(template.replacing(",นาย,", with: ",นาง,"))
        #expect(contradictory.status == 1)
        #expect(contradictory.lines[1].hasPrefix("2\tmembers[1]\tanswersContradict\t"))
        let wrong = try run(template.replacing(",farmer,", with: ",wizard,"))
        #expect(wrong.lines[1].hasPrefix("2\toccupation\tanswerMalformed\t"))
        #expect(!wrong.text.contains("wizard"))
        let good = try run(template)
        #expect(good.status == 0, "\(good.text)\(good.error)")
        #expect(try run(template).error.contains("0 recorded, 1 had been before, 0 refused"))
        let shown = try bmn("show", "--json").object()
        #expect((shown["household"] as? [String: Any])?["ages"] as? String == "40,35")
        #expect(try Tool.bmn("vault", "check", ledger).status == 0)
    }
}
