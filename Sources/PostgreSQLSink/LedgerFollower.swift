package import LedgerReader
package import PostgreSQL
package import ProjectionRuntime
import TransparencyLog

/// Follows one ledger into a PostgreSQL database, verifying it on the way.
///
/// The ledger is opened anew each time: one that was put in its place is then seen, too.
package struct LedgerFollower {
    /// What one look at the ledger came to.
    package struct Step: Sendable, Hashable {
        package let origin: String
        package let treeSize: UInt64
        /// The size of the latest checkpoint that was checked; 0 where the log has signed none.
        package let checkpointSize: UInt64
        /// Projections that were loaded whole, on the first look only.
        package let loaded: [String]
    }

    package let directory: LedgerDirectory
    private var connection: Connection
    private let projections: [any Projection]
    private let mayGoOn: @Sendable () throws -> Void
    private var past = VerifiedPast()
    private var following: (origin: String, follower: SinkFollower)?

    /// `mayGoOn` stops the work between two transactions by what it throws.
    package init(
        _ directory: LedgerDirectory,
        _ projections: [any Projection],
        into connection: Connection,
        mayGoOn: @escaping @Sendable () throws -> Void = {}
    ) {
        self.directory = directory
        self.projections = projections
        self.connection = connection
        self.mayGoOn = mayGoOn
    }

    /// Goes on over another connection, in place of one that broke.
    ///
    /// The next look claims the origin anew and compares the rows, as a new process would; what was
    /// verified of the ledger stays verified.
    package mutating func reconnect(_ connection: Connection) {
        self.connection = connection
        following = nil
    }

    /// Brings the database level with the ledger as it is now; nil where nothing is new.
    ///
    /// `taken` are origins that others of this process follow.
    @available(*, noasync)
    package mutating func look(
        taken: Set<String> = [],
        progress: ProjectionRunner.ProgressCallback? = nil
    ) throws -> Step? {
        // Read before the ledger is: it may grow in between, not shrink.
        let note = try HeadFile.readSettled(directory)
        let signed = try SignedHeadFile.readIfPermitted(directory)
        let reader = try LedgerReader(directory)
        var snapshot = try reader.snapshot()
        if following != nil, past.isAll(of: snapshot),
            try snapshot.checkpoint(from: past.checkpointSize + 1) == nil
        {
            return nil
        }
        // Who followed it until a moment ago may have carried more across than was there before.
        return try reader.following(&snapshot) { current in
            try step(current, note, signed, taken, progress)
        }
    }

    private mutating func step(
        _ snapshot: borrowing LedgerSnapshot,
        _ note: HeadFile?,
        _ signed: Checkpoint?,
        _ taken: Set<String>,
        _ progress: ProjectionRunner.ProgressCallback?
    ) throws -> Step {
        let origin = try snapshot.origin()
        try note?.check(snapshot.head, origin: origin)
        try signed?.check(head: snapshot.head, origin: origin) {
            try snapshot.rootHash(treeSize: $0)
        }
        try past.advance(origin, snapshot, mayGoOn: mayGoOn)
        var loaded: [String] = []
        if following == nil {
            loaded = try begin(origin, taken, snapshot, progress).loaded
        }
        guard let following, following.origin == origin else {
            throw LedgerError(.damaged, "the ledger has another origin than before")
        }
        do {
            try following.follower.catchUp(snapshot, progress: progress)
        } catch {
            // Else the next look would find nothing new in the ledger and leave the database behind.
            self.following = nil
            throw error
        }
        return Step(
            origin: origin,
            treeSize: snapshot.treeSize,
            checkpointSize: past.checkpointSize,
            loaded: loaded
        )
    }

    private mutating func begin(
        _ origin: String,
        _ taken: Set<String>,
        _ snapshot: borrowing LedgerSnapshot,
        _ progress: ProjectionRunner.ProgressCallback?
    ) throws -> SinkFollower {
        let sink = try PostgreSQLSink(connection, origin: origin, projections)
        // The lock of an origin is the connection's, which several ledgers of this process share.
        guard !taken.contains(origin) else {
            throw ProjectionError(
                .originBusy,
                "another of the ledgers that are followed is \(origin), too: name each once"
            )
        }
        try sink.claim()
        let follower: SinkFollower
        do {
            follower = try SinkFollower(
                sink,
                workingFile: directory.followFile,
                snapshot,
                mayGoOn: mayGoOn,
                progress: progress
            )
        } catch let error as ProjectionError where error.code == .databaseBusy {
            throw ProjectionError(
                .databaseBusy,
                "\(directory.followFile): a ledger is carried into one database at a time, and another"
                    + " bmn follow or bmn replay --into of this one is at work: end it first, or wait"
            )
        }
        following = (origin, follower)
        return follower
    }
}
