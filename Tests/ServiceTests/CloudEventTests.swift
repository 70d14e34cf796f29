import AsyncHTTPClient
import Foundation
import LedgerTestSupport
import NIOCore
import NIOHTTP1
import Service
import Survey
import Testing

@Suite(.serialized) struct `Records as CloudEvents` {
    /// What CloudEvents 1.0.2 asks of the attributes, and what of them is ours.
    private static func check(_ event: [String: Any], _ stored: String) throws {
        for name in event.keys {
            #expect(name.wholeMatch(of: /[a-z0-9]{1,20}/) != nil, "\(name)")
        }
        #expect(event["specversion"] as? String == "1.0")
        let record = try Reply.object(stored)
        #expect(event["id"] as? String == record["index"] as? String)
        #expect(event["source"] as? String == "urn:bmn:ledger:\(Sample.origin)")
        #expect(event["subject"] as? String == record["stream"] as? String)
        #expect(event["time"] as? String == record["recordedAt"] as? String)
        let kind = (record["event"] as? [String: Any])?.keys.first ?? ""
        #expect(event["type"] as? String == "bmn.\(kind)")
        #expect(event["datacontenttype"] as? String == "application/json")
        #expect(event["dataschema"] as? String == "urn:bmn:record:v1")
        let data = try #require(event["data"] as? [String: Any])
        #expect(try Reply.sorted(data) == Reply.sorted(record))
    }

    @Test func `a record, a page of them and the feed are so by Accept`() async throws {
        try await RunningService.run { service in
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            let size = try service.treeSize()
            let stored = try (0..<size).map { index in
                String(decoding: try service.storedBytes(index), as: UTF8.self)
            }
            let one = try await service.ask(
                .GET,
                "/v1/records/\(size - 1)",
                as: "auditor-1",
                [("Accept", "application/cloudevents+json")]
            )
            #expect(one.headers.first(name: "Content-Type") == "application/cloudevents+json")
            try Self.check(try one.object(), stored[Int(size) - 1])
            #expect(one.text.contains("\"data\":" + stored[Int(size) - 1]))
            let batch = [("Accept", "application/cloudevents-batch+json")]
            let page = try await service.ask(
                .GET,
                "/v1/records?limit=1000",
                as: "auditor-1",
                batch
            )
            #expect(
                page.headers.first(name: "Content-Type") == "application/cloudevents-batch+json"
            )
            let events = try JSONSerialization.jsonObject(with: Data(page.bytes))
            let objects = try #require(events as? [[String: Any]])
            #expect(objects.count == Int(size))
            for (event, line) in zip(objects, stored) { try Self.check(event, line) }
            let none = try await service.ask(
                .GET,
                "/v1/records?from=\(size)",
                as: "auditor-1",
                batch
            )
            #expect(none.text == "[]\n")
            // Whoever says nothing of it, or likes neither, gets the lines.
            for accept in ["*/*", "application/json", "text/html"] {
                let lines = try await service.ask(
                    .GET,
                    "/v1/records?limit=1",
                    as: "auditor-1",
                    [("Accept", accept)]
                )
                #expect(lines.text == stored[0] + "\n", "\(accept)")
            }
            for (accept, isCloudEvents) in [
                ("text/event-stream, application/cloudevents+json", true),
                ("text/event-stream", false),
                ("text/event-stream, application/cloudevents+json;q=0", false),
            ] {
                let request = service.request(
                    .GET,
                    "/v1/feed?from=0",
                    as: "auditor-1",
                    [("Accept", accept)]
                )
                let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
                var reader = FeedReader()
                for try await buffer in response.body {
                    reader.take(buffer)
                    if reader.indexes.count >= Int(size) { break }
                }
                #expect(reader.indexes == Array(0..<size))
                for (data, line) in zip(reader.data, stored) {
                    if isCloudEvents {
                        try Self.check(try Reply.object(data), line)
                    } else {
                        #expect(data == line)
                    }
                }
            }
        }
    }

    @Test func `a receipt warns of members who look like one person`() async throws {
        try await RunningService.run { service in
            var twice = Sample.record("99010101-0001")
            let members = twice.recordHousehold.personal.members
            let first = try #require(members.first)
            for index in members.indices {
                twice.recordHousehold.personal.members[index].firstName = first.firstName
                twice.recordHousehold.personal.members[index].lastName = first.lastName
                twice.recordHousehold.personal.members[index].birthDate = first.birthDate
                twice.recordHousehold.personal.members[index].citizenID = ""
            }
            for index in twice.recordHousehold.indicators.indices {
                let number = Int(twice.recordHousehold.indicators[index].indicator)
                twice.recordHousehold.indicators[index].inScope = UInt32(
                    Questionnaire.bmn2560.inScope(number, ages: [37, 37]).upperBound
                )
            }
            let told = try await service.submit(twice, "", as: "recorder-1", [])
            #expect(told.status == 201, "\(told.text)")
            let warnings = try told.object()["warnings"] as? [[String: Any]]
            #expect(warnings?.map { $0["code"] as? String } == ["memberRepeated"])
            #expect(!told.text.contains(first.firstName))
            let quiet = try await service.submit(Sample.record("99010101-0002"))
            #expect(try quiet.object()["warnings"] == nil)
            let id = Sample.citizenID(7)
            let lines = try ["99010101-0003", "99010101-0004"].map {
                try RunningService.line(Sample.record($0, citizenID: id))
            }
            let batch = try await service.ask(
                .POST,
                "/v1/commands",
                as: "recorder-1",
                [("Content-Type", "application/x-ndjson"), ("Accept-Language", "en")],
                body: lines.joined(separator: "\n")
            )
            let receipts = try batch.objects()
            #expect(receipts.first?["warnings"] == nil)
            let seen = receipts.last?["warnings"] as? [[String: Any]]
            #expect(seen?.map { $0["code"] as? String } == ["citizenIdElsewhere"])
            let message = try #require(seen?.first?["message"] as? String)
            #expect(message.contains("99010101-0003") && !message.contains(id))
        }
    }
}
