import Foundation
import GRDB
import PostgreSQL
import PostgreSQLSink
import ProjectionCatalog
import ProjectionRuntime
import Survey
import TestSupport
import Testing

/// A folder for a follower's working file.
final class WorkingFolder {
    let url = FileManager.default.temporaryDirectory.appending(path: "sink-\(UUID().uuidString)")
    var file: String { url.appending(path: "survey.follow.sqlite").path }

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

/// The same rows in PostgreSQL as in SQLite, whatever happens on the way.
@Suite struct `The PostgreSQL sink` {
    private static let all = ProjectionCatalog.all
    private let cluster: PostgreSQLCluster?
    private let folder: WorkingFolder

    init() throws {
        cluster = try PostgreSQLCluster.shared?.get()
        folder = try WorkingFolder()
    }

    private static func world() throws -> World {
        var world = try World.staffed()
        for place in World.places.indices { try world.setTarget(place, 3) }
        for number in 0..<20 { try world.record("h-\(number)", number % 5) }
        return world
    }

    private static func digests(_ world: World) throws -> [ProjectionDigest] {
        try ProjectionRunner(all, world.readModels(all)).digests()
    }

    private func sink(
        _ url: String,
        _ origin: String = "example.org/a",
        _ projections: [any Projection] = ProjectionCatalog.all
    ) throws -> PostgreSQLSink {
        try PostgreSQLSink(Connection(url: url), origin: origin, projections)
    }

    @Test func `is followed in any steps to the digests of a replay`() throws {
        guard let cluster else { return }
        var generators = [SeededGenerator(seed: 2561), .announced(for: "both sinks")]
        for turn in generators.indices {
            var world = try World.staffed()
            try world.step(count: 300, &generators[turn])
            let url = try cluster.makeDatabase()
            let working = try WorkingFolder()
            var half = world.source.cut(to: Int(world.treeSize) / 2)
            var follower: SinkFollower? = try SinkFollower(
                sink(url),
                workingFile: working.file,
                half
            )
            #expect(follower?.loaded.count == Self.all.count)
            var size = half.treeSize
            while size < world.treeSize {
                let more = UInt64.random(in: 1...60, using: &generators[turn])
                size = min(world.treeSize, size + more)
                half = world.source.cut(to: Int(size))
                if Bool.random(using: &generators[turn]) {
                    // As after the end of a process: nothing is remembered but the two databases.
                    follower = nil
                    follower = try SinkFollower(sink(url), workingFile: working.file, half)
                    #expect(follower?.loaded.isEmpty == true)
                }
                try follower?.catchUp(half)
            }
            #expect(try sink(url).digests() == Self.digests(world))
        }
    }

    @Test func `keeps the column types, keys and comments of SQLite`() throws {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        _ = try sink(url)
        let columns = try cluster.sql(
            """
            SELECT column_name, data_type, collation_name, is_nullable
            FROM information_schema.columns
            WHERE table_schema = 'bmn' AND table_name = 'indicator' ORDER BY ordinal_position
            """,
            url
        )
        #expect(
            columns.split(separator: "\n") == [
                "origin|text|C|NO", "cycle|text|C|NO", "village|text|C|NO", "lao|text|C|NO",
                "indicator|bigint||NO", "surveyed|bigint||NO", "failed|bigint||NO",
            ]
        )
        let indexes = try cluster.sql(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'indicator' ORDER BY indexname",
            url
        )
        #expect(indexes.contains("(origin, cycle, village, lao, indicator)"))
        #expect(indexes.contains("(origin, cycle, lao)"))
        let comment = try cluster.sql("SELECT obj_description('bmn.indicator'::regclass)", url)
        #expect(comment.contains("persons or households in scope"))
    }

