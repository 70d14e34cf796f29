import Audit
import AuditTestSupport
import Cryptography
import Survey
import Testing
import TransparencyLog

/// What a policy asks for: two of three witnesses, in most of these.
@Suite struct PolicyTests {
    let records: [[UInt8]]
    let heads: Checkpoints
    let witnesses: [Cosigner]
    let trust: Trust

    init() throws {
        records = try HonestLog(.collected).records
        heads = Checkpoints(records)
        witnesses = try [1, 2, 3].map { try Sample.cosigner($0) }
        trust = try Trust.policy(of: witnesses)
    }

    private var size: Int { records.count }

    private func verify(
        _ stored: StoredCheckpoint...,
        only check: Check? = nil,
        trust: Trust? = nil
    ) throws -> Verdict {
        var source = MemorySource(records)
        source.checkpoints = stored
        return try AuditTests.verify(source, only: check, trust: trust ?? self.trust)
    }

    @Test(arguments: [nil, Check.signatures])
    func `A quorum over the last record is enough, and is named`(_ check: Check?) throws {
        let cosigned = try heads.stored(size, cosigners: [witnesses[2], witnesses[0]])
        let verdict = try verify(heads.stored(4), cosigned, only: check)
        #expect(verdict.findings == [])
        #expect(verdict.seal?.endorsedTreeSize == UInt64(size))
        #expect(verdict.seal?.witnesses.map(\.name) == ["a", "c"])
        #expect(verdict.seal?.witnesses.map(\.time) == [Trust.cosignedAt, Trust.cosignedAt])
    }

    @Test(arguments: [nil, Check.signatures])
    func `Less than the quorum is a finding`(_ check: Check?) throws {
        let one = try verify(heads.stored(size, cosigners: [witnesses[1]]), only: check)
        expect(one, .policyNotMet, of: .signatures)
        #expect(one.findings.count == 1, "the one cosignature is right: \(one.findings)")
        #expect(one.seal?.signedTreeSize == UInt64(size))
        #expect(one.seal?.endorsedTreeSize == nil)
        expect(try verify(heads.stored(size), only: check), .policyNotMet, of: .signatures)
        // One witness counts once, however often it cosigned.
        let twice = try heads.stored(size, cosigners: [witnesses[1], witnesses[1]])
        expect(try verify(twice, only: check), .policyNotMet, of: .signatures)
    }

    @Test(arguments: [nil, Check.signatures])
    func `A ledger without any checkpoint meets no policy`(_ check: Check?) throws {
        expect(try verify(only: check), .policyNotMet, of: .signatures)
        let alone = try Trust.policy(of: [])
        expect(try verify(only: check, trust: alone), .policyNotMet, of: .signatures)
        #expect(try verify(heads.stored(size), only: check, trust: alone).isOK)
    }

    @Test func `An invalid cosignature under a known key is a finding beside a quorum`() throws {
        let wrong = try witnesses[2].cosign(heads.checkpoint(size - 1), time: Trust.cosignedAt)
        let right = try heads.stored(size, cosigners: [witnesses[0], witnesses[1]])
        let mixed = StoredCheckpoint(
            treeSize: right.treeSize,
            noteBytes: right.noteBytes,
            cosignatureLines: right.cosignatureLines + [Array(wrong.line.utf8)]
        )
        let verdict = try verify(mixed)
        expect(verdict, .cosignatureInvalid, of: .signatures)
        expect(verdict, .policyNotMet, of: .signatures)
        let garbage = StoredCheckpoint(
            treeSize: right.treeSize,
            noteBytes: right.noteBytes,
            cosignatureLines: right.cosignatureLines + [[0xFF, 0x0A]]
        )
        expect(try verify(garbage), .cosignatureInvalid, of: .signatures)
    }

    @Test func `A cosignature of another time than the witness signed is invalid`() throws {
        let signature = try witnesses[0].cosign(heads.checkpoint(size), time: Trust.cosignedAt)
        let fields = signature.line.split(separator: " ")
        var bytes = try #require(Base64.decode(fields[2]))
        bytes[11] ^= 1
        let line = "\(fields[0]) \(fields[1]) \(Base64.encode(bytes))"
        let stored = StoredCheckpoint(
            treeSize: UInt64(size),
            noteBytes: try heads.note(size).encoded,
            cosignatureLines: [Array(line.utf8)]
        )
        expect(try verify(stored), .cosignatureInvalid, of: .signatures)
    }

