extension Day: CustomStringConvertible {
    /// Reads strictly `YYYY-MM-DD`, a day that exists, in one of `Day.years`.
    package init?(iso text: String) {
        guard let (year, month, day) = Day.isoNumbers(text.utf8.span) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads a part of a text likewise.
    package init?(iso text: some StringProtocol) {
        self.init(iso: String(text))
    }

    /// Whether text has the ISO form but a year that can only be Buddhist Era, such as
    /// `2561-02-03`.
    ///
    /// For the message of a refusal; `ThaiDate.parse` reads such text where people type dates.
    package static func looksBuddhist(_ text: some StringProtocol) -> Bool {
        let text = String(text)
        guard let (year, month, day) = isoNumbers(text.utf8.span) else { return false }
        return ThaiDate.buddhistYears.contains(year)
            && Day(year: year - ThaiDate.buddhistOffset, month: month, day: day) != nil
    }

    package var description: String { iso }

    /// `YYYY-MM-DD`, always ASCII digits and C.E.
    package var iso: String {
        let (year, month, day) = components
        guard (0...9_999).contains(year) else {
            return "\(year)-\(Day.twoDigits(month))-\(Day.twoDigits(day))"
        }
        // Ten bytes fit a String without an allocation.
        let zero = UInt8(ascii: "0")
        let dash = UInt8(ascii: "-")
        let bytes: InlineArray<10, UInt8> = [
            zero + UInt8(year / 1_000), zero + UInt8(year / 100 % 10),
            zero + UInt8(year / 10 % 10), zero + UInt8(year % 10), dash,
            zero + UInt8(month / 10), zero + UInt8(month % 10), dash,
            zero + UInt8(day / 10), zero + UInt8(day % 10),
        ]
        return String(asciiBytes: bytes.span)
    }

    private static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    // Not generic: a generic one was not specialised, and every member of a household has a date.
    private static func isoNumbers(
        _ bytes: Span<UInt8>
    ) -> (year: Int, month: Int, day: Int)? {
        guard bytes.count == 10 else { return nil }
        var numbers = (year: 0, month: 0, day: 0)
        for position in bytes.indices {
            let byte = bytes[position]
            if position == 4 || position == 7 {
                guard byte == UInt8(ascii: "-") else { return nil }
            } else {
                let digit = Int(byte) - Int(UInt8(ascii: "0"))
                guard (0...9).contains(digit) else { return nil }
                switch position {
                case 0..<4: numbers.year = numbers.year * 10 + digit
                case 5..<7: numbers.month = numbers.month * 10 + digit
                default: numbers.day = numbers.day * 10 + digit
                }
            }
        }
        return numbers
    }
}

extension String {
    /// A string of bytes that are known to be ASCII.
    package init(asciiBytes bytes: Span<UInt8>) {
        do {
            self.init(copying: try UTF8Span(validating: bytes))
        } catch {
            preconditionFailure("not ASCII")
        }
    }
}
