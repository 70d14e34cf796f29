import Foundation
import LMDB
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import PostgreSQL
import PostgreSQLSink
import ProjectionCatalog
import ProjectionRuntime
import Survey
import TestSupport
import Testing
import TransparencyLog

/// Ledgers on disk that are followed into one database, and what stops one of them.
@Suite struct `Following ledgers` {
    private static let all = ProjectionCatalog.all
    private let cluster: PostgreSQLCluster?

    init() throws { cluster = try PostgreSQLCluster.shared?.get() }

    private static func ledger(_ origin: String = Sample.origin) throws -> ScratchLedger {
        let ledger = try ScratchLedger(empty: ())
        try ledger.create(origin: origin)
        try append(Sample.setup, to: ledger)
        return ledger
    }

    private static func append(_ commands: [Command], to ledger: ScratchLedger) throws {
        for outcome in try ledger.writer().run(commands) { _ = try outcome.get() }
    }

    private static func households(_ range: Range<Int>) -> [Command] {
        range.map { Sample.record("h-\($0)", place: $0 % 2) }
    }

    private static func follower(
        _ ledger: ScratchLedger,
        _ connection: Connection
    ) -> LedgerFollower {
        LedgerFollower(ledger.directory, all, into: connection)
    }

    /// What a replay of the ledger gives.
    private static func digests(_ ledger: ScratchLedger) throws -> [ProjectionDigest] {
        let database = try SurveyDatabase()
        let runner = ProjectionRunner(all, database)
        try runner.catchUp(LedgerReader(ledger.directory).snapshot())
        return try runner.digests()
    }

    /// Changes what the store holds behind the writer's back.
    private static func alter(
        _ ledger: ScratchLedger,
        _ body: (LedgerStore, inout WriteTransaction) throws -> Void
    ) throws {
        let store = try LedgerStore(ledger.directory, access: .write)
        try store.environment.write { transaction in try body(store, &transaction) }
    }

