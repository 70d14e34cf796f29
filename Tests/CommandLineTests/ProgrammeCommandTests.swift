import Foundation
import Testing

/// Co-operation, plans, typed progress and awards: in by JSON, out by `bmn show`.
@Suite struct `The programme beside the survey` {
    private let survey: SmallSurvey

    init() throws { survey = try SmallSurvey() }

    private func succeed(_ run: Run) throws -> Run {
        try #require(run.status == 0, "\(run.text)\(run.error)")
        return run
    }

    private func submit(_ kind: String, _ body: [String: Any], on day: String) throws {
        let line = try SmallSurvey.line(kind, body)
        let command = #"{"occurredOn":"\#(day)","# + line.dropFirst()
        _ = try succeed(try survey.submit(command))
    }

    private func show(_ kind: String, _ id: String, _ more: String...) throws -> Run {
        try succeed(try Tool.bmn(["show", survey.ledger, kind, id] + more))
    }

    @Test func `a request for co-operation is shown with the answers`() throws {
        try submit(
            "requestCooperation",
            [
                "request": "ask-1", "cycle": "2561", "fromArea": "3801", "toAreas": ["380151"],
                "date": "2017-11-13", "subject": "ขอความร่วมมือ",
                "cites": [["asRead": "มท ๐๔๐๔.๖/๑๗๓๗", "certainty": "unknown"]],
            ],
            on: "2017-11-13"
        )
        try submit(
            "answerCooperation",
            [
                "request": "ask-1", "lao": "380151", "answer": "agreed",
                "answeredOn": "2017-11-20",
            ],
            on: "2017-11-20"
        )
        let text = try show("cooperation", "ask-1").text
        #expect(text.contains("cites\tมท ๐๔๐๔.๖/๑๗๓๗ (unknown)\n"), "\(text)")
        #expect(text.contains("\n380151\tagreed\t20 November 2017\t"), "\(text)")
        let thai = try Tool.bmn("show", survey.ledger, "cooperation", "ask-1", language: "th")
        #expect(thai.text.contains("380151\tให้ความร่วมมือ\t20 พฤศจิกายน 2560"), "\(thai.text)")
        let json = try show("cooperation", "ask-1", "--json").object()
        #expect((json["answers"] as? [[String: Any]])?.first?["answer"] as? String == "agreed")
        let unknown = try Tool.bmn("show", survey.ledger, "cooperation", "ask-9", "--json")
        #expect(try unknown.errorCode() == "cooperationUnknown")
    }

