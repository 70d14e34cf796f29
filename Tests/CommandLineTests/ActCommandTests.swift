import Foundation
import Testing

/// Letters, meetings, trainings, the paths of orders and users: in by JSON or CSV, out by `bmn show`.
@Suite struct `Acts around the survey` {
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

    private func importing(_ kind: String, _ csv: String) throws -> Run {
        let file = try survey.scratch.write("\(kind).csv", csv)
        return try Tool.bmn("import", kind, survey.ledger, file, "--user", "admin-1")
    }

    private static var directive: [String: Any] {
        [
            "directive": "letter-1", "cycle": "2561",
            "number": ["asRead": "ว ๓๘๑", "asUnderstood": "ว 381", "certainty": "likely"],
            "date": ["asRead": "๗๗ ตุลาคม ๒๕๖๐", "asUnderstood": "2017-10", "certainty": "unknown"],
            "fromOffice": "สำนักงานพัฒนาชุมชนจังหวัด", "subject": "การจัดเก็บข้อมูล จปฐ.",
            "fromArea": "38", "toAreas": ["3801"],
            "documents": [
                [
                    // Of "the letter".
                    "sha256": "64e588fa98e1c4cf29a41921c208a435e82fb9e23c6fa068f8e18cf048f865f8",
                    "byteCount": "10",
                    "mediaType": "application/pdf", "title": "แผน", "number": "1",
                ]
            ],
        ]
    }

    private static let trainings = """
        training,cycle,area,kind,held_on,place,person,part
        t-1,2561,3801,collector,20/12/2560,ศาลากลาง,chair-1,trainer
        t-1,2561,3801,collector,20/12/2560,ศาลากลาง,col-1,participant
        t-2,2561,3801,recorder,17/1/2561,ศาลากลาง,rec-1,participant

        """

