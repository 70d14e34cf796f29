/// Counts as people write them: in ASCII or Thai digits, with or without commas between thousands.
enum CountText {
    /// Nil for anything else, and for more than seven digits.
    static func value(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        let text = westernDigits(String(decoding: bytes, as: UTF8.self))
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = groups.first else { return nil }
        if groups.count > 1 {
            // `1,2` is no thousand, and may be a fraction.
            guard (1...3).contains(first.utf8.count),
                groups.dropFirst().allSatisfy({ $0.utf8.count == 3 })
            else { return nil }
        }
        let digits = groups.joined()
        guard (1...7).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return UInt32(digits)
    }

    /// The same with 0-9 in place of ๐-๙.
    static func westernDigits(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
        let thaiZero: UInt32 = 0x0E50
        var western = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isThai = (thaiZero...thaiZero + 9).contains(scalar.value)
            let value = isThai ? scalar.value - thaiZero + 0x30 : scalar.value
            western.append(Unicode.Scalar(value) ?? scalar)
        }
        return String(western)
    }
}
