/// Amounts of money as people write them, in satang.
enum AmountText {
    /// Nil for what is no amount, or has more than two decimals: `1,500`, `๑,๕๐๐.๕๐`, `2000.5`.
    static func satang(_ bytes: ArraySlice<UInt8>, isBaht: Bool) -> UInt64? {
        let text = CountText.westernDigits(String(decoding: bytes, as: UTF8.self))
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ number(String($0)) }) else { return nil }
        guard isBaht else { return parts.count == 1 ? whole : nil }
        guard parts.count > 1 else { return whole * 100 }
        guard parts.count == 2, (1...2).contains(parts[1].utf8.count),
            let decimals = number(String(parts[1]))
        else { return nil }
        return whole * 100 + (parts[1].utf8.count == 1 ? decimals * 10 : decimals)
    }

    /// At most twelve digits, with commas between thousands or without.
    private static func number(_ text: String) -> UInt64? {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = groups.first else { return nil }
        if groups.count > 1 {
            guard (1...3).contains(first.utf8.count),
                groups.dropFirst().allSatisfy({ $0.utf8.count == 3 })
            else { return nil }
        }
        let digits = groups.joined()
        guard (1...12).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return UInt64(digits)
    }
}
