/// Why a written date was refused.
package enum ThaiDateProblem: Error, Hashable, Sendable {
    /// Day, month and year are legible, but no such day exists: 29 February 2561, 31 April.
    case noSuchDate
    /// Not one of the accepted forms.
    case unreadable
    /// `20/3/61` may be B.E. or C.E. and hides the century; ages would follow from a guess.
    case twoDigitYear
    /// `3/4/2018` is 3 April in Thailand and 4 March where a spreadsheet was set to the U.S. order.
    case ambiguous
    /// A four-digit year that is neither in `Day.years` nor in `ThaiDate.buddhistYears`.
    case yearOutOfRange
}

extension ThaiDate {
    /// Reads a date as typed or exported, of either era, with numbers or a month's name.
    ///
    /// Accepted, with ASCII or Thai digits: `2018-03-20`, `2561-03-20`, `20/3/2561`, `20-03-2561`,
    /// `20/3/2018`, `20 มี.ค. 2561`, `20 มีนาคม พ.ศ. 2561`, `20 March 2018`, `20 Mar 2018`. The
    /// year tells its era. Day before month, except after a leading year. A C.E. year with two
    /// numbers that could both be months is refused as ambiguous; a B.E. year is always in Thai
    /// order.
    package static func parse(_ text: String) throws(ThaiDateProblem) -> Day {
        // Most dates are numbers in ASCII, and those are read in place: an import reads one per
        // person.
        if let day = try numeric(text.utf8) { return day }
        // The longest accepted text is under 100 bytes; nothing longer is worth normalising.
        guard text.utf8.count <= 100 else { throw .unreadable }
        let plain = normalised(text)
        if let day = try numeric(plain.utf8) { return day }
        return try named(plain)
    }

    /// Reads three numbers joined by one kind of `/` or `-`; nil if the text is not of that form.
    private static func numeric(_ bytes: String.UTF8View) throws(ThaiDateProblem) -> Day? {
        var values: InlineArray<3, Int> = [0, 0, 0]
        var widths: InlineArray<3, Int> = [0, 0, 0]
        var part = 0
        var separator: UInt8?
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                values[part] = values[part] * 10 + Int(byte - UInt8(ascii: "0"))
                widths[part] += 1
                guard widths[part] <= 4 else { return nil }
            case UInt8(ascii: "/"), UInt8(ascii: "-"):
                guard separator == nil || separator == byte, part < 2 else { return nil }
                separator = byte
                part += 1
            default: return nil
            }
        }
        guard part == 2, widths[1] == 1 || widths[1] == 2 else { return nil }
        if widths[0] == 4 {
            guard widths[2] == 1 || widths[2] == 2 else { return nil }
            let year = try christianYear(values[0], width: 4)
            return try date(day: values[2], month: values[1], year: year)
        }
        guard widths[0] == 1 || widths[0] == 2 else { return nil }
        let (day, month) = (values[0], values[1])
        let year = try christianYear(values[2], width: widths[2])
        if year == values[2], (1...12).contains(day), (1...12).contains(month), day != month {
            throw .ambiguous
        }
        return try date(day: day, month: month, year: year)
    }

    private static func named(_ text: String) throws(ThaiDateProblem) -> Day {
        let words = text.split { $0 == " " || $0 == "." }
        guard words.count >= 3, words[0].count <= 2, let day = number(words[0]),
            let last = words.last, let writtenYear = number(last)
        else { throw .unreadable }
        // Dots and spaces are gone: มี.ค. is มี ค, พ.ศ. is พ ศ.
        var middle = words[1..<(words.count - 1)].joined()
        var era: String?
        for mark in ["พศ", "คศ"] where middle.hasSuffix(mark) {
            middle.removeLast(mark.count)
            era = mark
            break
        }
        guard let month = month(named: middle) else { throw .unreadable }
        let year = try christianYear(writtenYear, width: last.utf8.count)
        if let era, (year != writtenYear) != (era == "พศ") { throw .unreadable }
        return try date(day: day, month: month, year: year)
    }

    private static func month(named name: String) -> Int? {
        let lowered = name.lowercased()
        for index in 0..<12 {
            let english = englishMonths[index].lowercased()
            if name == longMonths[index] || name == shortMonths[index].filter({ $0 != "." })
                || lowered == english || lowered == String(english.prefix(3))
            {
                return index + 1
            }
        }
        return nil
    }

    private static func christianYear(
        _ year: Int,
        width: Int
    ) throws(ThaiDateProblem) -> Int {
        guard width == 4 else {
            if width == 2 { throw .twoDigitYear }
            throw .unreadable
        }
        if buddhistYears.contains(year) { return year - buddhistOffset }
        guard Day.years.contains(year) else { throw .yearOutOfRange }
        return year
    }

    private static func date(day: Int, month: Int, year: Int) throws(ThaiDateProblem) -> Day {
        guard let date = Day(year: year, month: month, day: day) else { throw .noSuchDate }
        return date
    }

    /// A number of one to four ASCII digits.
    private static func number(_ text: some StringProtocol) -> Int? {
        guard (1...4).contains(text.utf8.count) else { return nil }
        var value = 0
        for byte in text.utf8 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    /// Thai digits made ASCII, kinds of space made one, none at the ends or around separators.
    private static func normalised(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var spaceIsPending = false
        for scalar in text.unicodeScalars {
            let isSeparator = scalar == "/" || scalar == "-"
            switch scalar.value {
            case 0x20, 0x09, 0xA0:
                spaceIsPending = true
                continue
            default: break
            }
            if spaceIsPending, let last = result.last, last != "/", last != "-", !isSeparator {
                result.append(" ")
            }
            spaceIsPending = false
            if (0x0E50...0x0E59).contains(scalar.value) {
                result.append(Unicode.Scalar(UInt8(scalar.value - 0x0E50 + 0x30)))
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
