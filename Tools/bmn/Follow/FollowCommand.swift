import ArgumentParser
import Console
import LedgerReader
import PostgreSQL
import PostgreSQLSink
import ProjectionCatalog
import Survey

/// The command `bmn follow`.
struct FollowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "ติดตามบัญชีลง PostgreSQL · Keep a PostgreSQL database level with ledgers.",
        usage: "bmn follow LEDGER... --into URL [--once] [--interval SECONDS]",
        discussion: """
            Loads the read models of each ledger, apart by origin, and then carries every change \
            across as records are appended, in one transaction with the position, until SIGTERM or \
            SIGINT. A process that was killed goes on where it was. The password goes in \
            PGPASSFILE, where nobody sees it.

            Each ledger is verified on the way: every record's link to the one before, the tree \
            of every signed checkpoint, and that it goes on from what the database knows. A \
            ledger that was cut back, replaced or rewritten is a finding: it is followed no \
            further, its rows stay, the others go on, and the exit status is 1 in the end. So are \
            rows in the database that something else changed, until bmn replay --into loads them \
            anew. What the records mean is for bmn-audit verify.

            A connection that breaks is made again, after 1 second, 2, 4 … 60, for as long as it \
            takes; stderr says so. With --once, or before the first one, it ends the work with \
            status 3. What the server refuses otherwise ends the following of that ledger alone, \
            and the exit status is 3 in the end unless there is a finding.

            Example:
              bmn follow L1 L2 --into postgresql://bmn@db.example.org/bmn
            """
    )

    @Argument(help: "ไดเรกทอรีบัญชี · The ledgers' directories.", completion: .directory)
    var directories: [String]

    @Option(help: "ฐานข้อมูลปลายทาง · The PostgreSQL database (postgresql://…).")
    var into: String

    @Flag(help: "ครั้งเดียว · End when each ledger is level, instead of waiting for more.")
    var once = false

    @Option(help: "พักกี่วินาที · Seconds between two looks at the ledgers (default: 2).")
    var interval = 2

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !directories.isEmpty else { throw ValidationError("Name the ledgers to follow.") }
        guard (1...86_400).contains(interval) else {
            throw ValidationError("--interval takes 1 to 86400 seconds.")
        }
    }

    func run() throws {
        StopSignals.block()
        let connection = try Connection(url: into)
        var ledgers = directories.map { path in
            FollowedLedger(
                LedgerFollower(
                    LedgerDirectory(path),
                    ProjectionCatalog.all,
                    into: connection,
                    mayGoOn: StopSignals.throwIfReceived
                )
            )
        }
        do {
            try follow(&ledgers)
        } catch is StopSignals.Received {
            // What was under way is undone or done, in both databases alike.
        }
        if ledgers.contains(where: { $0.end == .finding }) {
            throw ExitCode(ExitStatus.refused.rawValue)
        }
        if ledgers.contains(where: { $0.end == .refusal }) {
            throw ExitCode(ExitStatus.ledgerFailed.rawValue)
        }
    }

    private func follow(_ ledgers: inout [FollowedLedger]) throws {
        let page = Page(output.language, asJSON: output.json)
        var pause = Pause()
        while true {
            do {
                for offset in ledgers.indices where ledgers[offset].end == nil {
                    try StopSignals.throwIfReceived()
                    let taken = Set(ledgers.compactMap(\.origin))
                    try ledgers[offset].look(taken: taken, page)
                    try page.flush()
                }
                pause = Pause()
                if once || ledgers.allSatisfy({ $0.end != nil }) { return }
                try StopSignals.wait(seconds: interval)
            } catch let error as PostgreSQLError where error.isOfConnection && !once {
                let connection = try reconnect(after: error, &pause)
                for offset in ledgers.indices { ledgers[offset].reconnect(connection) }
            }
        }
    }

    /// Another connection; asks for one until there is one or somebody says stop.
    private func reconnect(
        after error: PostgreSQLError,
        _ pause: inout Pause
    ) throws -> Connection {
        var reason = error.reason
        while true {
            let seconds = pause.next()
            let sentence = Phrase(
                thai: "PostgreSQL: \(reason): จะเชื่อมต่อใหม่ใน \(seconds) วินาที",
                english: "PostgreSQL: \(reason): connecting again in \(seconds) s"
            )
            Notice.line(sentence.text(output.language))
            try StopSignals.wait(seconds: seconds)
            do throws(PostgreSQLError) {
                return try Connection(url: into)
            } catch {
                guard error.isOfConnection else { throw error }
                reason = error.reason
            }
        }
    }
}

