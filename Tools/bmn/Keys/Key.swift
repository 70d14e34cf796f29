import ArgumentParser
import Console
import Cryptography
import FoundationEssentials
import LedgerWriter
import Survey
import TransparencyLog

/// The command `bmn key`.
struct Key: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "กุญแจ · Members' keys, and the log's.",
        subcommands: [
            Generate.self, Public.self, OfMember.self, Roots.self, Rotate.self,
        ]
    )

    /// The command `bmn key generate`.
    struct Generate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "สร้างกุญแจ Ed25519 · Make an Ed25519 key that the member alone holds.",
            usage: "bmn key generate FILE [--name N] [--no-passphrase | --passphrase-file F]",
            discussion: """
                Writes a PKCS#8 PEM file that only its owner can read (mode 0600), encrypted with \
                a passphrase, and never over another file. Prints the public key in base64, as \
                registerMemberKey takes it; with --name also as a C2SP verifier key.

                Examples:
                  bmn key generate chair.pem
                  BMN_PASSPHRASE_FILE=secret.txt bmn key generate member.pem --json
                """
        )

        @Argument(help: "แฟ้มกุญแจใหม่ · The new key file.", completion: .file())
        var file: String

        @Option(help: "ชื่อกุญแจ · A name, for a verifier key beside the public key.")
        var name: String?

        @OptionGroup var passphrase: PassphraseOptions

        @Flag(help: "ไม่ใส่รหัสผ่าน · Leave the file unencrypted: who reads it can sign.")
        var noPassphrase = false

        @OptionGroup var output: OutputOptions

        func validate() throws {
            if noPassphrase, passphrase.passphraseFile != nil {
                throw ValidationError("--no-passphrase and --passphrase-file exclude each other.")
            }
        }

        func run() throws {
            let key = try Ed25519PrivateKey.generate()
            // Refuses a bad name before anything is made.
            let verifierKey = try name.map { try VerifierKey(name: $0, ed25519: key.publicKey) }
            let pem: [UInt8]
            if noPassphrase {
                pem = try key.pem()
            } else {
                try Passphrase.refuseTaken(file)
                let secret = try passphrase.choose(output.language)
                pem = try secret.withBytes { try key.pem(passphrase: $0) }
            }
            try Files.create(file, pem, mode: 0o600)
            try KeyReport(key.publicKey, verifierKey).write(output)
        }
    }

    /// The command `bmn key public`.
    struct Public: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "แสดงกุญแจสาธารณะ · Print the public key of a key file.",
            usage: "bmn key public FILE [--command --person P]",
            discussion: """
                With --command, prints the command that registers the key, ready for bmn submit.

                Example:
                  bmn key public chair.pem --command --person chair-380151 \\
                    | bmn submit L
                """
        )

        @Argument(help: "แฟ้มกุญแจ · The key file.", completion: .file())
        var file: String

        @OptionGroup var passphrase: PassphraseOptions

        @Flag(help: "พิมพ์คำสั่งลงทะเบียน · Print a registerMemberKey command.")
        var command = false

        @Option(help: "รหัสบุคคล · Whose key it is, for --command.")
        var person: String?

        @OptionGroup var output: OutputOptions

        func validate() throws {
            if command != (person != nil) {
                throw ValidationError("--command and --person go together.")
            }
        }

        func run() throws {
            let key = try passphrase.key(file, output.language)
            guard let person else {
                return try KeyReport(key.publicKey, nil).write(output)
            }
            var registration = MemberKey()
            registration.person = person
            registration.publicKey = .init(key.publicKey.rawBytes)
            var command = Command()
            command.kind = .registerMemberKey(registration)
            try CommandText.write(command)
        }
    }
}

/// A public key as people and scripts copy it.
struct KeyReport {
    private let publicKey: String
    private let verifierKey: String?

    init(_ publicKey: Ed25519PublicKey, _ verifierKey: VerifierKey?) {
        self.publicKey = Base64.encode(publicKey.rawBytes)
        self.verifierKey = verifierKey?.vkey
    }

    func write(_ options: OutputOptions) throws {
        let results = Output()
        if options.json {
            var members: [(String, JSON)] = [("publicKey", .string(publicKey))]
            if let verifierKey { members.append(("vkey", .string(verifierKey))) }
            try results.write(JSON.object(members))
        } else {
            try results.write(
                ([publicKey] + [verifierKey].compactMap(\.self)).joined(separator: "\n") + "\n"
            )
        }
        try results.flush()
    }
}
