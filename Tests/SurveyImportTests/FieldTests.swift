import Survey
import SurveyImport
import Testing

/// What forms know of columns, which is what the rules of rows say.
@Suite struct FieldTests {
    private func own(_ kind: ImportKind) -> [String] {
        kind.fields(of: .bmn2560).filter(\.isOfRow).map(\.column.name)
    }

    private func input(_ kind: ImportKind, _ column: String) -> ImportInput? {
        kind.fields(of: .bmn2560).first { $0.column.name == column }?.input
    }

    @Test func `The columns in which rows of one act differ are those of its parts`() {
        let expected: [ImportKind: [String]] = [
            .appointments: ["person", "role", "appointment_area"],
            .trainings: ["person", "part"], .checks: ["checker"], .directives: ["area"],
            .minutes: ["resolution", "for", "against", "abstained", "dissents"],
            .cooperation: ["lao"],
            .plans: ["step", "kind", "text", "starts_on", "due", "responsible", "office"],
            .amendments: ["person", "change", "role", "appointment_area"],
            .publicReviews: ["attendance", "count"],
        ]
        for kind in ImportKind.allCases where kind != .answers {
            #expect(own(kind) == expected[kind] ?? [], "\(kind)")
        }
    }

    @Test func `A column takes what its rule takes`() {
        #expect(input(.meetings, "scheduled_on") == .day)
        #expect(input(.meetings, "occurred_on") == .day)
        #expect(input(.meetings, "area") == .areaCode([2, 4, 6, 8]))
        #expect(input(.meetings, "agenda") == .text)
        #expect(input(.minutes, "for") == .count)
        #expect(input(.persons, "synthetic") == .flag)
        #expect(input(.checks, "outcome") == .words(["sound", "defective"]))
        #expect(input(.publicReviews, "outcome") == .words(["confirmed", "objected"]))
        #expect(input(.amendments, "change") == .words(["added", "removed"]))
        #expect(input(.targets, "households") == .count)
    }

    @Test(arguments: ImportKind.allCases)
    func `A file of rows is read as its rows`(kind: ImportKind) {
        let row = Dictionary(uniqueKeysWithValues: kind.columns.map { ($0.name, $0.example) })
        let bytes = kind.file(of: [row], .bmn2560)
        #expect(Imported(kind, bytes: bytes).commands == Imported(kind, file(kind)).commands)
    }
}

/// Plans on their way, reports, reviews and withdrawals.
@Suite struct LaterActImportTests {
    private func command(_ kind: ImportKind, _ rows: [[String: String]] = [[:]]) throws -> Command {
        let imported = Imported(kind, file(kind, rows: rows))
        try #require(imported.problems.isEmpty, "\(imported.problems)")
        #expect(imported.commands.count == 1)
        return try #require(imported.commands.first)
    }

    private func problems(_ kind: ImportKind, _ values: [String: String]) -> [String] {
        Imported(kind, file(kind, values)).problems.filter { $0.code != .orderIncomplete }
            .map { "\($0.column) \($0.code.rawValue)" }
    }

