import GRDB
import HouseholdsProjection
import Ledger
import ProjectionCatalog
import ProjectionRuntime
import Survey
import Testing

import class LMDB.Locked

/// Positions, versions, halts and what happens after them.
struct CatchUpTests {
    private static func world() throws -> World {
        var world = try World.staffed()
        for place in World.places.indices { try world.setTarget(place, 3) }
        for number in 0..<20 { try world.record("h-\(number)", number % 5) }
        return world
    }

    @Test
    func `Only new records are applied and progress is told`() throws {
        var world = try Self.world()
        let database = try SurveyDatabase()
        let runner = ProjectionRunner(ProjectionCatalog.all, database)
        try runner.catchUp(world.source)
        try world.record("late", 0)
        let reports = Locked<[ProjectionProgress]>([])
        let positions = try runner.catchUp(world.source) { progress in
            reports.withLock { $0.append(progress) }
        }
        #expect(positions.allSatisfy { $0.treeSize == world.treeSize })
        #expect(positions.count == ProjectionCatalog.all.count)
        #expect(reports.withLock { $0 }.map(\.recordCountTotal) == [1])
        #expect(try runner.catchUp(world.source) == positions)
    }

    @Test
    func `A transaction that fails leaves rows and positions as they were`() throws {
        let world = try Self.world()
        let database = try SurveyDatabase()
        let half = world.treeSize / 2
        try ProjectionRunner(ProjectionCatalog.all, database).catchUp(world.source, upTo: half)
        let before = try ProjectionRunner(ProjectionCatalog.all, database).digests()
        // The last of nine fails after the other eight have written.
        let failing = ProjectionRunner(
            ProjectionCatalog.all + [FailingReadModel(failsAt: world.treeSize - 3)],
            database
        )
        #expect(
            throws: ProjectionError(.recordNotApplicable, index: world.treeSize - 3, "")
        ) { try failing.catchUp(world.source) }
        #expect(try ProjectionRunner(ProjectionCatalog.all, database).digests() == before)
        let runner = ProjectionRunner(ProjectionCatalog.all, database)
        try runner.catchUp(world.source)
        let once = try world.readModels(ProjectionCatalog.all)
        #expect(
            try runner.digests() == ProjectionRunner(ProjectionCatalog.all, once).digests()
        )
    }

    @Test
    func `A record that cannot be decoded halts there, and everything before it is applied`()
        throws
    {
        let world = try Self.world()
        let index = Int(world.treeSize) - 5
        for damage in [Array(#"{"index""#.utf8), Array(world.source.records[index].dropLast(3))] {
            var source = world.source
            source.damage(index, damage)
            let database = try SurveyDatabase()
            let runner = ProjectionRunner(ProjectionCatalog.all, database)
            #expect(throws: ProjectionError(.recordUnreadable, index: UInt64(index), "")) {
                try runner.catchUp(source)
            }
            #expect(try runner.positions().allSatisfy { $0.treeSize == UInt64(index) })
            // Whole again, it goes on from there.
            try runner.catchUp(world.source)
            #expect(try runner.positions().allSatisfy { $0.treeSize == world.treeSize })
        }
    }

    @Test
    func `A kind that this version does not know halts with its name`() throws {
        let world = try Self.world()
        var source = world.source
        let index = Int(world.treeSize) - 1
        let text = String(decoding: source.records[index], as: UTF8.self)
        let parts = text.split(separator: #""householdRecorded""#)
        source.damage(index, Array(parts.joined(separator: #""householdPainted""#).utf8))
        let runner = ProjectionRunner(ProjectionCatalog.all, try SurveyDatabase())
        let error = #expect(throws: ProjectionError.self) { try runner.catchUp(source) }
        #expect(error?.index == UInt64(index))
        #expect(error?.reason.contains("householdPainted") == true)
    }

    @Test
    func `Records that nobody wants are not decoded`() throws {
        let world = try Self.world()
        var source = world.source
        // Record 1 defines an area; its envelope stays readable.
        let text = String(decoding: source.records[1], as: UTF8.self)
        let parts = text.split(separator: #""nameTh""#)
        source.damage(1, Array(parts.joined(separator: #""nameXx""#).utf8))
        let database = try SurveyDatabase()
        try ProjectionRunner([HouseholdReadModel()], database).catchUp(source)
        #expect(throws: ProjectionError(.recordUnreadable, index: 1, "")) {
            try ProjectionRunner(ProjectionCatalog.all, SurveyDatabase()).catchUp(source)
        }
    }

    @Test
    func `A ledger that was cut back is an error, not a reason to rebuild`() throws {
        let world = try Self.world()
        let database = try world.readModels(ProjectionCatalog.all)
        let runner = ProjectionRunner(ProjectionCatalog.all, database)
        let digests = try runner.digests()
        let shorter = world.source.cut(to: Int(world.treeSize) - 1)
        #expect(throws: ProjectionError(.positionBeyondLedger, "")) {
            try runner.catchUp(shorter)
        }
        #expect(try runner.digests() == digests)
    }

    @Test
    func `A position that is no tree size is an error, not a crash`() throws {
        let world = try Self.world()
        for forged in ["-1", "'far'", "x'00'"] {
            let database = try world.readModels([HouseholdReadModel()])
            try database.write { try $0.execute(sql: "UPDATE projection SET position = \(forged)") }
            let runner = ProjectionRunner([HouseholdReadModel()], database)
            #expect(throws: ProjectionError(.notASurveyDatabase, "")) { try runner.positions() }
        }
    }

    @Test
    func `Another ledger under the same rows is noticed`() throws {
        let world = try Self.world()
        var other = try World.staffed()
        while other.treeSize < world.treeSize { try other.record("o-\(other.treeSize)", 0) }
        try other.record("one-more", 0)
        let database = try world.readModels(ProjectionCatalog.all)
        let runner = ProjectionRunner(ProjectionCatalog.all, database)
        #expect(throws: ProjectionError(.ledgerChanged, index: world.treeSize - 1, "")) {
            try runner.catchUp(other.source)
        }
    }

    @Test
    func `A new version of a projection rebuilds it and only it`() throws {
        var world = try Self.world()
        let database = try SurveyDatabase()
        let old = CountingReadModel(version: 1, table: "counted")
        try ProjectionRunner([HouseholdReadModel(), old], database).catchUp(world.source)
        try world.record("late", 0)
        let new = CountingReadModel(version: 2, table: "counted_anew")
        let runner = ProjectionRunner([HouseholdReadModel(), new], database)
        let positions = try runner.catchUp(world.source)
        #expect(positions.map(\.version) == [HouseholdReadModel().version, 2])
        #expect(positions.allSatisfy { $0.treeSize == world.treeSize })
        let (count, oldTables) = try database.read { db in
            (
                try Int.fetchOne(db, sql: "SELECT households FROM counted_anew"),
                try Int.fetchOne(
                    db,
                    sql: "SELECT COUNT(*) FROM sqlite_master WHERE name = 'counted'"
                )
            )
        }
        #expect(count == 21)
        #expect(oldTables == 0)
    }

    @Test
    func `One projection is rebuilt alone`() throws {
        let world = try Self.world()
        let database = try world.readModels(ProjectionCatalog.all)
        let runner = ProjectionRunner(ProjectionCatalog.all, database)
        let digests = try runner.digests()
        try database.write { try $0.execute(sql: "DELETE FROM household") }
        #expect(try runner.digests() != digests)
        try runner.rebuild(only: "households", world.source)
        #expect(try runner.digests() == digests)
        #expect(throws: ProjectionError(.unknownProjection, "")) {
            try runner.rebuild(only: "house", world.source)
        }
    }

    @Test
    func `The past is a tree size or the end of a day in Thailand`() throws {
        var world = try World.defined()
        let before = world.treeSize
        world.append(.areaRevised(AreaRevision()), on: "2018-01-31")
        world.append(.areaRevised(AreaRevision()), on: "2018-02-01")
        func size(_ day: String) throws -> UInt64 {
            try world.source.treeSize(asOf: .day(#require(Day(iso: day))))
        }
        #expect(try size("2018-01-30") == before)
        #expect(try size("2018-01-31") == before + 1)
        #expect(try size("2018-02-01") == before + 2)
        #expect(try size("2399-12-31") == before + 2)
        #expect(try size("1900-01-01") == 0)
        #expect(try world.source.treeSize(asOf: .treeSize(3)) == 3)
        #expect(throws: ProjectionError(.treeSizeBeyondLedger, "")) {
            try world.source.treeSize(asOf: .treeSize(world.treeSize + 1))
        }
    }
}

/// Writes a row for each record and refuses one of them.
private struct FailingReadModel: Projection {
    let name = "failing"
    let version = 1
    let kinds = Set(EventKind.allCases)
    let needsHouseholds = false
    let tables = [
        ProjectionTable(
            name: "failing",
            key: ["record_index"],
            schema: "CREATE TABLE failing (record_index INTEGER PRIMARY KEY) STRICT"
        )
    ]
    let failsAt: UInt64

    func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            let index = record.index == failsAt ? record.rowIndex - 1 : record.rowIndex
            try db.run("INSERT INTO failing VALUES (?)", [index])
        }
    }
}

/// Counts records of households.
private struct CountingReadModel: Projection {
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
        let before = try Int.fetchOne(db, sql: "SELECT households FROM \(table)")
        if before == nil { try db.execute(sql: "INSERT INTO \(table) VALUES (0)") }
        try db.execute(sql: "UPDATE \(table) SET households = households + \(count)")
    }
}
