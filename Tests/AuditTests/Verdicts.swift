import Audit
import AuditTestSupport
import Ledger
import Survey
import Testing

/// Verifies records that lie in memory.
func verify(
    _ records: [[UInt8]],
    only check: Check? = nil,
    knownHeads: [KnownHead] = [],
    trust: Trust = Trust(),
    chunkRecordCount: UInt64 = 1024
) throws -> Verdict {
    try verify(
        MemorySource(records),
        only: check,
        knownHeads: knownHeads,
        trust: trust,
        chunkRecordCount: chunkRecordCount
    )
}

func verify(
    _ source: any RecordSource,
    only check: Check? = nil,
    knownHeads: [KnownHead] = [],
    trust: Trust = Trust(),
    threadCount: Int = 2,
    chunkRecordCount: UInt64 = 1024
) throws -> Verdict {
    let all = Set(Check.allCases).subtracting([.projections])
    return try Auditor(
        source,
        checks: check.map { [$0] } ?? all,
        knownHeads: knownHeads,
        trust: trust,
        threadCount: threadCount,
        chunkRecordCount: chunkRecordCount
    ).verify()
}

/// Expects a finding of that level about that record whose reason has `text` in it.
func expect(
    _ verdict: Verdict,
    _ check: Check,
    _ index: UInt64?,
    _ text: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let isThere = verdict.findings.contains {
        $0.check == check && $0.index == index && $0.reason.contains(text)
    }
    let found = verdict.findings.prefix(10).map { "\($0.check) \($0.index ?? 0) \($0.reason)" }
    #expect(isThere, "found only \(found)", sourceLocation: sourceLocation)
    #expect(!verdict.isOK, sourceLocation: sourceLocation)
}

/// Expects a finding of that kind, reported by that level.
func expect(
    _ verdict: Verdict,
    _ code: FindingCode,
    of check: Check,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let isThere = verdict.findings.contains { $0.code == code && $0.check == check }
    let found = verdict.findings.prefix(10).map { "\($0.check) \($0.code) \($0.reason)" }
    #expect(isThere, "found only \(found)", sourceLocation: sourceLocation)
    #expect(!verdict.isOK, sourceLocation: sourceLocation)
}

/// Expects nothing wrong at any level but these.
func expectOnly(
    _ verdict: Verdict,
    _ checks: Set<Check>,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let found = Set(verdict.checks.filter { !$0.isOK }.map(\.check))
    #expect(found == checks, "\(verdict.findings.prefix(10))", sourceLocation: sourceLocation)
}

/// A log whose records have an index, a time and nothing to object to, for long walks.
func longLog(recordCount: Int) throws -> [[UInt8]] {
    var script = Script.staffed
    let perHousehold = recordCount - script.steps.count - 1
    for serial in 0..<perHousehold { script.add(.recordNotCollected(Sample.visit("v-\(serial)"))) }
    return try HonestLog(script).records
}

extension [UInt8] {
    /// The first occurrence of a text replaced by another one.
    func replacing(_ text: String, _ replacement: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        guard let range = firstRange(of: bytes) else { return self }
        return Array(self[..<range.lowerBound]) + Array(replacement.utf8)
            + Array(self[range.upperBound...])
    }
}
