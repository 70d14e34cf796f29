import Audit
import AuditTestSupport
import Foundation
import LedgerAudit
import LedgerReader
import LedgerWriter
import Testing
import TransparencyLog

@Suite struct `Publishing a ledger` {
    private struct Killed: Error {}

    @Test(arguments: [1, 255, 256, 257, 513])
    func `gives the files that the specification lists for its size and no others`(
        size: Int
    ) throws {
        let publication = try Publication(recordCount: size)
        let stored = try publication.sign()
        let report = try publication.publish()
        var expected = NaiveTiles.files(try publication.records(size))
        expected["checkpoint"] = stored.noteBytes
        let found = try Folder.files(publication.log.path)
        #expect(found.keys.sorted() == expected.keys.sorted())
        #expect(found == expected)
        #expect(report.fileCount == expected.count)
        #expect(report.byteCount == expected.values.reduce(0) { $0 + $1.count })
        #expect(report.checkpoint.treeHead.treeSize == UInt64(size))
    }

    @Test func `in steps gives what publishing at once gives, and writes only what is new`() throws
    {
        let publication = try Publication()
        for size in [1, 255, 256, 257, 400, 513] {
            try publication.grow(to: size)
            let stored = try publication.sign()
            let report = try publication.publish()
            var expected = NaiveTiles.files(try publication.records(size))
            expected["checkpoint"] = stored.noteBytes
            let found = try Folder.files(publication.log.path)
            #expect(expected.allSatisfy { found[$0.key] == $0.value }, "\(size)")
            // Narrower versions of tiles that are still partial.
            let older = Set(found.keys).subtracting(expected.keys)
            let partials = expected.keys.filter { $0.contains(".p/") }
                .map { $0.prefix(through: $0.lastIndex(of: "/") ?? $0.startIndex) }
            for name in older {
                #expect(partials.contains { name.hasPrefix($0) }, "\(name) at \(size)")
            }
            // The bundle and the tile under way, those above, and the checkpoint.
            #expect(report.fileCount <= 9, "\(size)")
            let again = try publication.publish()
            #expect(again.fileCount == 0 && again.byteCount == 0)
        }
    }

