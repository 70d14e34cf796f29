import AsyncHTTPClient
import Foundation
import LedgerReader
import LedgerTestSupport
import NIOCore
import NIOHTTP1
import NIOPosix
import Service
import Survey
import Testing

@Suite(.serialized) struct `Connections and files under the service` {
    /// A connection whose bytes are read when somebody asks for them.
    private static func connect(
        _ service: RunningService
    ) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        let port = try #require(service.url.split(separator: ":").last.flatMap { Int($0) })
        return try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
    }

    @Test(.timeLimit(.minutes(2)))
    func `a client that holds its body back is asked for it`() async throws {
        try await RunningService.run { service in
            let token = try #require(service.tokens["recorder-1"])
            let line = try RunningService.line(Sample.record("99010101-0001"))
            func ask(_ token: String) async throws -> String {
                let head =
                    "POST /v1/commands HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(token)\r\n"
                    + "Content-Type: application/json\r\nExpect: 100-continue\r\n"
                    + "Content-Length: \(line.utf8.count)\r\nConnection: close\r\n\r\n"
                let channel = try await Self.connect(service)
                return try await channel.executeThenClose { inbound, outbound in
                    try await outbound.write(ByteBuffer(string: head))
                    var answer = ""
                    var isSent = false
                    do {
                        for try await part in inbound {
                            answer += String(buffer: part)
                            if !isSent, answer == "HTTP/1.1 100 Continue\r\n\r\n" {
                                isSent = true
                                try await outbound.write(ByteBuffer(string: line))
                            }
                            if answer.contains("\r\n\r\n{") || answer.contains(" 401 ") { break }
                        }
                    } catch is IOError {
                        // Closed with something unread.
                    }
                    return answer
                }
            }
            let appended = try await ask(token)
            #expect(
                appended.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 "),
                "\(appended.prefix(200))"
            )
            // Who is not let in is not asked for anything.
            let refused = try await ask("bmn_nobody")
            #expect(refused.hasPrefix("HTTP/1.1 401 "), "\(refused.prefix(200))")
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `a feed whose reader takes nothing holds up no stop`() async throws {
        var limits = ServiceLimits()
        // Waited for so long, this test would be over before.
        limits.stopTimeout = .seconds(3600)
        limits.feedStopTimeout = .milliseconds(200)
        try await RunningService.run(limits: limits) { service in
            let commands = (0..<12_000).map { Sample.record("99010101-\($0)") }
            for start in stride(from: 0, to: commands.count, by: 2000) {
                for outcome in try service.append(Array(commands[start..<start + 2000])) {
                    try outcome.get()
                }
            }
            let token = try #require(service.tokens["auditor-1"])
            let head =
                "GET /v1/feed?from=0 HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(token)\r\n\r\n"
            let channel = try await Self.connect(service)
            try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: head))
                var sent = 0
                // Until nothing more goes out: the pipe is full.
                for _ in 0..<600 {
                    let metrics = try await service.ask(.GET, "/metrics", as: "admin-1").text
                    let line = metrics.split(separator: "\n").first {
                        $0.hasPrefix("bmn_feed_records_total ")
                    }
                    let count = line.flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
                    if count > 0, count == sent { break }
                    sent = count
                    try await Task.sleep(for: .milliseconds(200))
                }
                #expect(sent > 0 && sent < 12_000)
                await service.stop()
                // It ends, or this test never does.
                do {
                    for try await _ in inbound {}
                } catch is IOError {}
            }
        }
    }

    @Test func `a file of tokens that was moved away is told of`() async throws {
        try await RunningService.run { service in
            func check() async throws -> [String: Any]? {
                let checks = try await service.ask(.GET, "/readyz", as: nil).object()["checks"]
                return (checks as? [[String: Any]])?.first { $0["code"] as? String == "access" }
            }
            #expect(try await check()?["ok"] as? Bool == true)
            let path = service.ledger.directory.path + "/access.sqlite"
            try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
            #expect(try await check()?["reason"] as? String == "accessStoreReplaced")
            try Data().write(to: URL(filePath: path))
            #expect(try await check()?["ok"] as? Bool == false)
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: path + ".old", toPath: path)
            #expect(try await check()?["ok"] as? Bool == true)
        }
    }
}
