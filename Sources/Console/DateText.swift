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

    /// A date as it could be read from a paper, in words: a day, or its month or year alone.
    package func text(isoReading reading: String) -> String {
        if let day = Day(iso: reading) { return text(day) }
        let filled = reading + (reading.utf8.count == 4 ? "-01-01" : "-01")
        guard [4, 7].contains(reading.utf8.count), let first = Day(iso: filled) else {
            return reading
        }
        // Of "1 ตุลาคม 2560" what was read.
        let words = text(first).split(separator: " ")
        guard words.count == 3 else { return reading }
        let year = self == .thai ? "พ.ศ. \(words[2])" : String(words[2])
        return reading.utf8.count == 4 ? year : "\(words[1]) \(words[2])"
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
