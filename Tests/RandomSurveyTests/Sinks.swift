import Foundation
import LedgerReader
import PostgreSQL
import PostgreSQLSink
import ProjectionCatalog
import ProjectionRuntime
import TestSupport

/// Both databases of read models, kept level with a survey in chance steps.
struct Sinks {
    private static let all = ProjectionCatalog.all

    private let folder: String
    private let origin: String
    private let live: SurveyDatabase
    private let url: String?
    private var follower: SinkFollower?

    init(folder: String, origin: String) throws {
        self.folder = folder
        self.origin = origin
        live = try SurveyDatabase(path: folder + "/live.sqlite", use: .live)
        url = try PostgreSQLCluster.shared?.get().makeDatabase()
    }

    /// Some records on, in batches of any size, by a runner that remembers nothing.
    func catchUp(_ snapshot: borrowing LedgerSnapshot, _ dice: inout Dice) throws {
        var runner = ProjectionRunner(Self.all, live)
        runner.batchRecordCount = dice.number(1...40)
        let position = try runner.positions().map(\.treeSize).min() ?? 0
        try runner.catchUp(snapshot, upTo: dice.number(position...snapshot.treeSize))
    }

    /// Carries what is new across, now and then as a process that has just begun.
    mutating func follow(_ snapshot: borrowing LedgerSnapshot, _ dice: inout Dice) throws {
        guard let url else { return }
        if follower == nil || dice.chance(20) {
            follower = nil
            let sink = try PostgreSQLSink(Connection(url: url), origin: origin, Self.all)
            follower = try SinkFollower(
                sink,
                workingFile: folder + "/follow.sqlite",
                snapshot
            )
        }
        try follower?.catchUp(snapshot)
    }

    /// How the read models of the whole ledger differ by the ways that they were built; empty: in
    /// nothing.
    mutating func problems(
        _ snapshot: borrowing LedgerSnapshot,
        _ dice: inout Dice
    ) throws -> [String] {
        let replayed = try Replay.replace(
            folder + "/replayed.sqlite",
            with: Self.all,
            from: snapshot
        )
        let runner = ProjectionRunner(Self.all, live)
        try runner.catchUp(snapshot)
        var problems = Self.differences(try runner.digests(), replayed, "live SQLite")
        try follow(snapshot, &dice)
        if let follower {
            problems += Self.differences(try follower.sink.digests(), replayed, "PostgreSQL")
        }
        return problems
    }

    private static func differences(
        _ found: [ProjectionDigest],
        _ replayed: [ProjectionDigest],
        _ place: String
    ) -> [String] {
        let names = replayed.filter { !found.contains($0) }.map(\.name)
        let isWhole = replayed.count == all.count && found.count == all.count
        return names.map { "\($0) is another in \(place)" }
            + (isWhole ? [] : ["\(place) has \(found.count) read models"])
    }
}
