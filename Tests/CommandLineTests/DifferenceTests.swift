import Foundation
import Testing

/// What changed between two moments, and who was at work.
@Suite struct `bmn diff and bmn activity` {
    private let survey: SmallSurvey
    private var ledger: String { survey.ledger }
    /// Records of the survey before anything of a test.
    private let start: Int

    init() throws {
        survey = try SmallSurvey()
        start = try survey.recordCount()
    }

    private func submit(_ kind: String, _ body: [String: Any]) throws {
        let run = try survey.submit(SmallSurvey.line(kind, body))
        try #require(run.status == 0, "\(run.text)\(run.error)")
    }

    /// One household is corrected, another withdrawn, a third recorded, and a member leaves.
    private func change() throws {
        try submit(
            "correctHousehold",
            [
                "cycle": "2561", "household": "38010101-0001", "reason": "ตรวจทาน",
                "indicators": [["indicator": 8, "inScope": 1, "failing": 1]],
            ]
        )
        try submit(
            "withdrawHousehold",
            ["cycle": "2561", "household": "38010101-0002", "reason": "ซ้ำ"]
        )
        let csv = try survey.scratch.write("more.csv", SmallSurvey.households(["38010102-0001"]))
        let target =
            ["cycle": "2561", "village": "38010102", "lao": "380151", "households": 1]
            as [String: Any]
        try submit("setTarget", target)
        let imported = try Tool.bmn(
            "import",
            "households",
            ledger,
            csv,
            "--user",
            "rec-1",
            "--capacity",
            "recorder"
        )
        try #require(imported.status == 0, "\(imported.text)\(imported.error)")
        try submit(
            "amendOrder",
            [
                "order": "o-committee", "number": "9/2561", "date": "2018-02-01",
                "effectiveOn": "2018-02-02", "reason": "ลาออก", "removedPersons": ["member-1"],
            ]
        )
    }

    private func difference(_ more: String...) throws -> [String: Any] {
        let run = try Tool.bmn(["diff", ledger, "--json"] + more)
        #expect(run.status == 0, "\(run.error)")
        return try run.object()
    }

    /// A typing mistake in the year must not read as "nothing was collected".
    @Test func `a cycle that nobody defined is refused, and Thai digits name one as well`() throws {
        for kind in ["figures", "progress", "awards", "questionnaires", "budget"] {
            let unknown = try Tool.bmn("show", ledger, kind, "3801", "--cycle", "9999")
            #expect(unknown.status == 1 && unknown.text.isEmpty, "\(kind): \(unknown.text)")
            #expect(unknown.error.contains("cycleUnknown"), "\(kind): \(unknown.error)")
            let plain = try Tool.bmn("show", ledger, kind, "3801", "--cycle", "2561")
            let thai = try Tool.bmn("show", ledger, kind, "3801", "--cycle", "๒๕๖๑")
            #expect(plain.status == 0 && thai.text == plain.text, "\(kind): \(thai.error)")
        }
    }

