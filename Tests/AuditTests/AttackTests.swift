import Audit
import AuditTestSupport
import Cryptography
import Foundation
import Survey
import TestSupport
import Testing
import TransparencyLog

/// Attacks by somebody who holds the server and the log's key, and makes everything else anew.
///
/// Each test says what catches it; VERIFY.md has the same as a table.
@Suite struct AttackTests {
    /// With checkpoints that two witnesses cosigned, after record 20 and at the end.
    let honest: [[UInt8]]
    let heads: Checkpoints
    let witnesses: [Cosigner]
    let trust: Trust

    init() throws {
        honest = try HonestLog(.collected).records
        heads = Checkpoints(honest)
        witnesses = try [1, 2].map { try Sample.cosigner($0) }
        trust = try Trust.policy(of: witnesses)
    }

    private var size: Int { honest.count }

    /// What the log would be if the last four records had never been and others came instead.
    private func continuedElsewhere() throws -> [[UInt8]] {
        var forged = try ForgedLog(honest)
        forged.entries.removeLast(4)
        for serial in 0..<6 { forged.append(.householdNotCollected(Sample.visit("x-\(serial)"))) }
        return forged.records
    }

    /// One name changed at the beginning, and everything after it made anew.
    private func recomputed() throws -> [[UInt8]] {
        var forged = try ForgedLog(honest)
        try forged.entries[3].edit { $0.areaDefined.nameEn = "another name" }
        return forged.records
    }

    /// The forger's store: everything follows from the records, and the log's key has signed it.
    private func store(
        _ records: [[UInt8]],
        by signer: NoteSigner = Sample.logSigner(),
        lines: [[UInt8]] = [],
        timestamps: [[UInt8]] = []
    ) throws -> MemorySource {
        var source = MemorySource(records)
        let heads = Checkpoints(records)
        let end = try heads.stored(records.count, by: signer)
        source.checkpoints = [
            try heads.stored(20, by: signer),
            StoredCheckpoint(
                treeSize: end.treeSize,
                noteBytes: end.noteBytes,
                cosignatureLines: lines,
                timestamps: timestamps
            ),
        ]
        return source
    }

    private func honestLines() throws -> [[UInt8]] {
        try heads.stored(size, cosigners: witnesses).cosignatureLines
    }

    @Test func `The honest log passes all that the attacks below do not`() throws {
        let source = try store(honest, lines: honestLines())
        let kept = [try heads.kept(20), try heads.kept(size)]
        let verdict = try verify(source, knownHeads: kept, trust: trust)
        #expect(verdict.findings == [])
    }

    @Test func `A tail cut off and continued: the tree, with a kept checkpoint`() throws {
        let source = try store(continuedElsewhere())
        #expect(source.treeSize > UInt64(size))
        let verdict = try verify(source, knownHeads: [heads.kept(size)])
        expect(verdict, .historyRewritten, of: .tree)
        expectOnly(verdict, [.tree])
    }

    @Test func `A tail cut off and continued: the tree, with the checkpoint left in the store`()
        throws
    {
        var source = try store(continuedElsewhere())
        source.checkpoints = [try heads.stored(20), try heads.stored(size)]
        let verdict = try verify(source)
        expect(verdict, .checkpointMismatch, of: .tree)
        expectOnly(verdict, [.tree])
    }

    @Test func `A tail cut off and continued: the signatures, with a policy`() throws {
        var source = try store(continuedElsewhere())
        expect(try verify(source, trust: trust), .policyNotMet, of: .signatures)
        // The witnesses' word for the part that both have in common does not cover the rest.
        source.checkpoints[0] = try heads.stored(20, cosigners: witnesses)
        let verdict = try verify(source, trust: trust)
        expect(verdict, .signatures, 20, "records lie after the last checkpoint that meets")
        expectOnly(verdict, [.signatures])
    }

