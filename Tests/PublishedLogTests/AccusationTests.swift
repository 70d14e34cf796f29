import Audit
import AuditTestSupport
import Cryptography
import Foundation
import LedgerAudit
import LedgerReader
import LedgerWriter
import Survey
import Testing
import TransparencyLog

@Suite struct `What is said of a remembered checkpoint` {
    private let publication: Publication
    private var state: String { publication.folder + "/state" }

    init() throws {
        publication = try Publication(recordCount: 300)
        try publication.sign()
        try publication.publish()
    }

    /// What is said by all levels, and by those over new records alone.
    private func changes() throws -> [CheckpointMemory.Change.Kind] {
        try [false, true].map { isNewOnly in
            let memory = try CheckpointMemory(path: state)
            var verdict = try publication.verify(memory: memory, isNewOnly: isNewOnly)
            #expect(!verdict.isOK)
            return try #require(try memory.conclude(&verdict)).kind
        }
    }

    /// Has the state file say something, signed by the log's key or by nobody.
    private func write(
        treeSize: UInt64,
        origin: String = Sample.origin,
        signedBy signer: NoteSigner
    ) throws {
        let head = TreeHead(treeSize: treeSize, rootHash: SHA256.hash([7]))
        let text = try Checkpoint(origin: origin, treeHead: head).text
        let note = try SignedNote(text: text, signatures: [signer.sign(text)])
        try Folder.write(note.encoded, state)
    }

    @Test(arguments: [1, 256, 300, 400])
    func `an altered state file does not accuse the log`(treeSize: UInt64) throws {
        try write(treeSize: treeSize, signedBy: Sample.logSigner(number: 9))
        #expect(try changes() == [.notRemembered, .notRemembered])
    }

    @Test func `one that the log's key signed does`() throws {
        let keys = try LedgerReader(publication.ledger).snapshot().logKeys()
        let key = try VerifierKey(vkey: try #require(keys.last).vkey)
        let signer = try LogKeyFiles(publication.ledger).signer(inForce: key)
        for size: UInt64 in [1, 256, 300] {
            try write(treeSize: size, signedBy: signer)
            #expect(try changes() == [.fork, .fork], "\(size)")
        }
        try write(treeSize: 301, signedBy: signer)
        #expect(try changes() == [.rollback, .rollback])
    }

    @Test(arguments: [1, 300, 400])
    func `one of another name is of another log`(treeSize: UInt64) throws {
        let origin = "example.org/other"
        try write(treeSize: treeSize, origin: origin, signedBy: Sample.logSigner(origin))
        #expect(try changes() == [.otherLog, .otherLog])
    }

    @Test func `of two that verify at once nobody takes back what the other remembered`() throws {
        func verified() throws -> (CheckpointMemory, Verdict) {
            let memory = try CheckpointMemory(path: state)
            return (memory, try publication.verify(memory: memory))
        }
        func remembered() throws -> UInt64? {
            try CheckpointMemory(path: state).remembered?.checkpoint.treeHead.treeSize
        }
        var first = try verified()
        try publication.grow(to: 310)
        try publication.sign()
        try publication.publish()
        var second = try verified()
        #expect(try second.0.conclude(&second.1)?.to == 310)
        // The first one began before, and ends after the other: it has to begin again.
        #expect(try first.0.conclude(&first.1) == nil)
        #expect(try remembered() == 310 && first.1.isOK)
        try publication.grow(to: 320)
        try publication.sign()
        first = try verified()
        try publication.publish()
        second = try verified()
        try publication.grow(to: 330)
        try publication.sign()
        try publication.publish()
        var third = try verified()
        #expect(try second.0.conclude(&second.1)?.to == 320)
        // What was remembered meanwhile was not held against this history.
        #expect(try third.0.conclude(&third.1) == nil)
        #expect(try remembered() == 320 && third.1.isOK)
        // One that found the same is not in the way of the other.
        var fourth = try verified()
        var fifth = try verified()
        #expect(try fourth.0.conclude(&fourth.1)?.kind == .grown)
        let change = try fifth.0.conclude(&fifth.1)
        #expect(change == CheckpointMemory.Change(kind: .unchanged, from: 330, to: 330))
    }

    @Test func `another history that was remembered meanwhile is found in a second run`() throws {
        let key = try VerifierKey(
            vkey: try #require(
                try LedgerReader(publication.ledger).snapshot().logKeys().last
            ).vkey
        )
        let signer = try LogKeyFiles(publication.ledger).signer(inForce: key)
        let other = "example.org/other"
        let cases: [(UInt64, NoteSigner, String, CheckpointMemory.Change.Kind)] = [
            (300, signer, Sample.origin, .fork), (14, signer, Sample.origin, .fork),
            (301, signer, Sample.origin, .rollback),
            (300, Sample.logSigner(other), other, .otherLog),
            (16, Sample.logSigner(number: 9), Sample.origin, .notRemembered),
        ]
        for (treeSize, signer, origin, kind) in cases {
            try? FileManager.default.removeItem(atPath: state)
            var runCount = 0
            let (verdict, change) = try CheckpointMemory.verify(path: state) { memory in
                runCount += 1
                let verdict = try publication.verify(memory: memory)
                if runCount == 1 {
                    try write(treeSize: treeSize, origin: origin, signedBy: signer)
                }
                return verdict
            }
            #expect(change.kind == kind && !verdict.isOK && runCount == 2, "\(treeSize)")
            #expect(try CheckpointMemory(path: state).remembered?.checkpoint.origin == origin)
        }
    }

    @Test func `whoever is always overtaken says so`() throws {
        var size: UInt64 = 100
        let error = #expect(throws: LedgerError.self) {
            _ = try CheckpointMemory.verify(path: state) { _ in
                size += 1
                let signer = Sample.logSigner(number: 9)
                let verdict = try publication.verify(memory: nil)
                try write(treeSize: size, signedBy: signer)
                return verdict
            }
        }
        #expect(error?.code == .busy && size == 105)
    }
}
