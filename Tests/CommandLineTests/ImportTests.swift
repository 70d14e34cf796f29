import Foundation
import Survey
import Testing

@Suite struct `bmn import` {
    private let survey: SmallSurvey
    private var ledger: String { survey.ledger }

    init() throws { survey = try SmallSurvey() }

    private func households(_ csv: String, _ more: String...) throws -> Run {
        try importing("households", csv, more)
    }

    private func importing(_ kind: String, _ csv: String, _ more: [String] = []) throws -> Run {
        let file = try survey.scratch.write("\(UUID().uuidString).csv", csv)
        let actor = ["--user", "rec-1", "--capacity", "recorder"]
        return try Tool.bmn(["import", kind, ledger, file] + actor + more)
    }

    @Test func `importing a file again changes nothing`() throws {
        let count = try survey.recordCount()
        let again = try households(SmallSurvey.households(["38010101-0001", "38010101-0002"]))
        #expect(again.status == 0)
        #expect(again.error.contains("0 recorded, 2 had been before, 0 refused"))
        #expect(try survey.recordCount() == count)
        let other = try households(
            SmallSurvey.householdHeader
                + SmallSurvey.household("38010101-0001", birth: "21/3/2520")
        )
        #expect(other.status == 1)
        #expect(other.lines[1].hasPrefix("2\t\tcommandIdReused\t"))
    }

    @Test func `bad rows are listed with line column code and reason and good ones kept`() throws {
        let csv =
            SmallSurvey.householdHeader
            + SmallSurvey.household("38010102-0001", birth: "29/2/2561")
            + SmallSurvey.household("38010102-0002", birth: "20/3/61")
            + SmallSurvey.household("38010102-0003", birth: "3/4/2018")
            + SmallSurvey.household("38010102-0004", lao: "38O151")
            + SmallSurvey.household("38010102-0005", interviewedOn: "15/1/2761")
            + SmallSurvey.household("38010102-0006")
            + SmallSurvey.household("38010199-0001")
        let run = try households(csv)
        #expect(run.status == 1)
        let rows = run.lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        #expect(rows[0] == ["line", "column", "code", "reason"])
        // Refusals of the rules come when their batch is committed.
        let found = rows.dropFirst().sorted { Int($0[0]) ?? 0 < Int($1[0]) ?? 0 }
        #expect(found.map { String($0[0]) } == ["2", "3", "4", "5", "6", "8"])
        #expect(
            found.map { String($0[2]) } == [
                "dateNoSuchDay", "dateTwoDigitYear", "dateAmbiguous", "codeMalformed",
                "actInFuture", "areaUnknown",
            ]
        )
        #expect(found[0][1] == "members[1].birth_date")
        #expect(run.error.contains("1 recorded, 0 had been before, 6 refused"))
        #expect(!run.text.contains("สมชาย"))
    }

    @Test func `with atomic one bad row keeps all others out`() throws {
        let count = try survey.recordCount()
        let good = SmallSurvey.household("38010102-0006")
        let bad = SmallSurvey.household("38010102-0001", birth: "29/2/2561")
        let byForm = try households(SmallSurvey.householdHeader + good + bad, "--atomic")
        #expect(byForm.status == 1)
        let byRule = try households(
            SmallSurvey.householdHeader + good + SmallSurvey.household("38010199-0001"),
            "--atomic"
        )
        #expect(byRule.status == 1)
        #expect(byRule.text.contains("\tnotStored\t"))
        #expect(try survey.recordCount() == count)
        let whole = try households(SmallSurvey.householdHeader + good, "--atomic")
        #expect(whole.status == 0)
        #expect(try survey.recordCount() == count + 1)
    }

    @Test func `a file cut in the middle of a row keeps what came before`() throws {
        let rows = SmallSurvey.household("38010102-0001") + SmallSurvey.household("38010102-0002")
        let cut = String((SmallSurvey.householdHeader + rows).dropLast(40))
        let run = try households(cut, "--json")
        #expect(run.status == 4)
        let lines = try run.objects()
        #expect(lines[0]["code"] as? String == "cutMidRow")
        #expect(lines[0]["line"] as? Int == 3)
        let summary = try #require(lines.last?["summary"] as? [String: Any])
        #expect(summary["recorded"] as? Int == 1)
        #expect(summary["complete"] as? Bool == false)
    }

    @Test func `files that are no such CSV end with status 4`() throws {
        for (csv, code) in [
            ("", "headerMissing"), ("cycle,planet\n", "columnUnknown"), ("cycle\0", "nulByte"),
            ("cycle,cycle\n", "columnDuplicate"), ("\"cycle", "unclosedQuote"),
        ] {
            let run = try households(csv, "--json")
            #expect(run.status == 4, "\(code)")
            #expect(try run.objects().contains { $0["code"] as? String == code }, "\(code)")
        }
        let absent = try Tool.bmn("import", "areas", ledger, "/nonexistent.csv", "--json")
        #expect(absent.status == 4)
        #expect(try absent.errorCode() == "fileUnreadable")
        let folder = try Tool.bmn("import", "areas", ledger, survey.scratch.folder.path)
        #expect(folder.status == 4)
    }

    @Test func `a template has every column and imports after editing`() throws {
        for kind in ["areas", "persons", "appointments", "targets", "households"] {
            let template = try Tool.bmn("import", "--template", kind)
            #expect(template.status == 0)
            #expect(template.output.starts(with: [0xEF, 0xBB, 0xBF]))
            #expect(template.text.split(separator: "\r\n").count == 2, "\(kind)")
        }
        let template = try Tool.bmn("import", "persons", "--template").text
        let run = try importing("persons", template)
        #expect(run.status == 0, "\(run.text)")
    }

    @Test func `an unknown kind is wrong usage and names the known ones`() throws {
        let run = try Tool.bmn("import", "planets", ledger, "x.csv")
        #expect(run.status == 2)
        #expect(run.error.contains("households"))
    }

    @Test func `reasons are in the language that is asked for`() throws {
        let csv = SmallSurvey.householdHeader + SmallSurvey.household("38010199-0001")
        let thai = try households(csv, "--lang", "th")
        #expect(thai.text.contains("ไม่รู้จักพื้นที่ 38010199"))
        #expect(thai.error.contains("ปฏิเสธ 1"))
    }
}