    @Test func `is completed by the next run wherever it was killed`() throws {
        let publication = try Publication(recordCount: 10)
        try publication.sign()
        try publication.publish()
        let old = try Folder.files(publication.log.path)
        try publication.grow(to: 600)
        let stored = try publication.sign()
        var new = NaiveTiles.files(try publication.records(600))
        new["checkpoint"] = stored.noteBytes
        var stepCount = 0
        let whole = PublishedLog(publication.folder + "/whole")
        try FileManager.default.copyItem(atPath: publication.log.path, toPath: whole.path)
        try publication.publish(to: whole) { _ in stepCount += 1 }
        #expect(stepCount > 8)
        #expect(try Folder.files(whole.path) == new)
        for killedAt in 0..<stepCount {
            let log = PublishedLog(publication.folder + "/killed-\(killedAt)")
            try FileManager.default.copyItem(atPath: publication.log.path, toPath: log.path)
            var step = 0
            #expect(throws: Killed.self) {
                try publication.publish(to: log) { _ in
                    step += 1
                    if step > killedAt { throw Killed() }
                }
            }
            let left = try Folder.files(log.path)
            let seen = left["checkpoint"] == old["checkpoint"] ? old : new
            #expect(seen.allSatisfy { left[$0.key] == $0.value }, "killed at \(killedAt)")
            // What a kill in the middle of a write leaves beside it.
            try Folder.write([1, 2, 3], log.path + "/.draft")
            try publication.publish(to: log)
            let completed = try Folder.files(log.path)
            #expect(new.allSatisfy { completed[$0.key] == $0.value }, "killed at \(killedAt)")
            #expect(completed[".draft"] == nil)
            #expect(try publication.verify(log).isOK)
        }
    }

    @Test func `shows the checkpoint after everything else is on disk`() throws {
        let publication = try Publication(recordCount: 300)
        try publication.sign()
        var steps: [PublishStep] = []
        try publication.publish { step in
            steps.append(step)
            let hasCheckpoint = FileManager.default
                .fileExists(atPath: publication.log.path + "/checkpoint")
            #expect(hasCheckpoint == (step == .published))
        }
        #expect(steps.suffix(3) == [.aboutToSync, .aboutToPublish, .published])
        #expect(steps.first == .aboutToWrite("tile/entries/000"))
    }

    @Test func `repairs files that were damaged when the checkpoint is taken away`() throws {
        let publication = try Publication(recordCount: 300)
        try publication.sign()
        try publication.publish()
        let before = try Folder.files(publication.log.path)
        let path = publication.log.path
        try Folder.write([1], path + "/tile/0/000")
        try FileManager.default.removeItem(atPath: path + "/tile/entries/000")
        try FileManager.default.removeItem(atPath: path + "/checkpoint")
        #expect(try publication.publish().fileCount == 3)
        #expect(try Folder.files(path) == before)
    }

    @Test func `needs a checkpoint and signs none`() throws {
        let publication = try Publication(recordCount: 3)
        expect(.noCheckpoint, "run bmn checkpoint") { try publication.publish() }
        #expect(!FileManager.default.fileExists(atPath: publication.log.path))
    }

    @Test func `is refused where another history is published`() throws {
        let publication = try Publication(recordCount: 20)
        let other = try Publication(copying: publication)
        let shorter = try Publication(copying: publication)
        try publication.grow(to: 30)
        try other.grow(to: 30, named: "q")
        for each in [publication, other, shorter] { try each.sign() }
        try publication.publish()
        let before = try Folder.files(publication.log.path)
        expect(.publishedFork, "are not those") { try other.publish(to: publication.log) }
        expect(.publishedFork, "latest checkpoint has 20") {
            try shorter.publish(to: publication.log)
        }
        let text = "example.org/another\n5\n" + String(repeating: "A", count: 43) + "=\n"
        let foreign = try SignedNote(
            text: text,
            signatures: [try Sample.logSigner("example.org/another").sign(text)]
        )
        let path = publication.log.path + "/checkpoint"
        try Folder.write(foreign.encoded, path)
        expect(.publishedFork, "holds the log") { try publication.publish() }
        try Folder.write([1, 2, 3], path)
        expect(.publishedDamaged, "is no checkpoint") { try publication.publish() }
        try Folder.write(before["checkpoint"] ?? [], path)
        #expect(try Folder.files(publication.log.path) == before)
        expect(.fileUnwritable, "is a ledger") {
            try publication.publish(to: PublishedLog(publication.ledger.path))
        }
    }

    @Test func `is refused while somebody else publishes there`() throws {
        let publication = try Publication(recordCount: 3)
        try publication.sign()
        try publication.publish()
        let other = unsafe open(publication.log.path + "/.lock", O_RDWR)
        #expect(flock(other, LOCK_EX) == 0)
        expect(.publishBusy, "run this again later") { try publication.publish() }
        close(other)
        #expect(try publication.publish().fileCount == 0)
    }

    @Test func `puts cosignatures under the checkpoint and time-stamps beside it`() throws {
        let publication = try Publication(recordCount: 3)
        let stored = try publication.sign()
        try publication.publish()
        let line =
            "\u{2014} witness.example.org/w "
            + Data([1, 2, 3, 4] + [UInt8](repeating: 7, count: 72)).base64EncodedString()
        do {
            let checkpoints = try CheckpointLog(publication.ledger)
            try checkpoints.add(cosignatures: [try NoteSignature(line: line)], treeSize: 3)
            for token in [[UInt8](repeating: 1, count: 40), [2, 3]] {
                try checkpoints.add(timestamp: token, treeSize: 3)
            }
        }
        // The evidence came after the first run; the records did not change.
        #expect(try publication.publish().fileCount == 4)
        let files = try Folder.files(publication.log.path)
        #expect(files["timestamp/3/checkpoint"] == stored.noteBytes)
        let tokens = Set([files["timestamp/3/0.tst"], files["timestamp/3/1.tst"]])
        #expect(tokens == [[UInt8](repeating: 1, count: 40), [2, 3]])
        let published = String(decoding: files["checkpoint"] ?? [], as: UTF8.self)
        #expect(published == String(decoding: stored.noteBytes, as: UTF8.self) + line + "\n")
        let kept = try LedgerReader(publication.ledger).snapshot().latestCheckpoint()
        #expect(try TileSource(publication.log).makeReader().checkpoint(from: 0) == kept)
        // These bytes are no tokens, which is found; and that one is gone, as well.
        let codes = try publication.verify().findings.map(\.code)
        #expect(codes == [.timestampInvalid, .timestampInvalid])
        for (name, bytes) in files where name.hasPrefix("timestamp/3/") && !name.contains("1.tst") {
            try FileManager.default.removeItem(atPath: publication.log.path + "/" + name)
            #expect(try publication.verify().findings.map(\.code) != codes, "\(name)")
            try Folder.write(bytes, publication.log.path + "/" + name)
        }
    }
}
