import Console
import Cryptography
import PostgreSQL
import ProjectionCatalog
import ProjectionRuntime

/// How two copies of a projection compare.
struct ComparedDigests {
    let name: String
    let here: ProjectionDigest?
    let there: ProjectionDigest?

    var isEqual: Bool { here == there }

    static func all(_ here: [ProjectionDigest], _ there: [ProjectionDigest]) -> [ComparedDigests] {
        ProjectionCatalog.all.map(\.name).compactMap { name in
            let compared = ComparedDigests(
                name: name,
                here: here.first { $0.name == name },
                there: there.first { $0.name == name }
            )
            return compared.here == nil && compared.there == nil ? nil : compared
        }
    }
}

extension Page {
    /// Both digests of each projection whose copies differ, for a person to look into.
    func differences(
        _ compared: [ComparedDigests],
        here: (key: String, title: String),
        there: (key: String, title: String)
    ) throws {
        if asJSON {
            for digests in compared {
                try write([
                    "name": .string(digests.name),
                    "equal": .bool(digests.isEqual),
                    here.key: json(digests.here),
                    there.key: json(digests.there),
                ])
            }
            return
        }
        var table = Table([
            .init(choose("ตาราง", "projection")), .init(here.title), .init(there.title),
        ])
        for digests in compared where !digests.isEqual {
            table.append([digests.name, text(digests.here), text(digests.there)])
        }
        try write(table)
    }

    func text(_ digest: ProjectionDigest?) -> String {
        digest.map { "\($0.digest.hex) (\($0.treeSize))" } ?? "-"
    }

    func json(_ digest: ProjectionDigest?) -> JSON {
        guard let digest else { return .null }
        return [
            "version": .number(digest.version),
            "position": .unsigned(digest.treeSize),
            "digest": .string(digest.digest.hex),
        ]
    }
}
