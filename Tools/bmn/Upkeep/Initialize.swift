import ArgumentParser
import Console
import LedgerReader
import LedgerWriter
import TransparencyLog

/// The command `bmn init`.
struct Initialize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "สร้างบัญชีใหม่พร้อมกุญแจ · Make a new ledger directory with its keys.",
        usage: "bmn init LEDGER --origin ORIGIN [--master-passphrase]",
        discussion: """
            Prints the log's verifier key (vkey), which auditors need. The origin names the ledger \
            for ever: like a host and path, without spaces or "+". The directory may exist if it \
            is empty. The master key of personal data is random and lies in keys/master.key, or \
            with --master-passphrase follows from a passphrase that is in no file of the ledger's; \
            then every command that appends asks for it, or reads it from the file that \
            BMN_MASTER_PASSPHRASE_FILE names.

            Example:
              bmn init bueng-kan --origin bmn.example.org/bueng-kan-2561
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The new ledger's directory.", completion: .directory)
    var directory: String?

    @Option(help: "ชื่อต้นทาง · The ledger's name, unique in the world.")
    var origin: String

    @Flag(help: "กุญแจหลักจากรหัสผ่าน · Take the master key from a passphrase.")
    var masterPassphrase = false

    @OptionGroup var actor: ActorOptions

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let verifierKey = try LedgerCreation.create(
            directory,
            origin: origin,
            recordedAt: Composition.recordTime(),
            commandID: Composition.newCommandID(),
            actor: actor.actor,
            masterPassphrase: masterPassphrase ? NewMasterPassphrase.choose(output.language) : nil
        )
        let out = Output()
        if output.json {
            try out.write(["origin": .string(origin), "vkey": .string(verifierKey.vkey)])
        } else {
            try out.write(verifierKey.vkey + "\n")
        }
        try out.flush()
    }
}
