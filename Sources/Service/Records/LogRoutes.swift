import Access
import HTTPTypes
import Hummingbird
import Ledger
import LedgerReader
import NIOCore
import TransparencyLog

/// The log as c2sp.org/tlog-tiles spells it, below /log/: hashes for anybody, records for who may.
enum LogRoutes {
    static let all = [
        checkpoint("/v1/checkpoint", "readCheckpoint"),
        checkpoint("/log/checkpoint", "readLogCheckpoint"),
        Route(
            method: .get,
            template: "/log/tile/entries/{path...}",
            id: "readEntries",
            summary: """
                Whole records by 256, as c2sp.org/tlog-tiles spells them; without a token where the \
                log is public (--public-log).
                """,
            entry: .allowed(.readLog),
            parameters: [
                .path(
                    "path",
                    .text(byteCountMax: 64),
                    "What tlog-tiles spells after tile/entries/."
                )
            ],
            answers: [Answer(200, "application/octet-stream", .opaque)],
            problems: [.tileUnknown],
            isOfPublicLog: true,
            handler: { call, core in try await tile("tile/entries/", call, core) }
        ),
        Route(
            method: .get,
            template: "/log/tile/{path...}",
            id: "readTile",
            summary: """
                A tile of hashes (<level>/<index>, with .p/<width> where it is partial), as \
                c2sp.org/tlog-tiles spells them.
                """,
            entry: .anybody,
            parameters: [
                .path("path", .text(byteCountMax: 64), "What tlog-tiles spells after tile/.")
            ],
            answers: [Answer(200, "application/octet-stream", .opaque)],
            problems: [.tileUnknown],
            handler: { call, core in try await tile("tile/", call, core) }
        ),
    ]

    private static func checkpoint(_ template: String, _ id: String) -> Route {
        Route(
            method: .get,
            template: template,
            id: id,
            summary: "The latest signed checkpoint, with its cosignatures.",
            entry: .anybody,
            answers: [Answer(200, "text/plain; charset=utf-8", .opaque)],
            problems: [.checkpointUnknown],
            handler: { _, core in
                let reader = core.reader
                let stored = try await core.threads.run { try reader.snapshot().latestCheckpoint() }
                guard let stored else { throw Problem(.checkpointUnknown) }
                return .bytes(
                    try stored.cosigned().encoded,
                    "text/plain; charset=utf-8",
                    cacheControl: "no-cache"
                )
            }
        )
    }

    @Sendable
    private static func tile(
        _ prefix: String,
        _ call: Call,
        _ core: ServiceCore
    ) async throws -> Response {
        let path = prefix + (call.parameters["path"] ?? "")
        let isBundle = path.hasPrefix("tile/entries/")
        let keeper = isBundle && !core.parts.isLogPublic ? "private" : "public"
        let tile: Tile
        do throws(TransparencyLogError) {
            tile = isBundle ? try Tile(entryBundlePath: path) : try Tile(path: path)
        } catch {
            throw Problem(.tileUnknown)
        }
        let reader = core.reader
        let bytes = try await core.threads.run { () -> [UInt8] in
            let snapshot = try reader.snapshot()
            // What no checkpoint states yet is nobody's to rely on.
            guard let checkpoint = try snapshot.latestCheckpoint(),
                tile.entries.upperBound <= checkpoint.treeSize
            else { throw Problem(.tileUnknown) }
            return isBundle ? try bundle(tile, snapshot) : try snapshot.tileBytes(tile)
        }
        return .bytes(
            bytes,
            "application/octet-stream",
            cacheControl: tile.isPartial
                ? "\(keeper), max-age=60" : "\(keeper), max-age=31536000, immutable"
        )
    }

    private static func bundle(
        _ tile: Tile,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> [UInt8] {
        var entries: [[UInt8]] = []
        try snapshot.forEachRecord(from: tile.entries.lowerBound) { index, record in
            guard index < tile.entries.upperBound else { return false }
            entries.append(try RecordForm.stored.bytes(record))
            return true
        }
        guard entries.count == tile.width else {
            throw LedgerError(.damaged, "records of \(tile.entryBundlePath) are missing")
        }
        return try EntryBundle.encode(entries)
    }
}
