/// A prefix code given by the lengths of its codes (RFC 1951 §3.2.2).
struct HuffmanTable {
    static let bitCountMax = 15

    /// For each length: the first code of it, how many there are, and where their symbols begin.
    private var firstCode = [Int](repeating: 0, count: bitCountMax + 1)
    private var counts = [Int](repeating: 0, count: bitCountMax + 1)
    private var firstIndex = [Int](repeating: 0, count: bitCountMax + 1)
    private var symbols: [Int] = []

    /// Takes the length of each symbol's code, 0 for a symbol without one.
    ///
    /// Refused are codes that are ambiguous, and those that leave bits without a meaning, except
    /// one code alone, as §3.2.7 has it for distances, or none at all.
    init(_ bitCounts: ArraySlice<UInt8>) throws(MalformedDeflate) {
        for bitCount in bitCounts where bitCount > 0 { counts[Int(bitCount)] += 1 }
        var code = 0
        var index = 0
        for bitCount in 1...Self.bitCountMax {
            code <<= 1
            firstCode[bitCount] = code
            firstIndex[bitCount] = index
            code += counts[bitCount]
            index += counts[bitCount]
            guard code <= 1 << bitCount else { throw MalformedDeflate() }
        }
        let isWhole = code == 1 << Self.bitCountMax
        guard isWhole || index == 0 || (index == 1 && counts[1] == 1) else {
            throw MalformedDeflate()
        }
        var next = firstIndex
        symbols = Array(repeating: 0, count: index)
        for (symbol, bitCount) in bitCounts.enumerated() where bitCount > 0 {
            symbols[next[Int(bitCount)]] = symbol
            next[Int(bitCount)] += 1
        }
    }

    func symbol(of code: Int, bitCount: Int) -> Int? {
        let index = code - firstCode[bitCount]
        guard 0..<counts[bitCount] ~= index else { return nil }
        return symbols[firstIndex[bitCount] + index]
    }
}

/// The constants of RFC 1951.
enum DeflateTables {
    /// §3.2.5, codes 257 to 285.
    static let lengths: [(base: Int, extraBitCount: Int)] =
        table(
            first: 3,
            extraBitCounts: [0, 0, 0, 0, 0, 0, 0, 0]
                + [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5]
        ) + [(258, 0)]

    /// §3.2.5, codes 0 to 29.
    static let distances = table(
        first: 1,
        extraBitCounts: [0, 0, 0, 0] + (1...13).flatMap { bitCount in [bitCount, bitCount] }
    )

    /// §3.2.7.
    static let codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    /// §3.2.6.
    static let fixedLengths = known(
        Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112)
            + Array(repeating: 7, count: 24) + Array(repeating: 8, count: 8)
    )
    // 30 and 31 have codes but no meaning, which `value` refuses.
    static let fixedDistances = known(Array(repeating: 5, count: 32))

    private static func table(
        first: Int,
        extraBitCounts: [Int]
    ) -> [(base: Int, extraBitCount: Int)] {
        var base = first
        return extraBitCounts.map { extraBitCount in
            defer { base += 1 << extraBitCount }
            return (base, extraBitCount)
        }
    }

    private static func known(_ bitCounts: [UInt8]) -> HuffmanTable {
        guard let table = try? HuffmanTable(bitCounts[...]) else {
            preconditionFailure("the fixed codes of RFC 1951 are prefix codes")
        }
        return table
    }
}
