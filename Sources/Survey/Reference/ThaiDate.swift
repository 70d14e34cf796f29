/// Dates as people in Thailand write and read them.
///
/// The year of the Buddhist Era (B.E.) is the C.E. year + 543. The conversion is done on the number
/// of the year, never on formatted text: 29 February exists in 2563 (2020) but not in 2561 (2018),
/// and adding 543 to an ISO string and parsing it again gets leap days wrong.
///
/// Until 1940 the Thai year began on 1 April, so on papers of that time January to March carry a
/// B.E. year one lower than this arithmetic. The text alone cannot tell, and registers in use today
/// convert with 543 throughout; so do we.
package enum ThaiDate {
    package static let buddhistOffset = 543

    /// Years that can only be Buddhist Era; those of `Day.years` are below, so none is in doubt.
    package static let buddhistYears = 2400...2799

    package enum Form: Sendable {
        /// 20 มีนาคม 2561
        case long
        /// 20 มี.ค. 61
        case short
    }

    package enum Digits: Sendable {
        case arabic
        case thai
    }

    /// The day in Thai, with the year of the Buddhist Era.
    package static func thai(_ day: Day, form: Form = .long, digits: Digits = .arabic) -> String {
        let (year, month, dayOfMonth) = day.components
        let buddhistYear = year + buddhistOffset
        let text =
            switch form {
            case .long: "\(dayOfMonth) \(longMonths[month - 1]) \(buddhistYear)"
            case .short:
                "\(dayOfMonth) \(shortMonths[month - 1]) "
                    + "\(buddhistYear / 10 % 10)\(buddhistYear % 10)"
            }
        return digits == .thai ? withThaiDigits(text) : text
    }

    /// The day in English, with the Gregorian year: `20 March 2018`.
    package static func english(_ day: Day) -> String {
        let (year, month, dayOfMonth) = day.components
        return "\(dayOfMonth) \(englishMonths[month - 1]) \(year)"
    }

    /// Text with its ASCII digits replaced by ๐-๙.
    package static func withThaiDigits(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard ("0"..."9").contains(scalar),
                let thai = Unicode.Scalar(scalar.value - 0x30 + 0x0E50)
            else {
                result.append(scalar)
                continue
            }
            result.append(thai)
        }
        return String(result)
    }

    static let longMonths = [
        "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
        "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
    ]

    static let shortMonths = [
        "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
        "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
    ]

    static let englishMonths = [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ]
}