    @Test func `a plan is measured against what happened`() throws {
        try submit(
            "draftActionPlan",
            [
                "plan": "p-1", "cycle": "2561", "area": "380101",
                "steps": [
                    [
                        "step": "order", "kind": "other", "text": "ออกคำสั่ง",
                        "startsOn": "2017-11-01", "due": "2017-11-10", "office": "พัฒนากร",
                    ],
                    [
                        "step": "collect", "kind": "collecting", "text": "จัดเก็บ",
                        "startsOn": "2017-12-01", "due": "2018-01-31", "responsible": "col-1",
                    ],
                ],
            ],
            on: "2017-11-08"
        )
        try submit(
            "submitActionPlan",
            ["plan": "p-1", "toArea": "38", "submittedOn": "2017-11-29"],
            on: "2017-11-29"
        )
        try submit(
            "returnActionPlan",
            [
                "plan": "p-1", "byArea": "38", "returnedOn": "2017-12-01",
                "reason": "ไม่มีวันประชาคม",
            ],
            on: "2017-12-01"
        )
        try submit(
            "finishPlanStep",
            ["plan": "p-1", "step": "order", "doneOn": "2017-11-14"],
            on: "2017-11-14"
        )
        let text = try show("plan", "p-1").text
        #expect(text.contains("returned\t38 1 December 2017: ไม่มีวันประชาคม\n"), "\(text)")
        #expect(
            text.contains(
                "\n1\tออกคำสั่ง\tพัฒนากร\t1 November 2017\t10 November 2017\t14 November 2017\t4\t-"
            ),
            "\(text)"
        )
        // Both households of the target are recorded.
        #expect(text.contains("\t2/2\t"), "\(text)")
        let json = try show("plan", "p-1", "--json").object()
        let steps = try #require(json["steps"] as? [[String: Any]])
        #expect(steps.first?["daysLate"] as? Int == 4)
        let thai = try Tool.bmn("show", survey.ledger, "plan", "p-1", language: "th").text
        #expect(thai.contains("สถานะ\tส่งคืนแล้ว\n"), "\(thai)")
        #expect(
            try Tool.bmn("show", survey.ledger, "plan", "p-9", "--json").errorCode()
                == "planUnknown"
        )
    }

    @Test func `progress that was typed in stands beside the records, with the days missing`()
        throws
    {
        // Both households: interviewed on 15 January, recorded on the 16th.
        try submit(
            "reportDailyProgress",
            [
                "cycle": "2561", "area": "3801", "day": "2018-01-16", "collectedCount": 3,
                "recordedCount": 2, "documentNumber": "online",
            ],
            on: "2018-01-16"
        )
        let text = try show("progress-days", "3801").text
        #expect(text.contains("days missing\t1\n"), "\(text)")
        #expect(text.contains("\n15 January 2018\t-\t2\t-\t-\t0\t-\tmissing\n"), "\(text)")
        #expect(text.contains("\n16 January 2018\t3\t2\t1\t2\t2\t0\tonline\n"), "\(text)")
        let province = try show("progress-days", "38").text
        #expect(province.contains("\n16 January 2018\t3/2\t2/2\n"), "\(province)")
        let thai = try Tool.bmn("show", survey.ledger, "progress-days", "3801", language: "th")
        #expect(thai.text.contains("วันที่ไม่รายงาน\t1\n"), "\(thai.text)")
        let json = try show("progress-days", "3801", "--json").object()
        let part = try #require((json["parts"] as? [[String: Any]])?.first)
        let days = try #require(part["days"] as? [[String: Any]])
        #expect(days.map { $0["isMissing"] as? Bool } == [true, false])
        // From the day on that the district planned to collect.
        try submit(
            "draftActionPlan",
            [
                "plan": "p-1", "cycle": "2561", "area": "3801",
                "steps": [
                    [
                        "step": "collect", "kind": "collecting", "text": "จัดเก็บ",
                        "startsOn": "2018-01-10", "due": "2018-02-28", "office": "อำเภอ",
                    ]
                ],
            ],
            on: "2017-11-20"
        )
        #expect(try show("progress-days", "3801").text.contains("days missing\t6\n"))
    }

    @Test
    func `awards show the evidence as it stood at the decision, or stands while there is none`()
        throws
    {
        let nominee: [String: Any] = [
            "cycle": "2561", "area": "3801", "kind": "collector", "person": "col-1",
            "grounds": "ครบก่อนกำหนด",
        ]
        try submit("enterNominee", nominee, on: "2018-03-10")
        try submit(
            "correctHousehold",
            [
                "cycle": "2561", "household": "38010101-0001", "reason": "ตรวจทาน",
                "indicators": [["indicator": 8, "inScope": 1, "failing": 1]],
            ],
            on: "2018-03-11"
        )
        // One in a household, open; one of the LAO, resolved before it is nominated.
        for (id, household) in [("de-1", "38010101-0001"), ("de-2", "")] {
            try submit(
                "reportDefect",
                [
                    "defect": id, "cycle": "2561", "area": "380151", "severity": "minor",
                    "text": "อ่านแบบผิด", "household": household,
                ],
                on: "2018-03-11"
            )
        }
        try submit(
            "resolveDefect",
            ["defect": "de-2", "outcome": "no_fault", "reason": "ตรวจแล้ว"],
            on: "2018-03-11"
        )
        try submit(
            "enterNominee",
            [
                "cycle": "2561", "area": "3801", "kind": "recorder", "person": "rec-1",
                "grounds": "ถูกต้อง",
            ],
            on: "2018-03-12"
        )
        try submit(
            "enterNominee",
            [
                "cycle": "2561", "area": "3801", "kind": "lao_award", "lao": "380151",
                "grounds": "ร่วมมือดี",
            ],
            on: "2018-03-12"
        )
        try submit(
            "decideAward",
            [
                "cycle": "2561", "area": "3801", "kind": "collector", "person": "col-1",
                "deciders": ["chair-1"], "decidedOn": "2018-03-13", "reason": "ไม่มีผู้อื่น",
            ],
            on: "2018-03-13"
        )
        try submit(
            "reportAwards",
            ["cycle": "2561", "area": "3801", "toArea": "38", "reportedOn": "2018-03-20"],
            on: "2018-03-20"
        )
        let json = try show("awards", "3801", "--json").object()
        let entries = try #require(json["nominees"] as? [[String: Any]])
        let evidence = entries.compactMap { $0["evidence"] as? [String: Any] }
        // The collector was nominated before the correction and chosen after it.
        #expect(evidence.map { $0["households"] as? Int } == [2, 2, 2])
        #expect(evidence.map { $0["corrected"] as? Int } == [1, nil, 1])
        let size = try survey.recordCount()
        #expect(evidence.map { $0["treeSize"] as? Int } == [size - 2, size, size])
        // What is corrected after the choice changes nothing of what it rested on.
        try submit(
            "correctHousehold",
            [
                "cycle": "2561", "household": "38010101-0002", "reason": "ตรวจทาน",
                "indicators": [["indicator": 8, "inScope": 1, "failing": 1]],
            ],
            on: "2018-03-21"
        )
        let later = try show("awards", "3801", "--json").object()
        let counts = (later["nominees"] as? [[String: Any]])?.compactMap { entry in
            (entry["evidence"] as? [String: Any])?["corrected"] as? Int
        }
        #expect(counts == [1, 2])
        #expect(evidence.map { $0["remaining"] as? Int } == [nil, 0, nil])
        #expect(evidence.map { $0["defects"] as? Int } == [1, 2, 1])
        #expect(evidence.map { $0["openDefects"] as? Int } == [1, 1, 1])
        let text = try show("awards", "3801").text
        #expect(
            text.contains(
                "outstanding collector\tcol-1 13 March 2018: ไม่มีผู้อื่น (decided by chair-1)\n"
            ),
            "\(text)"
        )
        #expect(text.contains("reported to\t38 20 March 2018 (1 of 3)\n"), "\(text)")
        let thai = try Tool.bmn("show", survey.ledger, "awards", "3801", language: "th").text
        #expect(thai.contains("ดีเด่น: ผู้จัดเก็บ\tcol-1 13 มีนาคม 2561"), "\(thai)")
        let status = try Tool.bmn("status", survey.ledger).text
        // One of three awards is not what 4.2 asks for.
        #expect(status.contains("4.2\t20 March 2018\tdistrict\t0\t0\t0\t1\t"), "\(status)")
    }

    @Test func `an area that was planned to collect and does nothing misses every day`() throws {
        try submit(
            "setTarget",
            [
                "cycle": "2561", "village": "38010102", "lao": "380151", "households": 9,
                "questionnaires": 9,
            ],
            on: "2017-11-20"
        )
        try submit(
            "draftActionPlan",
            [
                "plan": "p-1", "cycle": "2561", "area": "380101",
                "steps": [
                    [
                        "step": "collect", "kind": "collecting", "text": "จัดเก็บ",
                        "startsOn": "2018-03-01", "due": "2018-03-20", "office": "ตำบล",
                    ]
                ],
            ],
            on: "2017-11-20"
        )
        // The whole of March, as the cycle's last deadline is its last day.
        let text = try show("progress-days", "38010102").text
        #expect(text.contains("days missing\t31\n"), "\(text)")
    }
}
