import AsyncHTTPClient
import Foundation
import GRDB
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import NIOHTTP1
import Survey
import Synchronization
import Testing

@Suite(.serialized) struct `When something fails while clients write` {
    /// The checks of /readyz that are not well, with why.
    private static func broken(_ service: RunningService) async throws -> [String: String] {
        let ready = try await service.ask(.GET, "/readyz", as: nil).object()
        let checks = try #require(ready["checks"] as? [[String: Any]])
        let isOK = checks.allSatisfy { $0["ok"] as? Bool == true }
        #expect(ready["ok"] as? Bool == isOK)
        let pairs = checks.filter { $0["ok"] as? Bool == false }.map { check in
            (check["code"] as? String ?? "?", check["reason"] as? String ?? "")
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    private static func untilBroken(
        _ service: RunningService,
        _ wanted: [String: String]
    ) async throws {
        var found: [String: String] = [:]
        for attempt in 0..<3000 {
            found = try await broken(service)
            if found == wanted || attempt == 2999 { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(found == wanted)
    }

    @Test func `a clock that jumps neither reorders nor loses anything, and is told`() async throws
    {
        try await RunningService.run { service in
            let token = try #require(service.tokens["recorder-1"])
            let hour: Int64 = 3_600_000_000
            let acknowledged = try await Load.run(service.url, token: token) { load in
                for jump in [hour, -2 * hour, hour / 2, -hour / 60, 3 * hour] {
                    try await load.untilAcknowledged(20)
                    service.clock.step(microseconds: jump)
                }
                try await load.untilAcknowledged(20)
                #expect(try await Self.broken(service) == [:])
                service.clock.step(microseconds: -hour)
                try await load.untilAcknowledged(20)
                #expect(try await Self.broken(service) == ["clock": "clockBehind"])
                let receipt = try await service.submit(Sample.record("99010101-behind")).object()
                let behind = receipt["clockBehindMicroseconds"] as? Int64 ?? 0
                #expect(behind > hour / 2 && behind <= hour)
                #expect(try await service.ask(.GET, "/v1/status").status == 200)
                service.clock.step(microseconds: hour)
                #expect(try await Self.broken(service) == [:])
            }
            try Load.check(acknowledged, service.writer.reader)
        }
    }

    @Test func `a read model that fails holds up commands, no reading, and loses nothing`()
        async throws
    {
        try await RunningService.run { service in
            let token = try #require(service.tokens["recorder-1"])
            let acknowledged = try await Load.run(service.url, token: token) { load in
                try await load.untilAcknowledged(20)
                let survey = try DatabaseQueue(path: service.ledger.directory.surveyFile)
                try await survey.write { db in
                    try db.execute(sql: "ALTER TABLE household RENAME TO elsewhere")
                }
                try await load.untilRefused(["readModelsBehind"])
                let broken = try await Self.broken(service)
                #expect(broken.keys.sorted() == ["readModels"])
                #expect(broken["readModels"] != "")
                for path in ["/v1/records/0", "/v1/status", "/v1/areas/99"] {
                    #expect(try await service.ask(.GET, path).status == 200, "\(path)")
                }
                try await survey.write { db in
                    try db.execute(sql: "ALTER TABLE elsewhere RENAME TO household")
                }
                try await Self.untilBroken(service, [:])
                try await load.untilAcknowledged(20)
            }
            try Load.check(acknowledged, service.writer.reader)
        }
    }

    @Test func `a commit that fails now and then is told to those who wait for it alone`()
        async throws
    {
        let turns = Turns()
        // Whatever the disk may say: some commits fail before they are made.
        let observer: CommitObserver = { step in
            if case .aboutToCommit = step, turns.isOn, turns.next() % 5 == 0 {
                throw LedgerError(.diskFull, "injected")
            }
        }
        try await RunningService.run(observer: observer) { service in
            let token = try #require(service.tokens["recorder-1"])
            let acknowledged = try await Load.run(service.url, token: token) { load in
                turns.isOn = true
                try await load.untilRefused(["diskFull"])
                try await load.untilAcknowledged(50)
                #expect(try await service.ask(.GET, "/v1/records/0").status == 200)
                turns.isOn = false
                try await load.untilAcknowledged(20)
            }
            try Load.check(acknowledged, service.writer.reader)
        }
    }

    @Test func `SIGTERM answers what was accepted and signs over all of it`() async throws {
        let served = try ServedLedger()
        let process = try ServeProcess(served.path)
        let acknowledged = try await Load.run(
            try await process.url(),
            token: try served.token()
        ) { load in
            try await load.untilAcknowledged(50)
            process.signal(SIGTERM)
            #expect(process.wait() == 0, "\(process.messages)")
        }
        try served.check(acknowledged)
        try served.checkSigned()
    }
}

/// A count that goes on, while it is on.
private final class Turns: Sendable {
    private let state = Mutex((isOn: false, count: 0))

    var isOn: Bool {
        get { state.withLock { $0.isOn } }
        set { state.withLock { $0.isOn = newValue } }
    }

    func next() -> Int {
        state.withLock { state in
            state.count += 1
            return state.count
        }
    }
}
