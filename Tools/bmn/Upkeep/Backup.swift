import ArgumentParser
import Console
import Cryptography
import Foundation
import LedgerAudit
import LedgerReader
import Survey
import TransparencyLog

/// The command `bmn backup`.
struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "สำรองบัญชี · Copy the ledger while it is in use, and verify the copy.",
        usage: "bmn backup LEDGER DEST",
        discussion: """
            Copies records, attachments and the head to a new directory, then verifies structure, \
            chain and tree of the copy as bmn-audit does, against the ledger.head of the original, \
            and that it holds every document that its records name. Where one is missing or has \
            other bytes, the copy is made all the same, they are listed, and the exit status is 6. \
            The vault and the keys are NOT copied: whoever holds them can \
            open personal data, and an erased key must not live on in a backup. Keep keys/ and \
            vault.mdb safe elsewhere: without them a copy is for reading and verifying, names \
            cannot be read again, and nothing can be appended.

            Example:
              bmn backup L backup-$(date +%F)
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Argument(help: "ไดเรกทอรีใหม่ · A new directory for the copy.", completion: .directory)
    var destination: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, rest) = try ledger.resolve(
            [directory, destination].compactMap(\.self),
            restCount: 1
        )
        Supervisor.unblockSignals()
        // Whatever is damaged in the file, copying and verifying it must not kill this process.
        guard Supervisor.isChild else { return try supervise(directory, rest[0]) }
        ChildProcess.dieWithParent()
        ChildProcess.crashQuietly()
        let copy = BackupCopy(from: directory, to: LedgerDirectory(rest[0]), serial: getppid())
        let (head, documents) = try copy.make(progress: Supervisor.report)
        try report(head, documents, destination: rest[0])
        if !documents.problems.isEmpty { throw ExitCode(ExitStatus.incomplete.rawValue) }
    }

    private func supervise(_ source: LedgerDirectory, _ destination: String) throws {
        let progress = SupervisedProgress(label: output.language == .thai ? "ตรวจสอบ" : "verifying")
        let (ending, results) = Supervisor.run { line in
            if !progress.take(line) { Notice.line(line) }
        }
        progress.finish()
        let made = [ExitStatus.done, .incomplete].map(\.rawValue)
        if !made.contains(where: { ending == .exited($0) }) {
            BackupCopy(from: source, to: LedgerDirectory(destination), serial: getpid()).discard()
        }
        let reason: String
        switch ending {
        case .exited(let status) where made.contains(status) || results.isEmpty:
            let output = Output()
            try output.write(results)
            try output.flush()
            throw ExitCode(status)
        case .exited(let status): reason = "copying it ended with status \(status)"
        case .killedBySignal(let signal): reason = "copying it ended with signal \(signal)"
        case .stalled: reason = "copying it made no progress any more"
        case .couldNotStart(let why): reason = "the copying process did not start: \(why)"
        }
        throw LedgerError(.damaged, "\(source.ledgerFile) cannot be read: \(reason)")
    }

    private func report(
        _ head: TreeHead,
        _ documents: BackupDocuments,
        destination: String
    ) throws {
        let results = Output()
        let problems = documents.problems
        if output.json {
            try results.write([
                "destination": .string(destination),
                "size": .unsigned(head.treeSize),
                "root": .string(head.rootHash.hex),
                "documents": [
                    "named": .unsigned(UInt64(documents.namedCount)),
                    "copied": .unsigned(UInt64(documents.copiedCount)),
                    "problems": .array(problems.map(\.json)),
                ],
            ])
        } else {
            let phrase = Phrase(
                thai: "สำรองแล้ว \(head.treeSize.grouped) ระเบียน ตรวจสอบแล้ว ราก \(head.rootHash.hex)",
                english: "Copied and verified \(head.treeSize.grouped) records, root"
                    + " \(head.rootHash.hex)"
            )
            try results.write(phrase.text(output.language) + "\n")
            if !problems.isEmpty {
                let lacking = Phrase(
                    thai: "สำเนาขาดเอกสารแนบ หรือเอกสารไม่ตรง (\(problems.count)):",
                    english: "The copy lacks documents, or has others in their place"
                        + " (\(problems.count)); put the right ones into its attachments/:"
                )
                Notice.line(lacking.text(output.language))
                for problem in problems { Notice.line(problem.text(output.language)) }
            }
            let warning = Phrase(
                thai: "ไม่ได้สำรอง vault.mdb และ keys/: เก็บแยกไว้ในที่ปลอดภัย",
                english: "vault.mdb and keys/ are not in it: keep them safe elsewhere."
            )
            Notice.line(warning.text(output.language))
        }
        try results.flush()
    }
}
