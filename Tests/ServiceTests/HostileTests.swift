import Foundation
import LedgerTestSupport
import NIOCore
import NIOHTTP1
import NIOPosix
import Service
import Survey
import Testing

@Suite(.serialized) struct `Hostile requests` {
    private func get(_ path: String, _ headers: String = "") -> [UInt8] {
        Array("GET \(path) HTTP/1.1\r\nHost: h\r\n\(headers)Connection: close\r\n\r\n".utf8)
    }

    @Test func `a header in pieces is a header`() async throws {
        try await RunningService.run { service in
            let bytes = get("/livez")
            let pieces = stride(from: 0, to: bytes.count, by: 5).map { start in
                Array(bytes[start..<min(start + 5, bytes.count)])
            }
            let answer = try await service.send(pieces)
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func `paths are read one way only`() async throws {
        try await RunningService.run { service in
            for path in [
                "/../etc/passwd", "/v1/../livez", "/log/tile/../../keys/log.pem", "/v1/%2e%2e/x",
                "/log/tile/..%2f..%2fkeys", "/v1/records/%ff", "/v1/records/%c0%af", "/%",
                "/v1/records/%0a", "/v1/areas/%00", "/v1/./records", "//livez", "/livez/",
                "/v1//records", "/V1/records/0", "/log/tile/0/000%2ep/1x",
            ] {
                let answer = try await service.send([get(path)])
                let isRefused =
                    answer.hasPrefix("HTTP/1.1 400 ") || answer.hasPrefix("HTTP/1.1 404 ")
                    || answer.hasPrefix("HTTP/1.1 401 ")
                #expect(isRefused, "\(path): \(answer.prefix(60))")
                #expect(!answer.contains("PRIVATE KEY"))
            }
            let raw = Array("GET /v1/areas/".utf8) + [0xFF, 0xFE]
            let answer = try await service.send(
                [raw + Array(" HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".utf8)]
            )
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(60))")
            #expect(try await service.ask(.GET, "/livez", as: nil).status == 200)
        }
    }

    @Test func `headers and methods have their bounds`() async throws {
        try await RunningService.run { service in
            let long = "X: " + String(repeating: "x", count: 1 << 17) + "\r\n"
            let many = (0..<200).map { "X-\($0): y\r\n" }.joined()
            for headers in [long, many] {
                let answer = try await service.send([get("/livez", headers)])
                #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(60))")
            }
            for (request, status) in [
                ("DELETE /livez HTTP/1.1", "405"), ("BREW /livez HTTP/1.1", "405"),
                ("PUT /v1/commands HTTP/1.1", "405"),
            ] {
                let bytes = Array("\(request)\r\nHost: h\r\nConnection: close\r\n\r\n".utf8)
                let answer = try await service.send([bytes])
                let isRefused =
                    answer.hasPrefix("HTTP/1.1 \(status) ") || answer.hasPrefix("HTTP/1.1 400 ")
                #expect(isRefused || answer.isEmpty, "\(request): \(answer.prefix(60))")
            }
            let both =
                "POST /v1/commands HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"
            let smuggled = try await service.send([Array(both.utf8)])
            #expect(smuggled.isEmpty || smuggled.hasPrefix("HTTP/1.1 4"))
            let id = try await service.ask(.GET, "/livez", as: nil, [("X-Request-Id", "abcd-1234")])
            #expect(id.headers.first(name: "X-Request-Id") != "abcd-1234")
            let odd = try await service.ask(
                .GET,
                "/livez",
                as: nil,
                [("X-Request-Id", "a b\"c'd;e")]
            )
            #expect(odd.headers.first(name: "X-Request-Id") != "a b\"c'd;e")
        }
    }

    @Test func `who sends slowly is waited for a while only`() async throws {
        var limits = ServiceLimits()
        limits.bodyTimeout = .seconds(1)
        limits.idleTimeout = .seconds(1)
        try await RunningService.run(limits: limits) { service in
            let token = try #require(service.tokens["recorder-1"])
            let head =
                "POST /v1/commands HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(token)\r\n"
                + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
            let size = try service.treeSize()
            #expect(try await service.send([Array(head.utf8)]).isEmpty)
            #expect(try await service.send([Array("GET /li".utf8)]).isEmpty)
            #expect(try service.treeSize() == size)
            // Refused before its body is read: the body is not waited for either.
            let stranger = "POST /v1/commands HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n{"
            // On a busy machine even this may come too late; one does not.
            var answer = ""
            for _ in 0..<20 where answer.isEmpty {
                answer = try await service.send([Array(stranger.utf8)])
            }
            #expect(answer.hasPrefix("HTTP/1.1 401 "))
        }
    }

    @Test func `a refused request leaves its connection to the next one`() async throws {
        var limits = ServiceLimits()
        limits.bodyTimeout = .seconds(1)
        limits.heartbeat = .milliseconds(100)
        try await RunningService.run(limits: limits) { service in
            let token = try #require(service.tokens["auditor-1"])
            let authorization = "Host: h\r\nAuthorization: Bearer \(token)\r\n"
            let refused =
                "POST /v1/commands HTTP/1.1\r\n\(authorization)Content-Type: text/plain\r\n"
                + "Content-Length: 2\r\n\r\n{}"
            let feed = "GET /v1/feed HTTP/1.1\r\n\(authorization)\r\n"
            let start = ContinuousClock.now
            let answer = try await read(service, refused + feed) { answer in
                // Three times as long as the body's time, which was over at once.
                ContinuousClock.now - start > .seconds(3) && answer.hasSuffix(":\n\n\r\n")
            }
            #expect(answer.hasPrefix("HTTP/1.1 415 "))
            #expect(answer.contains("HTTP/1.1 200 "))
            #expect(answer.hasSuffix(":\n\n\r\n"), "\(answer.suffix(60))")
        }
    }

    @Test func `a body that nobody asked for ends, or its connection does`() async throws {
        var limits = ServiceLimits()
        limits.bodyTimeout = .seconds(1)
        try await RunningService.run(limits: limits) { service in
            let small = "GET /livez HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n"
            let answer = try await service.send(
                [Array((small + "Connection: close\r\n\r\n{}").utf8)]
            )
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
            let endless = "GET /livez HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
            let piece = Array("1\r\na\r\n".utf8)
            let pieces = [Array(endless.utf8)] + Array(repeating: piece, count: 600)
            let start = ContinuousClock.now
            _ = try await service.send(pieces, pause: .milliseconds(100))
            #expect(ContinuousClock.now - start < .seconds(55))
            let large = "x" + String(repeating: "a", count: 70_000)
            let refused = try await service.ask(.GET, "/livez", as: nil, body: large)
            #expect(refused.status == 413)
        }
    }

    @Test func `who declares much and sends nothing takes no room from others`() async throws {
        var limits = ServiceLimits()
        limits.bodiesByteCountMax = limits.batchByteCountMax
        try await RunningService.run(limits: limits) { service in
            let token = try #require(service.tokens["super-1"])
            let nobody = try #require(service.tokens["admin-1"])
            func head(_ token: String) -> String {
                "POST /v1/commands HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(token)\r\n"
                    + "Content-Type: application/json\r\n"
                    + "Content-Length: \(limits.batchByteCountMax)\r\n\r\n"
            }
            // Whoever may write nothing is told so before his batch is read.
            let refused = try await read(service, head(nobody)) { $0.contains("\r\n\r\n") }
            #expect(refused.hasPrefix("HTTP/1.1 413 "))
            let declared = head(token)
            async let hog = read(service, declared) { _ in false }
            for number in 0..<20 {
                let record = Sample.record("99010101-\(number)")
                #expect(try await service.submit(record).status == 201)
            }
            await service.stop()
            _ = try? await hog
        }
    }

    /// Sends all and reads until it is enough, or the other side closes.
    private func read(
        _ service: RunningService,
        _ request: String,
        isEnough: @Sendable (String) -> Bool
    ) async throws -> String {
        let port = try #require(Int(service.url.split(separator: ":").last ?? ""))
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var answer = ""
            for try await part in inbound {
                answer += String(buffer: part)
                if isEnough(answer) { break }
            }
            return answer
        }
    }
}