    @Test func `A tail cut off: structure, with a kept checkpoint or one left in the store`() throws
    {
        let shorter = Array(honest.dropLast(4))
        let kept = try verify(store(shorter), knownHeads: [heads.kept(size)])
        expect(kept, .tailMissing, of: .structure)
        expectOnly(kept, [.structure])
        var source = MemorySource(shorter)
        source.checkpoints = [try heads.stored(size)]
        let left = try verify(source)
        expect(left, .checkpointBeyondEnd, of: .structure)
        expectOnly(left, [.structure])
    }

    @Test func `The whole chain recomputed: the tree, with a kept checkpoint`() throws {
        let source = try store(recomputed())
        for size in [4, 20, size] {
            let verdict = try verify(source, knownHeads: [heads.kept(size)])
            expect(verdict, .historyRewritten, of: .tree)
            expectOnly(verdict, [.tree])
        }
    }

    @Test func `The whole chain recomputed: the signatures, with a policy`() throws {
        let dropped = try verify(store(recomputed()), trust: trust)
        expect(dropped, .policyNotMet, of: .signatures)
        let moved = try verify(store(recomputed(), lines: honestLines()), trust: trust)
        expect(moved, .cosignatureInvalid, of: .signatures)
        expect(moved, .policyNotMet, of: .signatures)
        // Witnesses of the forger's own are none of the policy's.
        let own = try [7, 8].map { try Sample.cosigner($0) }
        let records = try recomputed()
        let lines = try Checkpoints(records).stored(size, cosigners: own).cosignatureLines
        let strange = try verify(store(records, lines: lines), trust: trust)
        expect(strange, .policyNotMet, of: .signatures)
    }

    @Test func `The whole chain recomputed: the signatures, with a time-stamp`() throws {
        let authority = try StampingAuthority()
        let trust = Trust(timestampRoots: try TrustedRoots(pem: try authority.rootPEM()))
        let end = Date(timeIntervalSince1970: Double(Sample.start / 1_000_000 + 60))
        func token(_ records: [[UInt8]], _ time: Date) throws -> [UInt8] {
            let note = try Checkpoints(records).note(size)
            return try authority.token(overDigest: SHA256.hash(note.encoded).hex, at: time)
        }
        let honestToken = try token(honest, end)
        let right = try verify(store(honest, timestamps: [honestToken]), trust: trust)
        #expect(right.isOK)
        let moved = try verify(store(recomputed(), timestamps: [honestToken]), trust: trust)
        expect(moved, .timestampInvalid, of: .signatures)
        expectOnly(moved, [.signatures])
        // A fresh one is of the day it was made, years after the records: it is for the auditor to
        // see that, as it is to see that there is none.
        let today = end.addingTimeInterval(300_000_000)
        let late = try verify(
            store(recomputed(), timestamps: [token(recomputed(), today)]),
            trust: trust
        )
        #expect(late.isOK)
        let stampedAt = try #require(late.seal?.timestamp?.unixMicroseconds)
        #expect(stampedAt == Int64(today.timeIntervalSince1970) * 1_000_000)
        #expect(try verify(store(recomputed()), trust: trust).seal?.timestamp == nil)
    }

    @Test func `The whole chain recomputed: NOT CAUGHT by the ledger's own files alone`() throws {
        // This is what nobody can see who has kept nothing and believes no witness: the forger signs
        // the checkpoints anew. It is why checkpoints are given away.
        for records in [try recomputed(), try continuedElsewhere()] {
            let verdict = try verify(store(records))
            #expect(verdict.findings == [])
            #expect(verdict.seal?.signedTreeSize == UInt64(records.count))
            #expect(verdict.seal?.endorsedTreeSize == nil)
        }
    }

    @Test func `A split view: the tree, as soon as two auditors compare what they kept`() throws {
        let other = try continuedElsewhere()
        let otherHeads = Checkpoints(other)
        // Each sees a log that is right, with checkpoints that its key signed.
        #expect(try verify(store(honest), knownHeads: [heads.kept(20)]).isOK)
        #expect(try verify(store(other), knownHeads: [otherHeads.kept(20)]).isOK)
        #expect(heads.head(20) == otherHeads.head(20))
        for (source, kept) in [
            (try store(honest), try otherHeads.kept(size - 2)),
            (try store(other), try heads.kept(size)),
        ] {
            let verdict = try verify(source, knownHeads: [kept])
            expect(verdict, .historyRewritten, of: .tree)
            expectOnly(verdict, [.tree])
        }
        // Witnesses that refuse a fork leave one of the views without a quorum.
        #expect(try verify(store(honest, lines: honestLines()), trust: trust).isOK)
        expect(try verify(store(other), trust: trust), .policyNotMet, of: .signatures)
    }

