import TestSupport

/// Chance for a test: from one seed the same choices every time.
struct Dice {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func pick<Choices: Collection>(_ choices: Choices) -> Choices.Element? {
        choices.randomElement(using: &generator)
    }

    /// A key of a dictionary, whose own order is another one in each process.
    mutating func key<Value>(
        of dictionary: [String: Value],
        where isWanted: (Value) -> Bool = { _ in true }
    ) -> String? {
        pick(dictionary.filter { isWanted($0.value) }.keys.sorted())
    }

    mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &generator) < percent
    }

    mutating func number<Number: FixedWidthInteger>(_ range: ClosedRange<Number>) -> Number {
        Number.random(in: range, using: &generator)
    }

    /// Some of all, each once, in any order; fewer where there are not so many.
    mutating func some<Element>(_ all: [Element], _ count: ClosedRange<Int>) -> [Element] {
        Array(all.shuffled(using: &generator).prefix(number(count)))
    }
}
