import Survey
import Testing

/// Letters as they are read and understood, and who received them.
@Suite struct DirectiveRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.staffed() }

    private func refusal(_ change: (inout Directive) -> Void) -> Rejection? {
        var directive = Directive.sample
        change(&directive)
        return rejection(fixture.state, Event(.directiveIssued(directive)))
    }

    @Test mutating func `A directive is issued once, to known areas of the cycle`() throws {
        #expect(refusal { $0.toAreas = [] } == Rejection(.commandIncomplete, "toAreas"))
        #expect(refusal { $0.toAreas = ["9901", "9903"] } == Rejection(.areaUnknown, "9903"))
        #expect(refusal { $0.toAreas = ["9901", "9901"] } == Rejection(.areaNamedTwice, "9901"))
        #expect(refusal { $0.fromArea = "" } == Rejection(.areaUnknown, ""))
        #expect(refusal { $0.cycle = "2562" } == Rejection(.cycleUnknown, "2562"))
        try fixture.run(.defineArea(.sample("98", .province, "")))
        #expect(refusal { $0.toAreas = ["98"] } == Rejection(.areaOutsideCycle, "98"))
        try fixture.run(.issueDirective(.sample))
        #expect(throws: Rejection(.directiveAlreadyIssued, "letter-1")) {
            try fixture.run(.issueDirective(.sample))
        }
    }

    @Test func `What is certain or likely is said, and what is unknown need not be`() {
        for certainty in [Reading.Certainty.certain, .likely] {
            let number = Reading.sample("๓๘๑", "", certainty)
            #expect(
                refusal { $0.number = number }
                    == Rejection(.commandIncomplete, "number.asUnderstood")
            )
        }
        #expect(refusal { $0.number = .sample("๓๘๑", "", .unknown) } == nil)
        #expect(
            refusal { $0.number.certainty = .unspecified }
                == Rejection(.commandIncomplete, "number.certainty")
        )
        #expect(
            refusal { $0.date.certainty = .UNRECOGNIZED(9) }
                == Rejection(.valueUnknown, "date.certainty")
        )
        #expect(refusal { $0.clearNumber() } == Rejection(.commandIncomplete, "number"))
        #expect(refusal { $0.clearDate() } == Rejection(.commandIncomplete, "date"))
        #expect(
            refusal { $0.number.asRead = " " } == Rejection(.commandIncomplete, "number.asRead")
        )
    }

    @Test(arguments: ["2017-10-17", "2017-10", "2017", ""])
    func `A date is understood as a day, a month, a year or not at all`(text: String) {
        #expect(refusal { $0.date = .sample("ตุลาคม", text, .unknown) } == nil)
    }

    @Test(arguments: [
        ("2017-10-77", RejectionCode.dateMalformed), ("2017-13", .dateMalformed),
        ("17 ตุลาคม", .dateMalformed), ("2560-10-17", .dateLooksBuddhist),
        ("2560-10", .dateLooksBuddhist), ("2560", .dateLooksBuddhist),
        ("2018-02-02", .dayAfterAct), ("2018-03", .dayAfterAct), ("2019", .dayAfterAct),
    ])
    func `A date that is none, of another era or of a day to come is refused`(
        text: String,
        code: RejectionCode
    ) {
        #expect(
            refusal { $0.date = .sample("ตุลาคม", text) } == Rejection(code, "date.asUnderstood")
        )
    }

    @Test func `A paper is named by its digest, size and media type, once`() {
        let changes: [(inout Document) -> Void] = [
            { $0.sha256 = "" }, { $0.sha256 = String(repeating: "A", count: 64) },
            { $0.sha256 = String(repeating: "a", count: 63) }, { $0.byteCount = 0 },
            { $0.byteCount = 1 << 30 + 1 }, { $0.mediaType = "pdf" },
            { $0.mediaType = "application/" }, { $0.mediaType = "a/b/c" },
            { $0.mediaType = "text/plain; charset=utf-8" },
        ]
        for change in changes {
            #expect(
                refusal { change(&$0.documents[1]) }
                    == Rejection(.documentMalformed, "documents[2]")
            )
        }
        #expect(
            refusal { $0.documents[1] = $0.documents[0] }
                == Rejection(.documentDuplicate, "documents[2]")
        )
        #expect(refusal { $0.documents = [] } == nil)
    }

    @Test mutating func `A directive is received by each area it is addressed to, once`() throws {
        #expect(throws: Rejection(.directiveUnknown, "letter-1")) {
            try fixture.run(.receiveDirective(.sample("9901")))
        }
        try fixture.run(.issueDirective(.sample))
        #expect(throws: Rejection(.areaNotAddressed, "990101")) {
            try fixture.run(.receiveDirective(.sample("990101")))
        }
        try fixture.run(.receiveDirective(.sample("9901")))
        try fixture.run(.receiveDirective(.sample("9902")))
        #expect(throws: Rejection(.directiveAlreadyReceived, "9901")) {
            try fixture.run(.receiveDirective(.sample("9901", on: "2017-10-21")))
        }
    }

    @Test mutating func `A directive is received from the first day on that its date can mean`()
        throws
    {
        try fixture.run(.issueDirective(.sample))
        #expect(throws: Rejection(.dayTooEarly, "receivedOn")) {
            try fixture.run(.receiveDirective(.sample("9901", on: "2017-09-30")))
        }
        #expect(throws: Rejection(.dayAfterAct, "receivedOn")) {
            try fixture.run(.receiveDirective(.sample("9901", on: "2018-02-02")))
        }
        try fixture.run(.receiveDirective(.sample("9901", on: "2017-10-01")))
    }

    private func problem(_ change: (inout DirectiveRevision) -> Void) -> Rejection? {
        var revision = DirectiveRevision.sample
        change(&revision)
        return rejection(fixture.state, Event(.directiveRevised(revision)))
    }

    @Test
    mutating func `A directive is read anew with a reason, and only where that changes something`()
        throws
    {
        #expect(throws: Rejection(.directiveUnknown, "letter-1")) {
            try fixture.run(.reviseDirective(.sample))
        }
        try fixture.run(.issueDirective(.sample))
        #expect(problem { $0.reason = "" } == Rejection(.reasonMissing, "reason"))
        #expect(problem { $0.subject = " " } == Rejection(.commandIncomplete, "subject"))
        #expect(
            problem { $0.number.certainty = .unspecified }
                == Rejection(.commandIncomplete, "number.certainty")
        )
        #expect(
            problem { $0.date.asUnderstood = "2560-10-17" }
                == Rejection(.dateLooksBuddhist, "date.asUnderstood")
        )
        var nothing = DirectiveRevision()
        (nothing.directive, nothing.reason) = ("letter-1", "looked again")
        #expect(throws: Rejection(.directiveUnchanged, "letter-1")) {
            try fixture.run(.reviseDirective(nothing))
        }
        nothing.number = Directive.sample.number
        #expect(throws: Rejection(.directiveUnchanged, "letter-1")) {
            try fixture.run(.reviseDirective(nothing))
        }
        try fixture.run(.receiveDirective(.sample("9901", on: "2017-10-20")))
        #expect(
            problem { $0.date = .sample("๒๑ ตุลาคม", "2017-10-21", .certain) }
                == Rejection(.dayTooEarly, "receivedOn")
        )
        try fixture.run(.reviseDirective(.sample))
        let directive = fixture.state.directives["letter-1"]
        #expect(directive?.date.asUnderstood == "2017-10-17")
        #expect(directive?.subject == DirectiveRevision.sample.subject)
        // The new date counts for whoever receives it later.
        #expect(throws: Rejection(.dayTooEarly, "receivedOn")) {
            try fixture.run(.receiveDirective(.sample("9902", on: "2017-10-16")))
        }
    }
}
