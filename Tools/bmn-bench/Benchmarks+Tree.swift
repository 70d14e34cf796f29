import Foundation

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

    /// Publishing a whole ledger beside copying what was published, both until it is on disk.
    mutating func publish() throws {
        guard wants("publish"), let ledger = ledgers.last else { return }
        Report.note("publish \(ledger.recordCount) records")
        _ = try Program.output(bmn, ["checkpoint", ledger.path])
        var ours: [Double] = []
        var limits: [Double] = []
        var following: [Double] = []
        for round in 0..<roundCount {
            let (published, copied) = (
                "\(scratch)/published-\(round)", "\(scratch)/copied-\(round)"
            )
            let cost = try measure(bmn, ["publish", ledger.path, published])
            let copying = try measure(
                "/bin/sh",
                ["-c", "cp -r '\(published)' '\(copied)' && sync -f '\(copied)'"]
            )
            let mebibytes = try Self.mebibytes(under: "\(published)/tile/entries")
            ours.append(mebibytes / cost.seconds)
            limits.append(mebibytes / copying.seconds)
            following.append(try measure(bmn, ["publish", ledger.path, published]).seconds)
            for path in [published, copied] { try FileManager.default.removeItem(atPath: path) }
        }
        let isFast = ours.median >= 200
        add(
            Figure(
                metric: "publish",
                records: ledger.recordCount,
                value: ours.median,
                unit: "MiB/s",
                limit: limits.median,
                // Either is enough: so much of what cp does, or 200 MiB/s.
                target: isFast ? .atLeast(0) : .atLeast(0.5)
            )
        )
        add(
            Figure(
                metric: "publish-nothing-new",
                records: ledger.recordCount,
                value: following.median * 1000,
                unit: "ms"
            )
        )
    }

    private static func mebibytes(under folder: String) throws -> Double {
        var byteCount = 0
        let files = FileManager.default.enumerator(atPath: folder)
        while files?.nextObject() != nil {
            let attributes = files?.fileAttributes
            guard attributes?[.type] as? FileAttributeType == .typeRegular else { continue }
            byteCount += attributes?[.size] as? Int ?? 0
        }
        guard byteCount > 0 else { throw BenchFailure("nothing was published under \(folder)") }
        return Double(byteCount) / 1_048_576
    }
}
