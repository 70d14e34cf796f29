import Cryptography

/// Repeatable random numbers: SplitMix64 (Steele, Lea and Flood, 2014).
///
/// The standard library's `random(in:using:)` may draw differently in a later toolchain; everything
/// drawn here is defined here, so that a seed gives the same bytes for ever.
struct SeededGenerator: Sendable {
    private var state: UInt64

    /// A stream of its own per purpose: drawing more for one leaves the others as they are.
    init(seed: UInt64, purpose: String) {
        state = seed
        for byte in SHA256.hash(Array(purpose.utf8)).bytes.prefix(8) {
            state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to but not including `count`.
    mutating func index(below count: Int) -> Int {
        precondition(count > 0)
        return Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    mutating func integer(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + index(below: range.count)
    }

    /// From 0 up to but not including 1, in steps of 2⁻⁵³.
    mutating func fraction() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    mutating func chance(_ probability: Double) -> Bool { fraction() < probability }

    /// How many of `count` independent trials succeed.
    mutating func successes(of count: Int, probability: Double) -> Int {
        var successCount = 0
        for _ in 0..<count where chance(probability) { successCount += 1 }
        return successCount
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[index(below: elements.count)]
    }

    /// An index drawn in proportion to its weight.
    mutating func index(weights: [Int]) -> Int {
        var rest = index(below: weights.reduce(0, +))
        for (index, weight) in weights.enumerated() {
            if rest < weight { return index }
            rest -= weight
        }
        preconditionFailure("weights add up to what was drawn below")
    }
}