/// How long to wait before the next attempt: twice as long each time, a minute at most.
private struct Pause {
    private var seconds = 1

    mutating func next() -> Int {
        defer { seconds = min(seconds * 2, 60) }
        return seconds
    }
}

/// One of the ledgers, and why it is followed no further.
private struct FollowedLedger {
    enum End {
        /// Something is wrong with the ledger.
        case finding
        /// The server refused what was asked for it.
        case refusal
    }

    private var follower: LedgerFollower
    private(set) var origin: String?
    private(set) var end: End?

    init(_ follower: LedgerFollower) { self.follower = follower }

    mutating func reconnect(_ connection: Connection) { follower.reconnect(connection) }

    /// Looks once; says what moved or what is wrong.
    mutating func look(taken: Set<String>, _ page: Page) throws {
        let bar = ReplayProgress.bar(.max, page.language)
        defer { bar?.finish() }
        do {
            let progress = ReplayProgress.callback(bar, from: 50_000)
            let others = taken.subtracting([origin].compactMap(\.self))
            guard let step = try follower.look(taken: others, progress: progress) else { return }
            origin = step.origin
            try write(step, page)
        } catch let error as StopSignals.Received {
            throw error
        } catch let error as PostgreSQLError where error.isOfConnection {
            // It is about all of them.
            throw error
        } catch {
            guard let failure = Invocation.current.failure(for: error) else { throw error }
            end = error is PostgreSQLError ? .refusal : .finding
            try write(failure, page)
        }
    }

    private func write(_ step: LedgerFollower.Step, _ page: Page) throws {
        if page.asJSON {
            return try page.write([
                "ledger": .string(follower.directory.path),
                "origin": .string(step.origin),
                "position": .unsigned(step.treeSize),
                "checkpoint": .unsigned(step.checkpointSize),
                "loaded": .array(step.loaded.map { .string($0) }),
            ])
        }
        let loaded = step.loaded.joined(separator: ", ")
        let checkpoint =
            step.checkpointSize == 0
            ? page.choose("ยังไม่มีจุดตรวจ", "no checkpoint yet")
            : page.choose(
                "ตรวจตามจุดตรวจถึง \(step.checkpointSize)",
                "checkpoints verified up to \(step.checkpointSize)"
            )
        let whole = loaded.isEmpty ? "" : page.choose("; โหลดใหม่: ", "; loaded whole: ") + loaded
        try page.line(
            page.choose(
                "\(step.origin): ถึงระเบียน \(step.treeSize); \(checkpoint)\(whole)",
                "\(step.origin): \(step.treeSize) records; \(checkpoint)\(whole)"
            )
        )
    }

    private func write(_ failure: Failure, _ page: Page) throws {
        let name = origin ?? follower.directory.path
        let sentence = failure.sentence.text(page.language)
        if page.asJSON {
            return try page.write([
                "ledger": .string(follower.directory.path),
                "origin": origin.map { .string($0) } ?? .null,
                (end == .refusal ? "refusal" : "finding"): .string(failure.code),
                "reason": .string(sentence),
            ])
        }
        let what =
            end == .refusal
            ? page.choose("ฐานข้อมูลปฏิเสธ", "refused") : page.choose("พบปัญหา", "finding")
        try page.line("\(name): \(what) \(failure.code): \(sentence)")
    }
}
