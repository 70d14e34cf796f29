import Foundation
import GRDB
import HouseholdsProjection
import ProjectionCatalog
import ProjectionRuntime
import Testing

import class LMDB.Locked

/// Replays that were killed, and replays that come to something else than the live file.
struct ReplayResumeTests {
    private static let all = ProjectionCatalog.all

    private static func world() throws -> World {
        var world = try World.staffed()
        for number in 0..<12 { try world.record("h-\(number)", number % 5) }
        return world
    }

    /// What a process leaves that is killed after it has applied some records.
    private static func leaveHalf(
        _ path: String,
        _ projections: [any Projection],
        _ source: MemorySource
    ) throws {
        let database = try SurveyDatabase(path: HalfBuilt(beside: path).path, use: .build)
        try ProjectionRunner(projections, database).catchUp(source)
    }

    /// Replays, and says how many records were applied for it.
    private static func replay(
        _ path: String,
        _ source: MemorySource,
        upTo: UInt64? = nil
    ) throws -> (digests: [ProjectionDigest], appliedCount: UInt64) {
        let applied = Locked<UInt64>(0)
        let digests = try Replay.replace(path, with: all, from: source, upTo: upTo) { progress in
            applied.withLock { $0 = progress.recordCountTotal }
        }
        return (digests, applied.withLock { $0 })
    }

    private static func digests(
        _ source: MemorySource,
        upTo: UInt64? = nil
    ) throws -> [ProjectionDigest] {
        let runner = ProjectionRunner(all, try SurveyDatabase())
        try runner.catchUp(source, upTo: upTo)
        return try runner.digests()
    }

    private static func names(_ folder: WorkingFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    }

    @Test
    func `A replay that was killed goes on where it was`() throws {
        let world = try Self.world()
        let folder = try WorkingFolder()
        let half = world.source.cut(to: Int(world.treeSize) - 5)
        try Self.leaveHalf(folder.file, Self.all, half)
        let (digests, appliedCount) = try Self.replay(folder.file, world.source)
        #expect(appliedCount == 5)
        #expect(try digests == Self.digests(world.source))
        #expect(try Self.names(folder) == ["survey.follow.sqlite"])
        let database = try SurveyDatabase(path: folder.file, use: .read)
        let indexCount = try database.read {
            try Int.fetchOne(
                $0,
                sql: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            )
        }
        #expect(indexCount == Self.all.flatMap(\.tables).flatMap(\.indexes).count)
    }

    @Test
    func `What is of other records, other versions or later than asked for is begun anew`() throws {
        let world = try Self.world()
        var other = try World.staffed()
        try other.record("o", 0)
        let old = CountedReadModel(version: 1, table: "counted")
        let halves: [([any Projection], MemorySource, UInt64?)] = [
            (Self.all, other.source, nil), ([old], world.source, nil),
            (Array(Self.all.dropLast()), world.source, nil),
            (Self.all, world.source, world.treeSize - 2),
        ]
        for (projections, source, upTo) in halves {
            let folder = try WorkingFolder()
            try Self.leaveHalf(folder.file, projections, source)
            let (digests, appliedCount) = try Self.replay(folder.file, world.source, upTo: upTo)
            #expect(appliedCount == upTo ?? world.treeSize)
            #expect(try digests == Self.digests(world.source, upTo: upTo))
            #expect(try Self.names(folder) == ["survey.follow.sqlite"])
        }
        let folder = try WorkingFolder()
        let rubbish = HalfBuilt(beside: folder.file).path
        try Data("not a database, but longer than a header of one hundred bytes".utf8)
            .write(to: URL(filePath: rubbish))
        let (digests, _) = try Self.replay(folder.file, world.source)
        #expect(try digests == Self.digests(world.source))
    }

    @Test
    func `A live file is replaced by a replay that comes to the same`() throws {
        var world = try Self.world()
        let folder = try WorkingFolder()
        let live = try SurveyDatabase(path: folder.file, use: .live)
        try ProjectionRunner(Self.all, live).catchUp(world.source)
        try live.close()
        try world.record("late", 0)
        let outcome = try Replay.replaceIfEqual(folder.file, with: Self.all, from: world.source)
        guard case .swapped(let digests) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try digests == Self.digests(world.source))
        #expect(try Self.names(folder) == ["survey.follow.sqlite"])
    }

    @Test
    func `A live file with other rows is kept beside the replay`() throws {
        let world = try Self.world()
        let folder = try WorkingFolder()
        let live = try SurveyDatabase(path: folder.file, use: .live)
        let runner = ProjectionRunner(Self.all, live)
        try runner.catchUp(world.source)
        try live.write { try $0.execute(sql: "DELETE FROM household") }
        let spoilt = try runner.digests()
        let (before, rebuilt) = try runner.rebuildIfEqual(only: "households", world.source)
        #expect(before != nil && rebuilt != nil && before != rebuilt)
        #expect(try runner.digests() == spoilt)
        let (areas, areasRebuilt) = try runner.rebuildIfEqual(only: "areas", world.source)
        #expect(areas != nil && areas == areasRebuilt)
        try live.close()
        let outcome = try Replay.replaceIfEqual(folder.file, with: Self.all, from: world.source)
        guard case .kept(let kept, let built, let file) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(kept == spoilt)
        #expect(try built == Self.digests(world.source))
        #expect(file == folder.file + ".differs")
        let other = try SurveyDatabase(path: file, use: .read)
        #expect(try ProjectionRunner(Self.all, other).digests() == built)
        let again = try SurveyDatabase(path: folder.file, use: .read)
        #expect(try ProjectionRunner(Self.all, again).digests() == spoilt)
    }

    @Test
    func `Two processes do not build one file`() throws {
        let world = try Self.world()
        let folder = try WorkingFolder()
        let other = try SurveyDatabase(path: HalfBuilt(beside: folder.file).path, use: .build)
        try ProjectionRunner(Self.all, other).catchUp(world.source, upTo: 3)
        #expect(throws: ProjectionError(.databaseBusy, "")) {
            try Self.replay(folder.file, world.source)
        }
        #expect(try ProjectionRunner(Self.all, other).positions().allSatisfy { $0.treeSize == 3 })
    }
}
