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
            further, its rows stay, the others go on, and the exit status is 1 in the end. What \
            the records mean is for bmn-audit verify.

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
        let page = Page(output.language, asJSON: output.json)
        do {
            repeat {
                for offset in ledgers.indices where !ledgers[offset].hasFinding {
                    try StopSignals.throwIfReceived()
                    let taken = Set(ledgers.compactMap(\.origin))
                    try ledgers[offset].look(taken: taken, page)
                    try page.flush()
                }
                if once || ledgers.allSatisfy(\.hasFinding) { break }
                try StopSignals.wait(seconds: interval)
            } while true
        } catch is StopSignals.Received {
            // What was under way is undone or done, in both databases alike.
        }
        guard ledgers.allSatisfy({ !$0.hasFinding }) else {
            throw ExitCode(ExitStatus.refused.rawValue)
        }
    }
}

/// One of the ledgers, and whether it is followed still.
private struct FollowedLedger {
    private var follower: LedgerFollower
    private(set) var origin: String?
    private(set) var hasFinding = false

    init(_ follower: LedgerFollower) { self.follower = follower }

    /// Looks once; says what moved or what is wrong.
    mutating func look(taken: Set<String>, _ page: Page) throws {
        let bar = ReplayProgress.bar(.max, page.language)
        defer { bar?.finish() }
        do {
            let progress = ReplayProgress.callback(bar, from: 50_000)
            guard let step = try follower.look(taken: taken, progress: progress) else { return }
            origin = step.origin
            try write(step, page)
        } catch let error as StopSignals.Received {
            throw error
        } catch let error as PostgreSQLError {
            // It is about all of them.
            throw error
        } catch {
            guard let failure = Invocation.current.failure(for: error) else { throw error }
            hasFinding = true
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
        if page.asJSON {
            return try page.write([
                "ledger": .string(follower.directory.path),
                "origin": origin.map { .string($0) } ?? .null,
                "finding": .string(failure.code),
                "reason": .string(failure.sentence.text(page.language)),
            ])
        }
        let sentence = failure.sentence.text(page.language)
        try page.line(
            page.choose(
                "\(name): พบปัญหา \(failure.code): \(sentence)",
                "\(name): finding \(failure.code): \(sentence)"
            )
        )
    }
}
