/// The tree, its checkpoints and its proofs.
extension Benchmarks {
    /// The share of an append that the tree takes, against the append of the same run.
    mutating func tree(batch: Int, count: Int) throws {
        guard wants("tree-share") else { return }
        Report.note("the tree's share of appending by \(batch)")
        var shares: [Double] = []
        for _ in 0..<roundCount {
            let counts = ["\(batch)", "\(count)"]
            let tree = try inScratch { try Program.numbers(bench, ["tree", $0] + counts) }
            let rate = try inScratch { try Program.numbers(bench, ["append", $0] + counts) }
            for (cost, rate) in zip(tree, rate) { shares.append(cost * rate / 1e6) }
        }
        add(
            Figure(
                metric: "tree-share",
                batch: batch,
                records: count,
                value: shares.median,
                unit: "ratio",
                target: .atMost(0.15)
            )
        )
    }

    /// A checkpoint without the flushes that it cannot do without.
    mutating func checkpoints() throws {
        guard wants("checkpoint") else { return }
        Report.note("sign checkpoints")
        var costs: [Double] = []
        for _ in 0..<roundCount {
            let numbers = try inScratch { try Program.numbers(bench, ["checkpoint", $0, "100"]) }
            guard numbers.count == 2 else { throw BenchFailure("checkpoint printed \(numbers)") }
            costs.append(numbers[0] - numbers[1])
        }
        add(
            Figure(
                metric: "checkpoint-beyond-flushes",
                value: costs.median,
                unit: "ms",
                target: .atMost(5)
            )
        )
    }

    mutating func proofs() throws {
        guard wants("proof") else { return }
        for ledger in ledgers {
            Report.note("proofs from \(ledger.recordCount) records")
            let numbers = try Program.numbers(bench, ["proofs", ledger.path, "2000"])
            guard numbers.count == 2 else { throw BenchFailure("proofs printed \(numbers)") }
            for (kind, milliseconds) in zip(["inclusion", "consistency"], numbers) {
                add(
                    Figure(
                        metric: "proof-\(kind)",
                        records: ledger.recordCount,
                        value: milliseconds,
                        unit: "ms",
                        target: .atMost(1)
                    )
                )
            }
        }
    }
}
