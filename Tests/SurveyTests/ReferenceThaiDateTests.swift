import Survey
import Testing

@Suite struct ReferenceThaiDateTests {
    @Test func `A day is written in Thai and in English`() throws {
        let day = try #require(Day(iso: "2018-03-20"))
        #expect(ThaiDate.thai(day) == "20 มีนาคม 2561")
        #expect(ThaiDate.thai(day, form: .short) == "20 มี.ค. 61")
        #expect(ThaiDate.thai(day, digits: .thai) == "๒๐ มีนาคม ๒๕๖๑")
        #expect(ThaiDate.thai(day, form: .short, digits: .thai) == "๒๐ มี.ค. ๖๑")
        #expect(ThaiDate.english(day) == "20 March 2018")
        let centuryTurn = try #require(Day(iso: "2062-01-05"))
        #expect(ThaiDate.thai(centuryTurn, form: .short) == "5 ม.ค. 05")
    }

    @Test(arguments: [
        "2018-03-20", "2561-03-20", "2561-3-20", "20/3/2561", "20/03/2561", "20-3-2561",
        "20-03-2561", "20 มี.ค. 2561", "20 มีนาคม 2561", "20 มี.ค.2561", "20 มีค 2561",
        "20 มีนาคม พ.ศ. 2561", "20 มีนาคม พ.ศ.2561", "20 มีนาคม ค.ศ. 2018", "20/3/2018",
        "๒๐/๓/๒๕๖๑", "๒๐ มีนาคม ๒๕๖๑", "๒๐ มีนาคม 2561", "20 March 2018", "20 Mar 2018",
        "20 mar 2561", "  20/3/2561  ", "20 / 3 / 2561", "20\u{A0}มีนาคม\u{A0}2561",
    ])
    func `Every accepted form of 20 March 2018 is read`(text: String) throws {
        #expect(try ThaiDate.parse(text).iso == "2018-03-20")
    }

    @Test(arguments: [
        ("29/2/2561", ThaiDateProblem.noSuchDate), ("2561-02-29", .noSuchDate),
        ("29 กุมภาพันธ์ 2561", .noSuchDate), ("31/4/2561", .noSuchDate),
        ("3/20/2018", .noSuchDate), ("0/3/2561", .noSuchDate), ("2018-02-29", .noSuchDate),
        ("20/3/61", .twoDigitYear), ("20 มี.ค. 61", .twoDigitYear), ("๒๐/๓/๖๑", .twoDigitYear),
        ("3/4/2018", .ambiguous), ("03-04-2018", .ambiguous),
        ("20/3/1700", .yearOutOfRange), ("20/3/2800", .yearOutOfRange),
        ("", .unreadable), ("20/3", .unreadable), ("20/3-2561", .unreadable),
        ("20/3/2561/1", .unreadable), ("20 foo 2561", .unreadable), ("20 2561", .unreadable),
        ("20/3/561", .unreadable), ("20/3/25610", .unreadable), ("a/3/2561", .unreadable),
        ("-1/3/2561", .unreadable), ("20//2561", .unreadable), ("43179", .unreadable),
        ("20 มีนาคม พ.ศ. 2018", .unreadable), ("20 มีนาคม ค.ศ. 2561", .unreadable),
        ("2561-03-20T00:00:00", .unreadable), ("020 มีนาคม 2561", .unreadable),
    ])
    func `What cannot be one certain day is refused with its reason`(
        text: String,
        problem: ThaiDateProblem
    ) {
        #expect(throws: problem) { try ThaiDate.parse(text) }
    }

    @Test func `Text of any length is refused without work in proportion`() {
        #expect(throws: ThaiDateProblem.unreadable) {
            try ThaiDate.parse(String(repeating: " ", count: 101) + "20/3/2561")
        }
    }

    @Test func `The same two numbers are certain with a B.E. year or when equal`() throws {
        #expect(try ThaiDate.parse("3/4/2561").iso == "2018-04-03")
        #expect(try ThaiDate.parse("4/4/2018").iso == "2018-04-04")
    }

    @Test func `A leap day is converted by the number of the year`() throws {
        #expect(try ThaiDate.parse("29/2/2563").iso == "2020-02-29")
        #expect(try ThaiDate.parse("29 ก.พ. 2559").iso == "2016-02-29")
        // 2443 + 1 leap day by naive "B.E. divisible by four" rules would differ: 1900 was common.
        #expect(throws: ThaiDateProblem.noSuchDate) { try ThaiDate.parse("29/2/2443") }
    }

    @Test func `What is written in the long forms is read back`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var state = seed
        for _ in 0..<500 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            // 1857-01-01 (B.E. 2400) to 2256-12-31 (B.E. 2799).
            let day = Day(daysSinceEpoch: -41_272 + Int32(state >> 33) % 146_097)
            for text in [
                day.iso, ThaiDate.thai(day), ThaiDate.thai(day, digits: .thai),
                ThaiDate.english(day),
                "\(day.day)/\(day.month)/\(day.year + ThaiDate.buddhistOffset)",
            ] {
                #expect(try ThaiDate.parse(text) == day, "seed \(seed): \(text)")
            }
        }
    }
}
