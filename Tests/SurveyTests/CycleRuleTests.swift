import Survey
import Testing

@Suite struct CycleRuleTests {
    static func cycle() -> Cycle {
        var cycle = Cycle.defaults2561(province: "99")
        cycle.cycle = "2562"
        return cycle
    }

    @Test func `The defaults of 2561 are admitted and hold the letter's seven deadlines`() throws {
        var fixture = try Fixture.created()
        for area in Fixture.areas { try fixture.run(.defineArea(area)) }
        try fixture.run(.defineCycle(.defaults2561(province: "99")))
        let cycle = try #require(fixture.state.cycles["2561"])
        #expect(cycle.questionnaire.edition == "2560-2564")
        #expect(cycle.referenceDate == Day(iso: "2018-01-01"))
        #expect(cycle.cycle.requiresFullCoverage)
        let rows = cycle.deadlines.values.map { deadline in
            [
                deadline.item, deadline.deadline, deadline.due, deadline.fromLevel.name,
                deadline.toLevel.name,
            ].joined(separator: " ")
        }
        #expect(
            rows.sorted() == [
                "1.1 targets 2017-11-10 district province",
                "1.2 orders 2017-11-10 district province",
                "1.3 users 2017-11-10 district province",
                "1.5 action-plans 2017-11-30 district province",
                "2.2 lao-certification 2018-03-20 lao district",
                "2.3 district-certification 2018-03-31 district province",
                "4.2 awards 2018-03-20 district province",
            ]
        )
        let reports = cycle.deadlines.values.filter { $0.act == .reportSubmitted }
        #expect(reports.isEmpty)
        #expect(cycle.deadlines["action-plans"]?.act == .plansSubmitted)
        #expect(cycle.deadlines["awards"]?.act == .awardsReported)
        #expect(cycle.deadlines.values.allSatisfy { !$0.titleTh.isEmpty && !$0.titleEn.isEmpty })
    }

    @Test func `A cycle is defined once`() throws {
        var fixture = try Fixture.defined()
        #expect(throws: Rejection(.cycleAlreadyDefined, "2561")) {
            try fixture.run(.defineCycle(.defaults2561(province: "99")))
        }
    }

    @Test func `A cycle that nobody defined is refused wherever it is named`() throws {
        var fixture = try Fixture.targeted()
        let expected = Rejection(.cycleUnknown, "2599")
        var order = Order.sample("o", .collector, "9901", "collector-1")
        order.cycle = "2599"
        var target = Target.sample("99010101", "9981", 1)
        target.cycle = "2599"
        var revision = TargetRevision.sample("99010101", "9981", 5)
        revision.cycle = "2599"
        var record = RecordHousehold.sample("h-1")
        record.cycle = "2599"
        var correction = CorrectHousehold.sample("h-1")
        correction.cycle = "2599"
        var visit = HouseholdNotCollected.sample("h-1")
        visit.cycle = "2599"
        var withdrawal = HouseholdWithdrawn.sample("h-1")
        withdrawal.cycle = "2599"
        var preparation = PrepareCertification.sample("9981")
        preparation.cycle = "2599"
        var report = Report.sample("summary", "9901")
        report.cycle = "2599"
        var change = DeadlineChange()
        change.cycle = "2599"
        let commands: [Command.OneOf_Kind] = [
            .issueOrder(order), .setTarget(target), .reviseTarget(revision),
            .recordHousehold(record), .correctHousehold(correction), .recordNotCollected(visit),
            .withdrawHousehold(withdrawal), .prepareCertification(preparation),
            .submitReport(report), .changeDeadline(change),
        ]
        for command in commands {
            #expect(throws: expected) { try fixture.run(command) }
        }
    }

    @Test func `A questionnaire edition that the ledger does not know is refused`() throws {
        var fixture = try Fixture.defined()
        var cycle = Self.cycle()
        cycle.edition = "2566-2570"
        #expect(throws: Rejection(.editionUnknown, "2566-2570")) {
            try fixture.run(.defineCycle(cycle))
        }
    }

    @Test(arguments: ["2559", "2565", "2599", "2018", "561", "02561", "2561.0", "bmn-2561"])
    func `A cycle is a year of its edition, written as that year alone`(name: String) throws {
        var fixture = try Fixture.defined()
        var cycle = Self.cycle()
        cycle.cycle = name
        #expect(throws: Rejection(.cycleOutsideEdition, name)) {
            try fixture.run(.defineCycle(cycle))
        }
        cycle.cycle = "2560"
        try fixture.run(.defineCycle(cycle))
    }

    @Test func `A reference date lies in the cycle's year or one beside it`() throws {
        let days = [
            ("1900-01-01", false), ("2016-12-31", false), ("2017-01-01", true),
            ("2019-12-31", true), ("2020-01-01", false),
        ]
        for (day, isNear) in days {
            var fixture = try Fixture.created()
            try fixture.run(.defineArea(.sample("99", .province, "")))
            var cycle = Cycle.defaults2561(province: "99")
            cycle.referenceDate = day
            if isNear {
                try fixture.run(.defineCycle(cycle))
            } else {
                #expect(throws: Rejection(.referenceDateOutsideCycle, day)) {
                    try fixture.run(.defineCycle(cycle))
                }
            }
        }
    }

    @Test func `Two deadlines of one name are refused`() throws {
        var fixture = try Fixture.defined()
        var cycle = Self.cycle()
        cycle.deadlines.append(cycle.deadlines[0])
        #expect(throws: Rejection(.deadlineDuplicate, "targets")) {
            try fixture.run(.defineCycle(cycle))
        }
    }

    @Test(
        arguments: [
            (.unspecified, .province), (.district, .unspecified), (.district, .district),
            (.province, .district), (.tambon, .lao), (.UNRECOGNIZED(7), .province),
        ] as [(Area.Level, Area.Level)]
    )
    func `A deadline that leads to no higher level is refused`(
        from: Area.Level,
        to: Area.Level
    ) throws {
        var fixture = try Fixture.defined()
        var cycle = Self.cycle()
        cycle.deadlines[0].fromLevel = from
        cycle.deadlines[0].toLevel = to
        #expect(throws: Rejection(.deadlineLevelMismatch, "targets")) {
            try fixture.run(.defineCycle(cycle))
        }
    }

    @Test func `A value that this version does not know is refused`() throws {
        var fixture = try Fixture.staffed()
        var cycle = Self.cycle()
        cycle.deadlines[0].act = .UNRECOGNIZED(99)
        #expect(throws: Rejection(.valueUnknown, "act")) { try fixture.run(.defineCycle(cycle)) }
        cycle.deadlines[0].act = .unspecified
        #expect(throws: Rejection(.commandIncomplete, "act")) {
            try fixture.run(.defineCycle(cycle))
        }
        let order = Order.sample("o", .UNRECOGNIZED(99), "9901", "collector-1")
        #expect(throws: Rejection(.valueUnknown, "kind")) { try fixture.run(.issueOrder(order)) }
        var visit = HouseholdNotCollected.sample("h-1")
        visit.reason = .UNRECOGNIZED(99)
        #expect(throws: Rejection(.valueUnknown, "reason")) {
            try fixture.run(.recordNotCollected(visit))
        }
    }

    @Test func `A certification rule must be of LAO or district, once, and ask for something`()
        throws
    {
        var fixture = try Fixture.defined()
        var rule = CertificationRule()
        rule.level = .lao
        rule.minimumSignatures = 1
        var tambon = rule
        tambon.level = .tambon
        var empty = rule
        empty.minimumSignatures = 0
        var excessive = rule
        excessive.minimumSignatures = 100
        var unknownRole = rule
        unknownRole.requiredRoles = ["governor"]
        var twice = rule
        twice.requiredRoles = ["chair", "chair"]
        for rules in [[tambon], [empty], [excessive], [unknownRole], [twice], [rule, rule]] {
            var cycle = Self.cycle()
            cycle.certificationRules = rules
            #expect(throws: Rejection(.certificationRuleInvalid, rules[0].level.name)) {
                try fixture.run(.defineCycle(cycle))
            }
        }
        var cycle = Self.cycle()
        cycle.certificationRules = [rule]
        try fixture.run(.defineCycle(cycle))
    }

    @Test func `A deadline is moved with a reason, to another day, if the cycle has it`() throws {
        var fixture = try Fixture.defined()
        var change = DeadlineChange()
        change.cycle = "2561"
        change.deadline = "awards"
        change.due = "2018-03-27"
        change.reason = "a holiday"
        try fixture.run(.changeDeadline(change))
        #expect(fixture.state.cycles["2561"]?.deadlines["awards"]?.due == "2018-03-27")
        #expect(throws: Rejection(.deadlineUnchanged, "awards")) {
            try fixture.run(.changeDeadline(change))
        }
        change.deadline = "none"
        #expect(throws: Rejection(.deadlineUnknown, "none")) {
            try fixture.run(.changeDeadline(change))
        }
    }

    @Test func `An area of another province is refused in every act of the cycle`() throws {
        var fixture = try Fixture.staffed()
        try fixture.run(.defineArea(.sample("98", .province, "")))
        try fixture.run(.defineArea(.sample("9801", .district, "98")))
        try fixture.run(.defineArea(.sample("980101", .tambon, "9801")))
        try fixture.run(.defineArea(.sample("98010101", .village, "980101")))
        try fixture.run(.defineArea(.sample("9881", .lao, "9801", covering: ["980101"])))
        #expect(throws: Rejection(.areaOutsideCycle, "98010101")) {
            try fixture.run(.setTarget(.sample("98010101", "9881", 1)))
        }
        #expect(throws: Rejection(.areaOutsideCycle, "9801")) {
            try fixture.run(.issueOrder(.sample("o", .collector, "9801", "collector-1")))
        }
        #expect(throws: Rejection(.areaOutsideCycle, "9801")) {
            try fixture.run(.submitReport(.sample("summary", "9801")))
        }
        #expect(throws: Rejection(.areaOutsideCycle, "9881")) { try fixture.prepare("9881") }
    }

    @Test func `A report meets a deadline once, of its level, if a report is what it asks`() throws
    {
        var fixture = try Fixture.defined()
        try fixture.run(.submitReport(.sample("summary", "9901")))
        try fixture.run(.submitReport(.sample("summary", "9902")))
        #expect(throws: Rejection(.reportAlreadySubmitted, "report/2561/summary/9901")) {
            try fixture.run(.submitReport(.sample("summary", "9901")))
        }
        #expect(throws: Rejection(.areaLevelMismatch, "990101")) {
            try fixture.run(.submitReport(.sample("summary", "990101")))
        }
        #expect(throws: Rejection(.deadlineUnknown, "daily")) {
            try fixture.run(.submitReport(.sample("daily", "9901")))
        }
    }

    @Test func `A deadline that another act meets takes no report`() throws {
        var fixture = try Fixture.defined()
        #expect(throws: Rejection(.deadlineActMismatch, "targets")) {
            try fixture.run(.submitReport(.sample("targets", "9901")))
        }
    }
}
