import DurableFiles
import Foundation
import Synchronization
import Testing
import TransparencyLog
import Witness

/// A running witness under which the disk with its state goes away: with nothing to remember, it
/// would cosign another history from the beginning.
@Suite struct `A witness whose state goes away` {
    private let home: TestWitness
    private let log: TestLog
    private let fork: TestLog
    private let hash: String
    private let witness: Witness

    init() throws {
        home = try TestWitness()
        log = try TestLog()
        fork = try TestLog(fork: 1)
        hash = Witness.originHash(log.key.name)
        witness = try home.witness(of: log)
        #expect(witness.addCheckpoint(try log.request(0, 6), now: 5).status == 200)
    }

    private func expectSilence(
        _ code: String = "stateMissing",
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        for request in [try fork.request(0, 3), try log.request(6, 8), try log.request(0, 2)] {
            let answer = witness.addCheckpoint(request, now: 9)
            #expect(answer.status == 500, sourceLocation: location)
            #expect(!answer.text.contains("\u{2014}"), sourceLocation: location)
            #expect(answer.remark?.contains(code) == true, sourceLocation: location)
        }
        let served = witness.checkpoint(originHash: hash, now: 900)
        #expect(served.status == 500, sourceLocation: location)
    }

    private func expectGoesOn(_ location: SourceLocation = #_sourceLocation) throws {
        let conflict = witness.addCheckpoint(try fork.request(0, 3), now: 9)
        #expect(conflict.text == "6\n", sourceLocation: location)
        let answer = witness.addCheckpoint(try log.request(6, 8), now: 9)
        #expect(answer.status == 200, sourceLocation: location)
    }

    @Test func `cosigns nothing over an empty folder, and goes on when the disk is back`() throws {
        let manager = FileManager.default
        let away = home.folder + "/away"
        try manager.moveItem(atPath: home.state, toPath: away)
        try expectSilence()
        try manager.createDirectory(atPath: home.state, withIntermediateDirectories: false)
        try expectSilence()
        #expect(try manager.contentsOfDirectory(atPath: home.state) == [], "nothing is begun anew")
        try manager.removeItem(atPath: home.state)
        try manager.createSymbolicLink(atPath: home.state, withDestinationPath: home.folder + "/no")
        try expectSilence()
        try manager.removeItem(atPath: home.state)
        try manager.moveItem(atPath: away, toPath: home.state)
        try expectGoesOn()
    }

    @Test func `cosigns nothing over another witness's folder`() throws {
        let other = try TestWitness(seed: 3)
        try FileManager.default.removeItem(atPath: home.state)
        try FileManager.default.moveItem(atPath: other.state, toPath: home.state)
        try expectSilence("stateOfAnother")
    }

    @Test(arguments: ["witness", "lock"])
    func `cosigns nothing without one of the files that were there from the start`(
        name: String
    ) throws {
        try FileManager.default.removeItem(atPath: "\(home.state)/\(name)")
        try expectSilence()
    }

    @Test func `cosigns nothing for a log whose checkpoint is gone`() throws {
        let manager = FileManager.default
        let file = home.stateFile(log)
        try manager.moveItem(atPath: file, toPath: file + ".away")
        try expectSilence()
        try manager.createSymbolicLink(atPath: file, withDestinationPath: home.folder + "/no")
        try expectSilence()
        // Without the note of the origin, too: the link alone tells that something was here.
        let note = "\(home.state)/\(hash).origin"
        #expect(try String(contentsOfFile: note, encoding: .utf8) == "\(log.key.name)\n")
        try manager.moveItem(atPath: note, toPath: note + ".away")
        try expectSilence()
        try manager.moveItem(atPath: note + ".away", toPath: note)
        try manager.removeItem(atPath: file)
        try manager.moveItem(atPath: file + ".away", toPath: file)
        try expectGoesOn()
    }

