import Cryptography
import DurableFiles
import Foundation
import Synchronization
import TestSupport
import Testing
import TransparencyLog
import Witness

/// The race of c2sp.org/tlog-witness v1.0.0: of two requests that were judged against the same
/// state, the slower one must not take it back.
@Suite(.serialized) struct `Nothing takes a witness back` {
    private let home: TestWitness
    private let log: TestLog

    init() throws {
        home = try TestWitness()
        log = try TestLog()
    }

    /// Every answer of 200, in the order of the sizes; what was cosigned at one size and when.
    private func cosignedHeads(_ answers: [(size: Int, fork: Int)]) -> [Int: Set<Int>] {
        answers.reduce(into: [:]) { $0[$1.size, default: []].insert($1.fork) }
    }

    @Test func `not the slower of two requests that were judged at once`() throws {
        let log = log
        let quick = try home.witness(of: log)
        #expect(quick.addCheckpoint(try log.request(0, 6), now: 1).status == 200)
        let larger = try log.request(6, 20)
        let isAnswered = DispatchSemaphore(value: 0)
        let answer = Mutex<WitnessAnswer?>(nil)
        let slow = try Witness(
            privateKey: home.privateKey,
            stateFolder: home.state,
            logs: [log.key],
            replace: { (path, bytes) throws(FileError) in
                // The other one has all the time to overtake, and must not.
                Thread.detachNewThread {
                    let given = quick.addCheckpoint(larger, now: 2)
                    answer.withLock { $0 = given }
                    isAnswered.signal()
                }
                if isAnswered.wait(timeout: .now() + 0.5) == .success { isAnswered.signal() }
                try DurableFile.replace(path, bytes)
            }
        )
        #expect(slow.addCheckpoint(try log.request(6, 8), now: 2).status == 200)
        isAnswered.wait()
        #expect(answer.withLock { $0?.text } == "8\n")
        #expect(try home.storedSize(log) == 8)
    }

    @Test func `not two forks from the same size, of which one wins`() throws {
        let fork = try TestLog(fork: 1, forkedAt: 6)
        for round in 0..<10 {
            let home = try TestWitness()
            // Each with an opening of its own, as two processes have.
            let witnesses = [try home.witness(of: log), try home.witness(of: log)]
            #expect(witnesses[0].addCheckpoint(try log.request(0, 6), now: 1).status == 200)
            let requests = [try log.request(6, 8 + round % 3), try fork.request(6, 9)]
            let statuses = Mutex<[Int]>([])
            DispatchQueue.concurrentPerform(iterations: 8) { number in
                let answer = witnesses[number / 2 % 2].addCheckpoint(requests[number % 2], now: 2)
                statuses.withLock { $0.append(answer.status) }
            }
            // Once one has won, its own repetitions and all the others conflict.
            #expect(statuses.withLock { $0.sorted() } == [200] + [Int](repeating: 409, count: 7))
        }
    }

    @Test func `not many who submit at once, each as far as they know`() throws {
        // More entries than 12 times 12 requests can come to.
        let log = try TestLog(size: 1000)
        let fork = try TestLog(fork: 1, forkedAt: 20, size: 1000)
        let witnesses = try (0..<3).map { _ in try home.witness(of: log) }
        let cosigned = Mutex<[(size: Int, fork: Int)]>([])
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 12) { number in
            var generator = SeededGenerator(seed: UInt64(number))
            let isFork = number.isMultiple(of: 3)
            let ownLog = isFork ? fork : log
            let witness = witnesses[number % witnesses.count]
            var known = 0
            for _ in 0..<12 {
                let size = known + Int.random(in: 0...5, using: &generator)
                guard let request = try? ownLog.request(known, size) else {
                    return failures.withLock { $0.append("no request") }
                }
                let answer = witness.addCheckpoint(request, now: 5)
                switch answer.status {
                case 200:
                    known = size
                    cosigned.withLock { $0.append((size, isFork ? 1 : 0)) }
                case 409: known = Int(answer.text.dropLast()) ?? 0
                case 422: break
                default: failures.withLock { $0.append(answer.text) }
                }
            }
        }
        #expect(failures.withLock { $0 } == [])
        // One tree only above the size where there are two.
        let heads = cosignedHeads(cosigned.withLock { $0 })
        #expect(heads.count > 5)
        let forks = heads.filter { $0.key > 20 }.values.reduce(into: Set()) { $0.formUnion($1) }
        #expect(forks.count == 1)
        #expect(try home.storedSize(log) == UInt64(try #require(heads.keys.max())))
    }

    @Test func `not a disk that fails before or after a file is replaced`() throws {
        let fails = Mutex<String>("")
        let witness = try Witness(
            privateKey: home.privateKey,
            stateFolder: home.state,
            logs: [log.key],
            replace: { (path, bytes) throws(FileError) in
                let when = fails.withLock { $0 }
                if when == "before" { throw FileError(.diskFull, "full") }
                try DurableFile.replace(path, bytes)
                if when == "after" { throw FileError(.notAccessible, "gone") }
            }
        )
        func answer(_ from: Int, _ to: Int, _ when: String, now: UInt64 = 5) throws -> WitnessAnswer
        {
            fails.withLock { $0 = when }
            return witness.addCheckpoint(try log.request(from, to), now: now)
        }
        #expect(try answer(0, 6, "").status == 200)
        let before = try answer(6, 8, "before")
        #expect(before.status == 500)
        #expect(!before.text.contains("\u{2014}"), "no cosignature that is not remembered")
        #expect(before.remark?.contains("diskFull") == true)
        #expect(try home.storedSize(log) == 6)
        #expect(try answer(6, 8, "after").status == 500)
        // It may be on disk: from now on only what goes on from there is cosigned.
        #expect(try answer(6, 7, "").text == "8\n")
        #expect(try answer(6, 8, "").text == "8\n")
        #expect(try answer(8, 8, "").status == 200)
        // Nothing newer is served than what is remembered.
        fails.withLock { $0 = "before" }
        let hash = Witness.originHash(log.key.name)
        #expect(witness.checkpoint(originHash: hash, now: 5000).status == 500)
        #expect(witness.checkpoint(originHash: hash, now: 6).status == 200)
    }

    @Test func `not a temporary file that a crash left behind`() throws {
        let witness = try home.witness(of: log)
        #expect(witness.addCheckpoint(try log.request(0, 6), now: 5).status == 200)
        try Data("half a checkp".utf8).write(to: URL(filePath: home.stateFile(log) + ".new"))
        #expect(witness.addCheckpoint(try log.request(0, 6), now: 5).text == "6\n")
        #expect(witness.addCheckpoint(try log.request(6, 8), now: 5).status == 200)
        #expect(try home.storedSize(log) == 8)
    }
}
