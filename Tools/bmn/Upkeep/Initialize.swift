import ArgumentParser
import Console
import Ledger
import LedgerReader
import LedgerWriter
import Survey
import TransparencyLog

/// The command `bmn init`.
struct Initialize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "สร้างบัญชีใหม่พร้อมกุญแจ · Make a new ledger directory with its keys.",
        usage: """
            bmn init LEDGER --origin ORIGIN [--master-passphrase] \
            [--admin PERSON [--admin-name NAME] [--web-origin URL]]
            """,
        discussion: """
            Prints the log's verifier key (vkey), which auditors need. The origin names the ledger \
            for ever: like a host and path, without spaces or "+". The directory may exist if it \
            is empty. The master key of personal data is random and lies in keys/master.key, or \
            with --master-passphrase follows from a passphrase that is in no file of the ledger's; \
            then every command that appends asks for it, or reads it from the file that \
            BMN_MASTER_PASSPHRASE_FILE names.

            With --admin the first person of the ledger is registered, who runs the service (and can \
            enter and sign nothing), and the link is printed by which that person enrols a passkey, \
            once, within a day.

            Examples:
              bmn init bueng-kan --origin bmn.example.org/bueng-kan-2561
              bmn init nong-khai --origin bmn.example.org/nong-khai-2561 --admin admin-43
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The new ledger's directory.", completion: .directory)
    var directory: String?

    @Option(help: "ชื่อต้นทาง · The ledger's name, unique in the world.")
    var origin: String

    @Flag(help: "กุญแจหลักจากรหัสผ่าน · Take the master key from a passphrase.")
    var masterPassphrase = false

    @Option(help: "ผู้ดูแลคนแรก · The identifier of the person who runs the service.")
    var admin: String?

    @Option(help: "ชื่อผู้ดูแล · That person's name, which is sealed (default: the identifier).")
    var adminName: String?

    @OptionGroup var site: SiteOptions

    @OptionGroup var actor: ActorOptions

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        guard admin != nil || adminName == nil else {
            throw ValidationError("--admin-name goes with --admin.")
        }
        let passphrase = try masterPassphrase ? NewMasterPassphrase.choose(output.language) : nil
        let verifierKey = try LedgerCreation.create(
            directory,
            origin: origin,
            recordedAt: Composition.recordTime(),
            commandID: Composition.newCommandID(),
            actor: actor.actor,
            masterPassphrase: passphrase
        )
        let link = try admin.map { person in
            try register(person, in: directory, passphrase)
            return try EnrolmentLink.make(for: person, isOperator: true, directory, site)
        }
        let out = Output()
        if output.json {
            var members: [(String, JSON)] = [
                ("origin", .string(origin)), ("vkey", .string(verifierKey.vkey)),
            ]
            if let link { members += link.members }
            try out.write(.object(members))
        } else {
            try out.write(verifierKey.vkey + "\n" + (link.map { $0.url + "\n" } ?? ""))
        }
        try out.flush()
    }

    /// Passkeys are enrolled for persons of the ledger; a new one has none.
    private func register(
        _ person: String,
        in directory: LedgerDirectory,
        _ passphrase: [UInt8]?
    ) throws {
        let writer =
            try passphrase.map { passphrase in
                try LedgerWriter(
                    directory,
                    passphrase: { passphrase },
                    clock: { Composition.now() }
                )
            } ?? Composition.writer(directory)
        var command = Command()
        command.id = Composition.newCommandID().text
        command.actor = actor.actor
        command.registerPerson.person = person
        command.registerPerson.identity.firstName = adminName ?? person
        let prepared = try writer.prepare(command).get()
        for outcome in try writer.append([prepared], isAtomic: true) { _ = try outcome.get() }
    }
}
