import Cryptography
import GRDB
import ProjectionRuntime
import Survey
import Testing

/// The digest's bytes, built by hand from PROJECTIONS.md.
struct DigestTests {
    private struct Plain: Projection {
        let name = "plain"
        let version = 7
        let kinds: Set<EventKind> = []
        let needsHouseholds = false
        let tables = [
            ProjectionTable(
                name: "plain_row",
                key: ["word"],
                schema: "CREATE TABLE plain_row (word TEXT PRIMARY KEY, number, data)"
            )
        ]

        func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {}
    }

    private static func text(_ text: String) -> [UInt8] {
        [0x02] + bigEndian(text.utf8.count) + Array(text.utf8)
    }

    private static func integer(_ number: Int) -> [UInt8] { [0x01] + bigEndian(number) }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }

    private static func runner() throws -> ProjectionRunner {
        let runner = ProjectionRunner([Plain()], try SurveyDatabase())
        try runner.catchUp(World.defined().source)
        return runner
    }

    @Test
    func `A digest is SHA-256 over tagged values in key order`() throws {
        let runner = try Self.runner()
        try runner.database.write { db in
            try db.execute(sql: "INSERT INTO plain_row VALUES ('ข', -2, NULL), ('a', 3, x'00ff')")
        }
        var bytes = Self.text("bmn-projection-digest/v1") + Self.text("plain") + Self.integer(7)
        bytes += [0x10] + Self.text("plain_row") + Self.integer(3)
        bytes += Self.text("word") + Self.text("number") + Self.text("data")
        bytes += [0x11] + Self.text("a") + Self.integer(3)
        bytes += [0x03] + Self.bigEndian(2) + [0x00, 0xFF]
        bytes += [0x11] + Self.text("ข") + Self.integer(-2) + [0x00]
        #expect(try runner.digests().map(\.digest) == [SHA256.hash(bytes)])
    }

    @Test
    func `No two sequences of values have the same digest`() throws {
        var digests: Set<Digest> = []
        let rows = [
            "('a', 'bc', '')", "('ab', 'c', '')", "('a', 'b', 'c')", "('a', '1', NULL)",
            "('a', 1, NULL)", "('a', x'31', NULL)", "('a', NULL, 1)", "('a', NULL, NULL)",
        ]
        for row in rows {
            let runner = try Self.runner()
            try runner.database.write { try $0.execute(sql: "INSERT INTO plain_row VALUES \(row)") }
            digests.insert(try #require(try runner.digests().first).digest)
        }
        #expect(digests.count == rows.count)
    }

    @Test
    func `A floating-point number has no digest`() throws {
        let runner = try Self.runner()
        try runner.database.write {
            try $0.execute(sql: "INSERT INTO plain_row VALUES ('a', 0.5, 1)")
        }
        #expect(throws: ProjectionError(.valueNotDigestible, "")) { try runner.digests() }
    }
}
