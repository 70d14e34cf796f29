import Foundation
import LedgerTestSupport
import NIOHTTP1
import Service
import Survey
import Testing

@Suite(.serialized) struct `Health, metrics and logs` {
    @Test func `readiness names its checks, and what is broken`() async throws {
        try await RunningService.run { service in
            let ready = try await service.ask(.GET, "/readyz", as: nil).object()
            #expect(ready["ok"] as? Bool == true)
            let checks = try #require(ready["checks"] as? [[String: Any]])
            let codes = checks.compactMap { $0["code"] as? String }
            let all = ["writer", "ledger", "readModels", "disk", "checkpoint", "access", "clock"]
            #expect(codes == all)
        }
        var limits = ServiceLimits()
        limits.freeByteCountMin = .max
        try await RunningService.runUnready(limits: limits) { service in
            var broken: [[String: Any]] = []
            // Until the read models are level; the disk stays what it is.
            for _ in 0..<3000 where broken.count != 1 {
                let reply = try await service.ask(.GET, "/readyz", as: nil)
                #expect(reply.status == 503)
                let checks = try #require(try reply.object()["checks"] as? [[String: Any]])
                broken = checks.filter { $0["ok"] as? Bool == false }
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(broken.map { $0["code"] as? String } == ["disk"])
            #expect(broken.map { $0["reason"] as? String } == ["diskFull"])
            #expect(try await service.ask(.GET, "/livez", as: nil).status == 200)
            // It keeps what it can serving.
            #expect(try await service.ask(.GET, "/v1/records/0").status == 200)
        }
    }

    @Test func `metrics count, and neither they nor the log hold what was asked`() async throws {
        try await RunningService.run { service in
            let record = Sample.record("99010101-0777", firstName: "ลับเฉพาะ")
            #expect(try await service.submit(record).status == 201)
            #expect(try await service.submit(record).status == 200)
            _ = try await service.ask(.GET, "/v1/households/99010101-0777?cycle=2561")
            _ = try await service.ask(.GET, "/v1/nothing-like-0777")
            let metrics = try await service.ask(.GET, "/metrics", as: "admin-1").text
            for line in [
                "bmn_commands_total 1", "bmn_commands_repeated_total 1",
                "bmn_requests_total{route=\"/v1/commands\",method=\"POST\",status=\"201\"} 1",
                "bmn_request_seconds_count{route=\"/v1/commands\"} 2",
                "bmn_ledger_records \(Double(try service.treeSize()))", "bmn_feed_subscribers 0.0",
            ] { #expect(metrics.contains(line + "\n"), "\(line)") }
            for line in metrics.split(separator: "\n") where !line.hasPrefix("#") {
                #expect(line.wholeMatch(of: /[a-z_]+(\{.+\})? [0-9.e+-]+/) != nil, "\(line)")
            }
            let log = service.log.text
            #expect(log.contains("\"route\":\"/v1/households/{id}\""))
            for secret in ["01-0777", "ลับเฉพาะ", "recorder-1", "bmn_", "Secretname", "99/9"] {
                #expect(!log.contains(secret), "\(secret)")
                if secret != "bmn_" { #expect(!metrics.contains(secret), "\(secret)") }
            }
            for line in log.split(separator: "\n") { _ = try Reply.object(String(line)) }
        }
    }
}
