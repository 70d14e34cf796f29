import Access
import Console
import Cryptography
import DurableFiles
import HTTPTypes
import Hummingbird
import Ledger
import LedgerReader
import LedgerWriter
import Survey

/// The papers beside the ledger, which records name by their digests.
enum DocumentRoutes {
    private static let digest = Parameter.path(
        "sha256",
        .text(byteCountMax: 64, pattern: "^[0-9a-f]{64}$"),
        "The SHA-256 of its bytes, in hexadecimal."
    )

    static let all = [
        Route(
            method: .get,
            template: "/v1/records/{index}/documents/{sha256}",
            id: "readDocumentOfRecord",
            summary: """
                A document that the record names, as it was filed. What is personal in it is not \
                sealed, so it is for those whose areas it is of.
                """,
            entry: .allowed(.readHousehold),
            parameters: [
                .path("index", .integer(0...UInt64(Int64.max)), "The record's index, from 0."),
                digest,
            ],
            answers: [Answer(200, "application/octet-stream", .opaque)],
            problems: [
                .recordUnknown, .documentUnknown, .outsideOwnAreas, .documentTooLarge,
            ],
            isPrivileged: true,
            handler: document
        ),
        Route(
            method: .put,
            template: "/v1/attachments/{sha256}",
            id: "attachDocument",
            summary: """
                Keeps a document beside the ledger, for commands that name it; once more changes \
                nothing.
                """,
            entry: .allowed(.enterAct),
            parameters: [digest],
            body: Route.Body(
                contentTypes: ["application/octet-stream"],
                byteCountMax: \.attachmentByteCountMax
            ),
            answers: [
                Answer(
                    200,
                    "application/json",
                    .object([("sha256", .string), ("byteCount", .string)])
                )
            ],
            problems: [.digestMismatch],
            ledgerProblems: [(507, "diskFull")],
            handler: attach
        ),
    ]

    @Sendable
    private static func document(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let (index, name) = (call.number("index") ?? 0, call.parameters["sha256"] ?? "")
        let (reader, maximum) = (core.reader, core.limits.downloadByteCountMax)
        let bytes = try await core.threads.run { () -> [UInt8] in
            let recorded = try reader.snapshot().recordedEvent(index)
            guard let event = recorded?.event else { throw Problem(.recordUnknown) }
            guard let paper = event.documents.first(where: { $0.sha256 == name }),
                let sha256 = Digest(hex: name)
            else { throw Problem(.documentUnknown) }
            let place = try CommandPlaces(reader).place(of: event)
            guard case .granted? = call.principal?.permission(.readHousehold, at: [place]) else {
                throw Problem(.outsideOwnAreas)
            }
            guard paper.byteCount <= maximum else { throw Problem(.documentTooLarge) }
            let file = AttachmentFolder(reader.directory).file(sha256)
            var bytes: [UInt8] = []
            let content = try AttachmentFolder.content(of: file) { (block) throws(FileError) in
                // Whatever lies there now, no more than the record says is held.
                if bytes.count + block.count <= maximum { bytes += block }
            }
            // Of what is there under that name only the paper itself is given away.
            guard content?.sha256 == sha256, bytes.count == content.map({ Int($0.byteCount) })
            else { throw Problem(.documentUnknown) }
            return bytes
        }
        // Never its own type: a page that somebody filed must not run as one of ours.
        return try core.download(bytes, "application/octet-stream", name: name, call)
    }

    @Sendable
    private static func attach(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let (name, body) = (call.parameters["sha256"] ?? "", call.body)
        let (directory, least) = (core.reader.directory, core.limits.freeByteCountMin)
        let sha256 = SHA256.hash(body)
        guard !body.isEmpty, sha256.hex == name else { throw Problem(.digestMismatch) }
        // Before it lies there: where no row can be written nothing is filed.
        try await core.note([
            core.entry(call, "PUT", "/v1/attachments/{sha256}", .read, code: "")
        ])
        // It waits for others who file something.
        try await core.past.run {
            let free = ServiceCore.freeByteCount(directory.path) ?? 0
            guard free >= least + UInt64(body.count) else {
                throw LedgerError(.diskFull, "too little is left for a document")
            }
            try AttachmentFolder(directory).store(body)
        }
        return .json([
            "sha256": .string(name),
            // As protobuf's JSON has 64 bits, and a command names it.
            "byteCount": .string("\(body.count)"),
        ])
    }
}
