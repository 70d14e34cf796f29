/// Percentages as the programme prints them: two places, half up.
package enum Percentage {
    /// Hundredths of a percent, rounded half up; nil when there is nothing to divide by.
    ///
    /// Integers throughout, because binary floating point moves exact halves: 1 of 32 is 3.125 %,
    /// and 0.125 exists in binary but most such quotients do not. 128 bits hold any product of
    /// counts.
    package static func hundredths(part: UInt64, whole: UInt64) -> UInt64? {
        guard whole > 0 else { return nil }
        let doubled = UInt128(part) * 20_000 + UInt128(whole)
        return UInt64(clamping: doubled / (UInt128(whole) * 2))
    }

    /// "99.78"; "-" when nobody was surveyed.
    ///
    /// 38 failures among 899,118 print as 0.00: show the counts beside it.
    package static func text(part: UInt64, whole: UInt64) -> String {
        guard let hundredths = hundredths(part: part, whole: whole) else { return "-" }
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