    @Test
    func `a training, a meeting, a directive and a user are shown, in both languages and as JSON`()
        throws
    {
        let letter = try survey.scratch.write("letter.pdf", "the letter")
        _ = try succeed(try Tool.bmn("attach", survey.ledger, letter))
        try submit("issueDirective", Self.directive, on: "2017-10-20")
        try submit(
            "receiveDirective",
            ["directive": "letter-1", "area": "3801", "receivedOn": "2017-10-21"],
            on: "2017-10-21"
        )
        let directive = try show("directive", "letter-1").text
        #expect(directive.contains("number\tว ๓๘๑ (ว 381; likely)\n"), "\(directive)")
        #expect(directive.contains("date\t๗๗ ตุลาคม ๒๕๖๐ (October 2017; unknown)\n"), "\(directive)")
        let json = try show("directive", "letter-1", "--json").object()
        let addressees = try #require(json["addressees"] as? [[String: Any]])
        #expect(addressees.map { $0["receivedOn"] as? String } == ["2017-10-21"])

        try submit(
            "callMeeting",
            [
                "meeting": "m-1", "cycle": "2561", "area": "380151",
                "scheduledOn": "2018-01-10", "place": "ศาลา", "agenda": "วางแผน",
            ],
            on: "2018-01-05"
        )
        try submit(
            "holdMeeting",
            [
                "meeting": "m-1", "heldOn": "2018-01-10", "attendees": ["chair-1", "col-1"],
                "resolutions": [["text": "ให้เริ่ม", "forCount": 1]],
            ],
            on: "2018-01-11"
        )
        let meeting = try show("meeting", "m-1").text
        #expect(meeting.contains("quorum\tno (1 of 3 present, 2 needed)\n"), "\(meeting)")
        let held = try show("meeting", "m-1", "--json").object()
        #expect(held["hasQuorum"] as? Bool == false)
        let thai = try Tool.bmn("show", survey.ledger, "meeting", "m-1", language: "th").text
        #expect(thai.contains("ครบองค์ประชุม\tไม่ (มา 1 จาก 3 คน ต้องมี 2 คน)\n"), "\(thai)")

        _ = try succeed(try importing("trainings", Self.trainings))
        let training = try show("training", "t-1").text
        #expect(training.contains("for\tcollector\n"), "\(training)")
        #expect(training.contains("trainer") && training.contains("col-1"), "\(training)")
        let persons = try show("training", "t-1", "--json").object()["persons"]
        #expect((persons as? [[String: Any]])?.count == 2)
        let unknown = try Tool.bmn("show", survey.ledger, "training", "t-9", "--json")
        #expect(unknown.status == 1)
        #expect(try unknown.errorCode() == "trainingUnknown")

        let users = "cycle,person,role,area,occurred_on\n2561,rec-1,recorder,3801,9/11/2560\n"
        _ = try succeed(try importing("users", users))
        // Once more changes nothing.
        _ = try succeed(try importing("users", users))
        #expect(try show("user", "rec-1").text.contains("role\trecorder\n"))
        let user = try #require(
            try show("user", "rec-1", "--json").object()["user"] as? [String: Any]
        )
        #expect(user["registeredOn"] as? String == "2017-11-09")
        #expect(user["publicKey"] == nil)
        #expect(user["disabledOn"] == nil)
    }

    @Test func `a user without an appointment is refused with its line and column`() throws {
        let run = try importing(
            "users",
            "cycle,person,role,area,occurred_on\n2561,col-1,recorder,3801,9/11/2560\n"
        )
        #expect(run.status == 1)
        #expect(run.error.contains("role") || run.text.contains("role"), "\(run.text)\(run.error)")
        #expect(run.text.contains("userNotAppointed") || run.error.contains("userNotAppointed"))
    }

    @Test func `an order shows where it was circulated and to whom it was submitted`() throws {
        try submit(
            "circulateOrder",
            ["order": "o-collector", "circulatedOn": "2017-11-09", "toAreas": ["380151"]],
            on: "2017-11-09"
        )
        try submit(
            "submitOrder",
            [
                "order": "o-collector", "toArea": "38", "submittedOn": "2017-11-10",
                "documentNumber": "บก 1",
            ],
            on: "2017-11-10"
        )
        let order = try show("order", "o-collector").text
        #expect(order.contains("circulated to\t380151 9 November 2017\n"), "\(order)")
        #expect(order.contains("submitted to\t38 10 November 2017 บก 1\n"), "\(order)")
        let json = try show("order", "o-collector", "--json").object()
        #expect((json["order"] as? [String: Any])?["submittedTo"] as? String == "38")
        try submit(
            "amendOrder",
            [
                "order": "o-collector", "number": "9/2560", "date": "2017-12-01",
                "effectiveOn": "2017-12-02", "reason": "เพิ่มผู้จัดเก็บ",
                "added": [["person": "member-1", "role": "collector"]],
            ],
            on: "2017-12-01"
        )
        let amended = try show("order", "o-collector").text
        let before = "(before the order was amended)\n"
        #expect(amended.contains("submitted to\t38 10 November 2017 บก 1 \(before)"), "\(amended)")
        #expect(amended.contains("circulated to\t380151 9 November 2017 \(before)"), "\(amended)")
        let after = try show("order", "o-collector", "--json").object()
        let paper = try #require(after["order"] as? [String: Any])
        #expect(paper["submittedTo"] == nil)
        #expect((after["submissions"] as? [[String: Any]])?.count == 1)
    }

    @Test func `a directive shows what was read of it before, and a receipt that is withdrawn`()
        throws
    {
        let letter = try survey.scratch.write("letter.pdf", "the letter")
        _ = try succeed(try Tool.bmn("attach", survey.ledger, letter))
        try submit("issueDirective", Self.directive, on: "2017-10-20")
        try submit(
            "receiveDirective",
            ["directive": "letter-1", "area": "3801", "receivedOn": "2017-10-21"],
            on: "2017-10-21"
        )
        try submit(
            "reviseDirective",
            [
                "directive": "letter-1", "subject": "การจัดเก็บข้อมูล จปฐ. 2561",
                "date": [
                    "asRead": "๑๗ ตุลาคม ๒๕๖๐", "asUnderstood": "2017-10-17",
                    "certainty": "certain",
                ], "reason": "ได้ต้นฉบับ",
            ],
            on: "2017-11-01"
        )
        try submit(
            "withdrawPaper",
            [
                "kind": "directive_receipt", "paper": "letter-1", "area": "3801",
                "reason": "อีกฉบับหนึ่ง",
            ],
            on: "2017-11-02"
        )
        let text = try show("directive", "letter-1").text
        #expect(
            text.contains(
                "former date\t๗๗ ตุลาคม ๒๕๖๐ (October 2017; unknown), until 1 November 2017:"
                    + " ได้ต้นฉบับ\n"
            ),
            "\(text)"
        )
        #expect(text.contains("date\t๑๗ ตุลาคม ๒๕๖๐ (17 October 2017; certain)\n"), "\(text)")
        #expect(text.contains("former subject\tการจัดเก็บข้อมูล จปฐ., until"), "\(text)")
        #expect(
            text.contains("withdrawn\tdirective_receipt 3801 2 November 2017: อีกฉบับหนึ่ง\n"),
            "\(text)"
        )
        let thai = try Tool.bmn("show", survey.ledger, "directive", "letter-1", language: "th")
        #expect(thai.text.contains("ถอนแล้ว\tการลงรับหนังสือ 3801 "), "\(thai.text)")
        #expect(thai.text.contains("ลงวันที่ (เดิม)\t"), "\(thai.text)")
        let json = try show("directive", "letter-1", "--json").object()
        let former = try #require(json["revisions"] as? [[String: Any]])
        #expect(former.map { $0["field"] as? String } == ["date", "subject"])
        let withdrawn = try #require(json["withdrawals"] as? [[String: Any]])
        #expect(withdrawn.map { $0["reason"] as? String } == ["อีกฉบับหนึ่ง"])
        let addressees = try #require(json["addressees"] as? [[String: Any]])
        #expect(addressees.map { $0["receivedOn"] as? String } == [nil])
    }

    @Test func `what is withdrawn of a meeting and an order is shown, and counts no more`()
        throws
    {
        try submit(
            "callMeeting",
            [
                "meeting": "m-1", "cycle": "2561", "area": "380151",
                "scheduledOn": "2018-01-10", "place": "ศาลา", "agenda": "วางแผน",
            ],
            on: "2018-01-05"
        )
        try submit(
            "holdMeeting",
            ["meeting": "m-1", "heldOn": "2018-01-10", "attendees": ["chair-1"]],
            on: "2018-01-11"
        )
        try submit(
            "circulateOrder",
            ["order": "o-collector", "circulatedOn": "2017-11-09", "toAreas": ["380151"]],
            on: "2017-11-09"
        )
        for (kind, paper, area) in [
            ("minutes", "m-1", ""), ("order_circulation", "o-collector", "380151"),
        ] {
            let withdrawal = ["kind": kind, "paper": paper, "area": area, "reason": "ผิดฉบับ"]
            try submit("withdrawPaper", withdrawal, on: "2018-01-12")
            // Once is enough.
            let line = try SmallSurvey.line("withdrawPaper", withdrawal)
            #expect((try survey.submit(line)).status == 1)
        }
        let meeting = try show("meeting", "m-1").text
        #expect(meeting.contains("status\tcalled\n"), "\(meeting)")
        #expect(!meeting.contains("quorum\t"), "\(meeting)")
        #expect(meeting.contains("withdrawn\tminutes 12 January 2018: ผิดฉบับ\n"), "\(meeting)")
        let order = try show("order", "o-collector").text
        #expect(!order.contains("circulated to\t"), "\(order)")
        #expect(
            order.contains("withdrawn\torder_circulation 380151 12 January 2018: ผิดฉบับ\n"),
            "\(order)"
        )
        let json = try show("order", "o-collector", "--json").object()
        #expect((json["withdrawals"] as? [[String: Any]])?.count == 1)
    }

    @Test func `work is untrained when the training is withdrawn, and no work when withdrawn`()
        throws
    {
        func warnings(_ person: String) throws -> [[String: Any]] {
            let json = try show("person", person, "--json").object()
            return try #require(json["untrained"] as? [[String: Any]])
        }
        _ = try succeed(try importing("trainings", Self.trainings))
        #expect(try warnings("col-1").isEmpty)
        try submit(
            "withdrawPaper",
            ["kind": "training", "paper": "t-1", "reason": "ไม่ได้จัด"],
            on: "2018-02-01"
        )
        #expect(try warnings("col-1").map { $0["count"] as? Int } == [2])
        let training = try show("training", "t-1").text
        #expect(training.contains("withdrawn\ttraining 1 February 2018: ไม่ได้จัด\n"), "\(training)")
        #expect(try warnings("rec-1").map { $0["count"] as? Int } == [2])
        for household in ["38010101-0001", "38010101-0002"] {
            try submit(
                "withdrawHousehold",
                ["cycle": "2561", "household": household, "reason": "บันทึกซ้ำ"],
                on: "2018-02-01"
            )
        }
        #expect(try warnings("rec-1").isEmpty)
        #expect(try warnings("col-1").isEmpty)
    }

    @Test func `work before any training is shown as a warning, and ends with the training`() throws
    {
        func warnings(_ kind: String, _ id: String) throws -> [[String: Any]] {
            let json = try show(kind, id, "--json").object()
            return try #require(json["untrained"] as? [[String: Any]])
        }
        let household = "38010101-0001"
        #expect(
            try warnings("household", household).map { $0["person"] as? String } == [
                "col-1", "rec-1",
            ]
        )
        let text = try show("household", household).text
        #expect(text.contains("warning\tcol-1 (collector) worked from 15 January 2018"), "\(text)")
        #expect(try warnings("person", "col-1").map { $0["count"] as? Int } == [2])
        #expect(try show("person", "rec-1").text.contains("no training is recorded"))
        _ = try succeed(try importing("trainings", Self.trainings))
        // The collector was trained before the interview, the recorder the day after recording.
        let left = try warnings("household", household)
        #expect(left.map { $0["person"] as? String } == ["rec-1"])
        #expect(left.first?["trainedOn"] as? String == "2018-01-17")
        #expect(try warnings("person", "col-1").isEmpty)
        #expect(
            try warnings("person", "rec-1").map { $0["firstDay"] as? String } == [
                "2018-01-16"
            ]
        )
        #expect(try show("person", "rec-1").text.contains("trained on 17 January 2018"))
    }
}
