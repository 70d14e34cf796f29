import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import NIOHTTP1
import Service
import Survey
import SwiftProtobuf
import Testing
import TransparencyLog

@Suite(.serialized) struct `Commands over HTTP` {
    @Test func `a command is recorded once, however often it is sent`() async throws {
        try await RunningService.run { service in
            let command = Sample.record("99010101-0001")
            let first = try await service.submit(command)
            #expect(first.status == 201, "\(first.text)")
            let receipt = try first.object()
            let index = try #require(receipt["index"] as? Int)
            #expect(receipt["commandId"] as? String == command.id)
            #expect(receipt["streamVersion"] as? Int == 0)
            #expect(first.headers.first(name: "Location") == "/v1/records/\(index)")
            #expect(first.headers.first(name: "ETag") == "\"1\"")
            let again = try await service.submit(command)
            #expect(again.status == 200)
            #expect(try again.object()["index"] as? Int == index)
            #expect(try again.object()["repeated"] as? Bool == true)
            var other = command
            other.recordHousehold.interviewedOn = "2018-01-16"
            let reused = try await service.submit(other)
            #expect(reused.status == 409)
            #expect(try reused.code() == "commandIdReused")
            let recorded = try service.recordedEvent(UInt64(index))
            #expect(recorded?.envelope.actor.user == "recorder-1")
            #expect(recorded?.envelope.actor.capacity == "recorder")
            #expect(recorded?.envelope.actor.authentication == "token")
        }
    }

    @Test func `the headers give the id and the expected version`() async throws {
        try await RunningService.run { service in
            var command = Sample.record("99010101-0001")
            let id = command.id
            command.id = ""
            let key = [("Idempotency-Key", id), ("If-Match", "\"0\"")]
            let first = try await service.submit(command, "", as: "recorder-1", key)
            #expect(first.status == 201, "\(first.text)")
            #expect(try first.object()["commandId"] as? String == id)
            #expect(try await service.submit(command, "", as: "recorder-1", key).status == 200)
            let correction = Sample.correct("99010101-0001", failing: 1)
            let stale = try await service.submit(
                correction,
                "",
                as: "recorder-1",
                [("If-Match", "\"0\"")]
            )
            #expect(stale.status == 412)
            #expect(try stale.code() == "versionConflict")
            for match in ["0", "\"x\"", "\"01\"", "\"-1\"", "*"] {
                let reply = try await service.submit(
                    correction,
                    "",
                    as: "recorder-1",
                    [("If-Match", match)]
                )
                #expect(try reply.code() == "headerMalformed", "\(match)")
            }
            let other = try await service.submit(
                correction,
                "",
                as: "recorder-1",
                [("Idempotency-Key", id)]
            )
            #expect(try other.code() == "headerMalformed")
            let twice = try await service.submit(
                Sample.record("99010101-0002"),
                "",
                as: "recorder-1",
                [("Idempotency-Key", id), ("Idempotency-Key", id)]
            )
            #expect(try twice.code() == "headerMalformed")
        }
    }

    @Test func `what a rule refuses is a problem in the language that was asked for`() async throws
    {
        try await RunningService.run { service in
            var command = Sample.record("99010101-0001")
            command.recordHousehold.collector = "recorder-1"
            for (header, language) in [("en", "en"), ("th-TH, en;q=0.5", "th"), ("", "th")] {
                let reply = try await service.submit(
                    command,
                    "",
                    as: "recorder-1",
                    [("Accept-Language", header)]
                )
                #expect(reply.status == 422, "\(reply.text)")
                #expect(reply.headers.first(name: "Content-Type") == "application/problem+json")
                #expect(reply.headers.first(name: "Content-Language") == language)
                let problem = try reply.object()
                #expect(problem["status"] as? Int == 422)
                #expect(problem["type"] as? String == "urn:bmn:problem:\(try reply.code())")
                let detail = try #require(problem["detail"] as? String)
                let isThai = detail.unicodeScalars.contains { (0x0E01...0x0E5B).contains($0.value) }
                #expect(isThai == (language == "th"), "\(detail)")
            }
        }
    }

