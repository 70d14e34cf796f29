import Access
import Foundation
import GRDB
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import NIOHTTP1
import Service
import Survey
import Synchronization
import Testing

@Suite(.serialized) struct `When something fails` {
    private struct Fault: Error {}

    @Test func `a receipt is told also where no checkpoint can be signed`() async throws {
        try await RunningService.run { service in
            let key = service.ledger.directory.logKeyFile
            try FileManager.default.moveItem(atPath: key, toPath: key + ".away")
            let record = Sample.record("99010101-0001")
            let reply = try await service.submit(record, "?wait=checkpoint")
            #expect(reply.status == 201, "\(reply.text)")
            let receipt = try reply.object()
            #expect(receipt["proofProblem"] is String && receipt["proof"] == nil)
            #expect(receipt["index"] as? UInt64 == (try service.treeSize()) - 1)
            let line = try RunningService.line(Sample.record("99010101-0002"))
            let batch = try await service.ask(
                .POST,
                "/v1/commands?wait=checkpoint",
                as: "recorder-1",
                body: "[\(line)]"
            )
            #expect(batch.status == 200)
            #expect(try batch.objects().allSatisfy { $0["proofProblem"] is String })
            try FileManager.default.moveItem(atPath: key + ".away", toPath: key)
        }
    }

    /// What /readyz says of the writer after one commit that failed.
    private func writerAfterFault(_ failureTime: Duration) async throws -> Bool? {
        let faults = FaultSwitch()
        var limits = ServiceLimits()
        limits.failureTime = failureTime
        var isOK: Bool?
        let observer: CommitObserver = { step in
            if case .aboutToCommit = step, faults.isOn { throw Fault() }
        }
        try await RunningService.run(limits: limits, observer: observer) { service in
            faults.isOn = true
            let failed = try await service.submit(Sample.record("99010101-0001"))
            #expect(failed.status >= 500)
            faults.isOn = false
            let ready = try await service.ask(.GET, "/readyz", as: nil).object()
            let checks = try #require(ready["checks"] as? [[String: Any]])
            isOK = checks.first { $0["code"] as? String == "writer" }?["ok"] as? Bool
        }
        return isOK
    }

    @Test func `a cured disk is believed without a command`() async throws {
        #expect(try await writerAfterFault(.seconds(3600)) == false)
        #expect(try await writerAfterFault(.zero) == true)
    }

    @Test func `what cannot be noted is not shown`() async throws {
        try await RunningService.run { service in
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            let path = "/v1/households/99010101-0001"
            var status = 404
            for _ in 0..<3000 where status != 200 {
                status = try await service.ask(.GET, path).status
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(status == 200)
            try service.breakAccessLog()
            let reply = try await service.ask(.GET, path)
            #expect(reply.status == 503)
            #expect(try reply.code() == "accessLogFailed")
            #expect(!reply.text.contains("99010101"))
            let stream = "/v1/records?stream=household/2561/99010101-0001"
            #expect(try await service.ask(.GET, stream).status == 503)
            // What nobody is told of goes on, and a refusal stays one.
            #expect(try await service.ask(.GET, "/v1/status").status == 200)
            #expect(try await service.ask(.GET, path, as: "admin-1").status == 403)
        }
    }

    @Test func `a flood of strangers fills no log`() async throws {
        try await RunningService.run { service in
            for _ in 0..<100 {
                #expect(try await service.ask(.GET, "/v1/status", as: nil).status == 401)
            }
            let rows = try service.access.entries(limit: 1000).map(\.entry)
            #expect(rows.filter { $0.code == "tokenMissing" }.count == 30)
            let metrics = try await service.ask(.GET, "/metrics", as: "admin-1").text
            #expect(metrics.contains("bmn_access_log_strangers_omitted_total 70\n"))
            service.clock.step(microseconds: 61_000_000)
            _ = try await service.ask(.GET, "/v1/status", as: nil)
            let later = try service.access.entries(limit: 1000).map(\.entry)
            #expect(later.filter { $0.code == "tokenMissing" }.count == 31)
        }
    }

    @Test func `whoever asks for households that are not there is noted`() async throws {
        try await RunningService.run { service in
            #expect(try await service.ask(.GET, "/v1/households/none").status == 404)
            let row = try #require(try service.access.entries(limit: 1).first?.entry)
            #expect(row.person == "auditor-1" && row.code == "householdUnknown")
        }
    }

    @Test func `without TLS only the named proxies are answered`() async throws {
        let other = try #require(AddressRange("10.0.0.1"))
        try await RunningService.runUnready(
            limits: ServiceLimits(),
            trustedProxies: [other]
        ) { service in
            let reply = try await service.ask(.GET, "/livez", as: nil)
            #expect(reply.status == 403)
            #expect(try reply.code() == "peerNotTrusted")
        }
        let loopback = try #require(AddressRange("127.0.0.0/8"))
        try await RunningService.run(trustedProxies: [loopback]) { service in
            let headers = [("X-Request-Id", "abcd-1234"), ("X-Forwarded-For", "192.0.2.1")]
            let reply = try await service.ask(.GET, "/v1/status", as: nil, headers)
            #expect(reply.status == 401)
            #expect(reply.headers.first(name: "X-Request-Id") == "abcd-1234")
        }
    }
}

/// Whether commits fail.
final class FaultSwitch: Sendable {
    private let state = Mutex(false)

    var isOn: Bool {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

extension RunningService {
    func breakAccessLog() throws {
        let queue = try DatabaseQueue(path: ledger.directory.path + "/access.sqlite")
        try queue.write { db in try db.execute(sql: "ALTER TABLE access RENAME TO elsewhere") }
    }
}
