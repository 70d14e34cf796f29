import Audit
import AuditTestSupport
import Foundation
import LMDB
import Ledger
import LedgerAudit
import LedgerReader
import Survey
import Synchronization
import Testing
import TransparencyLog

@Suite struct `Verifying new records alone` {
    private static let size: UInt64 = 300
    private let publication: Publication
    /// Another history of that many records, which the same key has signed.
    private let fork: StoredCheckpoint

    private var state: String { publication.folder + "/state" }

    init() throws {
        publication = try Publication(recordCount: 10)
        let other = try Publication(copying: publication)
        try other.grow(to: Int(Self.size), named: "q")
        fork = try other.sign()
        try publication.grow(to: Int(Self.size))
        try publication.sign()
        try publication.publish()
    }

    /// Verifies all levels, which are remembered.
    private func remember() throws {
        let memory = try CheckpointMemory(path: state)
        var verdict = try publication.verify(memory: memory)
        #expect(try memory.conclude(&verdict)?.kind == .first, "\(verdict.findings)")
    }

    private func published() throws -> Verdict {
        try publication.verify(memory: CheckpointMemory(path: state), isNewOnly: true)
    }

    private func stored() throws -> Verdict {
        let memory = try CheckpointMemory(path: state)
        let verification = RecordVerification(
            checks: Set(Check.allCases).subtracting([.projections]),
            knownHeads: memory.knownHeads,
            startingFrom: memory.remembered
        )
        return try verification.run(publication.ledger) { _, _ in }.verdict
    }

    private func show(_ noteBytes: [UInt8]) throws {
        try Folder.write(noteBytes, publication.log.path + "/checkpoint")
    }

    private func store(_ noteBytes: [UInt8]) throws {
        let store = try LedgerStore(publication.ledger, access: .write)
        try store.environment.write { transaction in
            try transaction.put(store.checkpoints, BigEndianKey(Self.size), noteBytes)
        }
    }

    /// The other root, with a signature that is none.
    private func junk() throws -> [UInt8] {
        let text = try SignedNote(bytes: fork.noteBytes).text
        return try SignedNote(text: text, signatures: [Sample.logSigner().sign(text)]).encoded
    }

    @Test func `finds a second root that was signed for the remembered size`() throws {
        try remember()
        #expect(try published().isOK)
        #expect(try stored().isOK)
        for (noteBytes, codes) in [
            (fork.noteBytes, [FindingCode.checkpointMismatch]),
            (try junk(), [.checkpointMismatch, .checkpointUnsigned]),
        ] {
            try show(noteBytes)
            #expect(try published().findings.map(\.code) == codes)
            try store(noteBytes)
            #expect(try stored().findings.map(\.code) == codes)
        }
    }

    @Test func `finds a second root beside the ledger for the remembered size`() throws {
        try remember()
        let other = KnownHead(
            treeSize: Self.size,
            rootHash: try fork.checkpoint().treeHead.rootHash,
            witness: "ledger.head"
        )
        let verdict = try RecordVerification(
            checks: [.structure],
            knownHeads: [other],
            startingFrom: CheckpointMemory(path: state).remembered
        ).run(publication.ledger) { _, _ in }.verdict
        #expect(verdict.findings.map(\.code) == [.historyRewritten])
    }

    @Test func `finds the last tile of leaf hashes damaged, as the tree level alone does`() throws {
        try remember()
        try publication.grow(to: 320)
        try publication.sign()
        try publication.publish()
        let name = "tile/0/001.p/64"
        let file = publication.log.path + "/" + name
        var bytes = try #require(try Folder.files(publication.log.path)[name])
        let tree = RecordVerification(checks: [.tree])
        func expectFound() throws {
            for verdict in [try published(), try tree.run(publication.log) { _, _ in }] {
                #expect(verdict.findings.map(\.code) == [.storedTreeWrong])
                #expect(verdict.findings.map(\.check) == [.tree])
            }
        }
        #expect(try published().isOK)
        try FileManager.default.removeItem(atPath: file)
        try expectFound()
        bytes[bytes.count - 1] ^= 1
        try Folder.write(bytes, file)
        try expectFound()
    }

    @Test func `finds the key that the log's was rotated to, and shows that it looks`() throws {
        // With other events of the same stream before the rotation.
        var script = Script.certified
        for serial in 0..<3 { script.add(.registerPerson(Sample.registration("late-\(serial)"))) }
        let records = try HonestLog(script).records
        let before = try ForgedPublication(Array(records.dropLast(2)))
        defer { before.remove() }
        let after = try ForgedPublication(records)
        defer { after.remove() }
        for each in [before, after] {
            try each.sign(try TileSource(each.log).treeHead(), number: 2)
        }
        let note = try #require(try Folder.files(before.folder)["checkpoint"])
        try Folder.write(note, state)
        let prefix = try CheckpointMemory(path: state).remembered
        let shown = Mutex<[UInt64]>([])
        let verification = RecordVerification(checks: [.structure], startingFrom: prefix)
        let verdict = try verification.run(after.log) { done, _ in
            shown.withLock { $0.append(done) }
        }
        #expect(verdict.isOK, "\(verdict.findings)")
        #expect(verdict.treeSize == UInt64(records.count))
        #expect(shown.withLock(\.first) == 0, "from the first record on")
        // The key that was in force before signs no more.
        let head = try TileSource(after.log).treeHead()
        try after.sign(head, number: 1)
        let old = try verification.run(after.log) { _, _ in }
        #expect(old.findings.map(\.code) == [.checkpointUnsigned])
    }

    @Test func `does not look for a rotation where the first key signed`() throws {
        try remember()
        try publication.grow(to: 700)
        try publication.sign()
        try publication.publish()
        let shown = Mutex<[UInt64]>([])
        let prefix = try CheckpointMemory(path: state).remembered
        let verification = RecordVerification(checks: [.structure], startingFrom: prefix)
        let verdict = try verification.run(publication.log) { done, _ in
            shown.withLock { $0.append(done) }
        }
        #expect(verdict.isOK)
        #expect(shown.withLock { $0.allSatisfy { $0 > Self.size } })
    }
}

extension TileSource {
    fileprivate func treeHead() throws -> TreeHead {
        let stored = try makeReader().checkpoint(from: 0)
        guard let stored else { preconditionFailure("a published log has a checkpoint") }
        return try stored.checkpoint().treeHead
    }
}
