import Foundation
import LedgerTestSupport
import NIOCore
import NIOHTTP1
import Service
import Testing

@Suite(.serialized) struct `The edges of HTTP` {
    /// Statuses in the order in which they were answered.
    private static func statuses(_ answer: String) -> [Int] {
        answer.split(separator: "HTTP/1.1 ", omittingEmptySubsequences: false).dropFirst()
            .compactMap { Int($0.prefix(3)) }
    }

    private static func residentByteCount(_ service: RunningService) async throws -> Double {
        let metrics = try await service.ask(.GET, "/metrics", as: "admin-1").text
        let line = metrics.split(separator: "\n").first {
            $0.hasPrefix("bmn_resident_memory_bytes ")
        }
        return try #require(line?.split(separator: " ").last.flatMap { Double($0) })
    }

    @Test(arguments: [2561, 2562] as [UInt64])
    func `mutated requests in numbers are answered or refused, and the service goes on`(
        seed: UInt64
    ) async throws {
        var limits = ServiceLimits()
        limits.bodyTimeout = .seconds(1)
        limits.idleTimeout = .seconds(1)
        try await RunningService.run(limits: limits) { service in
            let token = try #require(service.tokens["recorder-1"])
            var requests = try MutatedRequests(seed: seed, token: token)
            let size = try service.treeSize()
            var before = 0.0
            var counts: [Int: Int] = [:]
            for round in 0..<20 {
                let batch = (0..<64).map { _ in requests.next() }
                let answers = try await withThrowingTaskGroup(of: (Int, [Int]).self) { group in
                    for (offset, pieces) in batch.enumerated() {
                        group.addTask {
                            (offset, Self.statuses(try await service.send(pieces, pause: .zero)))
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                for (offset, statuses) in answers {
                    for status in statuses {
                        counts[status, default: 0] += 1
                        let isOurFault = status >= 500 && ![501, 503, 505].contains(status)
                        #expect(!isOurFault, "\(status) to \(offset) of \(round), seed \(seed)")
                    }
                }
                // After the first rounds all that is made once is made.
                if round == 4 { before = try await Self.residentByteCount(service) }
            }
            // Whether alone (201) or in a batch (200), the household was recorded.
            #expect(try service.treeSize() > size)
            for status in [200, 400, 401, 404] {
                #expect(counts[status, default: 0] > 0, "\(status) was never answered: \(counts)")
            }
            let growth = try await Self.residentByteCount(service) - before
            #expect(growth < 256 * 1024 * 1024)
            #expect(try await service.ask(.GET, "/livez", as: nil).status == 200)
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
        }
    }

    @Test func `requests one after the other are answered in their order, and old ones too`()
        async throws
    {
        try await RunningService.run { service in
            let live = "GET /livez HTTP/1.1\r\nHost: h\r\n\r\n"
            let closed = "GET /livez HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
            let status = "GET /v1/status HTTP/1.1\r\nHost: h\r\n\r\n"
            let pipelined = try await service.send([Array((live + status + live + closed).utf8)])
            #expect(Self.statuses(pipelined) == [200, 401, 200, 200])
            let old = try await service.send([Array("GET /livez HTTP/1.0\r\n\r\n".utf8)])
            #expect(old.hasPrefix("HTTP/1.1 200 ") || old.hasPrefix("HTTP/1.0 200 "))
            let bytes = closed.utf8.map { [$0] }
            let split = try await service.send(bytes, pause: .milliseconds(1))
            #expect(Self.statuses(split) == [200])
        }
    }

    @Test func `a command that arrives slowly but in time is recorded`() async throws {
        try await RunningService.run { service in
            let token = try #require(service.tokens["recorder-1"])
            let line = try RunningService.line(Sample.record("99010101-0001"))
            let head =
                "POST /v1/commands HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(token)\r\n"
                + "Content-Type: application/json\r\nConnection: close\r\n"
                + "Content-Length: \(line.utf8.count)\r\n\r\n"
            let bytes = Array(line.utf8)
            let pieces = stride(from: 0, to: bytes.count, by: 100).map { start in
                Array(bytes[start..<min(start + 100, bytes.count)])
            }
            let answer = try await service.send([Array(head.utf8)] + pieces)
            #expect(Self.statuses(answer) == [201], "\(answer)")
        }
    }

    /// What two programs in a row could read two ways.
    @Test(arguments: [
        "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: -2\r\n\r\n{}", "Content-Length: 2x\r\n\r\n{}",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n",
    ])
    func `a body whose end is in doubt is no command`(rest: String) async throws {
        var limits = ServiceLimits()
        limits.bodyTimeout = .seconds(1)
        limits.idleTimeout = .seconds(1)
        try await RunningService.run(limits: limits) { service in
            let token = try #require(service.tokens["recorder-1"])
            let size = try service.treeSize()
            // Whoever took the body for shorter would answer this as a request of its own.
            let smuggled = "GET /livez HTTP/1.1\r\nHost: h\r\n\r\n"
            let request =
                "POST /v1/commands HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(token)\r\n"
                + "Content-Type: application/json\r\n" + rest + smuggled
            let answer = try await service.send([Array(request.utf8)])
            let statuses = Self.statuses(answer)
            #expect(statuses.allSatisfy { (400..<500).contains($0) }, "\(statuses)")
            #expect(try service.treeSize() == size)
        }
    }
}
