import ArgumentParser
import AsyncHTTPClient
import Foundation
import Hummingbird
import NIOCore
import NIOHTTP1
import Survey
import SwiftProtobuf

// The service's clients, each in a process of its own beside the service.

/// A client that has as many connections as tasks ask at once.
struct BenchClient: Sendable {
    let url: String
    let token: String
    private let client: HTTPClient

    /// Ends with the process: each part makes one.
    init(_ url: String, token: String, connectionCount: Int) {
        (self.url, self.token) = (url, token)
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionCount
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func open(_ path: String, body: String? = nil) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: url + path)
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        if let body {
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body))
        }
        return try await client.execute(request, timeout: .seconds(300))
    }

    /// The body of an answer that must have this status.
    func ask(
        _ path: String,
        body: String? = nil,
        status: Int = 200
    ) async throws -> ByteBuffer {
        let response = try await open(path, body: body)
        let bytes = try await response.body.collect(upTo: 1 << 26)
        guard response.status.code == status else {
            throw BenchFailure("\(path) answered \(response.status): \(String(buffer: bytes))")
        }
        return bytes
    }

    func submit(_ command: Command) async throws {
        var command = command
        command.clearActor()
        command.occurredOn = Province.workday
        _ = try await ask("/v1/commands", body: command.jsonString(), status: 201)
    }

    func end() async throws { try await client.shutdown() }
}

/// Seconds of each of many, the slowest last.
private func inOrder(_ latencies: [[Double]]) -> [Double] { latencies.flatMap(\.self).sorted() }

/// `http-commands`: many who each submit one command over HTTP and wait for its receipt.
struct HTTPCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http-commands",
        abstract: "Submit single commands from connections; prints commands/s and the p99 in ms."
    )

    @Argument var url: String
    @Argument var token: String
    @Argument var clientCount: Int
    @Argument var count: Int
    @Argument var firstSerial: Int

    func run() throws {
        let households = Households(runLength: 1)
        let perClient = count / clientCount
        let work = (0..<clientCount).map { client in
            (0..<perClient).map { number in
                let serial = firstSerial + number * clientCount + client
                return households.command(village: client, house: serial, serial: serial)
            }
        }
        let (rate, slow) = try waiting(for: { [url, token, clientCount] in
            let client = BenchClient(url, token: token, connectionCount: clientCount)
            let figures = try await Self.run(work, client)
            try await client.end()
            return figures
        })
        print(rate, slow)
    }

    private static func run(
        _ work: [[Command]],
        _ client: BenchClient
    ) async throws -> (rate: Double, slow: Double) {
        let clock = ContinuousClock()
        let start = clock.now
        let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
            for commands in work {
                group.addTask {
                    var mine: [Double] = []
                    for command in commands {
                        let sent = clock.now
                        try await client.submit(command)
                        mine.append((clock.now - sent).seconds)
                    }
                    return mine
                }
            }
            return try await group.reduce(into: [[Double]]()) { $0.append($1) }
        }
        let sorted = inOrder(latencies)
        let rate = Double(sorted.count) / (clock.now - start).seconds
        return (rate, sorted[sorted.count * 99 / 100] * 1000)
    }
}

/// `http-reads`: one address, asked for again and again.
struct HTTPReads: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http-reads",
        abstract: "Ask for one path from connections; prints requests/s and the p50 in ms."
    )

    @Argument var url: String
    @Argument var token: String
    @Argument var path: String
    @Argument var clientCount: Int
    @Argument var count: Int

    func run() throws {
        let (rate, middle) = try waiting(for: { [url, token, path, clientCount, count] in
            let client = BenchClient(url, token: token, connectionCount: clientCount)
            let clock = ContinuousClock()
            // The first connections and the first reading of pages are no part of it.
            for _ in 0..<clientCount { _ = try await client.ask(path) }
            let start = clock.now
            let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
                for _ in 0..<clientCount {
                    group.addTask {
                        var mine: [Double] = []
                        for _ in 0..<(count / clientCount) {
                            let sent = clock.now
                            _ = try await client.ask(path)
                            mine.append((clock.now - sent).seconds)
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: [[Double]]()) { $0.append($1) }
            }
            let duration = (clock.now - start).seconds
            try await client.end()
            let sorted = inOrder(latencies)
            return (Double(sorted.count) / duration, sorted[sorted.count / 2] * 1000)
        })
        print(rate, middle)
    }
}

/// `http-bare`: what the library alone does with the same bytes.
struct HTTPBare: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http-bare",
        abstract: "Serve a file's bytes at every path until it is ended; says where it listens."
    )

    @Argument var file: String

    func run() throws {
        let bytes = ByteBuffer(bytes: try Data(contentsOf: URL(filePath: file)))
        try waiting(for: {
            let router = Router()
            router.get("**") { _, _ in
                Response(
                    status: .ok,
                    headers: [.contentType: "application/json"],
                    body: ResponseBody(byteBuffer: bytes)
                )
            }
            let application = Application(
                router: router,
                configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { channel in
                    let port = channel.localAddress?.port ?? 0
                    Report.note("listening on http://127.0.0.1:\(port)")
                }
            )
            try await application.runService()
        })
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
