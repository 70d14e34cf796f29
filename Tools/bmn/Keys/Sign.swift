import ArgumentParser
import Console
import Cryptography
import FoundationEssentials
import Ledger
import Survey
import SwiftProtobuf

/// The command `bmn sign`.
struct Sign: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "ลงนามแฟ้ม · Sign a file's exact bytes with Ed25519; needs no ledger.",
        usage: """
            bmn sign FILE --key K [-o SIG] [--raw]
            bmn sign FILE --key K --command --certification C --person P --role R [--on DAY]
            """,
        discussion: """
            Prints the signature in base64, or its 64 bytes with --raw, or with --command the \
            signCertification command for bmn submit. The file is signed as it is: keep the \
            statement's bytes unchanged. --on says the day of signing where it is not the day of \
            recording, --user and --capacity who acts where it is not whoever submits.

            Example:
              bmn sign statement.txt --key chair.pem -o statement.sig --raw
              openssl pkey -in chair.pem -pubout -out chair.pub
              openssl pkeyutl -verify -rawin -pubin -inkey chair.pub \\
                -in statement.txt -sigfile statement.sig
            """
    )

    @Argument(help: "แฟ้มที่จะลงนาม · The file to sign, or - for standard input.", completion: .file())
    var file: String

    @Option(help: "แฟ้มกุญแจ · The member's key file.", completion: .file())
    var key: String

    @OptionGroup var passphrase: PassphraseOptions

    @Option(name: .shortAndLong, help: "แฟ้มผลลัพธ์ · A new file for the result.", completion: .file())
    var output: String?

    @Flag(help: "64 ไบต์ล้วน · The signature's bytes instead of base64.")
    var raw = false

    @Flag(help: "พิมพ์คำสั่ง · Print a signCertification command instead.")
    var command = false

    @Option(help: "รหัสการรับรอง · The certification's id, for --command.")
    var certification: String?

    @Option(help: "รหัสบุคคล · Who signs, for --command.")
    var person: String?

    @Option(help: "บทบาท · In which role, for --command.")
    var role: String?

    @Option(help: "วันที่ลงนาม · The day of signing, for --command.")
    var on: CalendarDay?

    @Option(help: "รหัสผู้ใช้ · Who acts, for --command (default: who submits it).")
    var user: String?

    @Option(help: "ตำแหน่งหน้าที่ · In which capacity, for --command.")
    var capacity: String?

    @OptionGroup var options: OutputOptions

    private static let fileByteCountMaximum = 64 << 20

    func validate() throws {
        let given = [certification, person, role].compactMap(\.self).count
        guard given == (command ? 3 : 0) else {
            throw ValidationError("--command, --certification, --person and --role go together.")
        }
        guard command || on == nil && user == nil && capacity == nil else {
            throw ValidationError("--on, --user and --capacity go with --command.")
        }
        guard (user == nil) == (capacity == nil) else {
            throw ValidationError("--user and --capacity go together.")
        }
        if command, raw { throw ValidationError("--command and --raw exclude each other.") }
    }

    func run() throws {
        let message = try Files.readAll(file, byteCountMaximum: Self.fileByteCountMaximum)
        let key = try passphrase.key(key, options.language)
        let signature = try key.sign(message)
        var bytes: [UInt8]
        if command {
            bytes = try signCommand(signature, key.publicKey).jsonUTF8Bytes()
        } else if raw {
            bytes = signature
        } else if options.json {
            let json: JSON = [
                "publicKey": .string(Base64.encode(key.publicKey.rawBytes)),
                "signature": .string(Base64.encode(signature)),
            ]
            bytes = Array(json.text.utf8)
        } else {
            bytes = Array(Base64.encode(signature).utf8)
        }
        if !raw { bytes.append(UInt8(ascii: "\n")) }
        if let output { return try Files.create(output, bytes, mode: 0o644) }
        let results = Output()
        try results.write(bytes)
        try results.flush()
    }

    private func signCommand(_ signature: [UInt8], _ publicKey: Ed25519PublicKey) -> Command {
        var signed = CertificationSignature()
        signed.certification = certification ?? ""
        signed.person = person ?? ""
        signed.role = role ?? ""
        signed.publicKey = .init(publicKey.rawBytes)
        signed.signature = .init(signature)
        var command = Command()
        command.id = Composition.newCommandID().text
        if let on { command.occurredOn = on.day.iso }
        if let user, let capacity {
            command.actor.user = user
            command.actor.capacity = capacity
        }
        command.kind = .signCertification(signed)
        return command
    }
}
