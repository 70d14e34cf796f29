import ArgumentParser
import Console
import Cryptography
import LedgerReader
import LedgerWriter
import TransparencyLog

/// The command `bmn checkpoint`.
struct CheckpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "ลงนามหัวบัญชี · Sign, if the ledger grew, and print the latest checkpoint.",
        usage: "bmn checkpoint LEDGER",
        discussion: """
            A checkpoint states the number of records and the root hash over them, signed with \
            the log's key (C2SP tlog-checkpoint). Whoever keeps one can show later that history \
            before it was rewritten: give copies away.

            A smaller tree or a second root hash for one size is never signed, also not after a \
            restore from a backup: keys/log.checkpoint remembers what was signed last.

            Example:
              bmn checkpoint L > checkpoint-$(date +%F).txt
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let checkpoint = try CheckpointLog(directory).sign()
        try CheckpointReport(checkpoint).write(output)
    }
}

/// A checkpoint as `bmn checkpoint` prints it.
struct CheckpointReport {
    private let stored: StoredCheckpoint

    init(_ stored: StoredCheckpoint) { self.stored = stored }

    func write(_ options: OutputOptions) throws {
        let note = try stored.cosigned()
        let results = Output()
        if options.json {
            let checkpoint = try stored.checkpoint()
            try results.write(
                [
                    "origin": .string(checkpoint.origin),
                    "treeSize": .unsigned(checkpoint.treeHead.treeSize),
                    "rootHash": .string(checkpoint.treeHead.rootHash.hex),
                    "checkpoint": .string(String(decoding: note.encoded, as: UTF8.self)),
                    "cosignatures": .array(
                        try stored.cosignatures().map { .string($0.name) }
                    ),
                    "timestamps": .number(stored.timestamps.count),
                ]
            )
        } else {
            try results.write(note.encoded)
        }
        try results.flush()
    }
}
