import Survey
import Testing

@Suite struct ReferenceDayTests {
    @Test func `Every day of 600 years reads back from its text and its components`() {
        // An independent walk: count days one by one with month lengths written out.
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var expected: Int32 = -62_091  // 1800-01-01: 170 years of 365 days and 41 leap days before.
        for year in 1800...2399 {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for month in 1...12 {
                let length = lengths[month - 1] + (leap && month == 2 ? 1 : 0)
                for day in 1...length {
                    let value = Day(daysSinceEpoch: expected)
                    if value.year != year || value.month != month || value.day != day
                        || Day(year: year, month: month, day: day) != value
                        || Day(iso: value.iso) != value
                    {
                        Issue.record("\(year)-\(month)-\(day) became \(value)")
                        return
                    }
                    expected += 1
                }
                #expect(Day(year: year, month: month, day: length + 1) == nil)
            }
        }
        #expect(Day(iso: "2399-12-31")?.daysSinceEpoch == expected - 1)
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("2018-03-20", 17_610),
        ("2017-11-10", 17_480), ("1800-01-01", -62_091),
    ])
    func `Known days have their known numbers`(iso: String, days: Int32) throws {
        let day = try #require(Day(iso: iso))
        #expect(day.daysSinceEpoch == days)
        #expect(day.description == iso)
    }

    @Test(arguments: [
        "", "2018-3-20", "2018-03-2", "2018-03-200", "2018/03/20", "2018-02-29", "1900-02-29",
        "2018-00-10", "2018-13-01", "2018-01-00", "2018-04-31", "1799-12-31", "2400-01-01",
        "2561-02-03", "๒๐๑๘-๐๓-๒๐", " 2018-03-20", "2018-03-20T", "+018-03-20", "20180320..",
    ])
    func `Text that is not a real C.E. day in ISO form is refused`(text: String) {
        #expect(Day(iso: text) == nil)
        #expect(Day(iso: "x\(text)"[...].dropFirst()) == nil)
    }

    @Test func `An ISO form with a Buddhist Era year is recognised as such`() {
        #expect(Day.looksBuddhist("2561-02-03"))
        #expect(Day.looksBuddhist("2563-02-29"))
        #expect(!Day.looksBuddhist("2561-02-29"))  // 2018 was a common year.
        #expect(!Day.looksBuddhist("2018-02-03"))
        #expect(!Day.looksBuddhist("2561-2-3"))
    }

    @Test(arguments: [
        ("2018-03-20", "2018-03-20", 0), ("2018-03-20", "2019-03-19", 0),
        ("2018-03-20", "2019-03-20", 1), ("1958-12-31", "2018-01-01", 59),
        ("2016-02-29", "2017-02-28", 0), ("2016-02-29", "2017-03-01", 1),
        ("2016-02-29", "2020-02-28", 3), ("2016-02-29", "2020-02-29", 4),
        ("2018-03-21", "2018-03-20", -1), ("2020-03-20", "2018-03-20", -2),
        ("1918-01-01", "2018-01-01", 100),
    ])
    func `Ages count birthdays that have come`(birth: String, then: String, years: Int) throws {
        let birthDay = try #require(Day(iso: birth))
        let other = try #require(Day(iso: then))
        #expect(birthDay.wholeYears(until: other) == years)
    }

    @Test func `Days add, subtract and compare by the calendar`() throws {
        let day = try #require(Day(iso: "2018-02-28"))
        #expect((day + 1).iso == "2018-03-01")
        #expect((day - 59).iso == "2017-12-31")
        #expect((day + 31) - day == 31)
        #expect(day < day + 1)
        #expect((day + 10_000_000).iso == "29397-03-25")
    }

    @Test(
        arguments: [
            (0, "1970-01-01"), (-1, "1970-01-01"),
            (-25_200_000_000, "1970-01-01"), (-25_200_000_001, "1969-12-31"),
            // 2018-03-20T16:59:59.999999Z and one microsecond later.
            (1_521_565_199_999_999, "2018-03-20"), (1_521_565_200_000_000, "2018-03-21"),
        ] as [(Int64, String)]
    )
    func `A day begins at midnight in Bangkok`(microseconds: Int64, iso: String) {
        #expect(Day(bangkokDayOfUnixMicroseconds: microseconds).iso == iso)
    }

    @Test func `No instant is outside the calendar`() {
        #expect(Day(bangkokDayOfUnixMicroseconds: .max).year == 294_247)
        #expect(Day(bangkokDayOfUnixMicroseconds: .min).year == -290_308)
    }
}
