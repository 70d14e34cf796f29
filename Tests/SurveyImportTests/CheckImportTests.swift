import Survey
import SurveyImport
import Testing

/// Rows of checks, of households that were asked again, of objections and of defects.
@Suite struct CheckImportTests {
    @Test func `Consecutive rows of a check make one command with its checkers`() throws {
        let text = file(
            .checks,
            rows: [
                [:], ["checker": "p2"], ["check": "c2", "outcome": "defective", "findings": "x"],
            ]
        )
        let imported = Imported(.checks, text)
        #expect(imported.problems.isEmpty, "\(imported.problems)")
        #expect(imported.lines == [2, 4])
        let check = try #require(imported.commands.first).recordQualityCheck
        #expect([check.check, check.cycle, check.area] == ["3801-check-1", "2561", "3801"])
        #expect(check.level == .district && check.stage == .recording && check.outcome == .sound)
        #expect(check.checkers == ["chair-380151", "p2"])
        #expect(check.sample.isEmpty && check.findings.isEmpty)
        #expect(imported.commands.first?.occurredOn == "2018-03-05")
        let second = imported.commands[1].recordQualityCheck
        #expect(second.outcome == .defective && second.findings == "x")
    }

    @Test func `A check whose rows disagree is withheld`() {
        for (column, value) in [
            ("cycle", "2562"), ("area", "3802"), ("level", "lao"), ("stage", "certifying"),
            ("sample", "s"), ("outcome", "defective"), ("findings", "x"),
            ("occurred_on", "6/3/2561"),
        ] {
            let imported = Imported(
                .checks,
                file(.checks, rows: [[:], [column: value, "checker": "p2"]])
            )
            #expect(imported.commands.isEmpty)
            #expect(imported.codes == [.orderRowsDiffer, .orderIncomplete], "\(column)")
            #expect(imported.problems.map(\.column) == [column, "check"])
        }
    }

    @Test func `A household asked again gives the answers that were asked, and no others`() throws {
        let asked = ["i01": "-", "i07": "2/1", "i04": "F"]
        var values = asked
        for column in ImportKind.reinterviews.columns.map(\.name) where column.first == "i" {
            if column.count == 3, asked[column] == nil { values[column] = "" }
        }
        let imported = Imported(.reinterviews, file(.reinterviews, values))
        #expect(imported.problems.isEmpty, "\(imported.problems)")
        let command = try #require(imported.commands.first)
        guard case .reinterviewHousehold(let interview) = command.kind else {
            Issue.record("not an interview")
            return
        }
        #expect([interview.check, interview.household] == ["3801-check-1", "38010101-0001"])
        #expect([interview.cycle, interview.checker] == ["2561", "chair-380151"])
        let counts = interview.indicators.map { [$0.indicator, $0.inScope, $0.failing] }
        #expect(counts == [[1, 0, 0], [4, 1, 1], [7, 2, 1]])
        #expect(interview.differing.isEmpty, "that is the ledger's to say")
        #expect(command.occurredOn == "2018-03-05")
        let other = try #require(
            Imported(.reinterviews, file(.reinterviews, ["check": "c2"])).commands.first
        )
        #expect(other.id != command.id)
        // Columns of indicators that nobody was asked may be left out, and wrong ones are found.
        let few = "check,cycle,household,checker,i07\nc1,2561,h-1,p1,3/4\n"
        let wrong = Imported(.reinterviews, few)
        #expect(wrong.problems.map(\.column) == ["i07"])
        #expect(wrong.codes == [.answerFailingExceeds])
    }

    @Test func `An objection and a defect become commands of their own day`() throws {
        let raised = try #require(Imported(.objections, file(.objections)).commands.first)
        let objection = raised.raiseObjection
        #expect([objection.objection, objection.area] == ["380151-ob-1", "380151"])
        #expect(objection.raisedBy == .resident && objection.indicator == 8)
        #expect([objection.household, objection.village] == ["38010101-0001", "38010101"])
        #expect(objection.presentation.isEmpty && raised.occurredOn == "2018-03-06")
        let bare = ["household": "", "village": "", "indicator": "", "occurred_on": ""]
        let plain = try #require(Imported(.objections, file(.objections, bare)).commands.first)
        #expect(plain.raiseObjection.indicator == 0 && plain.occurredOn.isEmpty)
        #expect(plain.id == raised.id)
        let found = try #require(Imported(.defects, file(.defects)).commands.first)
        let defect = found.reportDefect
        #expect([defect.defect, defect.check] == ["380151-de-1", "3801-check-1"])
        #expect(defect.severity == .minor && defect.indicator == 8)
        #expect(defect.household == "38010101-0001" && found.occurredOn == "2018-03-06")
        let wrong = Imported(.defects, file(.defects, ["severity": "huge", "indicator": "x"]))
        #expect(wrong.problems.map(\.column) == ["severity", "indicator"])
        let personal = Imported(.objections, file(.objections, ["household": "3380100000012"]))
        #expect(personal.codes == [.identifierIsPersonal])
    }
}
