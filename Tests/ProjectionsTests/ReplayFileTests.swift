import Foundation
import GRDB
import HouseholdsProjection
import ProjectionCatalog
import ProjectionRuntime
import Testing

/// Files: a replay takes the place of the old database, whole or not at all.
struct ReplayFileTests {
    private final class Folder {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "projection-tests-\(UUID().uuidString)")
        var path: String { url.appending(path: "survey.sqlite").path }

        init() throws {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(at: url) }

        func names() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
        }
    }

    private static func world() throws -> World {
        var world = try World.staffed()
        for number in 0..<8 { try world.record("h-\(number)", number % 5) }
        return world
    }

    @Test
    func `A replay replaces a live file in WAL mode and leaves nothing else behind`() throws {
        var world = try Self.world()
        let folder = try Folder()
        let live = try SurveyDatabase(path: folder.path, use: .live)
        try ProjectionRunner(ProjectionCatalog.all, live).catchUp(world.source)
        try live.write { try $0.execute(sql: "DELETE FROM household") }
        try live.close()
        // What a replay of a process that is gone left.
        let leftover = folder.path + ".rebuild-999999999"
        try Data("rubbish".utf8).write(to: URL(filePath: leftover))
        try world.record("late", 0)
        let digests = try Replay.replace(
            folder.path,
            with: ProjectionCatalog.all,
            from: world.source
        )
        #expect(try folder.names() == ["survey.sqlite"])
        let memory = ProjectionRunner(
            ProjectionCatalog.all,
            try world.readModels(ProjectionCatalog.all)
        )
        #expect(try memory.digests() == digests)
        let again = try SurveyDatabase(path: folder.path, use: .live)
        let runner = ProjectionRunner(ProjectionCatalog.all, again)
        #expect(try runner.digests() == digests)
        try world.record("later", 1)
        try runner.catchUp(world.source)
        let reader = try SurveyDatabase(path: folder.path, use: .read)
        let row = try reader.read {
            try HouseholdReadModel.household("later", cycle: World.cycle, $0)
        }
        #expect(row?.status == "recorded")
    }

    @Test
    func `A database that is held open is not replaced under its user`() throws {
        let world = try Self.world()
        let folder = try Folder()
        let live = try SurveyDatabase(path: folder.path, use: .live)
        try ProjectionRunner(ProjectionCatalog.all, live).catchUp(world.source, upTo: 3)
        // A reader in the middle of its transaction, for longer than a replay waits.
        let error = try live.read { db in
            _ = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM area")
            return #expect(throws: ProjectionError.self) {
                try Replay.replace(
                    folder.path,
                    with: ProjectionCatalog.all,
                    from: world.source,
                    busyTimeout: 0.2
                )
            }
        }
        #expect(error?.code == .databaseBusy)
        let positions = try ProjectionRunner(ProjectionCatalog.all, live).positions()
        #expect(positions.allSatisfy { $0.treeSize == 3 })
        #expect(try !folder.names().contains { $0.contains("rebuild") })
    }

    @Test
    func `A file of something else is left alone`() throws {
        let world = try Self.world()
        let folder = try Folder()
        let foreign = try DatabaseQueue(path: folder.path)
        try foreign.write { try $0.execute(sql: "CREATE TABLE mine (x)") }
        try foreign.close()
        #expect(throws: ProjectionError(.notASurveyDatabase, "")) {
            try Replay.replace(folder.path, with: ProjectionCatalog.all, from: world.source)
        }
        try Data("not a database, but longer than a header of one hundred bytes".utf8)
            .write(to: URL(filePath: folder.path))
        #expect(throws: ProjectionError(.notASurveyDatabase, "")) {
            try SurveyDatabase(path: folder.path, use: .live)
        }
    }

    @Test
    func `A replay of the past knows nothing later`() throws {
        let world = try Self.world()
        let folder = try Folder()
        let digests = try Replay.replace(
            folder.path,
            with: ProjectionCatalog.all,
            from: world.source,
            upTo: world.treeSize - 2
        )
        let past = try SurveyDatabase()
        let runner = ProjectionRunner(ProjectionCatalog.all, past)
        try runner.catchUp(world.source, upTo: world.treeSize - 2)
        #expect(try runner.digests() == digests)
        #expect(digests.allSatisfy { $0.treeSize == world.treeSize - 2 })
    }

    @Test
    func `A replay that fails leaves the old file`() throws {
        let world = try Self.world()
        let folder = try Folder()
        let before = try Replay.replace(
            folder.path,
            with: ProjectionCatalog.all,
            from: world.source
        )
        var source = world.source
        source.damage(4, Array("{}".utf8))
        #expect(throws: ProjectionError(.recordUnreadable, index: 4, "")) {
            try Replay.replace(folder.path, with: ProjectionCatalog.all, from: source)
        }
        #expect(try folder.names() == ["survey.sqlite"])
        let database = try SurveyDatabase(path: folder.path, use: .read)
        #expect(try ProjectionRunner(ProjectionCatalog.all, database).digests() == before)
    }
}
