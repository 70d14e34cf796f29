import Audit
import AuditTestSupport
import Cryptography
import Survey
import Testing
import TransparencyLog

/// Checkpoints that the ledger itself keeps, against its records and its key.
@Suite struct StoredCheckpointTests {
    let records: [[UInt8]]
    let heads: Checkpoints

    init() throws {
        records = try HonestLog(.collected).records
        heads = Checkpoints(records)
    }

    private func verify(_ stored: StoredCheckpoint..., only check: Check? = nil) throws -> Verdict {
        var source = MemorySource(records)
        source.checkpoints = stored
        return try AuditTests.verify(source, only: check)
    }

    private func stored(under size: Int, _ note: SignedNote) -> StoredCheckpoint {
        StoredCheckpoint(treeSize: UInt64(size), noteBytes: note.encoded)
    }

    @Test func `Those of the log are verified, and say how much is signed`() throws {
        let verdict = try verify(heads.stored(1), heads.stored(10), heads.stored(20))
        #expect(verdict.findings == [])
        #expect(verdict.seal?.signedTreeSize == 20)
        #expect(verdict.seal?.endorsedTreeSize == nil)
        #expect(verdict.checks.first { $0.check == .signatures }?.checkedCount == 3)
        #expect(try verify().seal?.signedTreeSize == 0)
        #expect(try verify(heads.stored(10), only: .tree).seal == nil, "no signature was looked at")
    }

    @Test(arguments: [nil, Check.tree, .signatures])
    func `Another root hash is found by the tree, or by the signatures`(_ check: Check?) throws {
        let wrong = stored(under: 10, try heads.note(10, rootHash: heads.head(9).rootHash))
        let verdict = try verify(wrong, only: check)
        expect(verdict, .checkpointMismatch, of: check ?? .tree)
        expectOnly(verdict, [check ?? .tree])
    }

    @Test func `One that is stored under another size is found`() throws {
        expect(try verify(stored(under: 10, heads.note(12))), .checkpointMismatch, of: .tree)
        expect(try verify(stored(under: 0, heads.note(1))), .checkpointMismatch, of: .tree)
        expect(try verify(stored(under: 0, heads.note(0))), .checkpointMismatch, of: .tree)
    }

    @Test func `One of another origin is found, even if the log's key signed it`() throws {
        let other = "example.org/bmn/98"
        let bySelf = try verify(stored(under: 10, heads.note(10, origin: other)))
        expectOnly(bySelf, [.tree])
        expect(bySelf, .tree, nil, "is of example.org/bmn/98")
        let note = try heads.note(10, by: Sample.logSigner(other), origin: other)
        let byOther = try verify(stored(under: 10, note))
        expect(byOther, .checkpointMismatch, of: .tree)
        expect(byOther, .checkpointUnsigned, of: .signatures)
    }

    @Test(arguments: [nil, Check.tree, .signatures])
    func `What is no checkpoint is found`(_ check: Check?) throws {
        let texts = [
            "", "hello", "example.org/bmn/99\n10\n\n",
            "example.org/bmn/99\n10\nAAAA\n\n— x AAAAAAA=\n",
        ]
        for text in texts {
            let note = StoredCheckpoint(treeSize: 10, noteBytes: Array(text.utf8))
            expect(try verify(note, only: check), .checkpointMalformed, of: check ?? .tree)
        }
    }

    @Test(arguments: Check.allCases.filter { $0 != .projections })
    func `One beyond the end is found, whatever was asked for`(_ check: Check) throws {
        let size = records.count
        for beyond in [size + 1, size + 100, Int.max] {
            let note = try heads.note(10)
            let verdict = try verify(stored(under: beyond, note), only: check)
            expect(verdict, .checkpointBeyondEnd, of: .structure)
            expect(verdict, .structure, nil, "of \(beyond) records, the ledger has \(size)")
        }
        var last = MemorySource(records)
        last.checkpoints = [StoredCheckpoint(treeSize: .max, noteBytes: [])]
        expect(try AuditTests.verify(last, only: check), .checkpointBeyondEnd, of: .structure)
    }

