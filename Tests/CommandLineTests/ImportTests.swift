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
            + SmallSurvey.household("38010102-0005", occurredOn: "15/1/2761")
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
        #expect(
            found.map { String($0[1]) } == [
                "members[1].birth_date", "members[1].birth_date", "members[1].birth_date", "lao",
                "occurred_on", "village",
            ]
        )
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

    @Test func `a file cut inside its last field does not store what is left of it`() throws {
        let count = try survey.recordCount()
        let rows = SmallSurvey.household("38010102-0001") + SmallSurvey.household("38010102-0002")
        // The last answer is whole, but nothing says so.
        let cut = String((SmallSurvey.householdHeader + rows).dropLast())
        let atomic = try households(cut, "--atomic")
        #expect(atomic.status == 1)
        #expect(try survey.recordCount() == count)
        let run = try households(cut)
        #expect(run.status == 1)
        #expect(run.lines.count == 2)
        #expect(run.lines[1].hasPrefix("3\ti31\trowUnterminated\t"))
        #expect(run.error.contains("1 recorded, 0 had been before, 1 refused"))
        #expect(try survey.recordCount() == count + 1)
        let whole = try households(cut + "\n")
        #expect(whole.status == 0)
        #expect(try survey.recordCount() == count + 2)
    }

    @Test func `the recorder must be appointed on the day of the act and not of the interview`()
        throws
    {
        let persons = "person,first_name,last_name\nrec-2,ใหม่,สมมติ\n"
        #expect(try importing("persons", persons).status == 0)
        // Appointed long after the interview of 15/1/2561.
        let order =
            "order,number,date,kind,cycle,area,person,role,valid_from\n"
            + "o-new,4/2561,1/3/2561,recorder,2561,3801,rec-2,recorder,1/3/2561\n"
        #expect(try importing("appointments", order).status == 0)
        let revocation = try SmallSurvey.line(
            "revokeOrder",
            ["order": "o-recorder", "effectiveOn": "2018-03-01", "reason": "เปลี่ยนผู้บันทึก"]
        )
        #expect(try survey.submit(revocation).status == 0)
        func recorded(_ id: String, by user: String, on day: String) throws -> Run {
            let csv = SmallSurvey.householdHeader + SmallSurvey.household(id, occurredOn: day)
            let file = try survey.scratch.write("\(id).csv", csv)
            let actor = ["--user", user, "--capacity", "recorder"]
            return try Tool.bmn(["import", "households", ledger, file] + actor)
        }
        let late = try recorded("38010102-0001", by: "rec-2", on: "")
        #expect(late.status == 0, "\(late.text)")
        let gone = try recorded("38010102-0002", by: "rec-1", on: "")
        #expect(gone.status == 1)
        #expect(gone.lines[1].hasPrefix("2\t\trecorderNotAppointed\t"))
        let inTime = try recorded("38010102-0003", by: "rec-1", on: "16/1/2561")
        #expect(inTime.status == 0, "\(inTime.text)")
        let early = try recorded("38010102-0004", by: "rec-1", on: "14/1/2561")
        #expect(early.lines[1].hasPrefix("2\tinterviewed_on\tinterviewAfterRecording\t"))
    }

    @Test func `refusals of the rules name the column`() throws {
        let run = try households(
            SmallSurvey.householdHeader
                + SmallSurvey.household("38010102-0001", collector: "nobody")
                + SmallSurvey.household("38010102-0002", birth: "1/1/2555")
                + SmallSurvey.household("38010102-0003", birth: "20/3/2420")
        )
        #expect(run.status == 1)
        let columns = run.lines.dropFirst().map { $0.split(separator: "\t")[1] }
        #expect(columns == ["collector", "i03", "members"], "\(run.text)")
        let targets = try importing(
            "targets",
            "cycle,village,lao,households,questionnaires\nปี,38010102,380151,1,1\n"
        )
        #expect(targets.lines[1].hasPrefix("2\tcycle\t"))
        #expect(!targets.text.contains("targetSet"))
    }

    @Test func `standard input is named in words`() throws {
        let csv = Data((SmallSurvey.householdHeader + "2561,3").utf8)
        let arguments = ["import", "households", ledger, "-"]
        let run = try Tool.bmn(arguments, input: csv)
        #expect(run.status == 4)
        #expect(run.error.contains("Standard input was not read to its end"))
        let thai = try Tool.bmn(arguments, input: csv, language: "th")
        #expect(thai.error.contains("ข้อมูลเข้ามาตรฐาน อ่านไม่จบ"))
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
            #expect(template.text.split(separator: "\r\n").count >= 2, "\(kind)")
            #expect(template.text.hasSuffix("\r\n"))
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
