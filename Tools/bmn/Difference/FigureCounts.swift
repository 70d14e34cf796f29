import Survey

/// Counts over households, which can be taken back.
struct FigureCounts: Equatable {
    private(set) var target = 0
    private(set) var collected = 0
    private(set) var notCollected = 0
    private(set) var persons = 0
    private(set) var surveyed: [Int] = []
    private(set) var failed: [Int] = []

    init() {}

    init(_ cell: Cell) {
        collected = Int(cell.collectedCount)
        notCollected = Int(cell.notCollectedCount)
        persons = Int(clamping: cell.personCount)
        surveyed = cell.surveyed.map { Int($0) }
        failed = cell.failed.map { Int($0) }
    }

    mutating func addTarget(_ households: UInt32) { target += Int(households) }

    /// `sign` is 1, or -1 to take a household back.
    mutating func add(_ household: HouseholdState, sign: Int) {
        switch household.status {
        case .recorded:
            collected += sign
            persons += sign * household.ages.count
            widen(to: household.counts.count)
            for offset in 0..<household.counts.count {
                surveyed[offset] += sign * household.counts.inScope(offset + 1)
                failed[offset] += sign * household.counts.failing(offset + 1)
            }
        case .notCollected: notCollected += sign
        case .absent: break
        }
    }

    mutating func add(_ other: FigureCounts) {
        target += other.target
        collected += other.collected
        notCollected += other.notCollected
        persons += other.persons
        widen(to: other.surveyed.count)
        for offset in other.surveyed.indices {
            surveyed[offset] += other.surveyed[offset]
            failed[offset] += other.failed[offset]
        }
    }

    private mutating func widen(to count: Int) {
        let missing = [Int](repeating: 0, count: max(0, count - surveyed.count))
        surveyed += missing
        failed += missing
    }

    /// Every count by its name in records, those of indicators as in corrections: "3/1".
    var named: [(name: String, value: String)] {
        var named = [
            (name: "target", value: "\(target)"), (name: "collected", value: "\(collected)"),
            (name: "notCollected", value: "\(notCollected)"),
            (name: "persons", value: "\(persons)"),
        ]
        for offset in surveyed.indices {
            let counts = HouseholdField.text(inScope: surveyed[offset], failing: failed[offset])
            named.append((HouseholdField.indicator(offset + 1).name, counts))
        }
        return named
    }
}
