import Access
import Console
import Cryptography
import HTTPTypes
import Hummingbird
import Ledger
import LedgerReader
import NIOCore
import Survey
import TransparencyLog

/// Records as they are stored, and what proves that they are there.
enum RecordRoutes {
    private static let index = Parameter.path(
        "index",
        .integer(0...UInt64(Int64.max)),
        "The record's index, from 0."
    )
    private static let forms = ["application/json", RecordForm.cloudEventType]

    static let all = [
        Route(
            method: .get,
            template: "/v1/records/{index}",
            id: "readRecord",
            summary: "One record: its stored bytes, or a CloudEvent by Accept.",
            entry: .allowed(.readLog),
            parameters: [index],
            answers: [
                Answer(200, "application/json", .named("Record")),
                Answer(200, RecordForm.cloudEventType, .named("CloudEvent")),
                Answer(304, "", .opaque),
            ],
            problems: [.recordUnknown, .notAcceptable],
            handler: record
        ),
        Route(
            method: .get,
            template: "/v1/records",
            id: "listRecords",
            summary: """
                Records in order, one a line, or an array of CloudEvents by Accept; the header Link \
                says where the next page is.
                """,
            entry: .allowed(.readLog),
            parameters: [
                .query("from", .integer(0...UInt64(Int64.max)), "The first index (default: 0)."),
                .query("limit", .integer(1...1000), "How many at most (default: 100)."),
                .query("stream", .text(byteCountMax: 200), "One stream only."),
                .query("kind", .choice(EventKind.allCases.map(\.rawValue)), "One kind only."),
            ],
            answers: [
                Answer(200, "application/x-ndjson", .opaque),
                Answer(200, RecordForm.cloudEventsType, .array(.named("CloudEvent"))),
            ],
            handler: list
        ),
        Route(
            method: .get,
            template: "/v1/records/{index}/proof",
            id: "readProof",
            summary: """
                The inclusion proof in the latest checkpoint's tree, or in that of a given size.
                """,
            entry: .allowed(.readLog),
            parameters: [
                index,
                .query("size", .integer(1...UInt64(Int64.max)), "The tree size."),
            ],
            answers: [Answer(200, "application/json", .named("Proof"))],
            problems: [.recordUnknown, .checkpointUnknown, .treeSizeBeyondLedger],
            handler: proof
        ),
        Route(
            method: .get,
            template: "/v1/feed",
            id: "followRecords",
            summary: """
                Records as they are appended, as server-sent events; resumed by Last-Event-ID. The \
                data of each is the stored record, or a CloudEvent where Accept names \
                application/cloudevents+json, too.
                """,
            entry: .allowed(.readLog),
            parameters: [
                .query(
                    "from",
                    .integer(0...UInt64(Int64.max)),
                    "The first index (default: the next record)."
                ),
                .header(
                    "Last-Event-ID",
                    .integer(0...UInt64(Int64.max) - 1),
                    "The index of the last record that was received."
                ),
            ],
            answers: [Answer(200, "text/event-stream", .events)],
            problems: [.recordUnknown, .feedsTooMany],
            handler: Feed.answer
        ),
        Route(
            method: .get,
            template: "/v1/status",
            id: "readStatus",
            summary: "The ledger's size, root, checkpoint and read models.",
            entry: .allowed(.readLog),
            answers: [Answer(200, "application/json", .row)],
            handler: status
        ),
    ]

    @Sendable
    private static func record(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let type = try call.accepted(of: forms)
        let index = call.number("index") ?? 0
        let reader = core.reader
        let found = try await core.threads.run { () -> (bytes: [UInt8], leafHash: String)? in
            let snapshot = try reader.snapshot()
            guard index < snapshot.treeSize else { return nil }
            let form: RecordForm =
                type == RecordForm.cloudEventType
                ? .cloudEvent(origin: try snapshot.origin()) : .stored
            let bytes = try snapshot.withRecord(index) { try form.bytes($0) }
            guard let bytes else { throw LedgerError(.damaged, "record \(index) is missing") }
            let hash = try snapshot.store.leafHash(
                index,
                head: snapshot.head,
                snapshot.transaction
            )
            return (bytes, hash.hex)
        }
        guard let found else { throw Problem(.recordUnknown) }
        let tag =
            type == RecordForm.cloudEventType ? "\"\(found.leafHash)-ce\"" : "\"\(found.leafHash)\""
        let headers: HTTPFields = [.eTag: tag, .vary: "Accept"]
        // A record never changes; who may read it may.
        let cacheControl = "private, max-age=31536000, immutable"
        if call.has(tag) {
            return notModified(headers, cacheControl)
        }
        return .bytes(found.bytes, type, headers: headers, cacheControl: cacheControl)
    }

