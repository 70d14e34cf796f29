import Foundation
import PostgreSQL
import PostgreSQLSink
import ProjectionCatalog
import ProjectionRuntime
import TestSupport
import Testing

import class LMDB.Locked

/// Ends at every point of a transfer, and ledgers that do not go on from what the sink knows.
@Suite struct `A follower that ends in between` {
    private struct Killed: Error {}

    private static let all = ProjectionCatalog.all
    private let cluster: PostgreSQLCluster?
    private let folder: WorkingFolder

    init() throws {
        cluster = try PostgreSQLCluster.shared?.get()
        folder = try WorkingFolder()
    }

    private static func world(_ count: Int = 20) throws -> World {
        var world = try World.staffed()
        for number in 0..<count { try world.record("h-\(number)", number % 5) }
        return world
    }

    private static func digests(_ world: World) throws -> [ProjectionDigest] {
        try ProjectionRunner(all, world.readModels(all)).digests()
    }

    private func follower(
        _ url: String,
        _ source: MemorySource,
        mayGoOn: @escaping @Sendable () throws -> Void = {}
    ) throws -> SinkFollower {
        let sink = try PostgreSQLSink(Connection(url: url), origin: "example.org/a", Self.all)
        return try SinkFollower(sink, workingFile: folder.file, source, mayGoOn: mayGoOn)
    }

    private func sinkDigests(_ url: String) throws -> [ProjectionDigest] {
        try PostgreSQLSink(Connection(url: url), origin: "example.org/a", Self.all).digests()
    }

    @Test func `before the sink has the batch leaves both where they were`() throws {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let world = try Self.world()
        let early = world.source.cut(to: Int(world.treeSize) - 6)
        let isKilled = Locked(false)
        do {
            let follower = try self.follower(url, early) {
                if isKilled.withLock({ $0 }) { throw Killed() }
            }
            isKilled.withLock { $0 = true }
            #expect(throws: Killed.self) { try follower.catchUp(world.source) }
        }
        let positions = try SinkReader(Connection(url: url)).positions(of: "example.org/a")
        #expect(positions.allSatisfy { $0.treeSize == early.treeSize })
        let again = try follower(url, world.source)
        #expect(again.loaded.isEmpty)
        try again.catchUp(world.source)
        #expect(try sinkDigests(url) == Self.digests(world))
    }

    @Test func `after the sink has the batch goes on without loading anything`() throws {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let world = try Self.world()
        let early = world.source.cut(to: Int(world.treeSize) - 6)
        // SQLite as it was before the batch that PostgreSQL has: what a kill between the two leaves.
        _ = try follower(url, early)
        let kept = folder.file + ".kept"
        try FileManager.default.copyItem(atPath: folder.file, toPath: kept)
        try follower(url, early).catchUp(world.source)
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: folder.file + suffix)
        }
        try FileManager.default.moveItem(atPath: kept, toPath: folder.file)
        let again = try follower(url, world.source)
        #expect(again.loaded.isEmpty, "\(again.loaded)")
        #expect(try sinkDigests(url) == Self.digests(world))
    }

    @Test func `with a sink that was restored from an older copy loads what differs`() throws {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let world = try Self.world()
        let early = world.source.cut(to: Int(world.treeSize) - 6)
        // The working file comes to know more than this database does.
        let older = try cluster.makeDatabase()
        let elsewhere = try WorkingFolder()
        let sink = try PostgreSQLSink(Connection(url: older), origin: "example.org/a", Self.all)
        _ = try SinkFollower(sink, workingFile: elsewhere.file, early)
        _ = try follower(url, world.source)
        #expect(try follower(older, world.source).loaded.count == Self.all.count)
        #expect(try sinkDigests(older) == Self.digests(world))
    }

    @Test func `in the middle of a load leaves nothing of it`() throws {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let world = try Self.world()
        _ = try PostgreSQLSink(Connection(url: url), origin: "example.org/a", Self.all)
        // The server refuses the last table that is loaded.
        try cluster.sql("DROP TABLE bmn.user_registration", url)
        let error = #expect(throws: PostgreSQLError.self) { try follower(url, world.source) }
        #expect(error?.sqlState == "42P01")
        #expect(try cluster.sql("SELECT count(*) FROM bmn.household", url) == "0\n")
        #expect(try SinkReader(Connection(url: url)).positions(of: "example.org/a").isEmpty)
        let keys = try cluster.sql(
            "SELECT count(*) FROM pg_indexes WHERE tablename = 'household'",
            url
        )
        let tables = ProjectionCatalog.all.flatMap(\.tables)
        let household = try #require(tables.first { $0.name == "household" })
        // One more is the primary key's.
        #expect(keys == "\(household.indexes.count + 1)\n")
    }

    @Test func `is told of a ledger that was cut back or is another one`() throws {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let world = try Self.world()
        _ = try follower(url, world.source)
        let before = try sinkDigests(url)
        #expect(throws: ProjectionError(.positionBeyondLedger, "")) {
            try follower(url, world.source.cut(to: Int(world.treeSize) - 1))
        }
        var other = try World.staffed()
        while other.treeSize <= world.treeSize { try other.record("o-\(other.treeSize)", 0) }
        #expect(throws: ProjectionError(.ledgerChanged, index: world.treeSize - 1, "")) {
            try follower(url, other.source)
        }
        #expect(try sinkDigests(url) == before)
    }
}
