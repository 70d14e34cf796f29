import Foundation
import TestSupport

/// Households by their answers to the whole questionnaire, from CSV to durable records, and what is
/// then asked of them.
extension Benchmarks {
    /// From CSV to the disk: parsed, derived, decided, sealed.
    ///
    /// `bmn import answers` into a ledger without households. The limit is bare C that appends the same
    /// records by 1,000.
    mutating func importAnswers(householdCount: Int) throws {
        guard wants("import-answers", "replay-answers", "figures-area") else { return }
        Report.note("import \(householdCount) households by their answers")
        let file = "\(scratch)/answers.csv"
        _ = try Program.numbers(bench, ["answers", file, "\(householdCount)"])
        var ours: [Double] = []
        var limits: [Double] = []
        var memory: [Double] = []
        let path = "\(scratch)/answered"
        for _ in 0..<min(roundCount, 3) {
            try? FileManager.default.removeItem(atPath: path)
            _ = try Program.numbers(bench, ["make", path, "0"])
            let cost = try measure(
                bmn,
                ["import", "answers", path, file, "--user", Province.recorder]
                    + ["--capacity", "recorder"]
            )
            ours.append(Double(householdCount) / cost.seconds)
            memory.append(cost.mebibytes)
            limits += try inScratch { copy in
                let arguments = ["\(path)/ledger.mdb", copy, "1000", "\(householdCount)"]
                return try Program.numbers(yardstick, ["append"] + arguments)
            }
        }
        add(
            Figure(
                metric: "import-answers",
                batch: 1000,
                records: householdCount,
                value: ours.median,
                unit: "households/s",
                limit: limits.median
            )
        )
        add(
            Figure(
                metric: "import-answers-rate",
                records: householdCount,
                value: ours.median,
                unit: "households/s",
                target: .atLeast(15_000)
            )
        )
        add(
            Figure(
                metric: "import-answers-peak-memory",
                records: householdCount,
                value: memory.max() ?? .nan,
                unit: "MiB"
            )
        )
        try replayAnswers(path, householdCount)
        try loadAnswers(path, householdCount)
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The records of these are three times as long as those of households by counts.
    private mutating func replayAnswers(_ path: String, _ householdCount: Int) throws {
        let database = "\(scratch)/answered.sqlite"
        let rounds = try (0..<min(roundCount, 3)).map { _ in
            // A file that is there would be read and compared, too.
            try? FileManager.default.removeItem(atPath: database)
            return try measure(bmn, ["replay", path, "--into", database]).seconds
        }
        add(
            Figure(
                metric: "replay-answers",
                records: householdCount,
                value: Double(householdCount) / rounds.median,
                unit: "records/s",
                target: .atLeast(40_000)
            )
        )
        let slowest = try Program.numbers(bench, ["figures", database, "\(roundCount)"])
        add(
            Figure(
                metric: "figures-area",
                records: householdCount,
                value: slowest[0],
                unit: "ms",
                target: .atMost(10)
            )
        )
        try FileManager.default.removeItem(atPath: database)
    }

    /// The same into a PostgreSQL server: built, carried across, and compared by digests.
    private mutating func loadAnswers(_ path: String, _ householdCount: Int) throws {
        guard let cluster = try PostgreSQLCluster.durable() else { return }
        let rounds = try (0..<min(roundCount, 3)).map { _ in
            let database = try cluster.makeDatabase()
            return try measure(bmn, ["replay", path, "--into", database]).seconds
        }
        add(
            Figure(
                metric: "replay-answers-postgresql",
                records: householdCount,
                value: Double(householdCount) / rounds.median,
                unit: "records/s",
                target: .atLeast(25_000)
            )
        )
    }

    /// One household as it was, in the largest ledger against the one before: what lies around its
    /// events should cost nothing.
    mutating func asOfHousehold() throws {
        guard wants("as-of-household"), ledgers.count > 1, let last = ledgers.last else { return }
        Report.note("show a household as of a tree size")
        let household = "\(Province.village(0))-100001"
        func cost(_ ledger: Ledger) throws -> Double {
            let point = "\(ledger.recordCount - 1)"
            let arguments = ["show", ledger.path, "household", household, "--as-of", point]
            return try (0..<roundCount).map { _ in try measure(bmn, arguments).seconds }.median
        }
        let small = try cost(ledgers[ledgers.count - 2])
        let large = try cost(last)
        add(
            Figure(
                metric: "as-of-household",
                records: last.recordCount,
                value: large * 1000,
                unit: "ms",
                target: .atMost(100)
            )
        )
        add(
            Figure(
                metric: "as-of-household-growth",
                records: last.recordCount,
                value: large / small,
                unit: "ratio",
                target: .atMost(1.25)
            )
        )
    }
}