    @Test func `shares its tables among ledgers and never mixes their rows`() throws {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let first = try Self.world()
        var second = try Self.world()
        try second.record("only-here", 2)
        for (origin, world) in [("example.org/a", first), ("example.org/b", second)] {
            let file = try WorkingFolder()
            let follower = try SinkFollower(
                sink(url, origin),
                workingFile: file.file,
                world.source
            )
            #expect(follower.loaded.count == Self.all.count)
        }
        #expect(try sink(url, "example.org/a").digests() == Self.digests(first))
        #expect(try sink(url, "example.org/b").digests() == Self.digests(second))
        let origins = try SinkReader(Connection(url: url)).origins()
        #expect(origins.map(\.origin) == ["example.org/a", "example.org/b"])
        #expect(origins.map(\.treeSize) == [first.treeSize, second.treeSize])
        let figures = try NationalFigures(cycle: World.cycle, Connection(url: url))
        #expect(figures.sources.map(\.treeSize) == [first.treeSize, second.treeSize])
        let sums = try cluster.sql(
            """
            SELECT indicator, sum(surveyed), sum(failed) FROM bmn.indicator
            GROUP BY indicator ORDER BY indicator
            """,
            url
        )
        func lines(_ province: String) -> String {
            figures.rows.filter { $0.province == province }
                .map { "\($0.indicator)|\($0.surveyed)|\($0.failed)\n" }.joined()
        }
        #expect(lines("") == sums)
        let total = try #require(figures.collections.first)
        #expect(total.province.isEmpty && figures.collections.map(\.province) == ["", "99"])
        #expect(
            try cluster.sql(
                """
                SELECT (SELECT sum(households) FROM bmn.progress_target),
                    sum(collected), sum(not_collected), sum(persons) FROM bmn.progress_day
                """,
                url
            ) == "\(total.target)|\(total.collected)|\(total.notCollected)|\(total.persons)\n"
        )
        #expect(total.collected > 0 && total.persons > total.collected)
        // Both ledgers are of one province, so it is the whole country.
        #expect(lines("99") == sums)
        #expect(figures.rows.contains { $0.surveyed > 0 && $0.percentPassed != "-" })
        let nothing = try NationalFigures(cycle: "2599", Connection(url: url))
        #expect(nothing.sources.isEmpty && nothing.rows.isEmpty && nothing.collections.isEmpty)
    }

    @Test func `says what somebody changed in it and leaves that for a person to look into`() throws
    {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let world = try Self.world()
        _ = try SinkFollower(sink(url), workingFile: folder.file, world.source)
        try cluster.sql("UPDATE bmn.household SET collector = 'somebody-else'", url)
        let changed = try sink(url).digests()
        #expect(try changed != Self.digests(world))
        let error = #expect(throws: ProjectionError.self) {
            try SinkFollower(sink(url), workingFile: folder.file, world.source)
        }
        #expect(error?.code == .digestsDiffer)
        #expect(error?.reason.contains(" records give: households.") == true)
        #expect(try sink(url).digests() == changed, "what was changed stays")
        // What an admin does who has looked into it.
        try sink(url).load(Self.all, from: world.readModels(Self.all))
        let again = try SinkFollower(sink(url), workingFile: folder.file, world.source)
        #expect(again.loaded.isEmpty)
        #expect(try sink(url).digests() == Self.digests(world))
    }

    @Test func `is claimed by one process for each origin`() throws {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let first = try sink(url)
        try first.claim()
        #expect(throws: ProjectionError(.originBusy, "")) { try sink(url).claim() }
        try sink(url, "example.org/b").claim()
        withExtendedLifetime(first) {}
    }

    @Test func `refuses tables of a newer program and a database that is not in UTF-8`() throws {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        _ = try sink(url)
        try cluster.sql(
            "UPDATE bmn.read_model SET version = version + 1 WHERE name = 'areas'",
            url
        )
        #expect(throws: ProjectionError(.sinkNewer, "")) { try sink(url) }
        let other = try cluster.makeDatabase(encoding: "SQL_ASCII")
        #expect(throws: ProjectionError(.sinkUnusable, "")) { try sink(other) }
    }

    @Test func `takes a new version of a projection for every origin`() throws {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let world = try Self.world()
        let old = CountedReadModel(version: 1, table: "counted")
        for origin in ["example.org/a", "example.org/b"] {
            let file = try WorkingFolder()
            _ = try SinkFollower(
                sink(url, origin, [old]),
                workingFile: file.file,
                world.source
            )
        }
        let new = CountedReadModel(version: 2, table: "counted_anew")
        let follower = try SinkFollower(
            sink(url, "example.org/a", [new]),
            workingFile: folder.file,
            world.source
        )
        #expect(follower.loaded == ["counting"])
        #expect(
            try cluster.sql("SELECT origin, households FROM bmn.counted_anew", url)
                == "example.org/a|20\n"
        )
        #expect(try cluster.sql("SELECT to_regclass('bmn.counted')", url) == "\n")
        #expect(try SinkReader(Connection(url: url)).positions(of: "example.org/b").isEmpty)
    }
}

/// Counts households in one row.
struct CountedReadModel: Projection {
    let name = "counting"
    let version: Int
    let table: String
    let kinds: Set<EventKind> = [.householdRecorded]
    let needsHouseholds = false

    var tables: [ProjectionTable] {
        [
            ProjectionTable(
                name: table,
                key: ["households"],
                schema: "CREATE TABLE \(table) (households INTEGER NOT NULL) STRICT"
            )
        ]
    }

    func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        let count = records.count { $0.kind == .householdRecorded }
        let before = try Int.fetchOne(db, sql: "SELECT households FROM \(table)") ?? 0
        try db.execute(sql: "DELETE FROM \(table)")
        try db.execute(sql: "INSERT INTO \(table) VALUES (\(before + count))")
    }
}
