import ArgumentParser
import Console
import Ledger
import LedgerReader
import LedgerWriter
import Service
import Survey

/// The command `bmn submit`.
struct Submit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "ส่งคำสั่งเข้าบัญชี · Append what commands ask for, one JSON object a line.",
        usage: "bmn submit LEDGER [FILE|-] [--atomic] [--user U] [--capacity C]",
        discussion: """
            Reads commands (message Command of survey.proto in protobuf's JSON) from FILE or \
            standard input and prints one JSON object a line and command, in order: the receipt \
            once the record is on disk, or {"line","commandId","rejected":{"code","message"}}. \
            A receipt has "warnings" where members look like one person who is counted twice, in a \
            household or in two of these commands; nothing is refused for that. \
            Blank lines are skipped. A line that cannot be understood is refused and the others \
            go on; with --atomic all are appended in one commit or none, which keeps them all in \
            memory.

            A command sent again with the same id and content gives its first receipt again. One \
            without an id gets a fresh one. How the actor was authenticated is always recorded as \
            "cli".

            Examples:
              bmn submit L commands.jsonl
              bmn cycle defaults --year 2561 --province 38 | bmn submit L --user admin-1
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Argument(help: "แฟ้มคำสั่ง · A file of commands, or - for standard input.", completion: .file())
    var file: String?

    @Flag(help: "ทั้งหมดหรือไม่เลย · All in one commit, or nothing.")
    var atomic = false

    @OptionGroup var actor: ActorOptions

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, file) = try ledger.resolveOptionalFile(
            [directory, file].compactMap(\.self)
        )
        let path = file ?? "-"
        let descriptor = try Files.open(path)
        let tally = Tally()
        let results = Output()
        let language = output.language
        let writer = try Composition.writer(directory)
        let pipeline = AppendPipeline(writer) { answers in
            for answer in answers {
                tally.count(answer)
                try results.append { bytes in
                    answer.json(language).append(to: &bytes)
                    bytes.append(UInt8(ascii: "\n"))
                }
            }
            // Acknowledged is what the sender has been told.
            try results.flush()
        }
        var lines = LineReader(descriptor, path: path)
        let defaultActor = actor.actor
        var held: [AppendRequest] = []
        while case let batch = try lines.nextLines(count: AppendPipeline.batchCount), !batch.isEmpty
        {
            let requests = batch.map { line in
                AppendRequest(line: line.number) { () throws(Refusal) in
                    GivenCommand(try Self.command(line, defaultActor, tally))
                }
            }
            if atomic { held += requests } else { try pipeline.submit(requests) }
        }
        if !held.isEmpty { try pipeline.submit(held, isAtomic: true) }
        try pipeline.finish()
        if !output.json { tally.report(language) }
        try writer.requireErasuresDone()
        if tally.refusedCount > 0 { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    /// The command of a line, with what this tool adds or overrides.
    private static func command(
        _ line: InputLine,
        _ defaultActor: Actor,
        _ tally: Tally
    ) throws(Refusal) -> Command {
        var command: Command
        do throws(LineProblem) {
            command = try Command(line: line.content.get())
        } catch {
            throw .line(error)
        }
        if command.id.isEmpty { command.id = Composition.newCommandID().text }
        // Without the text itself, which could be anything.
        guard CommandID(command.id) != nil else {
            throw .rule(Rejection(.commandIdMalformed, "…"))
        }
        let claimed = command.actor.authentication
        if command.actor.user.isEmpty, command.actor.capacity.isEmpty {
            command.actor = defaultActor
        }
        command.actor.authentication = ActorOptions.authentication
        if !claimed.isEmpty, claimed != ActorOptions.authentication { tally.countClaim() }
        return command
    }
}

extension AppendAnswer {
    /// One line of `bmn submit`.
    func json(_ language: Language) -> JSON {
        switch result {
        case .success(let receipt):
            receipt.json(warnings: warnings, language)
        case .failure(let refusal):
            [
                "line": .number(line),
                // Whatever else was given as an id might be anything.
                "commandId": .string(command.flatMap { CommandID($0.id) }?.text ?? ""),
                "rejected": [
                    "code": .string(refusal.code),
                    "message": .string(refusal.sentence(language)),
                ],
            ]
        }
    }
}
