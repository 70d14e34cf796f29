import Foundation
import LMDB
import Testing

@Suite struct ProcessTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `A reader follows a map that another process grew`() throws {
        let environment = try scratch.environment(mapByteCount: 64 << 10)
        let records = try environment.openDatabase("records", create: true)
        try appendSamples(environment, records, count: 3)
        let mapByteCount = try environment.information().mapByteCount
        let helper = try Helper("append", scratch.path, "300")
        #expect(helper.line() == "done")
        #expect(helper.exitCode() == 0)
        try expectSamples(environment, records, count: 303)
        #expect(try environment.information().mapByteCount > mapByteCount)
    }

    @Test func `A writer follows a map that another process grew`() throws {
        let environment = try scratch.environment(mapByteCount: 64 << 10)
        let records = try environment.openDatabase("records", create: true)
        let helper = try Helper("append", scratch.path, "300")
        #expect(helper.exitCode() == 0)
        try appendSamples(environment, records, count: 3)
        try expectSamples(environment, records, count: 303)
    }

    @Test func `A reader that holds a snapshot refuses to follow and says why`() throws {
        var options = Environment.Options()
        options.mapByteCount = 64 << 10
        options.growthTimeout = .milliseconds(50)
        let environment = try Environment(path: scratch.path, options: options)
        let records = try environment.openDatabase("records", create: true)
        try appendSamples(environment, records, count: 3)
        do {
            let held = try environment.beginRead()
            #expect(try Helper("append", scratch.path, "300").exitCode() == 0)
            let error = #expect(throws: LMDBError.self) { try environment.read { _ in } }
            #expect(error?.code == .timedOut)
            #expect(try checkSamples(held, records).count == 3)
        }
        try expectSamples(environment, records, count: 303)
    }

    @Test func `Two processes append in turns and lose nothing`() throws {
        let environment = try scratch.environment(mapByteCount: 64 << 10)
        let records = try environment.openDatabase("records", create: true)
        let helper = try Helper("append", scratch.path, "200")
        for _ in 0..<200 { try appendSamples(environment, records, count: 1) }
        #expect(helper.exitCode() == 0)
        try expectSamples(environment, records, count: 400)
    }

    @Test func `The entry of a killed reader is cleared`() throws {
        let environment = try scratch.environment()
        let records = try environment.openDatabase("records", create: true)
        try appendSamples(environment, records, count: 3)
        let helper = try Helper("hold", scratch.path)
        let snapshot = Int(helper.line().split(separator: " ").last ?? "")
        let slot = try environment.readers().first { $0.processID == helper.processID }
        #expect(slot?.transactionID == snapshot)
        #expect(try environment.clearStaleReaders() == 0)
        helper.kill()
        #expect(try environment.clearStaleReaders() == 1)
        #expect(try environment.readers().contains { $0.processID == helper.processID } == false)
        try expectSamples(environment, records, count: 3)
    }

    @Test func `Opening clears the entries of killed readers`() throws {
        let helper: Helper
        do {
            let environment = try scratch.environment()
            let records = try environment.openDatabase("records", create: true)
            try appendSamples(environment, records, count: 3)
        }
        helper = try Helper("hold", scratch.path)
        // A second process keeps the lock file in use, or the next opening would begin it anew.
        let witness = try Helper("hold", scratch.path)
        #expect(helper.line().hasPrefix("holding"))
        #expect(witness.line().hasPrefix("holding"))
        helper.kill()
        let environment = try scratch.environment()
        #expect(try environment.readers().map(\.processID).contains(helper.processID) == false)
        #expect(try environment.readers().map(\.processID).contains(witness.processID))
        witness.kill()
        try expectSamples(environment, environment.openDatabase("records"), count: 3)
    }

    @Test func `A full disk is an error that loses nothing acknowledged`() throws {
        let helper = try Helper("fill", scratch.path, "\(512 << 10)")
        let answer = helper.line().split(separator: " ").compactMap { Int($0) }
        #expect(helper.exitCode() == 0)
        try #require(answer.count == 3)
        let acknowledged = answer[0]
        #expect(acknowledged > 100)
        #expect(answer[1] == acknowledged)
        #expect(answer[2] == Int(EFBIG))
        let environment = try scratch.environment()
        let records = try environment.openDatabase("records")
        try expectSamples(environment, records, count: acknowledged)
        // With room again, writing goes on where it stopped.
        try appendSamples(environment, records, count: 100)
        try expectSamples(environment, records, count: acknowledged + 100)
    }

    @Test func `Without address space the map stays as it is and readable`() throws {
        let helper = try Helper("starve", scratch.path)
        let answer = helper.line().split(separator: " ").compactMap { Int($0) }
        #expect(helper.exitCode() == 0)
        try #require(answer.count == 3)
        #expect(answer[0] > 1000)
        #expect(answer[1] == answer[0])
        #expect(answer[2] == Int(ENOMEM))
        let environment = try scratch.environment()
        let records = try environment.openDatabase("records")
        try expectSamples(environment, records, count: answer[0])
    }
}