    @Test func `households figures and appointments that changed are told, and no others`() throws {
        try change()
        let difference = try difference("--from", "\(start)")
        #expect(difference["from"] as? Int == start)
        #expect(difference["to"] as? Int == start + 5)
        let households = try #require(difference["households"] as? [[String: Any]])
        #expect(
            households.map { $0["household"] as? String } == [
                "38010101-0001", "38010101-0002", "38010102-0001",
            ]
        )
        #expect(households.map { $0["before"] as? String } == ["recorded", "recorded", "absent"])
        #expect(households.map { $0["after"] as? String } == ["recorded", "absent", "recorded"])
        let field = try #require((households[0]["changes"] as? [[String: String]])?.first)
        #expect(field == ["field": "indicator.8", "old": "1/0", "new": "1/1"])
        let figures = try #require(difference["figures"] as? [[String: Any]])
        #expect(figures.map { $0["area"] as? String } == ["3801"])
        let counts = try #require(figures[0]["changes"] as? [[String: String]])
        // Of 2 households one is gone and another came: what differs is the target and one failure.
        #expect(
            counts == [
                ["figure": "target", "old": "2", "new": "3"],
                ["figure": "indicator.8", "old": "2/0", "new": "2/1"],
            ]
        )
        let offices = try #require(difference["appointments"] as? [[String: Any]])
        #expect(offices.map { $0["person"] as? String } == ["member-1"])
        #expect((offices[0]["before"] as? [String: Any])?["validTo"] is NSNull)
        #expect((offices[0]["after"] as? [String: Any])?["validTo"] as? String == "2018-02-01")
    }

    @Test func `figures of a time in between are those of the read models then`() throws {
        try change()
        for (from, to) in [(start - 1, start + 1), (start + 1, start + 4), (start, start)] {
            let difference = try difference("--from", "\(from)", "--to", "\(to)", "--by", "lao")
            var told: [String: [String]] = [:]
            for area in try #require(difference["figures"] as? [[String: Any]]) {
                for change in try #require(area["changes"] as? [[String: String]]) {
                    told[try #require(change["figure"])] = [
                        try #require(change["old"]), try #require(change["new"]),
                    ]
                }
            }
            for figure in [8, 9] {
                let values = try [from, to].map { size in
                    let shown = try Tool.bmn(
                        "show",
                        ledger,
                        "figures",
                        "380151",
                        "--json",
                        "--as-of",
                        "\(size)"
                    ).object()
                    let rows = try #require(shown["indicators"] as? [[String: Any]])
                    let row = rows.first { $0["indicator"] as? Int == figure }
                    return "\(row?["surveyed"] as? Int ?? 0)/\(row?["failed"] as? Int ?? 0)"
                }
                let name = "indicator.\(figure)"
                #expect(told[name] == (values[0] == values[1] ? nil : values), "\(from) \(to)")
            }
        }
    }

    /// No act of its own tells that a certification does not speak for the data any more.
    @Test func `a certification that ceased to stand is told`() throws {
        try survey.certify()
        let certified = try survey.recordCount()
        let prepared = try difference("--from", "\(start)")["certifications"] as? [[String: Any]]
        #expect(prepared?.map { $0["standingAfter"] as? Bool } == [true])
        #expect(prepared?.first?["before"] is NSNull)
        try change()
        let count = try survey.recordCount()
        let told = try difference("--from", "\(certified)")["certifications"] as? [[String: Any]]
        let certification = try #require(told?.first)
        #expect(told?.count == 1)
        #expect(certification["certification"] as? String == "2561-380151-1")
        for moment in ["before", "after"] {
            #expect(certification[moment] as? String == "submitted")
            let isAfter = moment == "after"
            let name = isAfter ? "After" : "Before"
            #expect(certification["superseded" + name] as? Bool == isAfter)
            #expect(certification["standing" + name] as? Bool == !isAfter)
        }
        let text = try Tool.bmn("diff", ledger, "--from", "\(certified)")
        #expect(text.text.contains("2561-380151-1\tsubmitted\tsubmitted, superseded\tno\n"))
        let thai = try Tool.bmn("diff", ledger, "--from", "\(certified)", language: "th")
        #expect(thai.text.contains(", ข้อมูลเปลี่ยนแล้ว\tไม่\n"), "\(thai.text)")
        // Superseded before the first point and at the second one: nothing changed between them.
        for (from, to) in [(certified + 1, count), (start, start)] {
            let none = try difference("--from", "\(from)", "--to", "\(to)")
            #expect((none["certifications"] as? [Any])?.isEmpty == true, "\(from) \(to)")
        }
    }

    @Test func `people read it in Thai and the same points give nothing`() throws {
        try change()
        let thai = try Tool.bmn("diff", ledger, "--from", "\(start)", language: "th")
        #expect(thai.text.contains("ตัวชี้วัดที่ 8\t2/0\t2/1\n"), "\(thai.text)")
        #expect(thai.text.contains("\tถอนข้อมูล\tสถานะ\tบันทึกแล้ว\t-\n"), "\(thai.text)")
        let none = try difference("--from", "\(start)", "--to", "\(start)")
        for list in ["households", "figures", "appointments", "certifications"] {
            #expect((none[list] as? [Any])?.isEmpty == true, "\(list)")
        }
        let wrong = try Tool.bmn("diff", ledger, "--from", "9", "--to", "8")
        #expect(wrong.status == 2)
        let beyond = try Tool.bmn("diff", ledger, "--from", "\(start + 999)")
        #expect(beyond.status != 0 && !beyond.wasKilled)
    }

    @Test func `who recorded how much on which day is told from the records`() throws {
        try change()
        let run = try Tool.bmn("activity", ledger, "--user", "rec-1", "--json")
        #expect(run.status == 0, "\(run.error)")
        let rows = try run.objects()
        let acts = rows.reduce(0) { $0 + ($1["actCount"] as? Int ?? 0) }
        let records = try Tool.bmn("log", ledger).objects().filter {
            ($0["actor"] as? [String: Any])?["user"] as? String == "rec-1"
        }
        #expect(acts == records.count && acts > 5)
        #expect(rows.contains { $0["kind"] as? String == "householdWithdrawn" })
        let table = try Tool.bmn("activity", ledger, "--user", "rec-1", language: "th")
        #expect(table.lines.first?.hasPrefix("วันที่บันทึก\tผู้ใช้\t") == true, "\(table.text)")
        let nobody = try Tool.bmn("activity", ledger, "--user", "nobody", "--json")
        #expect(nobody.status == 0 && nobody.text.isEmpty)
    }
}