    @Test(arguments: [nil, Check.tree, .signatures])
    func `A store that gives them out of order is found and walked no further`(
        _ check: Check?
    ) throws {
        let stored = try heads.stored(10)
        let source = WanderingSource(base: MemorySource(records), checkpoint: stored)
        let verdict = try AuditTests.verify(source, only: check)
        expect(verdict, .checkpointMalformed, of: check ?? .tree)
        expect(verdict, check ?? .tree, nil, "out of order")
    }

    @Test func `One without the log's signature is found`() throws {
        // A note has a signature; that of a stranger is none.
        let stranger = try verify(heads.stored(10, by: Sample.logSigner("example.org/stranger")))
        expect(stranger, .checkpointUnsigned, of: .signatures)
        expectOnly(stranger, [.signatures])
        #expect(stranger.seal?.signedTreeSize == 0)
        let witness = try heads.checkpoint(10)
        let cosignature = try Sample.cosigner(1).cosign(witness, time: 1)
        let note = try SignedNote(text: witness.text, signatures: [cosignature])
        expect(try verify(stored(under: 10, note)), .checkpointUnsigned, of: .signatures)
    }

    @Test func `One by another key with the log's name is found`() throws {
        let other = try verify(heads.stored(10, by: Sample.logSigner(number: 9)))
        expect(other, .checkpointUnsigned, of: .signatures)
        expect(other, .signatures, nil, "noKnownSignature")
        // Even one that claims to be the log's key.
        let signer = Sample.logSigner()
        let note = try SignedNote(
            text: heads.checkpoint(10).text,
            signatures: [try signer.sign(heads.checkpoint(9).text)]
        )
        let moved = try verify(stored(under: 10, note))
        expect(moved, .signatures, nil, "invalidSignature")
        expectOnly(moved, [.signatures])
        #expect(try verify(stored(under: 10, note), only: .tree).isOK, "the tree is right")
    }

    @Test func `After a rotation the new key signs, and before it the old one`() throws {
        var script = Script.collected
        script.add(.rotateLogKey(Sample.keyRotation()))
        script.add(.recordNotCollected(Sample.visit("h-9")))
        let records = try HonestLog(script).records
        let heads = Checkpoints(records)
        let (size, old, new) = (records.count, Sample.logSigner(), Sample.logSigner(number: 2))
        func verdict(_ size: Int, _ signer: NoteSigner) throws -> Verdict {
            var source = MemorySource(records)
            source.checkpoints = [try heads.stored(size, by: signer)]
            return try AuditTests.verify(source)
        }
        // The tree of size - 2 has not the rotation yet; that of size - 1 ends with it.
        for (size, right, wrong) in [
            (1, old, new), (size - 2, old, new), (size - 1, new, old), (size, new, old),
        ] {
            #expect(try verdict(size, right).isOK, "size \(size)")
            let refused = try verdict(size, wrong)
            expect(refused, .checkpointUnsigned, of: .signatures)
            expectOnly(refused, [.signatures])
        }
    }

    @Test func `A tile that is missing or altered is found`() throws {
        let records = try longLog(recordCount: 520)
        let source = MemorySource(records)
        #expect(source.tiles.keys.sorted() == ["0 0", "0 1", "1 0"])
        #expect(try AuditTests.verify(source).isOK)
        for (name, place) in [
            ("0 0", "tile 0 of level 0"), ("0 1", "tile 1 of level 0"),
            ("1 0", "tile 0 of level 1"),
        ] {
            var missing = source
            missing.tiles[name] = nil
            let lost = try AuditTests.verify(missing)
            expect(lost, .tree, nil, "\(place) is missing")
            expectOnly(lost, [.tree])
            for offset in [0, (source.tiles[name]?.count ?? 1) - 1] {
                var altered = source
                altered.tiles[name]?[offset] ^= 1
                let verdict = try AuditTests.verify(altered, only: .tree)
                expect(verdict, .tree, nil, "\(place) has not the hashes")
            }
            var short = source
            short.tiles[name]?.removeLast(32)
            expect(try AuditTests.verify(short), .storedTreeWrong, of: .tree)
        }
    }
}
