/// A form's serial: what is printed before the number, and the number.
package struct Serial: Hashable, Sendable {
    package let prefix: String
    package let number: UInt32

    /// Nil for a text that ends in no number, or in one of more than ten digits.
    package init?(_ text: String) {
        let digits = text.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
        guard (1...10).contains(digits), let number = UInt32(text.suffix(digits)) else {
            return nil
        }
        prefix = String(text.dropLast(digits))
        self.number = number
    }

    init(prefix: String, number: UInt32) {
        self.prefix = prefix
        self.number = number
    }

    package var text: String { "\(prefix)\(number)" }
}

extension SerialRange {
    /// Upwards, not too many, and after a prefix that can be told from the number.
    var isValid: Bool {
        first <= last && last - first < Limit.serials
            && !(0x30...0x39).contains(prefix.utf8.last ?? 0)
    }

    var text: String { "\(prefix)\(first)-\(last)" }
}

/// The forms of a cycle: to whom each was issued, and whether it was returned or spoiled.
///
/// A bit for each form that was issued. Which household's record names a form is not kept here: the
/// state that rules need is rebuilt without walking the households' records.
package struct SerialRegister: Sendable {
    /// Why a form cannot be used, given back or spoiled.
    enum Problem {
        case notIssued, ofOther, closed, early
    }

    private struct Issued: Sendable {
        let first: UInt32
        let last: UInt32
        let collector: String
        let issuedOn: Day
        var closed: Bits
    }

    private struct Bits: Sendable {
        private var words: [UInt64]

        init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

        subscript(_ offset: UInt32) -> Bool {
            words[Int(offset / 64)] >> (offset % 64) & 1 == 1
        }

        mutating func set(_ offset: UInt32) {
            words[Int(offset / 64)] |= UInt64(1) << (offset % 64)
        }
    }

    /// By prefix, in the order of the numbers; no two overlap.
    private var issued: [String: [Issued]] = [:]

    func overlaps(_ range: SerialRange) -> Bool {
        issued[range.prefix]?.contains { $0.first <= range.last && range.first <= $0.last } ?? false
    }

    /// What the rules refuse is left out: a forged range could be as long as all numbers.
    mutating func issue(_ range: SerialRange, to collector: String, on day: Day) {
        guard range.isValid, !overlaps(range) else { return }
        let count = Int(range.last - range.first) + 1
        let new = Issued(
            first: range.first,
            last: range.last,
            collector: collector,
            issuedOn: day,
            closed: Bits(count: count)
        )
        var all = issued[range.prefix] ?? []
        all.insert(new, at: all.firstIndex { $0.first > new.first } ?? all.endIndex)
        issued[range.prefix] = all
    }

    mutating func close(_ range: SerialRange) {
        guard range.isValid else { return }
        for number in range.first...range.last {
            let serial = Serial(prefix: range.prefix, number: number)
            guard let place = place(of: serial) else { continue }
            issued[serial.prefix]?[place.index].closed.set(place.offset)
        }
    }

    /// Nil for a form that this collector has and may use; from a day on, where one is given.
    func problem(of serial: Serial, with collector: String, on day: Day? = nil) -> Problem? {
        guard let place = place(of: serial), let range = issued[serial.prefix]?[place.index]
        else { return .notIssued }
        guard range.collector == collector else { return .ofOther }
        if range.closed[place.offset] { return .closed }
        if let day, day < range.issuedOn { return .early }
        return nil
    }

    private func place(of serial: Serial) -> (index: Int, offset: UInt32)? {
        guard let all = issued[serial.prefix] else { return nil }
        var (low, high) = (0, all.count)
        while low < high {
            let middle = (low + high) / 2
            if all[middle].last < serial.number { low = middle + 1 } else { high = middle }
        }
        guard low < all.count, all[low].first <= serial.number else { return nil }
        return (low, serial.number - all[low].first)
    }
}
