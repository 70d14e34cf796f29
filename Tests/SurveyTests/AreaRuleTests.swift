import Survey
import Testing

@Suite struct AreaRuleTests {
    @Test func `Areas are defined from the province down and revised with a reason`() throws {
        var fixture = try Fixture.defined()
        #expect(fixture.state.areas.count == Fixture.areas.count)
        var revision = AreaRevision()
        revision.code = "9981"
        revision.reason = "merged"
        revision.nameTh = "เทศบาลใหม่"
        revision.nameEn = "New Municipality"
        revision.validTo = "2019-12-31"
        revision.covered.codes = ["990101", "990201"]
        try fixture.run(.reviseArea(revision))
        let area = try #require(fixture.state.areas["9981"])
        #expect(area.area.nameTh == "เทศบาลใหม่")
        #expect(area.area.nameEn == "New Municipality")
        #expect(area.validTo == Day(iso: "2019-12-31"))
        #expect(area.area.coveredCodes == ["990101", "990201"])
        #expect(throws: Rejection(.areaUnchanged, "9981")) {
            try fixture.run(.reviseArea(revision))
        }
    }

    @Test(
        arguments: [
            ("9", .province), ("ab", .province), ("๙๙", .province), ("990", .district),
            ("99011", .tambon), ("9901010", .village), ("99050", .lao), ("99", .unspecified),
            ("99", .UNRECOGNIZED(9)),
        ] as [(String, Area.Level)]
    )
    func `A code that does not fit its level is refused`(code: String, level: Area.Level) throws {
        var fixture = try Fixture.created()
        #expect(throws: Rejection(.areaCodeMalformed, code)) {
            try fixture.run(.defineArea(.sample(code, level, "")))
        }
    }

    @Test func `An area is defined once`() throws {
        var fixture = try Fixture.defined()
        #expect(throws: Rejection(.areaAlreadyDefined, "9901")) {
            try fixture.run(.defineArea(.sample("9901", .district, "99")))
        }
    }

    @Test func `An area that nobody defined is refused wherever it is named`() throws {
        var fixture = try Fixture.targeted()
        #expect(throws: Rejection(.areaUnknown, "9903")) {
            try fixture.run(.defineArea(.sample("990301", .tambon, "9903")))
        }
        #expect(throws: Rejection(.areaUnknown, "9903")) { try fixture.prepare("9903") }
        #expect(throws: Rejection(.areaUnknown, "99010199")) {
            try fixture.run(.setTarget(.sample("99010199", "9981", 1)))
        }
        #expect(throws: Rejection(.areaUnknown, "990199")) {
            try fixture.run(
                .defineArea(.sample("9982", .lao, "9901", covering: ["990199"]))
            )
        }
    }

    @Test(
        arguments: [
            ("98", .province, "99"), ("9801", .district, "99"), ("990202", .tambon, "9901"),
            ("99010103", .village, "9901"), ("9882", .lao, "9901"), ("9982", .lao, "990101"),
        ] as [(String, Area.Level, String)]
    )
    func `An area under the wrong parent is refused`(
        code: String,
        level: Area.Level,
        parent: String
    ) throws {
        var fixture = try Fixture.defined()
        #expect(throws: Rejection(.areaParentMismatch, code)) {
            try fixture.run(.defineArea(.sample(code, level, parent)))
        }
    }

    @Test func `An LAO covers tambons of its own province, each named once`() throws {
        var fixture = try Fixture.defined()
        try fixture.run(.defineArea(.sample("98", .province, "")))
        try fixture.run(.defineArea(.sample("9801", .district, "98")))
        try fixture.run(.defineArea(.sample("980101", .tambon, "9801")))
        let cases: [([String], Rejection)] = [
            (["980101"], Rejection(.areaParentMismatch, "980101")),
            (["990101", "990101"], Rejection(.areaNamedTwice, "990101")),
            (["9901"], Rejection(.areaLevelMismatch, "9901")),
        ]
        for (covering, rejection) in cases {
            #expect(throws: rejection) {
                try fixture.run(.defineArea(.sample("9982", .lao, "9901", covering: covering)))
            }
            var revision = AreaRevision()
            revision.code = "9981"
            revision.reason = "a new boundary"
            revision.covered.codes = covering
            #expect(throws: rejection) { try fixture.run(.reviseArea(revision)) }
        }
        // A municipality may reach into a second district.
        try fixture.run(
            .defineArea(.sample("9983", .lao, "9901", covering: ["990101", "990201"]))
        )
    }

    @Test func `Only an LAO covers tambons`() throws {
        var fixture = try Fixture.defined()
        #expect(throws: Rejection(.areaLevelMismatch, "990103")) {
            try fixture.run(
                .defineArea(.sample("990103", .tambon, "9901", covering: ["990101"]))
            )
        }
        var revision = AreaRevision()
        revision.code = "990101"
        revision.reason = "a new boundary"
        revision.covered.codes = ["990102"]
        #expect(throws: Rejection(.areaLevelMismatch, "990101")) {
            try fixture.run(.reviseArea(revision))
        }
    }

    @Test func `A list with too many entries is refused`() throws {
        var fixture = try Fixture.defined()
        var lao = Area.sample("9982", .lao, "9901")
        lao.coveredCodes = Array(repeating: "990101", count: 65)
        #expect(throws: Rejection(.listTooLong, "coveredCodes")) {
            try fixture.run(.defineArea(lao))
        }
        var cycle = Cycle.defaults2561(province: "99")
        cycle.cycle = "2562"
        cycle.deadlines = Array(repeating: cycle.deadlines[0], count: 25)
        #expect(throws: Rejection(.listTooLong, "deadlines")) {
            try fixture.run(.defineCycle(cycle))
        }
    }

    @Test func `A village and an LAO that do not belong together are refused`() throws {
        var fixture = try Fixture.staffed()
        // Both halves of the divided tambon take its villages; another tambon's LAO does not.
        try fixture.run(.setTarget(.sample("99010101", "9981", 1)))
        try fixture.run(.setTarget(.sample("99010101", "990151", 1)))
        #expect(throws: Rejection(.laoDoesNotCover, "990152")) {
            try fixture.run(.setTarget(.sample("99010101", "990152", 1)))
        }
        #expect(throws: Rejection(.areaLevelMismatch, "990101")) {
            try fixture.run(.setTarget(.sample("990101", "9981", 1)))
        }
        #expect(throws: Rejection(.areaLevelMismatch, "9901")) {
            try fixture.run(.setTarget(.sample("99010101", "9901", 1)))
        }
    }

    @Test func `A place is taken on its first and last valid day and not outside`() throws {
        let fixture = try Fixture.staffed()
        let target = Event(.targetSet(.sample("99010101", "9981", 1)))
        for (day, isValid) in [
            ("2016-12-31", false), ("2017-01-01", true), ("2020-12-31", true),
            ("2021-01-01", false),
        ] {
            let expected = isValid ? nil : Rejection(.areaNotValid, "99010101")
            #expect(rejection(fixture.state, target, Fixture.act(on: day)) == expected)
        }
    }

    @Test func `A period that ends before it starts is refused`() throws {
        var fixture = try Fixture.defined()
        var area = Area.sample("9903", .district, "99")
        area.validTo = "2016-12-31"
        #expect(throws: Rejection(.periodReversed, "9903")) { try fixture.run(.defineArea(area)) }
        var revision = AreaRevision()
        revision.code = "9901"
        revision.reason = "abolished"
        revision.validTo = "2016-12-31"
        #expect(throws: Rejection(.periodReversed, "9901")) {
            try fixture.run(.reviseArea(revision))
        }
        revision.validTo = ""
        try fixture.run(.reviseArea(revision))
        #expect(fixture.state.areas["9901"]?.validTo == nil)
    }

    @Test func `A reason with nothing to read in it is no reason`() throws {
        var fixture = try Fixture.defined()
        var revision = AreaRevision()
        revision.code = "9901"
        revision.nameTh = "อื่น"
        let blanks = [
            "", "   ", "\u{200B}", "\u{A0}\u{3000}", "\u{00AD}\u{2060}", "…", " - ",
            "\u{0E31}\u{0E49}",  // a Thai vowel and tone mark without their consonant
            "\u{0301}", "\u{3164}", "\u{2800}",
        ]
        for reason in blanks {
            revision.reason = reason
            #expect(throws: Rejection(.reasonMissing, "reason")) {
                try fixture.run(.reviseArea(revision))
            }
        }
        revision.reason = String(repeating: "x", count: 2001)
        #expect(throws: Rejection(.textMalformed, "reason")) {
            try fixture.run(.reviseArea(revision))
        }
    }

    @Test func `A date that is no day, or of the Buddhist era, is refused`() throws {
        var fixture = try Fixture.defined()
        var area = Area.sample("9903", .district, "99")
        area.validFrom = "2017-02-29"
        #expect(throws: Rejection(.dateMalformed, "validFrom")) {
            try fixture.run(.defineArea(area))
        }
        area.validFrom = "2560-10-01"
        #expect(throws: Rejection(.dateLooksBuddhist, "validFrom")) {
            try fixture.run(.defineArea(area))
        }
    }
}
