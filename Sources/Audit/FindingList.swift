/// Collects findings, bounded per check: a forged ledger of a million records must not take a
/// million sentences of memory.
package struct FindingList: Sendable {
    package static let keptCountPerCheck = 1000
    package private(set) var kept: [Finding] = []
    private(set) var counts: [Check: Int] = [:]

    package init() {}

    package mutating func add(
        _ code: FindingCode,
        _ index: UInt64?,
        _ reason: @autoclosure () -> String,
        of level: Check? = nil,
        by witness: String? = nil
    ) {
        let check = level ?? code.check
        let count = counts[check, default: 0] + 1
        counts[check] = count
        // What contradicts a known head is kept however much else is wrong: there are few of them.
        guard count <= Self.keptCountPerCheck || witness != nil else { return }
        kept.append(Finding(code, index, reason(), of: check, by: witness))
    }

    /// Adds what another list found of these checks, those that it did not keep included.
    package mutating func add(_ other: FindingList, of checks: Set<Check>) {
        for finding in other.kept where checks.contains(finding.check) {
            add(
                finding.code,
                finding.index,
                finding.reason,
                of: finding.check,
                by: finding.witness
            )
        }
        for (check, count) in other.counts where checks.contains(check) {
            counts[check, default: 0] += count - other.kept.count { $0.check == check }
        }
    }

    package func count(_ check: Check) -> Int { counts[check, default: 0] }
}
