package import Survey

/// When a record was appended: microseconds since 1970 in UTC.
///
/// Its one form is RFC 3339 with exactly six fractional digits, `2018-01-15T03:04:05.123456Z`, so
/// that times of equal length compare as text too.
package struct RecordTime: Hashable, Comparable, Sendable {
    package static let byteCount = 27
    package let unixMicroseconds: Int64

    /// Nil outside the years 1970 to 2399, which is all that records may say.
    package init?(unixMicroseconds: Int64) {
        guard (0..<13_569_465_600_000_000).contains(unixMicroseconds) else { return nil }
        self.unixMicroseconds = unixMicroseconds
    }

    package static func < (left: RecordTime, right: RecordTime) -> Bool {
        left.unixMicroseconds < right.unixMicroseconds
    }

    /// The civil day in Asia/Bangkok, which is UTC+7 all year.
    package var bangkokDay: Day { Day(bangkokDayOfUnixMicroseconds: unixMicroseconds) }

    package var text: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the 27 bytes.
    package func append(to bytes: inout [UInt8]) {
        let (dayCount, rest) = unixMicroseconds.quotientAndRemainder(
            dividingBy: 86_400_000_000
        )
        let day = Day(daysSinceEpoch: Int32(dayCount)).components
        let seconds = Int(rest / 1_000_000)
        bytes.append(digits: day.year, count: 4)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(digits: day.month, count: 2)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(digits: day.day, count: 2)
        bytes.append(UInt8(ascii: "T"))
        bytes.append(digits: seconds / 3600, count: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(digits: seconds / 60 % 60, count: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(digits: seconds % 60, count: 2)
        bytes.append(UInt8(ascii: "."))
        bytes.append(digits: Int(rest % 1_000_000), count: 6)
        bytes.append(UInt8(ascii: "Z"))
    }

    /// Strict: the one form only, of a time that exists.
    package init?(text: Span<UInt8>) {
        guard text.count == Self.byteCount, text[4] == UInt8(ascii: "-"),
            text[7] == UInt8(ascii: "-"), text[10] == UInt8(ascii: "T"),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            text[19] == UInt8(ascii: "."), text[26] == UInt8(ascii: "Z"),
            let year = text.decimal(0, 4), let month = text.decimal(5, 2),
            let dayOfMonth = text.decimal(8, 2), let hour = text.decimal(11, 2), hour < 24,
            let minute = text.decimal(14, 2), minute < 60,
            // No leap seconds: the clock that stamps records does not count them.
            let second = text.decimal(17, 2), second < 60,
            let fraction = text.decimal(20, 6),
            let day = Day(year: year, month: month, day: dayOfMonth)
        else { return nil }
        let seconds = Int64(day.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        self.init(unixMicroseconds: seconds * 1_000_000 + Int64(fraction))
    }
}

extension Span<UInt8> {
    /// The number that `count` decimal digits spell.
    func decimal(_ offset: Int, _ count: Int) -> Int? {
        var number = 0
        for index in offset..<(offset + count) {
            let digit = self[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int(digit)
        }
        return number
    }
}

extension [UInt8] {
    fileprivate mutating func append(digits number: Int, count: Int) {
        var divisor = 1
        for _ in 1..<count { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
