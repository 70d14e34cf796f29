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

/// The forms of a cycle: to whom each was issued, whether it was returned or spoiled, and whether a
/// household's record names it.
///
/// Two bits for each form that was issued, whoever it is whose record names it: that household's own
/// state says so. The state that rules need is rebuilt without walking the households' records, so a
/// store keeps the bits of the used ones (`FormRange`).
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
        var used: Bits
    }

    private struct Bits: Sendable {
        private var words: [UInt64]

        init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

        /// The offset of the first that is set.
        var first: UInt32? {
            guard let index = words.firstIndex(where: { $0 != 0 }) else { return nil }
            return UInt32(index * 64 + words[index].trailingZeroBitCount)
        }

        subscript(_ offset: UInt32) -> Bool {
            words[Int(offset / 64)] >> (offset % 64) & 1 == 1
        }

        mutating func set(_ offset: UInt32) {
            words[Int(offset / 64)] |= UInt64(1) << (offset % 64)
        }

        mutating func clear(_ offset: UInt32) {
            words[Int(offset / 64)] &= ~(UInt64(1) << (offset % 64))
        }

        var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

        /// The words, each big-endian.
        var encoded: [UInt8] {
            var bytes: [UInt8] = []
            for word in words { bytes.append(bigEndian: word) }
            return bytes
        }

        /// False, and nothing changed, for bytes of another length.
        mutating func decode(_ bytes: [UInt8]) -> Bool {
            guard bytes.count == words.count * 8 else { return false }
            for index in words.indices {
                let word = bytes[(index * 8)..<(index * 8 + 8)]
                words[index] = word.reduce(0) { $0 << 8 | UInt64($1) }
            }
            return true
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
            closed: Bits(count: count),
            used: Bits(count: count)
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

    /// Forms that were issued together, as far as their withdrawal asks about them.
    struct IssuedRange {
        let collector: String
        let firstClosed: Serial?
        let firstUsed: Serial?
    }

    /// Nil where no range begins with that form.
    func range(beginningAt serial: Serial) -> IssuedRange? {
        guard let range = issued[serial.prefix]?.first(where: { $0.first == serial.number })
        else { return nil }
        func form(_ offset: UInt32) -> Serial {
            Serial(prefix: serial.prefix, number: serial.number + offset)
        }
        return IssuedRange(
            collector: range.collector,
            firstClosed: range.closed.first.map(form),
            firstUsed: range.used.first.map(form)
        )
    }

    mutating func withdrawRange(beginningAt serial: Serial) {
        issued[serial.prefix]?.removeAll { $0.first == serial.number }
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

    /// Whether a household's record names the form.
    func isUsed(_ serial: Serial) -> Bool {
        guard let place = place(of: serial) else { return false }
        return issued[serial.prefix]?[place.index].used[place.offset] ?? false
    }

    /// A record that named one form names the other now; nil where it names none.
    mutating func use(_ serial: Serial?, insteadOf former: Serial?) {
        if let former, let place = place(of: former) {
            issued[former.prefix]?[place.index].used.clear(place.offset)
        }
        if let serial, let place = place(of: serial) {
            issued[serial.prefix]?[place.index].used.set(place.offset)
        }
    }

    /// The first number of the range that the form was issued in.
    func rangeStart(of serial: Serial) -> UInt32? {
        place(of: serial).flatMap { issued[serial.prefix]?[$0.index].first }
    }

    /// The ranges of which a form is used: prefix, first number and bits.
    var used: [(prefix: String, first: UInt32, bits: [UInt8])] {
        issued.flatMap { prefix, ranges in
            ranges.filter { !$0.used.isEmpty }.map { (prefix, $0.first, $0.used.encoded) }
        }
    }

    /// Nil where no range begins there.
    func usedBits(prefix: String, first: UInt32) -> [UInt8]? {
        issued[prefix]?.first { $0.first == first }?.used.encoded
    }

    /// False where no range of that length begins there.
    mutating func setUsed(_ bits: [UInt8], prefix: String, first: UInt32) -> Bool {
        guard let index = issued[prefix]?.firstIndex(where: { $0.first == first }) else {
            return false
        }
        return issued[prefix]?[index].used.decode(bits) ?? false
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
