import ArgumentParser
import Console
import Cryptography
import Ledger
import LedgerReader
import Survey

/// The command `bmn statement`.
struct StatementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "ข้อความรับรอง · Print the exact bytes that committee members sign.",
        usage: "bmn statement LEDGER CERTIFICATION",
        discussion: """
            Prints the statement and nothing else, so that it can be read, hashed and signed. \
            With --json its text stands in an object beside the SHA-256 of its bytes, which are \
            what is signed.

            Example:
              bmn statement L 2561-380151-1 > statement.txt
              bmn sign statement.txt --key chair.pem --command \\
                --certification 2561-380151-1 --person chair-380151 --role chair \\
                | bmn submit L
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Argument(help: "รหัสการรับรอง · The certification's id.")
    var certification: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, rest) = try ledger.resolve(
            [directory, certification].compactMap(\.self),
            restCount: 1
        )
        let snapshot = try Composition.reader(directory).snapshot()
        let stream = "certification/\(rest[0])"
        guard stream.utf8.count <= RecordLimit.streamByteCount,
            let first = try snapshot.indexes(ofStream: stream).first,
            case .certificationPrepared(let prepared) = try snapshot.recordedEvent(first)?.event
                .kind
        else { throw Rejection(.certificationUnknown, rest[0]) }
        let results = Output()
        if output.json {
            try results.write([
                "certification": .string(rest[0]),
                "statement": .string(prepared.statement),
                "sha256": .string(SHA256.hash(Array(prepared.statement.utf8)).hex),
            ])
        } else {
            try results.write(prepared.statement)
        }
        try results.flush()
    }
}
