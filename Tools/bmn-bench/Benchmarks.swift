import Foundation

/// The benchmarks; each prints its figures when it has them.
///
/// Ours and the limit take turns, and medians are compared: on a shared machine both meet the same
/// weather.
struct Benchmarks {
    let bench: String
    let bmn: String
    let audit: String
    let yardstick: String
    let scratch: String
    let roundCount: Int
    let only: [String]
    private(set) var report = Report()
    var ledgers: [Ledger] = []

    struct Ledger {
        let path: String
        let householdCount: Int
        let recordCount: Int
        let makeSeconds: Double
    }

    init(
        bench: String,
        bmn: String,
        audit: String,
        yardstick: String,
        scratch: String,
        roundCount: Int,
        only: [String]
    ) {
        self.bench = bench
        self.bmn = bmn
        self.audit = audit
        self.yardstick = yardstick
        self.scratch = scratch
        self.roundCount = roundCount
        self.only = only
    }

    func wants(_ metrics: String...) -> Bool {
        only.isEmpty || metrics.contains { metric in only.contains { metric.hasPrefix($0) } }
    }

    mutating func add(_ figure: Figure) {
        if wants(figure.metric) { report.add(figure) }
    }

    func measure(_ program: String, _ arguments: [String]) throws -> Cost {
        let numbers = try Program.numbers(bench, ["measure", "--", program] + arguments)
        guard numbers.count == 2 else { throw BenchFailure("measure printed \(numbers)") }
        return Cost(seconds: numbers[0], mebibytes: numbers[1])
    }

    struct Cost {
        let seconds: Double
        let mebibytes: Double
    }

    mutating func makeLedgers(_ householdCounts: [Int]) throws {
        for count in householdCounts {
            Report.note("making a ledger of \(count) households")
            let path = "\(scratch)/ledger-\(count)"
            let numbers = try Program.numbers(bench, ["make", path, "\(count)"])
            guard numbers.count == 4 else { throw BenchFailure("make printed \(numbers)") }
            ledgers.append(
                Ledger(
                    path: path,
                    householdCount: count,
                    recordCount: Int(numbers[0]),
                    makeSeconds: numbers[1]
                )
            )
            guard count == householdCounts.last else { continue }
            add(
                Figure(
                    metric: "append-cost-growth",
                    records: Int(numbers[0]),
                    value: numbers[3] / numbers[2],
                    unit: "ratio",
                    target: .atMost(1.15)
                )
            )
        }
    }

    mutating func append(batch: Int, count: Int, target: Double) throws {
        guard wants("append"), let source = ledgers.last else { return }
        Report.note("append by \(batch)")
        var ours: [Double] = []
        var limits: [Double] = []
        for _ in 0..<roundCount {
            let counts = ["\(batch)", "\(count)"]
            ours += try inScratch { path in
                try Program.numbers(bench, ["append", path] + counts)
            }
            limits += try inScratch { path in
                let arguments = ["append", "\(source.path)/ledger.mdb", path] + counts
                return try Program.numbers(yardstick, arguments)
            }
        }
        add(
            Figure(
                metric: "append",
                batch: batch,
                records: count,
                value: ours.median,
                unit: "records/s",
                limit: limits.median,
                target: .atLeast(target)
            )
        )
    }

    mutating func clients(count: Int) throws {
        let clientCount = 64
        guard wants("append-64-clients") else { return }
        Report.note("append from \(clientCount) clients")
        var ours: [Double] = []
        var limits: [Double] = []
        for _ in 0..<roundCount {
            ours += try inScratch { path in
                let total = "\(clientCount * count)"
                return try Program.numbers(bench, ["clients", path, "\(clientCount)", total])
            }
            limits += try inScratch { path in
                try Program.numbers(bench, ["clients", path, "1", "\(count * 4)"])
            }
        }
        add(
            Figure(
                metric: "append-64-clients",
                batch: 1,
                records: clientCount * count,
                value: ours.median,
                unit: "records/s",
                limit: limits.median,
                target: .atLeast(10)
            )
        )
    }

    /// Gives `body` a path that is free, and frees it again.
    func inScratch<Result>(_ body: (String) throws -> Result) throws -> Result {
        let path = "\(scratch)/new"
        defer {
            for suffix in ["", "-lock"] {
                try? FileManager.default.removeItem(atPath: path + suffix)
            }
        }
        return try body(path)
    }
}
