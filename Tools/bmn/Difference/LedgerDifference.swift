import Ledger
import LedgerReader
import Survey

/// What the records from one tree size to another changed.
///
/// Costs as much as the records after the first of them: the sums over households are those of the
/// ledger's end, less what came later.
struct LedgerDifference {
    /// One household that has a record there.
    struct Household {
        let cycle: String
        let household: String
        let before: HouseholdState
        let after: HouseholdState
        /// What was done to it, in order.
        let acts: [EventKind]

        var changes: [FieldChange] {
            // Of what was not there every field would be one.
            before.status == .recorded && after.status == .recorded
                ? FieldChange.between(before, after) : []
        }
    }

    struct Counts {
        let cycle: String
        let area: String
        let before: FigureCounts
        let after: FigureCounts
    }

    let range: Range<UInt64>
    let before: State
    let after: State
    let acts: [EventKind: Int]
    let households: [Household]
    /// Of the cells that differ.
    private let cells: [(key: CellKey, before: FigureCounts, after: FigureCounts)]

    /// `progress` is called with the records that were read, and how many there are to read.
    init(
        _ range: Range<UInt64>,
        _ snapshot: borrowing LedgerSnapshot,
        progress: (UInt64, UInt64) -> Void
    ) throws {
        self.range = range
        before = try snapshot.stateWithoutSums(below: range.lowerBound)
        after = try snapshot.stateWithoutSums(below: range.upperBound)
        let end = snapshot.treeSize
        let total = end - range.lowerBound
        let touched = try Touched(range, snapshot) { progress($0, total) }
        let later = try Touched(range.upperBound..<end, snapshot) {
            progress($0 + UInt64(range.count), total)
        }
        acts = touched.acts
        households = try touched.households(snapshot)
        var counts = try snapshot.cells().mapValues { FigureCounts($0) }
        Self.undo(try later.households(snapshot), in: &counts)
        var earlier = counts
        Self.undo(households, in: &earlier)
        for (key, target) in before.targets {
            earlier[key, default: FigureCounts()].addTarget(target.households)
        }
        for (key, target) in after.targets {
            counts[key, default: FigureCounts()].addTarget(target.households)
        }
        cells = counts.compactMap { key, after in
            let before = earlier[key] ?? FigureCounts()
            return before == after ? nil : (key, before, after)
        }
    }

    private static func undo(_ households: [Household], in counts: inout [CellKey: FigureCounts]) {
        for household in households {
            let steps = [(household.after, -1), (household.before, 1)]
            for (state, sign) in steps where state.status != .absent {
                let key = CellKey(cycle: household.cycle, village: state.village, lao: state.lao)
                counts[key, default: FigureCounts()].add(state, sign: sign)
            }
        }
    }

    /// The counts of every area of a level that differ, by cycle and code.
    func counts(of level: Area.Level) -> [Counts] {
        var sums: [CycleArea: (before: FigureCounts, after: FigureCounts)] = [:]
        for cell in cells {
            let code =
                level == .lao ? cell.key.lao : State.code(of: level, aboveVillage: cell.key.village)
            let area = CycleArea(cycle: cell.key.cycle, area: code)
            sums[area, default: (FigureCounts(), FigureCounts())].before.add(cell.before)
            sums[area, default: (FigureCounts(), FigureCounts())].after.add(cell.after)
        }
        return sums.filter { $0.value.before != $0.value.after }
            .map { area, sums in
                Counts(
                    cycle: area.cycle,
                    area: area.area,
                    before: sums.before,
                    after: sums.after
                )
            }
            .sorted { ($0.cycle, $0.area) < ($1.cycle, $1.area) }
    }
}

/// The households that have a record in a range, and where their streams were.
private struct Touched {
    private struct Stream {
        let firstVersion: UInt32
        var acts: [EventKind]
    }

    private(set) var acts: [EventKind: Int] = [:]
    private var streams: [String: Stream] = [:]

    init(
        _ range: Range<UInt64>,
        _ snapshot: borrowing LedgerSnapshot,
        progress: (UInt64) -> Void
    ) throws {
        try snapshot.forEachRecord(from: range.lowerBound) { index, record in
            guard index < range.upperBound else { return false }
            let scanned = try RecordScanner.scan(record)
            guard let kind = scanned.kind else {
                throw LedgerError(.newerFormat, "record \(index) is of an unknown kind")
            }
            acts[kind, default: 0] += 1
            let stream = scanned.envelope.stream
            if stream.hasPrefix("household/") {
                let version = scanned.envelope.streamVersion
                streams[stream, default: Stream(firstVersion: version, acts: [])].acts.append(kind)
            }
            if index.isMultiple(of: 4096) { progress(index - range.lowerBound) }
            return true
        }
    }

    func households(
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> [LedgerDifference.Household] {
        var households: [LedgerDifference.Household] = []
        for (stream, touched) in streams.sorted(by: { $0.key < $1.key }) {
            let parts = stream.split(separator: "/", maxSplits: 2).map(String.init)
            guard parts.count == 3 else {
                throw LedgerError(.damaged, "the stream \(stream) is no household's")
            }
            let end = touched.firstVersion + UInt32(touched.acts.count)
            households.append(
                LedgerDifference.Household(
                    cycle: parts[1],
                    household: parts[2],
                    before: try snapshot.household(
                        stream: stream,
                        belowVersion: touched.firstVersion
                    ),
                    after: try snapshot.household(stream: stream, belowVersion: end),
                    acts: touched.acts
                )
            )
        }
        return households
    }
}
