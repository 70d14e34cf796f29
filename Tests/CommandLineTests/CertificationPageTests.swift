import Foundation
import Testing

/// What the pages of areas, certifications and checks warn of.
@Suite struct `Pages that warn before anybody signs` {
    private let survey: SmallSurvey

    init() throws { survey = try SmallSurvey() }

    private func submit(_ kind: String, _ body: [String: Any], on day: String) throws -> Run {
        let line = try SmallSurvey.line(kind, body)
        return try survey.submit(#"{"occurredOn":"\#(day)","# + line.dropFirst())
    }

    private func append(_ kind: String, _ body: [String: Any], on day: String) throws {
        let run = try submit(kind, body, on: day)
        try #require(run.status == 0, "\(run.text)\(run.error)")
    }

    private func show(_ kind: String, _ id: String, _ more: String...) throws -> Run {
        let run = try Tool.bmn(["show", survey.ledger, kind, id] + more)
        try #require(run.status == 0, "\(run.text)\(run.error)")
        return run
    }

    private func verify() throws {
        let run = try Tool.run(
            Tool.folder.appending(path: "bmn-audit").path,
            ["verify", survey.ledger],
            input: Data(),
            environment: [:]
        )
        #expect(run.status == 0, "\(run.text)\(run.error)")
    }

    private func objectAndPrepare() throws {
        try append(
            "prepareCertification",
            ["cycle": "2561", "area": "380151"],
            on: "2018-03-10"
        )
        try append(
            "raiseObjection",
            [
                "objection": "ob-1", "cycle": "2561", "area": "3801", "raisedBy": "resident",
                "text": "บ้านนี้ไม่มีส้วม", "household": "38010101-0001",
            ],
            on: "2018-03-11"
        )
    }

    private static let training = """
        training,cycle,area,kind,held_on,place,person,part
        t-1,2561,3801,collector,20/12/2560,ศาลากลาง,chair-1,trainer
        t-1,2561,3801,collector,20/12/2560,ศาลากลาง,col-1,participant

        """

    @Test
    func `an objection about a household is shown wherever it holds up a certification`()
        throws
    {
        try objectAndPrepare()
        let pages = [("certification", "2561-380151-1"), ("area", "380151"), ("area", "3801")]
        for (kind, id) in pages {
            let page = try show(kind, id)
            #expect(
                page.text.contains("open objection\tob-1 (3801): บ้านนี้ไม่มีส้วม\n"),
                "\(page.text)"
            )
        }
        let page = try show("certification", "2561-380151-1").text
        #expect(page.contains("prepared\t10 March 2018 (recorded on "), "\(page)")
        let json = try show("certification", "2561-380151-1", "--json").object()
        let open = try #require(json["openObjections"] as? [[String: Any]])
        #expect(open.map { $0["householdLao"] as? String } == ["380151"])
        let recorded = try #require(json["recordedOn"] as? [String: Any])
        #expect(recorded["prepared"] is String && recorded["issued"] == nil)
        // Another cycle's pages know nothing of it.
        let first = try Tool.bmn("cycle", "defaults", "--year", "2561", "--province", "38")
        let defined = try survey.submit(first.text.replacingOccurrences(of: "2561", with: "2562"))
        try #require(defined.status == 0, "\(defined.text)\(defined.error)")
        let other = try show("area", "3801", "--cycle", "2562", "--json").object()
        #expect((other["openObjections"] as? [Any])?.isEmpty == true)
        try verify()
    }