    @Test func `keeps several level with one database as they grow`() throws {
        guard let cluster else { return }
        let connection = try Connection(url: cluster.makeDatabase())
        let ledgers = [try Self.ledger("example.org/a"), try Self.ledger("example.org/b")]
        var followers = ledgers.map { Self.follower($0, connection) }
        for turn in 0..<4 {
            for (offset, ledger) in ledgers.enumerated() {
                let count = 5 + offset
                try Self.append(Self.households(turn * count..<(turn + 1) * count), to: ledger)
                if turn == 2 { _ = try CheckpointLog(ledger.directory).sign() }
                let looked = try followers[offset].look()
                let step = try #require(looked)
                #expect(step.loaded.isEmpty == (turn > 0))
                #expect((step.checkpointSize > 0) == (turn > 1))
                let again = try followers[offset].look()
                #expect(again == nil)
                let digests = try SinkReader(connection).digests(of: step.origin, Self.all)
                #expect(try digests == Self.digests(ledger))
            }
        }
        // A checkpoint alone is news, too: it has to be checked.
        _ = try CheckpointLog(ledgers[0].directory).sign()
        let looked = try followers[0].look()
        let step = try #require(looked)
        #expect(step.checkpointSize == step.treeSize)
        #expect(try SinkReader(connection).origins().map(\.origin).count == 2)
        for ledger in ledgers { #expect(try WholeLedger.problems(ledger.directory).isEmpty) }
    }

    /// As an administrator does it, and waits until it is done.
    private static func cut(_ cluster: PostgreSQLCluster, _ url: String) throws {
        try cluster.sql(
            """
            SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """,
            url
        )
    }

    @Test func `goes on over another connection where its own was cut in the middle`() throws {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let ledger = try Self.ledger()
        let isCut = Locked(false)
        // Between the batch in SQLite and the same in PostgreSQL.
        var follower = LedgerFollower(
            ledger.directory,
            Self.all,
            into: try Connection(url: url)
        ) {
            if isCut.withLock({ $0 }) { try Self.cut(cluster, url) }
        }
        let first = try follower.look()
        #expect(first?.loaded.count == Self.all.count)
        for turn in 0..<2 {
            try Self.append(Self.households(turn * 4..<turn * 4 + 4), to: ledger)
            isCut.withLock { $0 = true }
            let error = #expect(throws: PostgreSQLError.self) { try follower.look() }
            #expect(error?.isOfConnection == true)
            // What broke stays broken.
            #expect(throws: PostgreSQLError.self) { try follower.look() }
            isCut.withLock { $0 = false }
            follower.reconnect(try Connection(url: url))
            let looked = try follower.look()
            let step = try #require(looked)
            #expect(step.loaded.isEmpty, "\(step.loaded)")
            let digests = try SinkReader(Connection(url: url)).digests(of: step.origin, Self.all)
            #expect(try digests == Self.digests(ledger))
        }
        #expect(try WholeLedger.problems(ledger.directory).isEmpty)
    }

    @Test func `stops at a ledger that was cut back, also behind its back`() throws {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let ledger = try Self.ledger()
        let older = ledger.folder + "/older"
        try FileManager.default.copyItem(atPath: ledger.directory.path, toPath: older)
        try Self.append(Self.households(0..<9), to: ledger)
        var follower = Self.follower(ledger, try Connection(url: url))
        _ = try follower.look()
        for name in ["/ledger.mdb", "/ledger.head"] {
            try FileManager.default.removeItem(atPath: ledger.directory.path + name)
            try FileManager.default.copyItem(
                atPath: older + name,
                toPath: ledger.directory.path + name
            )
        }
        #expect(throws: LedgerError(.checkpointConflict, "")) { try follower.look() }
        var again = Self.follower(ledger, try Connection(url: url))
        #expect(throws: ProjectionError.self) { try again.look() }
        #expect(try WholeLedger.problems(ledger.directory).isEmpty)
    }

    @Test func `stops at a checkpoint that is not of these records`() throws {
        guard let cluster else { return }
        let connection = try Connection(url: cluster.makeDatabase())
        let ledger = try Self.ledger()
        // The same log with the same key, and another history since: what an operator can make.
        let other = try ScratchLedger(empty: ())
        try FileManager.default.copyItem(
            atPath: ledger.directory.path,
            toPath: other.directory.path
        )
        try Self.append(Self.households(0..<3), to: ledger)
        try Self.append(Self.households(3..<6), to: other)
        let signed = try CheckpointLog(other.directory).sign()
        try Self.alter(ledger) { store, transaction in
            try transaction.put(
                store.checkpoints,
                BigEndianKey(signed.treeSize),
                signed.noteBytes
            )
        }
        var follower = Self.follower(ledger, connection)
        #expect(throws: LedgerError(.checkpointConflict, "")) { try follower.look() }
        #expect(try SinkReader(connection).origins().isEmpty)
    }

    @Test func `stops at a record that was changed in its place`() throws {
        guard let cluster else { return }
        let connection = try Connection(url: cluster.makeDatabase())
        let ledger = try Self.ledger()
        try Self.append(Self.households(0..<6), to: ledger)
        try Self.alter(ledger) { store, transaction in
            let index = BigEndianKey(try store.head(transaction).treeSize - 3)
            let found = try transaction.withValue(store.records, index) { $0.byteArray }
            let bytes = found ?? []
            let text = String(decoding: bytes, as: UTF8.self)
                .replacing("collector-1", with: "collector-9")
            #expect(text.utf8.count == bytes.count && Array(text.utf8) != bytes)
            try transaction.put(store.records, index, Array(text.utf8))
        }
        var follower = Self.follower(ledger, connection)
        #expect(throws: LedgerError(.damaged, "")) { try follower.look() }
        #expect(try SinkReader(connection).origins().isEmpty)
    }

    @Test func `takes no second ledger of one origin`() throws {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let ledger = try Self.ledger()
        let fork = try Self.ledger()
        try Self.append(Self.households(0..<3), to: ledger)
        try Self.append(Self.households(3..<9), to: fork)
        do {
            let connection = try Connection(url: url)
            var first = Self.follower(ledger, connection)
            let looked = try first.look()
            let step = try #require(looked)
            var second = Self.follower(fork, connection)
            #expect(throws: ProjectionError(.originBusy, "")) {
                try second.look(taken: [step.origin])
            }
            var elsewhere = Self.follower(fork, try Connection(url: url))
            #expect(throws: ProjectionError(.originBusy, "")) { try elsewhere.look() }
        }
        var later = Self.follower(fork, try Connection(url: url))
        let error = #expect(throws: ProjectionError.self) { try later.look() }
        #expect(error?.code == .ledgerChanged)
        #expect(
            try SinkReader(Connection(url: url)).digests(of: Sample.origin, Self.all)
                == Self.digests(ledger)
        )
    }
}
