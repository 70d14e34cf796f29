import Foundation
import Survey
import Testing

/// Presentations, objections, samples, checks and defects: in by JSON, out by `bmn show`.
@Suite struct `Results before the people, and quality checks` {
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

    private func present(_ id: String, on day: String) throws {
        try append(
            "presentResults",
            [
                "presentation": id, "cycle": "2561", "area": "380151", "place": "ศาลา",
                "presenter": "chair-1",
            ],
            on: day
        )
    }

    private func review(_ id: String, _ outcome: String, on day: String) throws {
        let attendance: [[String: Any]] = [
            ["kind": "resident", "count": 40], ["kind": "village_head", "count": 2],
        ]
        try append(
            "holdPublicReview",
            ["presentation": id, "outcome": outcome, "attendance": attendance],
            on: day
        )
    }

    private func prepare() throws -> Run {
        try submit("prepareCertification", ["cycle": "2561", "area": "380151"], on: "2018-03-10")
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

    @Test
    func `an objection is answered by a correction, and the new figures are confirmed`() throws {
        try present("p-1", on: "2018-03-05")
        #expect(try show("presentation", "p-1").text.contains("figures still stand\tyes\n"))
        try review("p-1", "objected", on: "2018-03-05")
        try append(
            "raiseObjection",
            [
                "objection": "ob-1", "cycle": "2561", "area": "380151", "presentation": "p-1",
                "raisedBy": "resident", "text": "บ้านนี้ไม่มีส้วม", "household": "38010101-0001",
            ],
            on: "2018-03-05"
        )
        let refused = try prepare()
        #expect(refused.status == 1 && refused.text.contains("objectionOpen"), "\(refused.text)")
        let area = try show("area", "3801").text
        #expect(area.contains("open objection\tob-1 (380151): บ้านนี้ไม่มีส้วม\n"), "\(area)")
        #expect(try show("objection", "ob-1").text.contains("resolved\topen\n"))
        let rule = "not to be certified, cycle 2561\tobjectionOpen: The objection ob-1 is open"
        #expect(area.contains(rule), "\(area)")
        #expect(area.contains("2561\t-\t(no indicator named)\t1\t0\n"), "\(area)")
        try append(
            "correctHousehold",
            [
                "cycle": "2561", "household": "38010101-0001", "reason": "ตามข้อคัดค้าน",
                "indicators": [["indicator": 8, "inScope": 1, "failing": 1]],
            ],
            on: "2018-03-06"
        )
        #expect(try show("presentation", "p-1").text.contains("figures still stand\tno\n"))
        try append(
            "resolveObjection",
            [
                "objection": "ob-1", "outcome": "accepted", "reason": "แก้ไขแล้ว",
                "households": ["38010101-0001"],
            ],
            on: "2018-03-06"
        )
        let objection = try show("objection", "ob-1", "--json").object()
        #expect(objection["correctedHouseholds"] as? [String] == ["38010101-0001"])
        try present("p-2", on: "2018-03-07")
        try review("p-2", "confirmed", on: "2018-03-08")
        let second = try show("presentation", "p-2").text
        #expect(second.contains("confirmed on\t8 March 2018\n"), "\(second)")
        #expect(second.contains("resident 40, village_head 2"), "\(second)")
        let json = try show("presentation", "p-2", "--json").object()
        #expect(json["figuresStand"] as? Bool == true)
        let thai = try Tool.bmn("show", survey.ledger, "area", "380151", language: "th").text
        #expect(thai.contains("การนำเสนอล่าสุด\tp-2 7 มีนาคม 2561, ยืนยันเมื่อ 8 มีนาคม 2561\n"))
        #expect(try prepare().status == 0)
        let certification = try show("certification", "2561-380151-1", "--json").object()
        let confirmed = certification["confirmedPresentation"] as? [String: Any]
        #expect(confirmed?["presentation"] as? String == "p-2")
        #expect((certification["openObjections"] as? [Any])?.isEmpty == true)
        #expect((certification["certification"] as? [String: Any])?["area"] as? String == "380151")
        try verify()
    }

    /// The households in the order that RULES.md gives them, by programs that everybody has.
    private func drawn(seed: String) throws -> [String] {
        let script = """
            for household in 38010101-0001 38010101-0002; do
                printf '%s %s\\n' "$(printf '%s\\n%s\\n' \(seed) $household | sha256sum)" $household
            done | sort
            """
        return try Tool.shell(script).lines.map { String($0.suffix(13)) }
    }

    private func draw() throws -> String {
        try append(
            "announceSample",
            [
                "cycle": "2561", "area": "3801", "level": "district", "stage": "certifying",
                "size": 1, "checkers": ["chair-1", "rec-1"],
            ],
            on: "2018-03-04"
        )
        let waiting = try show("sample", "2561-3801-1").text
        #expect(waiting.contains("drawn on\tnot yet: by the first checkpoint after record"))
        let body = ["sample": "2561-3801-1"]
        let early = try submit("drawSample", body, on: "2018-03-05")
        #expect(early.status == 1 && early.text.contains("sampleNotSealed"), "\(early.text)")
        let signed = try Tool.bmn("checkpoint", survey.ledger)
        try #require(signed.status == 0, "\(signed.error)")
        // What is recorded and signed after that checkpoint changes nothing any more.
        try append(
            "reportDefect",
            ["defect": "de-0", "cycle": "2561", "area": "3801", "severity": "minor", "text": "x"],
            on: "2018-03-05"
        )
        try append(
            "resolveDefect",
            ["defect": "de-0", "outcome": "no_fault", "reason": "x"],
            on: "2018-03-05"
        )
        try #require(try Tool.bmn("checkpoint", survey.ledger).status == 0)
        try append("drawSample", body, on: "2018-03-05")
        let page = try show("sample", "2561-3801-1").text
        #expect(signed.lines.count > 2 && page.contains("checkpoint of\t\(signed.lines[1])\n"))
        let sample = try show("sample", "2561-3801-1", "--json").object()
        let row = try #require(sample["sample"] as? [String: Any])
        let seed = try #require(row["seed"] as? String)
        let households = try #require(sample["households"] as? [String])
        let first = try #require(try drawn(seed: seed).first)
        #expect(households == [first])
        #expect(sample["populationFound"] as? Int == 2)
        return first
    }

    @Test
    func `a sample is drawn again by stock tools, checked, and what was found is resolved`() throws
    {
        let household = try draw()
        try append(
            "recordQualityCheck",
            [
                "check": "ch-1", "cycle": "2561", "area": "3801", "level": "district",
                "stage": "certifying", "sample": "2561-3801-1", "outcome": "defective",
                "checkers": ["chair-1", "rec-1"], "findings": "คำตอบหนึ่งข้อไม่ตรง",
            ],
            on: "2018-03-06"
        )
        var interview: [String: Any] = [
            "check": "ch-1", "cycle": "2561", "household": household, "checker": "rec-1",
            "indicators": [["indicator": 8, "inScope": 1, "failing": 1]],
        ]
        let own = try submit("reinterviewHousehold", interview, on: "2018-03-06")
        #expect(own.status == 1 && own.text.contains("checkerNotIndependent"), "\(own.text)")
        interview["checker"] = "chair-1"
        try append("reinterviewHousehold", interview, on: "2018-03-06")
        #expect(try show("sample", "2561-3801-1").text.contains("1/1"))
        #expect(
            try Tool.bmn("history", survey.ledger, "household", household).text
                .contains("asked again in a check")
        )
        try append(
            "reportDefect",
            [
                "defect": "de-1", "cycle": "2561", "area": "380151", "check": "ch-1",
                "severity": "major", "text": "อ่านแบบผิด", "household": household,
                "indicator": 8,
            ],
            on: "2018-03-06"
        )
        let check = try show("check", "ch-1").text
        #expect(check.contains("defect\tde-1 (major, open): อ่านแบบผิด\n"), "\(check)")
        let differing = try show("check", "ch-1", "--json").object()["differences"]
        #expect((differing as? [[String: Any]])?.map { $0["indicator"] as? Int } == [8])
        let refused = try prepare()
        #expect(refused.status == 1 && refused.text.contains("defectOpen"), "\(refused.text)")
        let district = try show("area", "3801", "--json").object()
        #expect((district["openDefects"] as? [Any])?.count == 1)
        let held = district["certificationHeldUp"] as? [[String: Any]]
        #expect(held?.map { $0["code"] as? String } == ["defectOpen"])
        let questions = district["openQuestions"] as? [[String: Any]]
        #expect(questions?.map { $0["indicator"] as? Int } == [8])
        #expect(questions?.map { $0["defects"] as? Int } == [1])
        let name = Questionnaire.bmn2560.indicators.first { $0.number == 8 }?.name
        let place = try Tool.bmn("show", survey.ledger, "area", "380151", language: "th").text
        #expect(place.contains("2561\t8\t\(name?.th ?? "?")\t0\t1\n"), "\(place)")
        #expect(place.contains("รับรองไม่ได้ รอบปี 2561\tdefectOpen: ข้อบกพร่อง de-1"), "\(place)")
        #expect(district["uncheckedTambons"] as? [String] == ["380101"])
        try append(
            "resolveDefect",
            ["defect": "de-1", "outcome": "no_fault", "reason": "ผู้ตอบเข้าใจคำถามต่างไป"],
            on: "2018-03-07"
        )
        let thai = try Tool.bmn("show", survey.ledger, "defect", "de-1", language: "th").text
        #expect(thai.contains("ผลการพิจารณา\tไม่ผิด 7 มีนาคม 2561"), "\(thai)")
        #expect(try prepare().status == 0)
        try verify()
    }

