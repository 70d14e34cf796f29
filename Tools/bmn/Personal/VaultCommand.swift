import ArgumentParser
import Console
import Cryptography
import LedgerReader
import LedgerWriter
import Survey

/// The command `bmn vault`.
struct VaultCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault",
        abstract: "คลังกุญแจข้อมูลบุคคล · The keys of personal data.",
        subcommands: [Rekey.self, VaultCheck.self]
    )

    /// The command `bmn vault rekey`.
    struct Rekey: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "เปลี่ยนกุญแจหลัก · Let another master key open the vault.",
            usage: "bmn vault rekey LEDGER [--passphrase]",
            discussion: """
                Wraps every key of the vault under a new master key: a random one in \
                keys/master.key, or with --passphrase one that follows from a passphrase \
                (keys/master.scrypt holds salt and parameters only). The former master key is \
                destroyed; to open older copies of vault.mdb, keep a copy of it elsewhere first. \
                Programs that have the ledger open must be started again.

                The passphrase in force is read from the file that BMN_MASTER_PASSPHRASE_FILE \
                names, the new one from that of --new-passphrase-file; without them they are asked \
                for at the terminal.

                Example:
                  bmn vault rekey L
                """
        )

        @OptionGroup var ledger: LedgerOptions

        @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
        var directory: String?

        @Flag(help: "ใช้รหัสผ่าน · Take the new master key from a passphrase.")
        var passphrase = false

        @Option(
            help: "แฟ้มรหัสผ่านใหม่ · A file whose first line is the new passphrase.",
            completion: .file()
        )
        var newPassphraseFile: String?

        @OptionGroup var output: OutputOptions

        func run() throws {
            let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
            // A directory that is no ledger is the likelier mistake.
            _ = try Composition.reader(directory)
            let new =
                passphrase || newPassphraseFile != nil
                ? try NewMasterPassphrase.choose(output.language, file: newPassphraseFile) : nil
            try Vault.changeMasterKey(
                directory,
                passphrase: Composition.masterPassphrase,
                to: new
            )
            let file = new == nil ? directory.masterKeyFile : directory.masterScryptFile
            let results = Output()
            if output.json {
                try results.write(["masterKeyFile": .string(file)])
            } else {
                try results.write(file + "\n")
                let phrase = Phrase(
                    thai: "เปลี่ยนกุญแจหลักแล้ว: เปิดโปรแกรมที่ใช้บัญชีนี้อยู่ใหม่",
                    english: "The master key was replaced: start programs that use this ledger"
                        + " again."
                )
                Notice.line(phrase.text(output.language))
            }
            try results.flush()
        }
    }
}

/// The passphrase of a master key that is to be made.
enum NewMasterPassphrase {
    /// From `file`, else from BMN_MASTER_PASSPHRASE_FILE for a new ledger, else asked for twice.
    static func choose(_ language: Language) throws -> [UInt8] {
        let path = Invocation.current.environment["BMN_MASTER_PASSPHRASE_FILE"]
        return try choose(language, file: path.flatMap { $0.isEmpty ? nil : $0 })
    }

    static func choose(_ language: Language, file: String?) throws -> [UInt8] {
        let passphrase = try file.map { try Passphrase(file: $0) } ?? Passphrase(choosing: language)
        return try passphrase.withBytes { bytes in
            guard !bytes.isEmpty else {
                throw CryptographyError(.emptyPassphrase, "The passphrase has no characters.")
            }
            return bytes
        }
    }
}
