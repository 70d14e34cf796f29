import Access
import AsyncHTTPClient
import Foundation
import LedgerTestSupport
import LedgerWriter
import NIOCore
import NIOHTTP1
import Service
import Survey
import Testing

/// What a feed sends, cut into events.
struct FeedReader {
    private var rest = ""
    private(set) var indexes: [UInt64] = []
    private(set) var data: [String] = []
    private(set) var commentCount = 0

    mutating func take(_ buffer: ByteBuffer) {
        rest += String(buffer: buffer)
        while let end = rest.firstRange(of: "\n\n") {
            let event = rest[..<end.lowerBound]
            if event.hasPrefix(":") { commentCount += 1 }
            for line in event.split(separator: "\n") {
                if line.hasPrefix("id: ") { indexes.append(UInt64(line.dropFirst(4)) ?? .max) }
                if line.hasPrefix("data: ") { data.append(String(line.dropFirst(6))) }
            }
            rest = String(rest[end.upperBound...])
        }
    }
}

@Suite(.serialized) struct `The feed` {
    /// Reads until there are so many records, or the feed ends.
    private func read(
        _ service: RunningService,
        _ headers: [(String, String)] = [],
        _ query: String = "",
        count: Int,
        pause: Duration = .zero
    ) async throws -> FeedReader {
        let request = service.request(.GET, "/v1/feed" + query, as: "auditor-1", headers)
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        #expect(response.status == .ok)
        var reader = FeedReader()
        for try await buffer in response.body {
            reader.take(buffer)
            if reader.indexes.count >= count { break }
            if pause > .zero { try await Task.sleep(for: pause) }
        }
        return reader
    }

    @Test func `resumed again and again it loses nothing and repeats nothing`() async throws {
        try await RunningService.run { service in
            let start = try service.treeSize()
            let total = 400
            async let appending: Void = {
                for number in 0..<total {
                    let reply = try await service.submit(Sample.record("99010101-\(number)"))
                    #expect(reply.status == 201)
                }
            }()
            var indexes: [UInt64] = []
            var data: [String] = []
            while indexes.count < total {
                let headers = indexes.last.map { [("Last-Event-ID", "\($0)")] } ?? []
                let query = indexes.isEmpty ? "?from=\(start)" : ""
                // The last part has fewer: nothing comes after it.
                let count = min(37, total - indexes.count)
                let part = try await read(service, headers, query, count: count)
                indexes += part.indexes
                data += part.data
            }
            try await appending
            #expect(indexes == (0..<UInt64(indexes.count)).map { $0 + start })
            for (index, line) in zip(indexes, data) {
                let stored = String(decoding: try service.storedBytes(index), as: UTF8.self)
                #expect(line == stored)
            }
        }
    }

    @Test func `a slow reader reads on from the store at his own pace`() async throws {
        try await RunningService.run { service in
            let start = try service.treeSize()
            let commands = (0..<2000).map { Sample.record("99010101-\($0)") }
            for outcome in try service.append(commands) { try outcome.get() }
            let slow = try await read(
                service,
                [],
                "?from=\(start)",
                count: 2000,
                pause: .milliseconds(5)
            )
            #expect(slow.indexes == (0..<2000).map { $0 + start })
        }
    }

    @Test func `without a place to begin it begins with the next record`() async throws {
        var limits = ServiceLimits()
        limits.heartbeat = .milliseconds(100)
        limits.subscriberCountMax = 1
        try await RunningService.run(limits: limits) { service in
            let size = try service.treeSize()
            async let feed = read(service, count: 1)
            try await service.untilSubscribed()
            try await Task.sleep(for: .seconds(2))
            let second = try await service.ask(.GET, "/v1/feed")
            #expect(second.status == 503)
            #expect(try second.code() == "feedsTooMany")
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            let told = try await feed
            #expect(told.indexes == [size])
            // The beginning and a heartbeat at least.
            #expect(told.commentCount > 1)
            let beyond = try await service.ask(.GET, "/v1/feed?from=\(size + 5)")
            #expect(try beyond.code() == "recordUnknown")
        }
    }

    @Test func `it ends when its token is revoked`() async throws {
        var limits = ServiceLimits()
        limits.heartbeat = .milliseconds(100)
        limits.feedCheckInterval = .milliseconds(100)
        try await RunningService.run(limits: limits) { service in
            let size = try service.treeSize()
            async let feed = read(service, count: .max)
            try await service.untilSubscribed()
            let token = try #require(service.tokens["auditor-1"].flatMap { TokenText($0) })
            try service.access.revoke(token.id, now: service.clock.read())
            // It ends by itself, or this test never does.
            let told = try await feed
            #expect(told.indexes.isEmpty)
            #expect(try service.treeSize() == size)
        }
    }

    @Test func `one person has so many of them at most`() async throws {
        var limits = ServiceLimits()
        limits.subscriberOfOneCountMax = 1
        try await RunningService.run(limits: limits) { service in
            let start = try service.treeSize()
            async let feed = read(service, count: 1)
            try await service.untilSubscribed()
            let second = try await service.ask(.GET, "/v1/feed")
            #expect(try second.code() == "feedsTooMany")
            let request = service.request(.GET, "/v1/feed", as: "super-1")
            let other = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
            #expect(other.status == .ok)
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            #expect(try await feed.indexes == [start])
        }
    }

    @Test func `it ends when the service stops`() async throws {
        try await RunningService.run { service in
            async let feed = read(service, count: .max)
            try await service.untilSubscribed()
            await service.stop()
            let told = try await feed
            #expect(told.indexes.isEmpty)
        }
    }
}

extension RunningService {
    /// Until somebody reads the feed.
    fileprivate func untilSubscribed() async throws {
        for _ in 0..<3000 {
            let metrics = try await ask(.GET, "/metrics", as: "admin-1").text
            if metrics.contains("bmn_feed_subscribers 1.0\n") { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("nobody subscribed")
    }

    /// Appends without HTTP; callable where waiting is not allowed in line.
    func append(_ commands: [Command]) throws -> [Result<Void, Rejection>] {
        try writer.run(commands).map { outcome in outcome.map { _ in } }
    }
}
