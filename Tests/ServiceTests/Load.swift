import AsyncHTTPClient
import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import NIOCore
import NIOHTTP1
import Survey
import Synchronization
import Testing

/// Clients that enter households at the same time, and what they were told is recorded.
final class Load: Sendable {
    private struct State {
        /// The commands' ids, by the indexes of their records.
        var acknowledged: [Int: String] = [:]
        var refusals: Set<String> = []
        var isOver = false
    }

    private let state = Mutex(State())
    private let url: String
    private let token: String

    private init(_ url: String, _ token: String) { (self.url, self.token) = (url, token) }

    var acknowledged: [Int: String] { state.withLock(\.acknowledged) }
    /// The codes of what was refused.
    var refusals: Set<String> { state.withLock(\.refusals) }

    /// While `body` runs; gives what was acknowledged.
    ///
    /// `prefix` tells the households of this run from those of another.
    static func run(
        _ url: String,
        token: String,
        prefix: String = "99010101",
        _ body: (Load) async throws -> Void
    ) async throws -> [Int: String] {
        let load = Load(url, token)
        let clients = Task {
            await withTaskGroup(of: Void.self) { group in
                for client in 0..<6 { group.addTask { await load.submit("\(prefix)-\(client)") } }
            }
        }
        do {
            try await body(load)
        } catch {
            load.end()
            await clients.value
            throw error
        }
        load.end()
        await clients.value
        return load.acknowledged
    }

    private func end() { state.withLock { $0.isOver = true } }

    private func submit(_ prefix: String) async {
        var number = 0
        while !state.withLock(\.isOver) {
            number += 1
            let command = Sample.record("\(prefix)-\(number)")
            do {
                let answer = try await send(RunningService.line(command))
                state.withLock { state in
                    if let index = answer["index"] as? Int {
                        state.acknowledged[index] = command.id
                    } else {
                        state.refusals.insert(answer["code"] as? String ?? "?")
                    }
                }
                if answer["index"] == nil { try await Task.sleep(for: .milliseconds(20)) }
            } catch {
                // Whoever got no answer knows nothing, and may not be told anything by this.
                try? await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    private func send(_ line: String) async throws -> [String: Any] {
        var request = HTTPClientRequest(url: url + "/v1/commands")
        request.method = .POST
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: line))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 1 << 20)
        return try Reply.object(String(buffer: body))
    }

    /// Until so many more commands are acknowledged.
    func untilAcknowledged(_ more: Int) async throws {
        let wanted = acknowledged.count + more
        for _ in 0..<6000 where acknowledged.count < wanted {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(acknowledged.count >= wanted, "refused: \(refusals)")
    }

    /// Until one is refused with one of these codes.
    func untilRefused(_ codes: Set<String>) async throws {
        for _ in 0..<6000 where refusals.isDisjoint(with: codes) {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(!refusals.isDisjoint(with: codes), "\(refusals)")
    }

    /// That each of them is recorded where its receipt says.
    static func check(_ acknowledged: [Int: String], _ reader: LedgerReader) throws {
        #expect(!acknowledged.isEmpty)
        let snapshot = try reader.snapshot()
        for (index, id) in acknowledged {
            #expect(try snapshot.recordedEvent(UInt64(index))?.envelope.commandID.text == id)
        }
    }
}
