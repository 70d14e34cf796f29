import Audit
import AuditTestSupport
import Cryptography
import Survey
import Testing
import TransparencyLog

/// Checkpoints that somebody kept outside the ledger.
@Suite struct KeptCheckpointTests {
    let records: [[UInt8]]
    let heads: Checkpoints
    /// Another history of the same log, under the same key.
    let fork: Checkpoints

    init() throws {
        records = try HonestLog(.collected).records
        heads = Checkpoints(records)
        var forged = try ForgedLog(records)
        try forged.entries[3].edit { $0.areaDefined.nameEn = "another name" }
        fork = Checkpoints(forged.records)
    }

    /// All of them, and each alone.
    private static let levels: [Check?] = [
        nil, .structure, .chain, .tree, .signatures, .rules, .figures,
    ]

    private func verify(
        _ note: SignedNote,
        only check: Check? = nil,
        trust: Trust = Trust()
    ) throws -> Verdict {
        let known = try KnownHead(note: note, witness: "kept.txt")
        return try AuditTests.verify(records, only: check, knownHeads: [known], trust: trust)
    }

    @Test(arguments: levels)
    func `One of an earlier size is verified`(_ check: Check?) throws {
        for size in [1, 4, 20, records.count] {
            let verdict = try verify(heads.note(size), only: check)
            #expect(verdict.findings == [], "size \(size)")
            #expect(verdict.isOK)
            #expect(verdict.witnesses == ["kept.txt"])
        }
    }

    @Test(arguments: levels)
    func `One with another root is found, whatever was asked for`(_ check: Check?) throws {
        // A kept checkpoint that is given and not compared would look like one that was.
        let level = check == nil || check == .tree ? Check.tree : .structure
        for size in [4, 20, records.count] {
            let verdict = try verify(fork.note(size), only: check)
            expect(verdict, .historyRewritten, of: level)
            expect(verdict, level, nil, "kept.txt knows another root hash for tree size \(size)")
            expectOnly(verdict, check == nil ? [.tree] : [level])
        }
        // The histories are the same until record 3.
        #expect(try verify(fork.note(3), only: check).isOK)
    }

    @Test(arguments: levels)
    func `One of the future is found, whatever was asked for`(_ check: Check?) throws {
        let size = records.count
        for future in [size + 1, size + 1000] {
            let verdict = try verify(
                heads.note(future, rootHash: heads.head(size).rootHash),
                only: check
            )
            expect(verdict, .tailMissing, of: .structure)
            expect(verdict, .structure, nil, "the last \(future - size) records are gone")
        }
    }

    @Test func `One that the log's key did not sign is found`() throws {
        for signer in [Sample.logSigner(number: 9), Sample.logSigner("example.org/other")] {
            for check in [nil, Check.signatures] {
                let verdict = try verify(heads.note(10, by: signer), only: check)
                expect(verdict, .checkpointUnsigned, of: .signatures)
                expectOnly(verdict, [.signatures])
            }
        }
        let text = try heads.checkpoint(10).text
        let other = try Sample.logSigner().sign(heads.checkpoint(11).text)
        let moved = try verify(try SignedNote(text: text, signatures: [other]))
        expect(moved, .signatures, nil, "kept.txt: invalidSignature")
    }

    @Test(arguments: levels)
    func `One of another log is found, whatever was asked for`(_ check: Check?) throws {
        let other = "example.org/bmn/98"
        let note = try heads.note(10, by: Sample.logSigner(other), origin: other)
        let verdict = try verify(note, only: check)
        expect(verdict, .originMismatch, of: .structure)
        expect(verdict, .structure, 0, "kept.txt is of example.org/bmn/98")
    }

    @Test func `One of no records proves nothing and cannot be this log's`() throws {
        // The log's key is in record 0: it has signed nothing before.
        let empty = try verify(heads.note(0))
        expect(empty, .checkpointUnsigned, of: .signatures)
        expectOnly(empty, [.signatures])
        #expect(try verify(heads.note(0), only: .tree).isOK)
        let wrong = try heads.note(0, rootHash: heads.head(1).rootHash)
        expect(try verify(wrong), .historyRewritten, of: .tree)
    }

    @Test func `One from before a rotation of the key is the old key's`() throws {
        let rotated = try HonestLog(.certified).records
        let heads = Checkpoints(rotated)
        let new = Sample.logSigner(number: 2)
        let size = rotated.count
        #expect(
            try AuditTests.verify(
                rotated,
                knownHeads: [heads.kept(10), heads.kept(size - 1), heads.kept(size, by: new)]
            ).isOK
        )
        for kept in [try heads.kept(10, by: new), try heads.kept(size)] {
            let verdict = try AuditTests.verify(rotated, knownHeads: [kept])
            expect(verdict, .checkpointUnsigned, of: .signatures)
        }
    }

    @Test func `Several are all compared`() throws {
        let known = [try heads.kept(5), try fork.kept(12), try heads.kept(20)]
        let verdict = try AuditTests.verify(records, knownHeads: known)
        #expect(verdict.findings.map(\.code) == [.historyRewritten])
        #expect(verdict.witnesses.count == 3)
    }
}
