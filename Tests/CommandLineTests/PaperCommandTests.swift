import Foundation
import Testing

/// Printed forms, money and typed progress: in by CSV or JSON, out by `bmn show`.
@Suite struct `Forms and money` {
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
        return try Tool.bmn(
            "import",
            kind,
            survey.ledger,
            file,
            "--user",
            "rec-1",
            "--capacity",
            "recorder"
        )
    }

    private static let forms = """
        cycle,area,collector,prefix,first,last,issued_on
        2561,380101,col-1,A-,1,20,1/12/2560

        """

    /// A household with its form's serial.
    private func household(_ id: String, form: String) -> String {
        let header = SmallSurvey.householdHeader.replacing(
            "synthetic,",
            with: "questionnaire,synthetic,"
        )
        let row = SmallSurvey.household(id).replacing(",true,", with: ",\(form),true,")
        return header + row
    }

    @Test func `forms that are issued are used once, returned and spoiled`() throws {
        _ = try succeed(try importing("questionnaires", Self.forms))
        // Once more changes nothing.
        _ = try succeed(try importing("questionnaires", Self.forms))
        _ = try succeed(try importing("households", household("38010101-0003", form: "A-0007")))
        let again = try importing("households", household("38010101-0004", form: "A-7"))
        #expect(again.status == 1)
        #expect((again.text + again.error).contains("questionnaireUsed"), "\(again.text)")
        let other = try importing("households", household("38010101-0004", form: "B-7"))
        #expect(other.status == 1)
        #expect((other.text + other.error).contains("questionnaireNotIssued"), "\(other.text)")
        try submit(
            "returnQuestionnaires",
            [
                "cycle": "2561", "collector": "col-1", "returnedOn": "2018-02-01",
                "ranges": [["prefix": "A-", "first": 15, "last": 20]],
            ],
            on: "2018-02-01"
        )
        try submit(
            "spoilQuestionnaires",
            [
                "cycle": "2561", "collector": "col-1", "spoiledOn": "2018-02-01",
                "reason": "เปียกฝน", "ranges": [["prefix": "A-", "first": 7, "last": 7]],
            ],
            on: "2018-02-01"
        )
        let text = try show("questionnaires", "3801").text
        #expect(
            text.contains("\ncol-1\t380101\tA-1–20\t1 December 2017\t20\t1\t6\t1\t12\n"),
            "\(text)"
        )
        #expect(
            text.contains("warning\tA-7 is spoiled, and the household 38010101-0003 names it\n"),
            "\(text)"
        )
        let thai = try Tool.bmn("show", survey.ledger, "questionnaires", "38", language: "th")
        #expect(thai.text.contains("คงเหลือ\t12\n"), "\(thai.text)")
        let json = try show("questionnaires", "38", "--json").object()
        #expect((json["ranges"] as? [[String: Any]])?.first?["leftCount"] as? Int == 12)
        let shown = try show("household", "38010101-0003").text
        #expect(shown.contains("questionnaire\tA-0007\n"), "\(shown)")
    }

    @Test func `a wrong serial is corrected with a reason, and the first form is free`() throws {
        _ = try succeed(try importing("questionnaires", Self.forms))
        _ = try succeed(try importing("households", household("38010101-0003", form: "A-7")))
        try submit(
            "correctHousehold",
            [
                "cycle": "2561", "household": "38010101-0003", "questionnaire": "A-8",
                "reason": "อ่านเลขผิด",
            ],
            on: "2018-02-01"
        )
        _ = try succeed(try importing("households", household("38010101-0004", form: "A-7")))
        #expect(try show("household", "38010101-0003").text.contains("questionnaire\tA-8\n"))
        let history = try Tool.bmn("history", survey.ledger, "household", "38010101-0003").text
        #expect(history.contains("A-7") && history.contains("A-8"), "\(history)")
        let verified = try Tool.shell("\"$BMN_AUDIT\" verify '\(survey.ledger)'")
        #expect(verified.status == 0, "\(verified.text)\(verified.error)")
    }

    @Test func `money that was spent above the allocation is shown as over`() throws {
        try submit(
            "allocateBudget",
            [
                "allocation": "b-1", "cycle": "2561", "area": "3801", "activity": "ประชุม",
                "amountSatang": "150000", "source": "กรม", "allocatedOn": "2017-11-15",
            ],
            on: "2017-11-15"
        )
        for (voucher, satang) in [("v-1", "100050"), ("v-2", "100000")] {
            try submit(
                "spendBudget",
                [
                    "allocation": "b-1", "amountSatang": satang, "spentOn": "2018-01-20",
                    "text": "อาหารว่าง", "documentNumber": voucher,
                ],
                on: "2018-01-20"
            )
        }
        let text = try show("budget", "38").text
        #expect(
            text.contains("\t1,500.00\t2,000.50\t-500.50\tover the allocation\n"),
            "\(text)"
        )
        #expect(text.contains("\nb-1\tv-1\t20 January 2018\t1,000.50\tอาหารว่าง\n"), "\(text)")
        let thai = try Tool.bmn("show", survey.ledger, "budget", "38", language: "th").text
        #expect(thai.contains("\tเกินวงเงิน\n"), "\(thai)")
        let json = try show("budget", "38", "--json").object()
        let allocation = try #require((json["allocations"] as? [[String: Any]])?.first)
        #expect(allocation["leftSatang"] as? Int == -50_050)
    }

    @Test func `money is added up for the province and each district, its LAOs with it`() throws {
        for (allocation, area) in [("b-1", "3801"), ("b-2", "380151"), ("b-3", "38")] {
            try submit(
                "allocateBudget",
                [
                    "allocation": allocation, "cycle": "2561", "area": area,
                    "activity": "ประชุม", "amountSatang": "150000", "source": "กรม",
                    "allocatedOn": "2017-11-15",
                ],
                on: "2017-11-15"
            )
        }
        try submit(
            "spendBudget",
            [
                "allocation": "b-2", "amountSatang": "50000", "spentOn": "2018-01-20",
                "text": "อาหารว่าง", "documentNumber": "v-1",
            ],
            on: "2018-01-20"
        )
        let text = try show("budget", "38").text
        #expect(text.contains("\n38\tบึงกาฬ\t3\t4,500.00\t500.00\t4,000.00\n"), "\(text)")
        #expect(
            text.contains("\n3801\tเมืองบึงกาฬ\t2\t3,000.00\t500.00\t2,500.00\n"),
            "\(text)"
        )
        let thai = try Tool.bmn("show", survey.ledger, "budget", "38", language: "th").text
        #expect(thai.contains("จัดสรร (บาท)"), "\(thai)")
        let json = try show("budget", "3801", "--json").object()
        let sums = try #require(json["sums"] as? [[String: Any]])
        #expect(sums.map { $0["area"] as? String } == ["3801"])
        #expect(sums.map { $0["allocatedSatang"] as? Int } == [300_000])
        #expect(sums.map { $0["leftSatang"] as? Int } == [250_000])
        #expect(try Tool.verify(survey.ledger).ok)
    }

    @Test func `typed progress comes from a file, and what the rules refuse names its column`()
        throws
    {
        let header = "cycle,area,day,collected,recorded,document_number\n"
        let rows = "2561,3801,16/1/2561,2,2,online\n2561,380101,16/1/2561,2,1,\n"
        _ = try succeed(try importing("progress", header + rows))
        #expect(try show("progress-days", "3801").text.contains("\t2\t2\t0\t2\t2\t0\tonline\n"))
        let thai = "๒๕๖๑,3801,17/1/2561,\"1,200\",๒,\n"
        _ = try succeed(try importing("progress", header + thai))
        #expect(
            try show("progress-days", "3801").text
                .contains("\n17 January 2018\t1200\t2\t1198\t2\t2\t0\t")
        )
        let other = try importing("progress", header + "2561,3899,17/1/2561,2,2,\n")
        #expect(other.status == 1)
        #expect((other.text + other.error).contains("areaUnknown"), "\(other.text)\(other.error)")
    }
}