    @Test
    func `work before a training is counted for the area and the certification`() throws {
        try objectAndPrepare()
        // One collected both households and one recorded them, neither of them trained.
        let page = try show("certification", "2561-380151-1").text
        #expect(page.contains("untrained work\t2 persons by kind of work, 4 in all\n"), "\(page)")
        #expect(page.contains("warnings\t3\n"), "\(page)")
        let file = try survey.scratch.write("training.csv", Self.training)
        let imported = try Tool.bmn(
            "import",
            "trainings",
            survey.ledger,
            file,
            "--user",
            "admin-1"
        )
        #expect(imported.status == 0, "\(imported.text)\(imported.error)")
        let district = try show("area", "3801", "--json").object()
        let untrained = try #require(district["untrained"] as? [[String: Any]])
        #expect(untrained.map { $0["person"] as? String } == ["rec-1"])
        #expect(untrained.map { $0["kind"] as? String } == ["recorder"])
        #expect(district["uncheckedTambons"] as? [String] == ["380101"])
        #expect(district["wholeChecked"] as? Bool == false)
        let thai = try Tool.bmn("show", survey.ledger, "area", "3801", language: "th").text
        #expect(thai.contains("งานก่อนการอบรม\t1 รายบุคคลและหน้าที่ รวม 2 รายการ\n"), "\(thai)")
        #expect(thai.contains("ตำบลที่ยังไม่ตรวจ\t380101\n"), "\(thai)")
        #expect(thai.contains("ตรวจภาพรวมอำเภอแล้ว\tไม่\n"), "\(thai)")
        try verify()
    }

    @Test
    func `a check says how much of its sample was asked, and which checkers did the work`() throws {
        try append(
            "announceSample",
            [
                "cycle": "2561", "area": "3801", "level": "district", "stage": "certifying",
                "size": 1, "checkers": ["chair-1", "col-1", "rec-1"],
            ],
            on: "2018-03-05"
        )
        let sealed = try Tool.bmn("checkpoint", survey.ledger)
        try #require(sealed.status == 0, "\(sealed.error)")
        try append("drawSample", ["sample": "2561-3801-1"], on: "2018-03-05")
        let sample = try show("sample", "2561-3801-1", "--json").object()
        let drawn = try #require(sample["households"] as? [String])
        var check: [String: Any] = [
            "check": "ch-1", "cycle": "2561", "area": "3801", "level": "district",
            "stage": "certifying", "sample": "2561-3801-1", "outcome": "sound",
            "checkers": ["col-1", "rec-1"],
        ]
        let alone = try submit("recordQualityCheck", check, on: "2018-03-06")
        #expect(alone.status == 1 && alone.text.contains("checkersNotIndependent"), "\(alone.text)")
        check["checkers"] = ["chair-1", "rec-1"]
        try append("recordQualityCheck", check, on: "2018-03-06")
        #expect(try show("check", "ch-1").text.contains("of the sample\t0 of 1 asked\n"))
        let other = drawn == ["38010101-0001"] ? "38010101-0002" : "38010101-0001"
        try append(
            "reinterviewHousehold",
            [
                "check": "ch-1", "cycle": "2561", "household": other, "checker": "chair-1",
                "indicators": [["indicator": 8, "inScope": 1, "failing": 0]],
            ],
            on: "2018-03-06"
        )
        let page = try show("check", "ch-1").text
        #expect(page.contains("of the sample\t0 of 1 asked, 1 outside the sample\n"), "\(page)")
        #expect(page.contains("rec-1 collected 0 and recorded 2 households"), "\(page)")
        #expect(!page.contains("chair-1 collected"), "\(page)")
        let json = try show("check", "ch-1", "--json").object()
        let coverage = try #require(json["sampleCoverage"] as? [String: Any])
        #expect(coverage["outside"] as? [String] == [other])
        #expect(coverage["missing"] as? [String] == drawn)
        #expect(json["checkers"] as? [String] == ["chair-1", "rec-1"])
        try verify()
    }

    @Test
    func `a deadline that was met by the word of its actor and recorded later is counted`() throws {
        func late() throws -> Int? {
            let json = try show("cycle", "2561", "--json").object()
            let deadlines = try #require(json["deadlines"] as? [[String: Any]])
            let users = deadlines.first { $0["deadline"] as? String == "users" }
            return users?["recordedLate"] as? Int
        }
        #expect(try late() == 0)
        try append(
            "registerUser",
            ["cycle": "2561", "person": "rec-1", "role": "recorder", "area": "3801"],
            on: "2017-11-09"
        )
        #expect(try late() == 1)
        let json = try show("cycle", "2561", "--json").object()
        let entries = try #require(json["entries"] as? [[String: Any]])
        let met = try #require(entries.first { $0["status"] as? String == "met" })
        #expect(met["doneOn"] as? String == "2017-11-09")
        #expect((met["recordedOn"] as? String).map { $0 > "2018-01-01" } == true)
        try verify()
    }
}