    @Test func `what is no command is refused without quoting it`() async throws {
        try await RunningService.run { service in
            for (body, code) in [
                ("", "jsonMalformed"), ("{", "jsonMalformed"), ("{}", "kindUnknown"),
                (#"{"nonsense":1}"#, "fieldUnknown"), (#"{"id":"x","id":"y"}"#, "fieldGivenTwice"),
                (#"{"id":"Somchai","defineArea":{"code":"1"}}"#, "commandIdMalformed"),
            ] {
                let reply = try await service.ask(.POST, "/v1/commands", as: "super-1", body: body)
                #expect((400..<500).contains(reply.status))
                #expect(try reply.code() == code, "\(body): \(reply.text)")
                #expect(!reply.text.contains("Somchai"))
            }
            let typeless = try await service.ask(
                .POST,
                "/v1/commands",
                as: "super-1",
                [("Content-Type", "text/plain")],
                body: "{}"
            )
            #expect(typeless.status == 415)
        }
    }

    @Test func `a batch answers each command in order, and an atomic one all or nothing`()
        async throws
    {
        try await RunningService.run { service in
            let good = try (1...3).map { number in
                try RunningService.line(Sample.record("99010101-000\(number)"))
            }
            let bad = try RunningService.line(Sample.withdraw("99010101-0009"))
            let size = try service.treeSize()
            let ndjson = [("Content-Type", "application/x-ndjson")]
            let mixed = [good[0], bad, "{", good[1]].joined(separator: "\n")
            let refused = try await service.ask(
                .POST,
                "/v1/commands?atomic=true",
                as: "recorder-1",
                ndjson,
                body: mixed
            )
            #expect(refused.status == 422)
            let codes = try refused.objects().map { $0["code"] as? String }
            #expect(codes == ["notStored", "outsideOwnAreas", "jsonMalformed", "notStored"])
            #expect(try service.treeSize() == size)
            let some = try await service.ask(
                .POST,
                "/v1/commands",
                as: "recorder-1",
                ndjson,
                body: mixed
            )
            #expect(some.status == 200)
            let answers = try some.objects()
            #expect(answers.map { $0["index"] as? Int } == [Int(size), nil, nil, Int(size) + 1])
            #expect(answers[2]["line"] as? Int == 3)
            let array = "[\(good[1]) ,\n \(good[2])]"
            let rest = try await service.ask(
                .POST,
                "/v1/commands?atomic=true&wait=checkpoint",
                as: "recorder-1",
                body: array
            )
            #expect(rest.status == 200, "\(rest.text)")
            let last = try rest.objects()
            #expect(last.map { $0["repeated"] as? Bool } == [true, false])
            #expect(last.allSatisfy { $0["proof"] != nil })
            let split = String(good[1].dropLast()) + #","expectedVersion": 1 2}"#
            let odd = try await service.ask(
                .POST,
                "/v1/commands",
                as: "recorder-1",
                body: "[\(split)]"
            )
            #expect(try odd.objects().map { $0["code"] as? String } == ["jsonMalformed"])
            for broken in ["[", "[]x", "[{}", "[1,]", "[,1]", "[1, ]"] {
                let reply = try await service.ask(
                    .POST,
                    "/v1/commands",
                    as: "recorder-1",
                    body: broken
                )
                #expect(try reply.code() == "batchNotUnderstood", "\(broken)")
            }
        }
    }

    @Test func `whoever waits for a checkpoint gets the proof`() async throws {
        try await RunningService.run { service in
            let reply = try await service.submit(
                Sample.record("99010101-0001"),
                "?wait=checkpoint"
            )
            #expect(reply.status == 201)
            let object = try reply.object()
            let proof = try #require(object["proof"] as? [String: Any])
            let text = try #require(proof["tlogProof"] as? String)
            let read = try TLogProof(bytes: Array(text.utf8))
            #expect(read.inclusion.leafIndex == UInt64(try #require(object["index"] as? Int)))
            let record = try await service.ask(.GET, "/v1/records/\(read.inclusion.leafIndex)")
            try read.inclusion.check(
                leafHash: MerkleTree.leafHash(of: record.bytes),
                in: read.checkpoint.treeHead
            )
            let checkpoint = try await service.ask(.GET, "/v1/checkpoint", as: nil)
            #expect(checkpoint.bytes == read.note.encoded)
        }
    }

    @Test func `what is too large or too much is refused`() async throws {
        var limits = ServiceLimits()
        limits.waitingCommandCountMax = 1
        limits.batchCommandCountMax = 2
        try await RunningService.run(limits: limits) { service in
            let pad = String(repeating: " ", count: limits.commandByteCountMax)
            let one = try RunningService.line(Sample.record("99010101-0001"))
            let large = try await service.ask(
                .POST,
                "/v1/commands",
                as: "recorder-1",
                body: one + pad
            )
            #expect(large.status == 413)
            let huge = String(repeating: " ", count: limits.batchByteCountMax + 1)
            let refused = try await service.ask(.POST, "/v1/commands", as: "recorder-1", body: huge)
            #expect(refused.status == 413)
            let two = "[\(one),\(try RunningService.line(Sample.record("99010101-0002")))]"
            let full = try await service.ask(.POST, "/v1/commands", as: "recorder-1", body: two)
            #expect(full.status == 429)
            #expect(try full.code() == "queueFull")
            #expect(full.headers.first(name: "Retry-After") == "1")
            let long = try await service.ask(
                .POST,
                "/v1/commands",
                as: "recorder-1",
                body: "[\(one),\(one),\(one)]"
            )
            #expect(try long.code() == "batchTooLong")
            // The place that was taken and refused is free again.
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
        }
    }

    @Test func `a stop loses nothing that was acknowledged`() async throws {
        try await RunningService.run { service in
            let size = try service.treeSize()
            var all: [Int: String] = [:]
            await withTaskGroup(of: [Int: String].self) { group in
                for client in 0..<16 {
                    group.addTask { await Self.submitMany(client, to: service) }
                }
                // In the midst of it, however long that takes to come.
                for _ in 0..<3000 where (try? service.treeSize()) ?? 0 < size + 20 {
                    try? await Task.sleep(for: .milliseconds(20))
                }
                await service.stop()
                for await mine in group { all.merge(mine) { $1 } }
            }
            #expect(!all.isEmpty)
            for (index, id) in all {
                let recorded = try service.recordedEvent(UInt64(index))
                #expect(recorded?.envelope.commandID.text == id)
            }
        }
    }

    /// What one client was told is recorded: command ids by index, until it is refused.
    private static func submitMany(
        _ client: Int,
        to service: RunningService
    ) async -> [Int: String] {
        var acknowledged: [Int: String] = [:]
        for number in 0..<200 {
            let command = Sample.record("99010101-\(client)-\(number)")
            guard let reply = try? await service.submit(command), reply.status == 201,
                let index = (try? reply.object())?["index"] as? Int
            else { return acknowledged }
            acknowledged[index] = command.id
        }
        return acknowledged
    }
}

extension RunningService {
    func treeSize() throws -> UInt64 { try writer.reader.snapshot().treeSize }

    func recordedEvent(_ index: UInt64) throws -> RecordedEvent? {
        try writer.reader.snapshot().recordedEvent(index)
    }
}
