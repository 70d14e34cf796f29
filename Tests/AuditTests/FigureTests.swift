import Audit
import AuditTestSupport
import Cryptography
import Ledger
import Survey
import Testing

/// Level 6, and what the rules say of a statement.
@Suite struct FigureTests {
    let records: [[UInt8]]
    let index: UInt64

    init() throws {
        records = try HonestLog(.certified).records
        index = UInt64(try ForgedLog(records).index(of: .certificationPrepared))
    }

    /// Verifies a log in which the first certification was changed, and all hashes after it.
    private func verdict(
        only check: Check? = nil,
        _ change: (inout CertificationPrepared) -> Void
    ) throws -> Verdict {
        var forged = try ForgedLog(records)
        try forged.entries[Int(index)].edit { change(&$0.certificationPrepared) }
        return try verify(forged.records, only: check)
    }

    private static let changes: [@Sendable (inout Figures) -> Void] = [
        { $0.targetHouseholds += 1 }, { $0.collected -= 1 }, { $0.notCollected = .max },
        { $0.persons = 0 }, { $0.surveyed[30] += 1 }, { $0.failed[0] += 1 },
        { $0.surveyed.removeLast() }, { $0.failed.removeAll() }, { $0.surveyed.append(0) },
        { $0.failed = Array(repeating: .max, count: 500) },
    ]

    @Test func `Figures that the records do not give are found, with consistent hashes`() throws {
        for change in Self.changes {
            let verdict = try verdict { prepared in
                change(&prepared.figures)
                let (cycle, area) = (prepared.cycle, prepared.area)
                prepared.figuresDigest = prepared.figures.digest(cycle: cycle, area: area).hex
                prepared.statement = State().statement(of: prepared)
            }
            expect(
                verdict,
                .figures,
                index,
                "the figures of 2561-9981-1 are not those of the records"
            )
            #expect(!verdict.findings.contains { $0.check == .rules && $0.index == index })
        }
    }

    @Test(arguments: [Check.figures, nil])
    func `A figures digest that is not that of the figures is found`(_ check: Check?) throws {
        let digest = String(repeating: "0", count: 64)
        for wrong in [digest, "", "x"] {
            let verdict = try verdict(only: check) { $0.figuresDigest = wrong }
            expect(verdict, .figures, index, "the figures digest of 2561-9981-1 is not that of")
        }
    }

    @Test func `A statement that says something else is found`() throws {
        for edit in ["", "\n", " ", "คงเหลือ 0"] {
            let verdict = try verdict { $0.statement += edit + "x" }
            expect(verdict, .rules, index, "statementMismatch")
        }
    }

    @Test func `Figures at another tree size or root are found`() throws {
        let larger = try verdict { $0.treeSize += 1 }
        expect(larger, .tree, index, "treeHeadMismatch")
        let root = try verdict { $0.rootHash = String(repeating: "0", count: 64) }
        expect(root, .tree, index, "treeHeadMismatch")
        let alone = try verdict(only: .figures) { $0.treeSize = .max }
        expect(alone, .figures, index, "2561-9981-1 claims figures at another tree size")
        let rules = try verdict(only: .rules) { $0.treeSize = 0 }
        expect(rules, .rules, index, "treeHeadMismatch")
    }

    @Test func `Who asks for the rules alone hears of wrong figures too`() throws {
        let verdict = try verdict(only: .rules) { $0.figures.collected += 1 }
        expect(verdict, .rules, index, "figuresMismatch")
    }

    @Test func `An answer changed below a certification shows in its figures`() throws {
        var forged = try ForgedLog(records)
        let household = try forged.index(of: .householdRecorded)
        // h-4 of another village would do as well: one more of two fails indicator 8.
        try forged.entries[household].edit { event in
            var counts = try IndicatorCounts(
                inScope: event.householdRecorded.inScope,
                failing: event.householdRecorded.failing
            )
            try counts.set(31, inScope: counts.inScope(31), failing: counts.inScope(31))
            event.householdRecorded.failing = counts.failingDigits
        }
        let verdict = try verify(forged.records, only: .figures)
        expect(verdict, .figures, index, "the figures of 2561-9981-1")
    }
}
