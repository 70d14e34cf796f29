import HTTPTypes
import Hummingbird
import Ledger
import LedgerReader
import NIOCore
import TransparencyLog

/// The log as anybody may read it: c2sp.org/tlog-tiles below /log/.
enum LogRoutes {
    static let all = [
        checkpoint("/v1/checkpoint", "readCheckpoint"),
        checkpoint("/log/checkpoint", "readLogCheckpoint"),
        Route(
            method: .get,
            template: "/log/tile/{path...}",
            id: "readTile",
            summary: """
                A tile of hashes (<level>/<index>, with .p/<width> where it is partial) or of \
                entries (entries/<index>), as c2sp.org/tlog-tiles spells them.
                """,
            entry: .anybody,
            parameters: [
                .path("path", .text(byteCountMax: 64), "What tlog-tiles spells after tile/.")
            ],
            answers: [Answer(200, "application/octet-stream", .opaque)],
            problems: [.tileUnknown],
            handler: tile
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
    private static func tile(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let path = "tile/" + (call.parameters["path"] ?? "")
        let isBundle = path.hasPrefix("tile/entries/")
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
                ? "public, max-age=60" : "public, max-age=31536000, immutable"
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
