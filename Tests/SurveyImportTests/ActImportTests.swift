import Survey
import SurveyImport
import Testing

/// Rows of letters, meetings, co-operation, plans, orders' papers, awards, money and presentations.
@Suite struct ActImportTests {
    private func commands(
        _ kind: ImportKind,
        _ rows: [[String: String]] = [[:]]
    ) throws -> [Command] {
        let imported = Imported(kind, file(kind, rows: rows))
        try #require(imported.problems.isEmpty, "\(imported.problems)")
        return imported.commands
    }

    /// But that a paper is withheld for a bad row of it.
    private func problems(_ kind: ImportKind, _ values: [String: String]) -> [String] {
        Imported(kind, file(kind, values)).problems.filter { $0.code != .orderIncomplete }
            .map { "\($0.column) \($0.code.rawValue)" }
    }

    @Test func `A letter keeps what was read and what is understood apart, and has addressees`()
        throws
    {
        let rows = [["area": "3801"], ["area": "3802"]]
        let command = try #require(try commands(.directives, rows).first)
        let letter = command.issueDirective
        #expect(letter.toAreas == ["3801", "3802"])
        #expect(letter.number.asRead == "บก ๐๐๙.๔/ ว ๓๘๑")
        #expect(letter.number.asUnderstood == "บก 0019.4/ว 381")
        #expect(letter.number.certainty == .likely)
        #expect(letter.date.asRead == "๗๗ ตุลาคม ๒๕๖๐")
        #expect(letter.date.asUnderstood == "2017-10")
        #expect(letter.date.certainty == .unknown)
        #expect(command.occurredOn == "2017-10-30")
        let sure = [
            "date": "27 ตุลาคม 2560", "date_as_read": "", "date_certainty": "", "number": "ว 1",
            "number_as_read": "", "number_certainty": "",
        ]
        let plain = try #require(try commands(.directives, [sure]).first).issueDirective
        #expect(plain.date.asUnderstood == "2017-10-27" && plain.date.asRead == "27 ตุลาคม 2560")
        #expect([plain.date.certainty, plain.number.certainty] == [.certain, .certain])
        // A list has what was read in place of what nobody understood.
        let lost = ["date": "๗๗ ตุลาคม", "date_as_read": "๗๗ ตุลาคม", "date_certainty": "unknown"]
        let unread = try #require(try commands(.directives, [lost]).first).issueDirective
        #expect(unread.date.asRead == "๗๗ ตุลาคม" && unread.date.asUnderstood.isEmpty)
        #expect(problems(.directives, ["date": "31/2/2560"]) == ["date dateNoSuchDay"])
        #expect(
            problems(.directives, ["number_certainty": "sure"])
                == ["number_certainty wordUnknown"]
        )
    }

    @Test func `Rows of one paper must agree and follow each other`() {
        let text = file(
            .directives,
            rows: [
                ["directive": "a"], ["directive": "a", "area": "3802", "subject": "another"],
                ["directive": "b"], ["directive": "a", "area": "3803"], ["directive": "c"],
            ]
        )
        let imported = Imported(.directives, text)
        #expect(imported.commands.map(\.issueDirective.directive) == ["b", "c"])
        #expect(
            imported.codes == [
                .orderRowsDiffer, .orderIncomplete, .orderNotConsecutive, .orderIncomplete,
            ]
        )
        #expect(
            imported.problems.map(\.column) == ["subject", "directive", "directive", "directive"]
        )
    }

    @Test func `A receipt is the act of its day`() throws {
        let command = try #require(try commands(.directiveReceipts).first)
        #expect(command.receiveDirective.area == "3801")
        #expect(command.receiveDirective.registerNumber == "1201")
        #expect(command.occurredOn == "2017-10-31")
    }

    @Test func `Minutes have who came in one column and a resolution in each row`() throws {
        let called = try #require(try commands(.meetings).first)
        #expect(called.callMeeting.scheduledOn == "2017-11-20")
        #expect(called.occurredOn == "2017-11-13")
        let shared = ["attendees": "chair-1 | member-1", "guests": "๑๒"]
        let rows = [
            shared,
            shared.merging(["resolution": "สอง", "dissents": "member-1|ช้าไป; chair-1 | เร็วไป"]) {
                $1
            },
        ]
        let minutes = try #require(try commands(.minutes, rows).first).holdMeeting
        #expect(minutes.attendees == ["chair-1", "member-1"])
        #expect(minutes.guestCount == 12)
        #expect(minutes.resolutions.map(\.forCount) == [1, 1])
        let dissenters = minutes.resolutions.map { $0.dissents.map(\.person) }
        #expect(dissenters == [[], ["member-1", "chair-1"]])
        #expect(minutes.resolutions[1].dissents.map(\.reason) == ["ช้าไป", "เร็วไป"])
        let none = try #require(try commands(.minutes, [["resolution": ""]]).first)
        #expect(none.holdMeeting.resolutions.isEmpty)
        #expect(problems(.minutes, ["dissents": "member-1"]) == ["dissents[1] valueMissing"])
        #expect(
            problems(.minutes, ["attendees": "chair-1|1101700203450"])
                == ["attendees identifierIsPersonal"]
        )
    }

    @Test func `A request asks several LAOs and cites papers; each answers`() throws {
        let rows = [["lao": "380151", "cites": "ก | ข"], ["lao": "380152", "cites": "ก | ข"]]
        let request = try #require(try commands(.cooperation, rows).first).requestCooperation
        #expect(request.toAreas == ["380151", "380152"])
        #expect(request.cites.map(\.asRead) == ["ก", "ข"])
        #expect(request.documentNumber == "บก 0119/ว 55")
        let answer = try #require(try commands(.cooperationAnswers).first)
        #expect(answer.answerCooperation.answer == .agreed)
        #expect(answer.occurredOn == "2017-11-20")
        // As `bmn list cooperation` calls the column.
        let listed = "request,lao,state,answered_on\r\nask,380151,partly,2017-11-20\r\n"
        let partly = Imported(.cooperationAnswers, listed)
        #expect(partly.commands.first?.answerCooperation.answer == .partly)
        #expect(problems(.cooperationAnswers, ["answer": "open"]) == ["answer wordUnknown"])
    }

    @Test func `A plan has a step in each row, and another id on another day`() throws {
        let rows = [[:], ["step": "certify", "kind": "certifying"]]
        let first = try #require(try commands(.plans, rows).first)
        #expect(first.draftActionPlan.steps.map(\.step) == ["collect", "certify"])
        #expect(first.draftActionPlan.steps.map(\.kind) == [.collecting, .certifying])
        let later = try #require(try commands(.plans, [["occurred_on": "16/11/2560"]]).first)
        #expect(first.id != later.id)
        let done = try #require(try commands(.planOutcomes).first)
        #expect(done.finishPlanStep.doneOn == "2018-02-20" && done.occurredOn == "2018-02-20")
    }

    @Test func `An amendment adds and removes; circulations and submissions are one area each`()
        throws
    {
        let rows = [
            [:], ["person": "p2", "change": "removed", "role": ""],
            ["number": "3/2561", "person": "p3"],
        ]
        let amendments = try commands(.amendments, rows).map(\.amendOrder)
        #expect(amendments.map(\.added.count) == [1, 1])
        #expect(amendments.map(\.removedPersons) == [["p2"], []])
        #expect(amendments[0].added[0].role == "recorder")
        #expect(problems(.amendments, ["role": ""]) == ["role valueMissing"])
        let circulated = try #require(try commands(.circulations).first)
        #expect(circulated.circulateOrder.toAreas == ["380101"])
        let submitted = try #require(try commands(.submissions).first)
        #expect(submitted.submitOrder.toArea == "38" && submitted.occurredOn == "2017-11-10")
    }

    @Test func `An award's nominee and winner are a person, or an LAO where it is for LAOs`() throws
    {
        let lao = ["kind": "lao_award", "nominee": "380151", "winner": "380151"]
        let nominees = try commands(.nominees, [[:], lao]).map(\.enterNominee)
        #expect(nominees.map(\.person) == ["col-380101-01", ""])
        #expect(nominees.map(\.lao) == ["", "380151"])
        let awards = try commands(.awards, [["deciders": "chair-1|chair-2"], lao])
        #expect(awards.map(\.decideAward.lao) == ["", "380151"])
        #expect(awards[0].decideAward.deciders == ["chair-1", "chair-2"])
        #expect(awards[0].occurredOn == "2018-03-20")
        #expect(problems(.awards, ["deciders": ""]) == ["deciders valueMissing"])
    }

    @Test(
        arguments: [
            ("15,000.00", "", 1_500_000), ("๑,๕๐๐.๕", "", 150_050), ("2000", "", 200_000),
            ("0.01", "", 1), ("", "200050", 200_050), ("", "1000000000", 1_000_000_000),
        ] as [(String, String, UInt64)]
    )
    func `An amount is read in baht or in satang`(
        baht: String,
        satang: String,
        amount: UInt64
    ) throws {
        let values = ["amount_baht": baht, "amount_satang": satang]
        let budget = try #require(try commands(.budget, [values]).first)
        #expect(budget.allocateBudget.amountSatang == amount)
        let spent = try #require(try commands(.expenses, [values]).first)
        #expect(spent.spendBudget.amountSatang == amount)
        #expect(spent.occurredOn == "2017-12-20")
    }

    @Test(arguments: [
        ("1,5", "", "amount_baht amountMalformed"), ("1.005", "", "amount_baht amountMalformed"),
        ("-1", "", "amount_baht amountMalformed"), ("1.", "", "amount_baht amountMalformed"),
        ("1", "100", "amount_satang amountMalformed"), ("", "", "amount_baht valueMissing"),
        ("", "1.5", "amount_satang amountMalformed"), ("1e3", "", "amount_baht amountMalformed"),
    ])
    func `What is no amount is refused`(baht: String, satang: String, problem: String) {
        let values = ["amount_baht": baht, "amount_satang": satang]
        #expect(problems(.budget, values) == [problem])
    }

    @Test func `A presentation names who presents, and a user the key to sign with`() throws {
        let shown = try #require(try commands(.presentations).first)
        #expect(shown.presentResults.presenter == "chair-380151" && shown.occurredOn.isEmpty)
        let key = String(repeating: "0a", count: 32)
        let values = ["public_key": key.uppercased(), "certificate": key]
        let user = try #require(try commands(.users, [values]).first).registerUser
        #expect(user.publicKey.count == 32 && user.publicKey.allSatisfy { $0 == 10 })
        #expect(user.certificate == key)
        #expect(problems(.users, ["public_key": "0a"]) == ["public_key keyMalformed"])
    }
}
