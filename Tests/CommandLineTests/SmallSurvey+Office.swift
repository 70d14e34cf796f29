import Foundation
import Testing

extension SmallSurvey {
    /// A command of a day, as one line of JSON.
    static func act(_ kind: String, on day: String, _ body: [String: Any]) throws -> String {
        #"{"occurredOn":"\#(day)","# + (try line(kind, body).dropFirst())
    }

    /// A survey in which an office has done one of everything; made once, then copied.
    static func ofAnOffice() throws -> SmallSurvey {
        let survey = try SmallSurvey()
        try FileManager.default.removeItem(at: survey.scratch.url("ledger"))
        try FileManager.default.copyItem(
            at: office.get().scratch.url("ledger"),
            to: survey.scratch.url("ledger")
        )
        return survey
    }

    private static let office = Result {
        let survey = try SmallSurvey()
        let run = try survey.submit(try papers() + plans() + work() + results())
        try #require(run.status == 0, "\(run.text)\(run.error)")
        return survey
    }

    private static func papers() throws -> String {
        let directive: [String: Any] = [
            "directive": "letter-1", "cycle": "2561",
            "number": ["asRead": "ว 381", "asUnderstood": "ว 381", "certainty": "certain"],
            "date": [
                "asRead": "17 ต.ค. 2560", "asUnderstood": "2017-10-17", "certainty": "likely",
            ],
            "fromOffice": "สำนักงานพัฒนาชุมชนจังหวัด", "subject": "การจัดเก็บข้อมูล จปฐ.",
            "fromArea": "38", "toAreas": ["3801"],
        ]
        let users: [[String: Any]] = [
            ["cycle": "2561", "person": "rec-1", "role": "recorder", "area": "3801"],
            ["cycle": "2561", "person": "chair-1", "role": "committee", "area": "380151"],
        ]
        return try act("issueDirective", on: "2017-10-20", directive)
            + users.map { try act("registerUser", on: "2017-11-09", $0) }.joined()
            + act(
                "disableUser",
                on: "2018-02-01",
                ["cycle": "2561", "person": "chair-1", "reason": "=ย้าย, \"จริง\""]
            )
            + act(
                "submitOrder",
                on: "2017-11-10",
                [
                    "order": "o-collector", "toArea": "38", "submittedOn": "2017-11-10",
                    "documentNumber": "บก 1",
                ]
            )
            + act(
                "callMeeting",
                on: "2018-01-05",
                [
                    "meeting": "m-1", "cycle": "2561", "area": "380151",
                    "scheduledOn": "2018-01-10", "place": "ศาลา", "agenda": "<b>วางแผน</b>",
                ]
            )
            + act(
                "holdMeeting",
                on: "2018-01-11",
                [
                    "meeting": "m-1", "heldOn": "2018-01-10", "attendees": ["chair-1"],
                    "resolutions": [["text": "ให้เริ่ม", "forCount": 1]],
                ]
            )
            + act(
                "recordTraining",
                on: "2018-01-17",
                [
                    "training": "t-1", "cycle": "2561", "area": "3801", "kind": "recorder",
                    "heldOn": "2018-01-17", "place": "ศาลากลาง", "trainers": ["chair-1"],
                    "participants": ["rec-1"],
                ]
            )
    }