    @Test func `Witnesses that the policy does not know neither help nor harm`() throws {
        let unknown = try [4, 5, 6].map { try Sample.cosigner($0) }
        #expect(
            try verify(heads.stored(size, cosigners: unknown + witnesses.prefix(2))).isOK
        )
        expect(
            try verify(heads.stored(size, cosigners: unknown)),
            .policyNotMet,
            of: .signatures
        )
        // Without a policy nobody is known: cosignatures are not looked at.
        #expect(try verify(heads.stored(size, cosigners: unknown), trust: Trust()).isOK)
    }

    @Test(arguments: [nil, Check.signatures])
    func `Records after the last cosigned checkpoint are a finding`(_ check: Check?) throws {
        let cosigned = try heads.stored(size - 3, cosigners: witnesses)
        for stored in [[cosigned], [cosigned, try heads.stored(size)]] {
            var source = MemorySource(records)
            source.checkpoints = stored
            let verdict = try AuditTests.verify(source, only: check, trust: trust)
            expect(verdict, .endUnsealed, of: .signatures)
            expect(verdict, .signatures, UInt64(size - 3), "the last 3 records lie after")
            #expect(verdict.seal?.endorsedTreeSize == UInt64(size - 3))
        }
    }

    @Test func `Cosignatures over another root endorse nothing`() throws {
        let note = try heads.note(
            size,
            rootHash: heads.head(size - 1).rootHash,
            cosigners: witnesses
        )
        let stored = StoredCheckpoint(
            treeSize: UInt64(size),
            noteBytes: try SignedNote(text: note.text, signatures: [note.signatures[0]]).encoded,
            cosignatureLines: note.signatures.dropFirst().map { Array($0.line.utf8) }
        )
        let verdict = try verify(stored)
        expect(verdict, .checkpointMismatch, of: .tree)
        expect(verdict, .policyNotMet, of: .signatures)
        let known = try KnownHead(note: note, witness: "kept.txt")
        let kept = try AuditTests.verify(records, knownHeads: [known], trust: trust)
        expect(kept, .historyRewritten, of: .tree)
        expect(kept, .policyNotMet, of: .signatures)
    }

    @Test func `A kept checkpoint with its cosignatures meets the policy, too`() throws {
        func verdict(_ size: Int) throws -> Verdict {
            let note = try heads.note(size, cosigners: Array(witnesses.prefix(2)))
            let known = try KnownHead(note: note, witness: "kept.txt")
            return try AuditTests.verify(records, knownHeads: [known], trust: trust)
        }
        #expect(try verdict(size).isOK)
        #expect(try verdict(size).seal?.endorsedTreeSize == UInt64(size))
        expect(try verdict(size - 1), .endUnsealed, of: .signatures)
    }

    @Test func `A log key that the policy does not know is as good as none`() throws {
        let other = try Trust.policy([Sample.logSigner(number: 9)], of: witnesses)
        let stored = try heads.stored(size, cosigners: witnesses)
        expect(try verify(stored, trust: other), .policyNotMet, of: .signatures)
    }

    @Test func `After a rotation the policy must know the new key`() throws {
        let rotated = try HonestLog(.certified).records
        let heads = Checkpoints(rotated)
        let new = Sample.logSigner(number: 2)
        var source = MemorySource(rotated)
        source.checkpoints = [
            try heads.stored(rotated.count - 1, cosigners: witnesses),
            try heads.stored(rotated.count, by: new, cosigners: witnesses),
        ]
        expect(
            try AuditTests.verify(source, trust: trust),
            .endUnsealed,
            of: .signatures
        )
        let both = try Trust.policy([Sample.logSigner(), new], of: witnesses)
        let verdict = try AuditTests.verify(source, trust: both)
        #expect(verdict.isOK, "\(verdict.findings)")
    }
}
