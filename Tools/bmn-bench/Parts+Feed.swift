import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// `http-feed`: many who listen while records are appended at a steady rate.
struct HTTPFeed: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http-feed",
        abstract: "Subscribe many times and append; prints records lost and repeated, and seconds.",
        discussion: """
            A subscriber that has not got everything a minute after the last record was appended \
            counts what is missing as lost. The third figure is how long after the last \
            acknowledgement the last subscriber had everything.
            """
    )

    @Argument var url: String
    @Argument var token: String
    @Argument var subscriberCount: Int
    @Argument var eventCount: Int
    @Argument var eventsPerSecond: Int
    @Argument var firstSerial: Int

    func run() throws {
        let figures = try waiting(for: {
            [url, token, subscriberCount, eventCount, eventsPerSecond, firstSerial] in
            let client = BenchClient(url, token: token, connectionCount: subscriberCount + 8)
            let feed = Subscribers(client, eventCount: eventCount)
            let figures = try await feed.run(
                subscriberCount,
                perSecond: eventsPerSecond,
                firstSerial: firstSerial
            )
            try await client.end()
            return figures
        })
        print(figures.lost, figures.repeated, figures.seconds)
    }
}

/// How many have begun to listen.
private final class Listening: Sendable {
    let count = Mutex(0)
}

private struct Subscribers: Sendable {
    let client: BenchClient
    let eventCount: Int

    init(_ client: BenchClient, eventCount: Int) {
        (self.client, self.eventCount) = (client, eventCount)
    }

    struct Figures: Sendable {
        var lost = 0
        var repeated = 0
        var seconds = 0.0
    }

    func run(_ count: Int, perSecond: Int, firstSerial: Int) async throws -> Figures {
        let clock = ContinuousClock()
        var figures = Figures()
        try await withThrowingTaskGroup(of: (got: [UInt64], end: ContinuousClock.Instant).self) {
            group in
            let listening = Listening()
            for _ in 0..<count {
                group.addTask {
                    let got = try await listen { listening.count.withLock { $0 += 1 } }
                    return (got, clock.now)
                }
            }
            while listening.count.withLock(\.self) < count {
                try await Task.sleep(for: .milliseconds(20))
            }
            try await append(perSecond: perSecond, firstSerial: firstSerial)
            let acknowledged = clock.now
            for try await (got, end) in group {
                figures.lost += eventCount - Set(got).count
                figures.repeated += got.count - Set(got).count
                figures.seconds = max(figures.seconds, (end - acknowledged).seconds)
            }
        }
        return figures
    }

    /// The indexes that one subscriber gets, until they are all there.
    private func listen(_ begun: () -> Void) async throws -> [UInt64] {
        let response = try await client.open("/v1/feed")
        guard response.status == .ok else {
            throw BenchFailure("/v1/feed answered \(response.status)")
        }
        begun()
        var indexes: [UInt64] = []
        var rest: [UInt8] = []
        for try await buffer in response.body {
            rest += Array(buffer: buffer)
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: rest[..<end], as: UTF8.self)
                rest.removeSubrange(...end)
                if line.hasPrefix("id:"),
                    let index = UInt64(line.dropFirst(3).trimmingCharacters(in: .whitespaces))
                {
                    indexes.append(index)
                }
            }
            if indexes.count >= eventCount { break }
        }
        return indexes
    }

    private func append(perSecond: Int, firstSerial: Int) async throws {
        let households = Households(runLength: 1)
        let clock = ContinuousClock()
        let start = clock.now
        for number in 0..<eventCount {
            let serial = firstSerial + number
            let command = households.command(village: number % 64, house: serial, serial: serial)
            try await client.submit(command)
            let due = start + .seconds(1) * (number + 1) / perSecond
            if clock.now < due { try await Task.sleep(until: due) }
        }
    }
}