    @Test func `A plan is sent on, accepted or returned on the day of the paper`() throws {
        let sent = try command(.planSubmissions, [["document_number": "ว 9"]])
        #expect(sent.submitActionPlan.plan == "380101-plan-2561")
        #expect(sent.submitActionPlan.toArea == "3801")
        #expect(sent.submitActionPlan.submittedOn == "2017-11-16")
        #expect(sent.submitActionPlan.documentNumber == "ว 9")
        #expect(sent.occurredOn == "2017-11-16")
        let accepted = try command(.planAcceptances)
        #expect(accepted.acceptActionPlan.byArea == "3801")
        #expect(accepted.acceptActionPlan.acceptedOn == "2017-11-20")
        #expect(accepted.occurredOn == "2017-11-20")
        let returned = try command(.planReturns)
        #expect(returned.returnActionPlan.reason == "ไม่มีผู้รับผิดชอบหมู่ 5")
        #expect(returned.returnActionPlan.returnedOn == "2017-11-20")
        #expect(returned.id != (try command(.planReturns, [["returned_on": "21/11/2560"]])).id)
        #expect(problems(.planReturns, ["reason": ""]) == ["reason valueMissing"])
        #expect(
            problems(.planSubmissions, ["submitted_to": "380101"]) == ["submitted_to codeMalformed"]
        )
    }

    @Test func `A report of awards names the district and to whom`() throws {
        let report = try command(.awardReports)
        #expect(report.reportAwards.cycle == "2561" && report.reportAwards.area == "3801")
        #expect(report.reportAwards.toArea == "38")
        #expect(report.reportAwards.reportedOn == "2018-03-25")
        #expect(report.occurredOn == "2018-03-25")
        #expect(problems(.awardReports, ["reported_on": "25/3"]) == ["reported_on dateUnreadable"])
    }

    @Test func `A public review counts each class of people in a row`() throws {
        let rows = [
            ["attendance": "resident", "count": "25"],
            ["attendance": "village_head", "count": "1"],
        ]
        let command = try command(.publicReviews, rows)
        let review = command.holdPublicReview
        #expect(review.attendance.map(\.kind) == [.resident, .villageHead])
        #expect(review.attendance.map(\.count) == [25, 1])
        #expect(review.persons == ["chair-380151"] && review.outcome == .confirmed)
        #expect(command.occurredOn == "2018-03-05")
        let other = Imported(
            .publicReviews,
            file(.publicReviews, rows: [[:], ["outcome": "objected", "attendance": "others"]])
        )
        #expect(other.problems.map(\.column) == ["outcome", "presentation"])
        #expect(other.problems.first?.english == "All rows of one review must agree in this.")
    }

    @Test func `A withdrawal says what, which part and why`() throws {
        let plan = try command(.withdrawals)
        #expect(plan.withdrawPaper.kind == .plan && plan.withdrawPaper.paper == "380101-plan-2561")
        #expect(plan.occurredOn == "2018-02-25")
        let nomination = try command(
            .withdrawals,
            [
                [
                    "kind": "nomination", "paper": "collector", "area": "3801", "cycle": "๒๕๖๑",
                    "part": "col-380101-01",
                ]
            ]
        )
        let withdrawal = nomination.withdrawPaper
        #expect(withdrawal.kind == .nomination && withdrawal.cycle == "2561")
        #expect(withdrawal.area == "3801" && withdrawal.part == "col-380101-01")
        #expect(problems(.withdrawals, ["kind": "letter"]) == ["kind wordUnknown"])
        #expect(problems(.withdrawals, ["reason": " "]) == ["reason valueMissing"])
        let kinds = PaperWithdrawal.Kind.allCases.filter { $0 != .unspecified }.map(\.name)
        for kind in kinds { #expect(problems(.withdrawals, ["kind": kind]).isEmpty, "\(kind)") }
    }

    @Test func `A refusal is found in the column that it is about`() throws {
        for (kind, code, subject, column) in [
            (.planSubmissions, .planAlreadySubmitted, "3801", "submitted_to"),
            (.planSubmissions, .areaUnknown, "3801", "submitted_to"),
            (.planAcceptances, .planNotSubmitted, "3801", "by_area"),
            (.planReturns, .dayTooEarly, "returnedOn", "returned_on"),
            (.awardReports, .areaUnknown, "38", "reported_to"),
            (.awardReports, .areaUnknown, "3801", "area"),
            (.awardReports, .awardsUndecided, "3801", "area"),
            (.publicReviews, .attendanceNamedTwice, "resident", "attendance"),
            (.publicReviews, .commandIncomplete, "attendance.count", "count"),
            (.withdrawals, .paperNotRecorded, "p 3801", "paper"),
            (.withdrawals, .commandIncomplete, "area", "area"),
            (.withdrawals, .commandIncomplete, "part", "part"),
            (.withdrawals, .textMalformed, "reason", "reason"),
        ] as [(ImportKind, RejectionCode, String, String)] {
            let found = kind.column(of: Rejection(code, subject), in: try command(kind))
            #expect(found == column, "\(kind) \(code)")
        }
    }
}
