import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import TestSupport
import Testing

@Suite struct ProcessTests {
    let ledger: ScratchLedger
    var path: String { ledger.directory.path }

    init() throws { ledger = try ScratchLedger() }

    /// What a helper was told, by its own words.
    private struct Acknowledgement {
        let commandID: CommandID
        let index: UInt64
        let leafHashHex: String

        init(_ line: String) throws {
            let words = line.split(separator: " ").map(String.init)
            try #require(words.count == 3)
            commandID = try #require(CommandID(words[0]))
            index = try #require(UInt64(words[1]))
            leafHashHex = words[2]
        }
    }

    @Test func `Two processes and this one append at once and lose nothing`() throws {
        let count = 100
        let first = try Helper("append", path, "first", "\(count)")
        let second = try Helper("append", path, "second", "\(count)")
        var own: [Receipt] = []
        do {
            let writer = try ledger.writer { _ in }
            for number in 0..<count {
                let record = Sample.record("own-\(number)", place: number % 2)
                own.append(try writer.run(record).get())
                // Its own early drafts are sometimes overtaken by the other processes' commits.
                own.append(try writer.run(Sample.correct("own-\(number)", failing: 1)).get())
            }
        }
        let told = try (first.lines() + second.lines()).map { try Acknowledgement($0) }
        #expect(first.exitCode == 0 && second.exitCode == 0)
        #expect(told.count == 2 * count)
        #expect(Set(told.map(\.index) + own.map(\.index)).count == 4 * count)
        try checkWholeLedger(ledger, size: staffedSize + UInt64(4 * count))
        try expectPresent(told)
    }

    @Test func `A refused batch is forgotten though another process went on meanwhile`() throws {
        var registration = RegisterPerson()
        registration.person = "late-comer"
        registration.identity.firstName = "สมมุติ"
        let register = Sample.command(.registerPerson(registration))
        do {
            let writer = try ledger.writer()
            let batch = [register, Sample.correct("h-9", failing: 1)]
            let outcomes = try writer.run(batch, isAtomic: true)
            #expect(outcomes.map(\.code) == [.notStored, .householdNotRecorded])
            // More than the refused batch would have added, so that sizes alone tell nothing.
            #expect(try Helper("append", path, "other", "3").lines().count == 3)
            #expect(try writer.run(register).get().index == staffedSize + 3)
        }
        try checkWholeLedger(ledger, size: staffedSize + 4)
    }

    private func expectPresent(_ told: [Acknowledgement]) throws {
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        for receipt in told {
            let record = try snapshot.recordedEvent(receipt.index)
            #expect(record?.envelope.commandID == receipt.commandID)
        }
    }

    @Test func `Killed at any moment a writer loses nothing acknowledged`() throws {
        let rounds = ProcessInfo.processInfo.environment["BMN_KILL_ROUNDS"].flatMap(Int.init) ?? 20
        var generator = SeededGenerator.announced(for: "kill")
        var told: [Acknowledgement] = []
        for round in 0..<rounds {
            let helper = try Helper("load", path, "round-\(round)")
            // Sometimes in the opening itself, else after a random number of answers.
            let answerCount = round % 5 == 4 ? -1 : Int.random(in: 0...60, using: &generator)
            var output = helper.output(lineCount: answerCount + 1)
            usleep(UInt32.random(in: 0...5_000, using: &generator))
            helper.kill()
            output += helper.remainingOutput()
            // A line without its end was cut by the kill; nobody was told.
            let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            told += try lines.filter { $0 != "ready" }.map { try Acknowledgement(String($0)) }
            // No hand between: the next opening is the test's own.
            let outcome = try ledger.writer().run(Sample.record("after-\(round)"))
            #expect(outcome.code == nil)
            if round % 10 == 9 { try checkWholeLedger(ledger) }
        }
        print("kill: \(rounds) rounds, \(told.count) commands acknowledged")
        #expect(told.count > rounds)
        try checkWholeLedger(ledger)
        try expectPresent(told)
    }

    @Test func `A full disk is a clear error that loses nothing acknowledged`() throws {
        let byteCount = 1 << 20
        let lines = try Helper("fill", path, "\(byteCount)").lines()
        #expect(lines.contains("error diskFull"))
        let told = try lines.filter { !$0.hasPrefix("error") && !$0.hasPrefix("size") }
            .map { try Acknowledgement($0) }
        #expect(told.count > 100)
        // The process itself reads on after the error.
        #expect(lines.last == "size \(staffedSize + UInt64(told.count))")
        try checkWholeLedger(ledger, size: staffedSize + UInt64(told.count))
        try expectPresent(told)
        // With room again, writing goes on where it stopped.
        #expect(try ledger.writer().run(Sample.record("after")).code == nil)
        try checkWholeLedger(ledger, size: staffedSize + UInt64(told.count) + 1)
    }

    @Test func `Key ids are never given twice, also not by two processes`() throws {
        let helpers = try (0..<3).map { _ in try Helper("keys", path, "100") }
        var ids = try (0..<100).map { _ in "\(try vault().makeKey().id)" }
        for helper in helpers { ids += helper.lines() }
        #expect(ids.count == 400)
        #expect(Set(ids).count == 400)
        try checkWholeLedger(ledger, size: staffedSize)
    }

    private func vault() throws -> Vault {
        try Vault.open(ledger.directory)
    }

    @Test func `Without permission opening is refused with a reason`() throws {
        unsafe chmod(ledger.folder, 0o755)
        let lines = try Helper("nobody", path).lines()
        // Root alone can become somebody else.
        if lines.first?.hasPrefix("still") == true {
            print("permissions: not root, so not tested")
            return
        }
        #expect(lines == ["noPermission", "noPermission"])
        try checkWholeLedger(ledger, size: staffedSize)
    }
}