    @Test func `A rollback to a backup: structure, with a kept checkpoint`() throws {
        let backup = Array(honest.prefix(25))
        #expect(try verify(store(backup)).isOK, "alone it is what it is: an older state")
        let verdict = try verify(store(backup), knownHeads: [heads.kept(size)])
        expect(verdict, .structure, nil, "the last \(size - 25) records are gone")
        expectOnly(verdict, [.structure])
    }

    @Test func `A checkpoint of the future: structure`() throws {
        let note = try heads.note(size + 5, rootHash: heads.head(size).rootHash)
        var source = MemorySource(honest)
        source.checkpoints = [
            StoredCheckpoint(treeSize: UInt64(size + 5), noteBytes: note.encoded)
        ]
        let stored = try verify(source)
        expect(stored, .checkpointBeyondEnd, of: .structure)
        expectOnly(stored, [.structure])
        let known = try KnownHead(note: note, witness: "kept.txt")
        expect(try verify(honest, knownHeads: [known]), .tailMissing, of: .structure)
    }

    @Test func `A member's signature moved to another person or certification: the signatures`()
        throws
    {
        let records = try HonestLog(.certified).records
        let honest = try ForgedLog(records)
        let signed = try honest.entries.indices.filter {
            try honest.entries[$0].event.eventKind == .certificationSigned
        }
        let first = try honest.entries[signed[0]].event.certificationSigned
        // To the next member of the same committee, with the key and without it.
        for movesKey in [true, false] {
            var forged = honest
            try forged.entries[signed[1]].edit { event in
                event.certificationSigned.signature = first.signature
                if movesKey { event.certificationSigned.publicKey = first.publicKey }
            }
            let verdict = try verify(forged.records)
            expect(verdict, movesKey ? .signerUnknown : .signatureInvalid, of: .signatures)
        }
        // The whole event, to the certification of another area.
        var forged = honest
        try forged.entries[signed[3]].edit { event in
            let certification = event.certificationSigned.certification
            event.certificationSigned = first
            event.certificationSigned.certification = certification
        }
        expect(try verify(forged.records), .signatureInvalid, of: .signatures)
    }

    @Test func `A log key of the forger's own with the right name: the signatures or the tree`()
        throws
    {
        let own = Sample.logSigner(number: 9)
        // Beside the honest records, what it signs is nobody's.
        let beside = try verify(store(honest, by: own))
        expect(beside, .checkpointUnsigned, of: .signatures)
        expectOnly(beside, [.signatures])
        // With record 0 rewritten to name it, only who knows the right key can tell.
        var forged = try ForgedLog(honest)
        try forged.entries[0].edit { $0.ledgerCreated.logKey = own.verifierKey.vkey }
        let source = try store(forged.records, by: own)
        #expect(try verify(source).isOK)
        let policy = try Trust.policy(of: [])
        expect(try verify(source, trust: policy), .policyNotMet, of: .signatures)
        let kept = try verify(source, knownHeads: [heads.kept(20)])
        expect(kept, .historyRewritten, of: .tree)
        expect(kept, .checkpointUnsigned, of: .signatures)
    }

    @Test func `An unsigned or unsealed end under a policy: the signatures`() throws {
        let alone = try Trust.policy(of: [])
        var source = MemorySource(honest)
        expect(try verify(source, trust: alone), .policyNotMet, of: .signatures)
        source.checkpoints = [try heads.stored(size - 1)]
        expect(try verify(source, trust: alone), .endUnsealed, of: .signatures)
        #expect(try verify(source).isOK, "without a policy nothing says that it must be signed")
        expect(try verify(store(honest), trust: trust), .policyNotMet, of: .signatures)
    }
}
