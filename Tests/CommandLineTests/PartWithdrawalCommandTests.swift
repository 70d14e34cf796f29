import Foundation
import Testing

/// Awards, money, forms and steps that were recorded wrongly: withdrawn by `bmn submit`, and shown.
@Suite struct `What is withdrawn out of papers that stay` {
    private let survey: SmallSurvey

    init() throws { survey = try SmallSurvey.ofAnOffice() }

    private func withdraw(_ body: [String: Any]) throws -> Run {
        let whole = body.merging(["reason": "ผิดราย"]) { $1 }
        return try survey.submit(try SmallSurvey.act("withdrawPaper", on: "2018-03-20", whole))
    }

    private func show(_ kind: String, _ id: String, language: String = "en") throws -> Run {
        let run = try Tool.bmn("show", survey.ledger, kind, id, language: language)
        try #require(run.status == 0, "\(run.text)\(run.error)")
        return run
    }

    @Test func `is shown on its page in both languages, and counts no more`() throws {
        let award: [String: Any] = [
            "kind": "award_decision", "paper": "collector", "area": "3801", "cycle": "2561",
        ]
        let parts: [[String: Any]] = [
            award,
            [
                "kind": "nomination", "paper": "collector", "area": "3801", "cycle": "2561",
                "part": "col-1",
            ],
            ["kind": "budget_spending", "paper": "b-1", "part": "v-1"],
            ["kind": "budget_allocation", "paper": "b-1"],
            [
                "kind": "questionnaire_issue", "paper": "col-1", "cycle": "2561",
                "part": "A-1",
            ],
            ["kind": "plan_step", "paper": "p-1", "part": "order"],
        ]
        // What stands on it goes first.
        let early = try withdraw(parts[3])
        #expect(early.status == 1 && early.text.contains("allocationSpent"), "\(early.text)")
        for part in parts {
            let run = try withdraw(part)
            try #require(run.status == 0, "\(run.text)\(run.error)")
        }
        let again = try withdraw(award)
        #expect(again.status == 1 && again.text.contains("paperNotRecorded"), "\(again.text)")
        let awards = try show("awards", "3801")
        #expect(
            awards.text.contains(
                "withdrawn\taward_decision collector 3801 20 March 2018: ผิดราย\n"
            ),
            "\(awards.text)"
        )
        #expect(!awards.text.contains("outstanding "), "\(awards.text)")
        let budget = try show("budget", "3801").text
        #expect(
            budget.contains("withdrawn\tbudget_spending b-1 v-1 3801 20 March 2018: ผิดราย\n"),
            "\(budget)"
        )
        let thai = try show("budget", "3801", language: "th").text
        #expect(thai.contains("ถอนแล้ว\tหลักฐานจ่าย b-1 v-1 3801 "), "\(thai)")
        let forms = try show("questionnaires", "3801").text
        #expect(
            forms.contains("withdrawn\tquestionnaire_issue col-1 A-1-20 380101 "),
            "\(forms)"
        )
        #expect(forms.contains("issued\t0\n"), "\(forms)")
        let plan = try show("plan", "p-1").text
        #expect(plan.contains("withdrawn\tplan_step order 20 March 2018: ผิดราย\n"), "\(plan)")
        for list in ["awards", "budget", "expenses", "forms"] {
            let run = try Tool.bmn("list", survey.ledger, list, "--json")
            #expect(run.status == 0 && run.lines.isEmpty, "\(list): \(run.text)")
        }
        let json = try Tool.bmn("show", survey.ledger, "awards", "3801", "--json").object()
        let withdrawn = try #require(json["withdrawals"] as? [[String: Any]])
        #expect(withdrawn.map { $0["part"] as? String } == ["collector", "collector col-1"])
        try survey.verify()
    }

    @Test func `a user's page and the list of users tell the person's keys`() throws {
        let path = survey.scratch.path("rec.pem")
        #expect(try Tool.bmn("key", "generate", path, "--no-passphrase").status == 0)
        let registered = try Tool.bmn("key", "public", path, "--command", "--person", "rec-1")
        try #require(registered.status == 0, "\(registered.error)")
        let run = try survey.submit(registered.text)
        try #require(run.status == 0, "\(run.text)\(run.error)")
        let json = try Tool.bmn("show", survey.ledger, "user", "rec-1", "--json").object()
        let keys = try #require(json["keys"] as? [[String: Any]])
        let hex = try #require(keys.first?["publicKey"] as? String)
        #expect(keys.count == 1 && hex.utf8.count == 64)
        #expect(try show("user", "rec-1").text.contains("public key\t\(hex)\n"))
        #expect(try show("user", "rec-1", language: "th").text.contains("กุญแจสาธารณะ\t\(hex)\n"))
        let list = try Tool.bmn("list", survey.ledger, "users", "--json").objects()
        let user = try #require(list.first { $0["person"] as? String == "rec-1" })
        #expect(user["keys"] as? Int == 1)
        try survey.verify()
    }
}
