import Foundation
import TestSupport

/// Whole commands that read a ledger, and those that only start.
extension Benchmarks {
    mutating func verifyChain() throws {
        for threadCount in [1, 2] {
            try verify("chain", threadCount: threadCount, target: 0.8)
        }
    }

    /// The same records, and the RFC 6962 root over them compared with the stored tree.
    mutating func verifyTree() throws {
        try verify("tree", threadCount: 2, target: 0.75)
    }

    private mutating func verify(_ level: String, threadCount: Int, target: Double) throws {
        let metric = "verify-\(level)-\(threadCount)core"
        guard wants(metric), let small = ledgers.first, let ledger = ledgers.last else { return }
        Report.note("verify the \(level) on \(threadCount) cores")
        // One core is one core: the threads that wait and print may not use a second.
        let cores = threadCount == 1 ? "0" : "0,1"
        var ours: [Double] = []
        var limits: [Double] = []
        for _ in 0..<roundCount {
            // What the yardstick does not count either: starting, and printing the verdict.
            let starting = try seconds(of: level, small, cores: cores, threadCount: threadCount)
            let whole = try seconds(of: level, ledger, cores: cores, threadCount: threadCount)
            let recordCount = ledger.recordCount - small.recordCount
            ours.append(Double(recordCount) / (whole - starting))
            let arguments = [level, "\(ledger.path)/ledger.mdb", "\(threadCount)"]
            limits += try Program.numbers(
                "/usr/bin/taskset",
                ["-c", cores, yardstick] + arguments
            )
        }
        add(
            Figure(
                metric: metric,
                records: ledger.recordCount,
                value: ours.median,
                unit: "records/s",
                limit: limits.median,
                target: .atLeast(target)
            )
        )
    }

    private func seconds(
        of level: String,
        _ ledger: Ledger,
        cores: String,
        threadCount: Int
    ) throws -> Double {
        try measure(
            "/usr/bin/taskset",
            ["-c", cores, audit, "verify", ledger.path, "--only", level]
                + ["--threads", "\(threadCount)"]
        ).seconds
    }

    mutating func verifyAll() throws {
        guard wants("verify-all", "verify-peak-memory", "verify-cost-growth") else { return }
        try read("verify", rate: "verify-all", target: nil) { [audit] ledger in
            (audit, ["verify", ledger])
        }
    }

    mutating func replay() throws {
        guard wants("replay") else { return }
        let file = "\(scratch)/replayed.sqlite"
        try read("replay", rate: "replay", target: .atLeast(40_000)) { [bmn] ledger in
            // A file that is there would be read and compared, too.
            try? FileManager.default.removeItem(atPath: file)
            return (bmn, ["replay", ledger, "--into", file])
        }
    }

    /// The same into a PostgreSQL server of its own on this machine, which shares the cores; its commits
    /// are on disk.
    mutating func replayPostgreSQL() throws {
        guard wants("replay-postgresql") else { return }
        guard let cluster = try PostgreSQLCluster.durable() else {
            return Report.note("replay-postgresql is left out: there is no PostgreSQL server")
        }
        let name = "replay-postgresql"
        try read(name, rate: name, target: .atLeast(25_000)) { [bmn] ledger in
            // Each in a database of its own: all ledgers here have one origin.
            (bmn, ["replay", ledger, "--into", try cluster.makeDatabase()])
        }
    }

    /// Rate, memory and how the cost of a record grows, of a command that reads a whole ledger.
    private mutating func read(
        _ name: String,
        rate: String,
        target: Figure.Target?,
        _ command: (String) throws -> (String, [String])
    ) throws {
        var costs: [(recordCount: Int, seconds: Double)] = []
        for ledger in ledgers {
            Report.note("\(name) \(ledger.recordCount) records")
            let rounds = try (0..<(ledger.recordCount > 500_000 ? 2 : roundCount)).map { _ in
                let (program, arguments) = try command(ledger.path)
                return try measure(program, arguments)
            }
            let seconds = rounds.map(\.seconds).median
            costs.append((ledger.recordCount, seconds))
            let isLast = ledger.path == ledgers.last?.path
            add(
                Figure(
                    metric: rate,
                    records: ledger.recordCount,
                    value: Double(ledger.recordCount) / seconds,
                    unit: "records/s",
                    target: isLast ? target : nil
                )
            )
            add(
                Figure(
                    metric: "\(name)-peak-memory",
                    records: ledger.recordCount,
                    value: rounds.map(\.mebibytes).max() ?? .nan,
                    unit: "MiB",
                    target: .atMost(150)
                )
            )
        }
        // A record's cost in the largest ledger against that in the one before, starting left out.
        guard let first = costs.first, let last = costs.last, costs.count > 2 else { return }
        let middle = costs[costs.count - 2]
        func perRecord(_ cost: (recordCount: Int, seconds: Double)) -> Double {
            (cost.seconds - first.seconds) / Double(cost.recordCount - first.recordCount)
        }
        add(
            Figure(
                metric: "\(name)-cost-growth",
                records: last.recordCount,
                value: perRecord(last) / perRecord(middle),
                unit: "ratio",
                target: .atMost(1.15)
            )
        )
    }

    /// From commands to verified records and read models.
    mutating func endToEnd() throws {
        guard wants("end-to-end"),
            let ledger = ledgers.first(where: { $0.householdCount >= 100_000 })
        else { return }
        Report.note("\(ledger.householdCount) households end to end")
        let verified = try measure(audit, ["verify", ledger.path])
        let replayed = try measure(bmn, ["replay", ledger.path])
        add(
            Figure(
                metric: "end-to-end",
                records: ledger.recordCount,
                value: ledger.makeSeconds + verified.seconds + replayed.seconds,
                unit: "s"
            )
        )
    }

    mutating func help() throws {
        guard wants("cli-help") else { return }
        for program in [bmn, audit] {
            let file = "\(scratch)/hyperfine.json"
            _ = try Program.output(
                "/usr/bin/hyperfine",
                ["--shell=none", "--warmup", "3", "--runs", "\(roundCount * 6)"]
                    + ["--export-json", file, "--style", "none", "\(program) --help"]
            )
            let data = try Data(contentsOf: URL(filePath: file))
            let results = try JSONDecoder().decode(HyperfineResults.self, from: data)
            guard let median = results.results.first?.median else {
                throw BenchFailure("hyperfine gave no result")
            }
            add(
                Figure(
                    metric: "cli-help-\(URL(filePath: program).lastPathComponent)",
                    value: median * 1000,
                    unit: "ms",
                    target: .atMost(50)
                )
            )
        }
    }

    private struct HyperfineResults: Decodable {
        struct Result: Decodable {
            /// Seconds.
            let median: Double
        }

        let results: [Result]
    }
}