    private static func plans() throws -> String {
        let steps: [[String: Any]] = [
            [
                "step": "order", "kind": "other", "text": "ออกคำสั่ง", "startsOn": "2017-11-01",
                "due": "2017-11-10", "office": "พัฒนากร",
            ],
            [
                "step": "collect", "kind": "collecting", "text": "จัดเก็บ",
                "startsOn": "2017-12-01", "due": "2018-01-31", "responsible": "col-1",
            ],
        ]
        return try act(
            "requestCooperation",
            on: "2017-11-13",
            [
                "request": "ask-1", "cycle": "2561", "fromArea": "3801", "toAreas": ["380151"],
                "date": "2017-11-13", "subject": "ขอความร่วมมือ",
            ]
        )
            + act(
                "draftActionPlan",
                on: "2017-11-08",
                ["plan": "p-1", "cycle": "2561", "area": "380101", "steps": steps]
            )
            + act(
                "finishPlanStep",
                on: "2017-11-14",
                ["plan": "p-1", "step": "order", "doneOn": "2017-11-14"]
            )
            + act(
                "allocateBudget",
                on: "2017-11-15",
                [
                    "allocation": "b-1", "cycle": "2561", "area": "3801", "activity": "ประชุม",
                    "amountSatang": "150000", "source": "กรม", "allocatedOn": "2017-11-15",
                ]
            )
            + act(
                "spendBudget",
                on: "2018-01-20",
                [
                    "allocation": "b-1", "amountSatang": "200050", "spentOn": "2018-01-20",
                    "text": "อาหารว่าง", "documentNumber": "v-1",
                ]
            )
    }

    private static func work() throws -> String {
        try act(
            "reviseTarget",
            on: "2017-12-01",
            [
                "cycle": "2561", "village": "38010101", "lao": "380151", "households": 3,
                "questionnaires": 4, "reason": "พบอีกหลัง",
            ]
        )
            + act(
                "issueQuestionnaires",
                on: "2017-12-01",
                [
                    "cycle": "2561", "area": "380101", "collector": "col-1",
                    "issuedOn": "2017-12-01",
                    "ranges": [["prefix": "A-", "first": 1, "last": 20]],
                ]
            )
            + act(
                "recordNotCollected",
                on: "2018-01-16",
                [
                    "cycle": "2561", "household": "38010101-0009", "village": "38010101",
                    "lao": "380151", "visitedOn": "2018-01-15", "collector": "col-1",
                    "reason": "vacant",
                ]
            )
            + act(
                "reportDailyProgress",
                on: "2018-01-16",
                [
                    "cycle": "2561", "area": "3801", "day": "2018-01-16", "collectedCount": 3,
                    "recordedCount": 2, "documentNumber": "online",
                ]
            )
    }

    private static func results() throws -> String {
        try act(
            "raiseObjection",
            on: "2018-03-05",
            [
                "objection": "ob-1", "cycle": "2561", "area": "380151", "raisedBy": "resident",
                "text": "-1+1 บ้านนี้ไม่มีส้วม", "household": "38010101-0001",
            ]
        )
            + act(
                "recordQualityCheck",
                on: "2018-03-06",
                [
                    "check": "ch-1", "cycle": "2561", "area": "3801", "level": "district",
                    "stage": "certifying", "outcome": "defective", "checkers": ["chair-1"],
                    "findings": "คำตอบหนึ่งข้อไม่ตรง",
                ]
            )
            + act(
                "reportDefect",
                on: "2018-03-06",
                [
                    "defect": "de-1", "cycle": "2561", "area": "380151", "check": "ch-1",
                    "severity": "major", "text": "อ่านแบบผิด", "household": "38010101-0001",
                ]
            )
            + act(
                "enterNominee",
                on: "2018-03-10",
                [
                    "cycle": "2561", "area": "3801", "kind": "collector", "person": "col-1",
                    "grounds": "ครบก่อนกำหนด",
                ]
            )
            + act(
                "decideAward",
                on: "2018-03-13",
                [
                    "cycle": "2561", "area": "3801", "kind": "collector", "person": "col-1",
                    "deciders": ["chair-1"], "decidedOn": "2018-03-13", "reason": "ไม่มีผู้อื่น",
                ]
            )
    }

    /// Runs the auditor's tool over the whole ledger.
    func verify() throws {
        let run = try Tool.run(
            Tool.folder.appending(path: "bmn-audit").path,
            ["verify", ledger],
            input: Data(),
            environment: [:]
        )
        #expect(run.status == 0, "\(run.text)\(run.error)")
    }
}