    private func importing(_ kind: String, _ csv: String) throws -> Run {
        let file = try survey.scratch.write("\(kind).csv", csv)
        return try Tool.bmn("import", kind, survey.ledger, file, "--user", "chair-1", "--json")
    }

    @Test
    func `checks, interviews, objections and defects come in by CSV, each once`() throws {
        let checks = """
            check,cycle,area,level,stage,checker,outcome,findings,occurred_on
            ch-1,2561,3801,district,recording,chair-1,defective,แบบไม่ครบ,5/3/2561
            ch-1,2561,3801,district,recording,member-1,defective,แบบไม่ครบ,5/3/2561

            """
        let interviews = """
            check,cycle,household,checker,i08,i09,occurred_on
            ch-1,2561,38010101-0001,member-1,F,,5/3/2561
            ch-1,2561,38010101-0002,rec-1,P,P,5/3/2561

            """
        #expect(try importing("checks", checks).status == 0)
        // The second row's checker is none of the check's.
        let refused = try importing("reinterviews", interviews)
        #expect(refused.status == 1)
        let problem = try #require(
            refused.lines.first { $0.contains("checkerUnknown") },
            "\(refused.text)"
        )
        #expect(problem.contains(#""line":3"#) && problem.contains(#""column":"checker""#))
        let check = try show("check", "ch-1", "--json").object()
        #expect(check["checkers"] as? [String] == ["chair-1", "member-1"])
        let differences = check["differences"] as? [[String: Any]]
        #expect(differences?.map { $0["indicator"] as? Int } == [8])
        let objections =
            "objection,cycle,area,raised_by,text\nob-1,2561,380151,resident,ไม่มีใครมา\n"
        let defects = "defect,cycle,area,check,severity,text\nde-1,2561,380151,ch-1,minor,ไม่ครบ\n"
        for (kind, csv) in [("objections", objections), ("defects", defects)] {
            #expect(try importing(kind, csv).status == 0)
            // Once more changes nothing.
            #expect(try importing(kind, csv).status == 0)
        }
        #expect(try show("check", "ch-1").text.contains("defect\tde-1 (minor, open): ไม่ครบ\n"))
        #expect(try show("objection", "ob-1").text.contains("raised by\tresident\n"))
        try verify()
    }

    @Test
    func `what is unknown is refused by name`() throws {
        let codes = [
            "presentation": "presentationUnknown", "objection": "objectionUnknown",
            "sample": "sampleUnknown", "check": "checkUnknown", "defect": "defectUnknown",
        ]
        for (kind, code) in codes {
            let run = try Tool.bmn("show", survey.ledger, kind, "none", "--json")
            #expect(run.status == 1)
            #expect(try run.errorCode() == code)
        }
    }
}
