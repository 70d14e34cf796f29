import Audit
import AuditTestSupport
import Foundation
import Ledger
import LedgerAudit
import LedgerReader
import Testing
import TransparencyLog

@Suite struct `An auditor who remembers` {
    private let publication: Publication
    private var state: String { publication.folder + "/state" }

    init() throws {
        publication = try Publication(recordCount: 300)
        try publication.sign()
        try publication.publish()
    }

    /// Verifies as `bmn-audit verify --state` does.
    private func verify(
        _ log: PublishedLog? = nil,
        state: String? = nil,
        isNewOnly: Bool = false
    ) throws -> (verdict: Verdict, change: CheckpointMemory.Change) {
        let memory = try CheckpointMemory(path: state ?? self.state)
        var verdict = try publication.verify(log, memory: memory, isNewOnly: isNewOnly)
        return (verdict, try #require(try memory.conclude(&verdict)))
    }

    @Test func `Nothing else in the auditor's folder is touched`() throws {
        let neighbour = state + ".new"
        try Data("precious".utf8).write(to: URL(fileURLWithPath: neighbour))
        #expect(try verify().change.kind == .first)
        #expect(try Data(contentsOf: URL(fileURLWithPath: neighbour)) == Data("precious".utf8))
    }

    private func remembered() throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: state)))
    }

    private func grow(to recordCount: Int) throws {
        try publication.grow(to: recordCount)
        try publication.sign()
        try publication.publish()
    }

    @Test func `has the checkpoint as the log signed it, and follows its growth`() throws {
        #expect(try verify().change == CheckpointMemory.Change(kind: .first, from: nil, to: 300))
        #expect(try remembered() == publication.sign().noteBytes)
        let attributes = try FileManager.default.attributesOfItem(atPath: state)
        #expect(attributes[.posixPermissions] as? NSNumber == 0o600)
        #expect(try verify().change.kind == .unchanged)
        try grow(to: 301)
        #expect(try verify().change == CheckpointMemory.Change(kind: .grown, from: 300, to: 301))
        #expect(try remembered() == publication.sign().noteBytes)
    }

    @Test func `is not shown an older log again`() throws {
        let old = try Folder.files(publication.log.path)["checkpoint"] ?? []
        try grow(to: 310)
        _ = try verify()
        let before = try remembered()
        try Folder.write(old, publication.log.path + "/checkpoint")
        for isNewOnly in [false, true] {
            let (verdict, change) = try verify(isNewOnly: isNewOnly)
            #expect(verdict.findings.map(\.code) == [.tailMissing])
            #expect(change == CheckpointMemory.Change(kind: .rollback, from: 310, to: 310))
        }
        #expect(try remembered() == before)
    }

    @Test func `finds with another auditor that each was shown a history of his own`() throws {
        let other = try Publication(copying: publication)
        try publication.grow(to: 400)
        try other.grow(to: 420, named: "q")
        for each in [publication, other] {
            try each.sign()
            try each.publish()
        }
        let theirs = publication.folder + "/their-state"
        #expect(try verify().verdict.isOK)
        #expect(try verify(other.log, state: theirs).verdict.isOK)
        // Each log is in order by itself; what one remembers the other cannot be.
        let before = try remembered()
        for isNewOnly in [false, true] {
            let (verdict, change) = try verify(other.log, isNewOnly: isNewOnly)
            #expect(change.kind == .fork)
            #expect(verdict.findings.contains { $0.code == .historyRewritten })
        }
        #expect(try verify(publication.log, state: theirs).change.kind == .rollback)
        #expect(try remembered() == before)
    }

    @Test(arguments: [300, 301, 511, 512, 513, 700])
    func `verifies new records alone after any size`(size: Int) throws {
        try grow(to: size)
        _ = try verify()
        try grow(to: 800)
        let copy = publication.folder + "/copy"
        try FileManager.default.copyItem(atPath: state, toPath: copy)
        let (verdict, change) = try verify(isNewOnly: true)
        #expect(verdict.isOK, "\(verdict.findings)")
        #expect(change == CheckpointMemory.Change(kind: .grown, from: UInt64(size), to: 800))
        #expect(verdict.checks.map(\.check) == [.structure, .chain, .tree])
        #expect(verdict.checks.allSatisfy { $0.checkedCount == UInt64(800 - size) })
        let whole = try publication.verify()
        #expect(verdict.rootHash == whole.rootHash)
        #expect(verdict.headHash == whole.headHash)
        #expect(verdict.treeSize == 800)
        // The same of the ledger itself.
        let memory = try CheckpointMemory(path: copy)
        let verification = RecordVerification(
            checks: [.structure],
            startingFrom: memory.remembered
        )
        let ledger = try verification.run(publication.ledger) { _, _ in }.verdict
        #expect(ledger.isOK, "\(ledger.findings)")
        #expect(ledger.rootHash == whole.rootHash && ledger.checkpoint?.treeSize == 800)
    }

    @Test func `does not read again what was verified`() throws {
        try grow(to: 600)
        _ = try verify()
        try grow(to: 700)
        let bundle = publication.log.path + "/tile/entries/001"
        let bytes = try Folder.files(publication.log.path)["tile/entries/001"] ?? []
        try FileManager.default.removeItem(atPath: bundle)
        #expect(try !publication.verify().isOK)
        #expect(try verify(isNewOnly: true).verdict.isOK)
        try Folder.write(bytes, bundle)
        #expect(try verify().verdict.isOK)
    }

    @Test func `finds new records that are changed or do not follow`() throws {
        _ = try verify()
        try grow(to: 320)
        let path = publication.log.path
        let name = "tile/entries/001.p/64"
        let bytes = try #require(try Folder.files(path)[name])
        for place in [bytes.count - 100, bytes.count * 45 / 64, 100] {
            var changed = bytes
            changed[place] ^= 1
            try Folder.write(changed, path + "/" + name)
            let (verdict, _) = try verify(isNewOnly: true)
            #expect(!verdict.isOK, "\(place)")
        }
        try Folder.write(bytes, path + "/" + name)
        #expect(try verify(isNewOnly: true).verdict.isOK)
    }

    @Test func `takes no checkpoint that the log's key did not sign`() throws {
        _ = try verify()
        try grow(to: 320)
        let path = publication.log.path + "/checkpoint"
        let text = try SignedNote(bytes: publication.sign().noteBytes).text
        let note = try SignedNote(text: text, signatures: [Sample.logSigner().sign(text)])
        try Folder.write(note.encoded, path)
        for isNewOnly in [false, true] {
            let (verdict, change) = try verify(isNewOnly: isNewOnly)
            #expect(verdict.findings.map(\.code) == [.checkpointUnsigned])
            #expect(change.kind == .notRemembered)
        }
        // Nor does a state that somebody else wrote pass for the log's.
        try Folder.write(note.encoded, state)
        try Folder.write(publication.sign().noteBytes, path)
        for isNewOnly in [false, true] {
            let findings = try verify(isNewOnly: isNewOnly).verdict.findings
            #expect(findings.map(\.code) == [.checkpointUnsigned])
        }
    }

    @Test func `does not lose what is remembered to a state file that is damaged`() throws {
        _ = try verify()
        var bytes = try remembered()
        bytes.removeLast()
        for damaged in [bytes, [], [UInt8](repeating: 10, count: 600 << 10)] {
            try Folder.write(damaged, state)
            #expect(throws: LedgerError(.damaged, "")) { try CheckpointMemory(path: state) }
            #expect(try remembered() == damaged)
        }
    }
}
