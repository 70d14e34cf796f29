import Foundation
import Logging
import NIOCore
import NIOPosix
import TestSupport
import Testing
import TransparencyLog
import Witness
import WitnessService

/// Runs a service on a free port of this machine while `body` uses it.
func serving(
    _ witness: Witness,
    limits: WitnessLimits = WitnessLimits(),
    _ body: (String) async throws -> Void
) async throws {
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let service = WitnessService(
        witness,
        host: "127.0.0.1",
        port: 0,
        limits: limits,
        clock: { 1000 },
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        onListening: { port.yield($0) }
    )
    let running = Task { try await service.run() }
    defer { running.cancel() }
    for await number in ports {
        try await body("http://127.0.0.1:\(number)")
        break
    }
}

@Suite(.serialized) struct `A witness's service` {
    private let home: TestWitness
    private let log: TestLog
    private let witness: Witness

    init() throws {
        home = try TestWitness()
        log = try TestLog()
        witness = try home.witness(of: log)
    }

    /// Sends bytes as they are and reads until the other side closes.
    private func send(_ url: String, _ bytes: [UInt8]) async throws -> String {
        let port = try #require(Int(url.split(separator: ":").last ?? ""))
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        do {
            return try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(bytes: bytes))
                var answer = ByteBuffer()
                do {
                    for try await part in inbound { answer.writeImmutableBuffer(part) }
                } catch is IOError {
                    // Closed with bytes of ours unread.
                }
                return String(buffer: answer)
            }
        } catch ChannelError.ioOnClosedChannel {
            // Closed before there was anything to read.
            return ""
        }
    }

    private func post(
        _ body: [UInt8],
        _ path: String = "/add-checkpoint",
        length: Int? = nil
    ) -> [UInt8] {
        let head =
            "POST \(path) HTTP/1.1\r\nHost: w\r\nConnection: close\r\n"
            + "Content-Length: \(length ?? body.count)\r\n\r\n"
        return Array(head.utf8) + body
    }

    private func get(_ path: String) -> [UInt8] {
        Array("GET \(path) HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n".utf8)
    }

    @Test func `passes on what the witness answers, and 404 for the rest`() async throws {
        let hash = Witness.originHash(log.key.name)
        try await serving(witness) { url in
            let conflict = try await send(url, post(try log.request(6, 8)))
            #expect(conflict.hasPrefix("HTTP/1.1 409 "))
            #expect(conflict.lowercased().contains("content-type: text/x.tlog.size\r\n"))
            #expect(conflict.hasSuffix("\r\n\r\n0\n"))
            let never = try await send(url, get("/\(hash)/checkpoint"))
            #expect(never.hasPrefix("HTTP/1.1 404 "))
            let cosigned = try await send(url, post(try log.request(0, 6)))
            #expect(cosigned.hasPrefix("HTTP/1.1 200 "))
            let served = try await send(url, get("/\(hash)/checkpoint"))
            #expect(served.hasPrefix("HTTP/1.1 200 "))
            let line = try #require(cosigned.components(separatedBy: "\r\n\r\n").last)
            #expect(
                served.hasSuffix(String(decoding: try log.note(6).encoded, as: UTF8.self) + line)
            )
            let good = try log.request(6, 8)
            for request in [
                get("/"), get("/add-checkpoint"), get("/checkpoint"), get("/\(hash)/checkpoint/"),
                get("/\(hash)"), get("//\(hash)/checkpoint"), get("/../\(hash)/checkpoint"),
                post(good, "/"), post(good, "/add-checkpoint/"), post(good, "/\(hash)/checkpoint"),
            ] {
                let answer = try await send(url, request)
                #expect(answer.hasPrefix("HTTP/1.1 404 "), "\(answer)")
            }
            #expect(try home.storedSize(log) == 6)
        }
    }

    @Test func `takes no more than a request has`() async throws {
        try await serving(witness) { url in
            let most = [UInt8](repeating: 0x78, count: Witness.requestByteCountMax)
            #expect(try await send(url, post(most)).hasPrefix("HTTP/1.1 400 "))
            #expect(try await send(url, post(most + [0x78])).hasPrefix("HTTP/1.1 413 "))
            let endless =
                "GET / HTTP/1.1\r\nHost: w\r\nX: " + String(repeating: "x", count: 1 << 17)
            let header = try await send(url, Array("\(endless)\r\n\r\n".utf8))
            #expect(header.isEmpty || header.hasPrefix("HTTP/1.1 4"), "\(header.prefix(80))")
            #expect(try await send(url, post(try log.request(0, 6))).hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func `waits for nobody for ever`() async throws {
        var limits = WitnessLimits()
        limits.bodyTimeout = .milliseconds(500)
        limits.idleTimeout = .milliseconds(500)
        limits.connectionCountMax = 3
        try await serving(witness, limits: limits) { url in
            // More than there may be connections: the last are served when the first are closed.
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<3 {
                    group.addTask { try await send(url, post([0x78], length: 100)) }
                    group.addTask { try await send(url, Array("POST /add-ch".utf8)) }
                }
                for try await answer in group { #expect(answer.isEmpty) }
            }
            // On a busy machine even an honest request may come too late; one does not.
            var answer = ""
            for _ in 0..<20 where answer.isEmpty { answer = try await send(url, get("/")) }
            #expect(answer.hasPrefix("HTTP/1.1 404 "))
        }
    }
}
