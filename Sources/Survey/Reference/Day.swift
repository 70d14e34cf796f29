/// A civil day of the proleptic Gregorian calendar, without time or zone.
///
/// Stored as the number of days since 1970-01-01, so that comparing and adding are integer
/// operations. Text is always C.E.; Buddhist Era text is `ThaiDate`'s business.
package struct Day: Hashable, Comparable, Sendable {
    package let daysSinceEpoch: Int32

    /// Years that text and components may name.
    ///
    /// A B.E. year (2400 and later for anything this survey meets) is outside, so that `2561-02-03`
    /// written by habit is refused instead of becoming a day five centuries away.
    package static let years = 1800...2399

    package init(daysSinceEpoch: Int32) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    package init?(year: Int, month: Int, day: Int) {
        guard Day.years.contains(year), (1...12).contains(month),
            day >= 1, day <= Day.length(ofMonth: month, year: year)
        else { return nil }
        daysSinceEpoch = Int32(truncatingIfNeeded: Day.days(year: year, month: month, day: day))
    }

    /// The civil day in Thailand at an instant.
    ///
    /// Thailand has been at UTC+7 without daylight saving since 1920; a zone database would make
    /// the day depend on the machine.
    package init(bangkokDayOfUnixMicroseconds microseconds: Int64) {
        let perDay: Int64 = 86_400_000_000
        let (local, overflow) = microseconds.addingReportingOverflow(7 * 3_600_000_000)
        let clamped = overflow ? Int64.max : local
        let quotient = clamped / perDay
        let floored = clamped % perDay < 0 ? quotient - 1 : quotient
        // Int64.max microseconds are 107 million days, within Int32.
        daysSinceEpoch = Int32(truncatingIfNeeded: floored)
    }

    package var year: Int { components.year }
    package var month: Int { components.month }
    package var day: Int { components.day }

    /// Civil components of the day.
    ///
    /// Counting years from 1 March puts the leap day last, which makes month lengths a linear
    /// formula (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
    package var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(daysSinceEpoch) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * marchMonth + 2) / 5 + 1
        )
    }

    /// Age in whole years on `other` of somebody born on this day; negative before the birth.
    ///
    /// Somebody born on 29 February completes a year on 1 March in common years: the anniversary
    /// has not come while (month, day) is still before (2, 29).
    package func wholeYears(until other: Day) -> Int {
        let birth = components
        let then = other.components
        let beforeAnniversary = (then.month, then.day) < (birth.month, birth.day)
        return then.year - birth.year - (beforeAnniversary ? 1 : 0)
    }

    package static func < (left: Day, right: Day) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }

    package static func + (day: Day, days: Int) -> Day {
        Day(daysSinceEpoch: day.daysSinceEpoch + Int32(days))
    }

    package static func - (day: Day, days: Int) -> Day {
        Day(daysSinceEpoch: day.daysSinceEpoch - Int32(days))
    }

    /// Days from `right` to `left`.
    package static func - (left: Day, right: Day) -> Int {
        Int(left.daysSinceEpoch) - Int(right.daysSinceEpoch)
    }

    package static func isLeap(year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    package static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year: year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // days_from_civil of the same source.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
