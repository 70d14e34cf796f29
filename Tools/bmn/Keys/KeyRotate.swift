import ArgumentParser
import Console
import Ledger
import LedgerReader
import LedgerWriter
import Survey

extension Key {
    /// The command `bmn key rotate`.
    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "เปลี่ยนกุญแจของบัญชี · Let another key sign the checkpoints from now on.",
            usage: "bmn key rotate LEDGER --reason TEXT [--lost]",
            discussion: """
                Makes a new key, appends logKeyRotated with the old key's endorsement, and prints \
                the new verifier key. Earlier checkpoints stay valid under the old one. The old \
                file is kept as keys/log-<key id>.pem; destroy it when it is to sign nothing more. \
                With --lost no file of before is used or destroyed: one that was to be the next key \
                is kept as keys/log.next.aside-<n>.pem.

                Example:
                  bmn key rotate L --reason "เปลี่ยนผู้ดูแลระบบ"
                """
        )

        @OptionGroup var ledger: LedgerOptions

        @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
        var directory: String?

        @Option(help: "เหตุผล · Why, for everybody to read.")
        var reason: String

        @Flag(help: "กุญแจเดิมหาย · The old key is lost and cannot endorse the new one.")
        var lost = false

        @OptionGroup var actor: ActorOptions

        @OptionGroup var output: OutputOptions

        func run() throws {
            let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
            let writer = try Composition.writer(directory)
            // From here to the end: of two rotations the second begins with the first one's key.
            let keyFiles = try LogKeyFiles(directory)
            guard let former = try writer.reader.snapshot().logKeys().last else {
                throw LedgerError(.damaged, "record 0 names no key of the log")
            }
            let rotation = try keyFiles.prepareRotation(
                inForce: former.vkey,
                reason: reason,
                isLost: lost
            )
            var command = Command()
            command.id = Composition.newCommandID().text
            command.actor = actor.actor
            command.kind = .rotateLogKey(rotation)
            let outcomes = try writer.append([try writer.prepare(command).get()])
            // The renaming could wait for the next checkpoint; done now, the files say what holds.
            let index = try outcomes[0].get().index
            try keyFiles.install(rotation.logKey)
            let results = Output()
            if output.json {
                try results.write(
                    ["vkey": .string(rotation.logKey), "index": .unsigned(index)]
                )
            } else {
                try results.write(rotation.logKey + "\n")
            }
            try results.flush()
            try writer.requireErasuresDone()
        }
    }
}