    static func notModified(_ headers: HTTPFields, _ cacheControl: String) -> Response {
        var headers = headers
        headers[.cacheControl] = cacheControl
        return Response(status: .notModified, headers: headers)
    }

    @Sendable
    private static func list(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let (start, limit) = (call.number("from") ?? 0, Int(call.number("limit") ?? 100))
        let (stream, reader) = (call.parameters["stream"], core.reader)
        let kind = call.parameters["kind"].flatMap { EventKind(rawValue: $0) }
        if stream?.hasPrefix("household/") == true {
            // One household's history is a household, whatever it is asked by.
            try await core.note([core.entry(call, "GET", "/v1/records", .read, code: "")])
        }
        // Whoever likes neither gets the lines, as everybody did before there was a choice.
        let lines = "application/x-ndjson"
        let type = (try? call.accepted(of: [lines, RecordForm.cloudEventsType])) ?? lines
        let page = try await core.threads.run {
            let snapshot = try reader.snapshot()
            return try RecordPage(
                from: start,
                limit: limit,
                stream: stream,
                kind: kind,
                type == lines ? .stored : .cloudEvent(origin: try snapshot.origin()),
                snapshot
            )
        }
        var headers: HTTPFields = [.vary: "Accept"]
        if let next = page.next {
            var query = "from=\(next)&limit=\(limit)"
            if let kind { query += "&kind=\(kind.rawValue)" }
            // A stream that is on a next page has a name that needs no escaping.
            if let stream { query += "&stream=\(stream)" }
            headers[.known("Link")] = "</v1/records?\(query)>; rel=\"next\""
        }
        return .bytes(type == lines ? page.bytes : page.array, type, headers: headers)
    }

    @Sendable
    private static func proof(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let (index, size, reader) = (call.number("index") ?? 0, call.number("size"), core.reader)
        let json = try await core.threads.run {
            let snapshot = try reader.snapshot()
            let checkpoint: StoredCheckpoint?
            if let size {
                checkpoint = try snapshot.checkpoint(treeSize: size)
            } else {
                checkpoint = try snapshot.latestCheckpoint()
            }
            guard let treeSize = size ?? checkpoint?.treeSize else {
                throw Problem(.checkpointUnknown)
            }
            guard treeSize <= snapshot.treeSize else { throw Problem(.treeSizeBeyondLedger) }
            guard index < treeSize else {
                throw Problem(index < snapshot.treeSize ? .checkpointUnknown : .recordUnknown)
            }
            return try RecordProof(
                of: index,
                treeSize: treeSize,
                checkpoint: checkpoint,
                snapshot
            ).json
        }
        return .json(json)
    }

    @Sendable
    private static func status(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let (reader, follower) = (core.reader, core.follower.current)
        let json = try await core.threads.run { () -> JSON in
            let snapshot = try reader.snapshot()
            let checkpoint = try snapshot.latestCheckpoint()
            let size = snapshot.treeSize
            return [
                "origin": .string(try snapshot.origin()),
                "vkey": .string(try snapshot.logKeys().last?.vkey ?? ""),
                "treeSize": .unsigned(size),
                "rootHash": .string(snapshot.head.range.rootHash.hex),
                "lastRecordedAt": snapshot.head.lastRecordedAt.map { .string($0.text) } ?? .null,
                "checkpoint": checkpoint.map {
                    [
                        "treeSize": .unsigned($0.treeSize),
                        "recordsBehind": .unsigned(size - min(size, $0.treeSize)),
                    ]
                } ?? .null,
                "readModels": [
                    "position": follower.position.map { .unsigned($0) } ?? .null,
                    "lag": .unsigned(size - min(size, follower.position ?? 0)),
                    "failure": follower.failure.map { .string($0) } ?? .null,
                ],
            ]
        }
        return .json(json)
    }
}
