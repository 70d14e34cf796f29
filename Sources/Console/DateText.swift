package import Survey

/// Days and times as people read them; machines get ISO 8601.
extension Language {
    /// `20 มีนาคม 2561` or `20 March 2018`.
    package func text(_ day: Day) -> String {
        switch self {
        case .thai: ThaiDate.thai(day)
        case .english: ThaiDate.english(day)
        }
    }

    /// An ISO day of a record in words; anything else unchanged.
    package func text(isoDay: String) -> String {
        Day(iso: isoDay).map { text($0) } ?? isoDay
    }

    /// The instant in Thailand's civil time: `20 มีนาคม 2561 10:04:05 น.`.
    package func text(unixMicroseconds: Int64) -> String {
        let day = Day(bangkokDayOfUnixMicroseconds: unixMicroseconds)
        let bangkokSeconds = unixMicroseconds / 1_000_000 + 7 * 3600
        let seconds = Int(bangkokSeconds % 86_400)
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        return text(day) + " " + clock + (self == .thai ? " น." : "")
    }
}

/// Whole numbers with separators, for people.
extension FixedWidthInteger {
    package var grouped: String {
        let digits = String(magnitude)
        var text = self < 0 ? "-" : ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }
}
