/// Forms that were issued together, for which a store keeps which of them are used.
package struct FormRange: Hashable, Sendable {
    package let cycle: String
    package let prefix: String
    package let first: UInt32

    package init(cycle: String, prefix: String, first: UInt32) {
        self.cycle = cycle
        self.prefix = prefix
        self.first = first
    }
}

extension State {
    /// The range that a form was issued in; nil for one that was not.
    package func formRange(of serial: String, cycle: String) -> FormRange? {
        guard let serial = Serial(serial),
            let first = programme.questionnaires[cycle]?.rangeStart(of: serial)
        else { return nil }
        return FormRange(cycle: cycle, prefix: serial.prefix, first: first)
    }

    /// A bit for each form of the range, set where a household's record names it; the first form is
    /// the lowest bit of the first eight bytes.
    package func usedForms(of range: FormRange) -> [UInt8]? {
        programme.questionnaires[range.cycle]?
            .usedBits(prefix: range.prefix, first: range.first)
    }

    /// Of every range of which a form is used.
    package var usedForms: [FormRange: [UInt8]] {
        var used: [FormRange: [UInt8]] = [:]
        for (cycle, register) in programme.questionnaires {
            for range in register.used {
                let key = FormRange(cycle: cycle, prefix: range.prefix, first: range.first)
                used[key] = range.bits
            }
        }
        return used
    }

    /// Takes over what a store kept; false where no such range was issued.
    package mutating func setUsedForms(_ bits: [UInt8], of range: FormRange) -> Bool {
        programme.questionnaires[range.cycle]?
            .setUsed(bits, prefix: range.prefix, first: range.first) ?? false
    }
}

extension ProgrammeState {
    /// A household's record names the one form in place of the other; empty: none.
    mutating func use(_ serial: String, insteadOf former: String, cycle: String) {
        guard serial != former else { return }
        questionnaires[cycle]?.use(Serial(serial), insteadOf: Serial(former))
    }
}