    @Test func `begins with another log all the same`() throws {
        let other = try TestLog("other.example.th", seed: 4)
        let both = try home.witness(of: log, other)
        try FileManager.default.removeItem(atPath: home.stateFile(log))
        #expect(both.addCheckpoint(try log.request(0, 6), now: 5).status == 500)
        #expect(both.addCheckpoint(try other.request(0, 3), now: 5).status == 200)
    }

    @Test func `misses a checkpoint that a crash left without its note`() throws {
        let other = try TestLog("other.example.th", seed: 4)
        let isStopped = Mutex(true)
        let witness = try Witness(
            privateKey: home.privateKey,
            stateFolder: home.state,
            logs: [other.key],
            replace: { (path, bytes) throws(FileError) in
                try DurableFile.replace(path, bytes)
                if isStopped.withLock({ $0 }) { throw FileError(.notAccessible, "stopped") }
            }
        )
        #expect(witness.addCheckpoint(try other.request(0, 3), now: 5).status == 500)
        let note = "\(home.state)/\(Witness.originHash(other.key.name)).origin"
        #expect(!FileManager.default.fileExists(atPath: note))
        isStopped.withLock { $0 = false }
        // The same again gets its answer; from then on the file must be there.
        #expect(witness.addCheckpoint(try other.request(3, 3), now: 5).status == 200)
        try FileManager.default.removeItem(atPath: home.stateFile(other))
        #expect(witness.addCheckpoint(try other.request(0, 3), now: 5).status == 500)
    }
}

/// The latest checkpoint of a log is public: anybody can submit it, over and over.
@Suite struct `A checkpoint that is submitted again` {
    private let home: TestWitness
    private let log: TestLog
    private let writes = Counter()

    private final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func add() { count.withLock { $0 += 1 } }
    }

    init() throws {
        home = try TestWitness()
        log = try TestLog()
    }

    private func witness(_ keys: [VerifierKey]) throws -> Witness {
        let writes = writes
        return try Witness(
            privateKey: home.privateKey,
            stateFolder: home.state,
            logs: keys,
            replace: { (path, bytes) throws(FileError) in
                writes.add()
                try DurableFile.replace(path, bytes)
            }
        )
    }

    @Test func `within a minute gets the same line, and nothing is written`() throws {
        let witness = try witness([log.key])
        let first = witness.addCheckpoint(try log.request(0, 6), now: 100)
        #expect(writes.value == 1)
        let again = try log.request(6, 6)
        for now: UInt64 in [100, 101, 159, 90, 0] {
            let answer = witness.addCheckpoint(again, now: now)
            #expect(answer.status == 200)
            #expect(answer.text == first.text)
        }
        #expect(writes.value == 1)
        let text = try log.checkpoint(6).text
        let later = witness.addCheckpoint(again, now: 160)
        #expect(try later.times(over: text, by: witness.verifierKey) == [160])
        #expect(writes.value == 2)
        #expect(witness.addCheckpoint(again, now: 161).text == later.text)
        #expect(writes.value == 2)
    }

    @Test func `under another key of the log, or with other words, is another`() throws {
        let other = try TestLog(seed: 9)
        let witness = try witness([log.key, other.key])
        #expect(witness.addCheckpoint(try log.request(0, 6), now: 100).status == 200)
        #expect(witness.addCheckpoint(try other.request(6, 6), now: 100).status == 200)
        let stored = try Data(contentsOf: URL(filePath: home.stateFile(log)))
        let line = try other.signer.sign(try log.checkpoint(6).text).line
        #expect(stored.range(of: Data(line.utf8)) != nil)
        let text = try log.checkpoint(6).text + "an extension\n"
        let extended = try SignedNote(text: text, signatures: [try log.signer.sign(text)])
        let answer = witness.addCheckpoint(TestLog.request(6, [], extended), now: 100)
        #expect(try answer.times(over: text, by: witness.verifierKey) == [100])
        #expect(writes.value == 3)
    }
}
