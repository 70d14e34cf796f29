import Foundation

/// What those pay who follow a log, and those who are handed evidence of it.
extension Benchmarks {
    /// Checking one household's bundle, in memory.
    mutating func bundle() throws {
        guard wants("bundle-check") else { return }
        for ledger in ledgers {
            Report.note("check a bundle from \(ledger.recordCount) records")
            _ = try Program.output(bmn, ["checkpoint", ledger.path])
            let costs = try Program.numbers(bench, ["bundle", ledger.path, "\(roundCount * 20)"])
            add(
                Figure(
                    metric: "bundle-check",
                    records: ledger.recordCount,
                    value: costs.median,
                    unit: "ms",
                    target: .atMost(100)
                )
            )
        }
    }

    /// Publishing and verifying so many new records, in the largest ledger against the one before: what
    /// was there before should cost nothing.
    mutating func follow(newCount: Int) throws {
        guard wants("follow-publish", "follow-verify"), ledgers.count > 1, let last = ledgers.last
        else { return }
        let small = try follow(ledgers[ledgers.count - 2], newCount: newCount)
        let large = try follow(last, newCount: newCount)
        let ratios = [
            ("follow-publish", large.publish / small.publish),
            ("follow-verify", large.verify / small.verify),
        ]
        for (metric, ratio) in ratios {
            add(
                Figure(
                    metric: metric,
                    batch: newCount,
                    records: last.recordCount,
                    value: ratio,
                    unit: "ratio",
                    target: .atMost(1.25)
                )
            )
        }
    }

    /// Seconds for the new records of one round.
    private func follow(
        _ ledger: Ledger,
        newCount: Int
    ) throws -> (publish: Double, verify: Double) {
        Report.note("follow \(newCount) new records after \(ledger.recordCount)")
        let published = "\(scratch)/followed-\(ledger.householdCount)"
        let state = "\(published).state"
        defer { try? FileManager.default.removeItem(atPath: published) }
        _ = try Program.output(bmn, ["checkpoint", ledger.path])
        _ = try Program.output(bmn, ["publish", ledger.path, published])
        _ = try Program.output(audit, ["verify", published, "--state", state])
        var publish: [Double] = []
        var verify: [Double] = []
        for round in 0..<roundCount {
            let first = ledger.householdCount + round * newCount
            _ = try Program.output(bench, ["grow", ledger.path, "\(first)", "\(newCount)"])
            _ = try Program.output(bmn, ["checkpoint", ledger.path])
            publish.append(try measure(bmn, ["publish", ledger.path, published]).seconds)
            verify.append(
                try measure(audit, ["verify", published, "--state", state, "--new-only"]).seconds
            )
        }
        return (publish.median, verify.median)
    }
}
