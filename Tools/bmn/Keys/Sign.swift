import ArgumentParser
import Console
import Cryptography
import Ledger
import Survey
import SwiftProtobuf

/// The command `bmn sign`.
struct Sign: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "ลงนามแฟ้ม · Sign a file's exact bytes; needs no ledger.",
        usage: """
            bmn sign FILE --key K [-o SIG] [--raw]
            bmn sign FILE --certificate CERT --key K [-o CMS]
            bmn sign FILE --pkcs12 P [-o CMS]
            bmn sign FILE … --command --certification C --person P --role R [--on DAY]
            bmn sign FILE --cms CMS --command --certification C --person P --role R [--on DAY]
            """,
        discussion: """
            With a member's own key: an Ed25519 signature, in base64, or its 64 bytes with --raw. \
            With a certificate (X.509, PEM or PKCS#12; ECDSA P-256 or P-384, or RSA from 2048 \
            bits): CAdES-B, detached CMS, in base64, or in DER with --raw or -o. With --command \
            the signCertification command for bmn submit instead; with --cms around a CMS that \
            another program made (openssl cms -sign -cades -binary -md sha256 -outform DER).

            The file is signed as it is: keep the statement's bytes unchanged. --on says the day \
            of signing where it is not the day of recording, --user and --capacity who acts where \
            it is not whoever submits. A CMS also states its time: now, or noon of --on; it is \
            refused when that is after the day of the act. It names the certificate's holder in \
            the clear, for everybody and for ever; a key names nobody.

            Example:
              bmn sign statement.txt --key chair.pem -o statement.sig --raw
              openssl pkey -in chair.pem -pubout -out chair.pub
              openssl pkeyutl -verify -rawin -pubin -inkey chair.pub \\
                -in statement.txt -sigfile statement.sig
              bmn sign statement.txt --certificate chair.crt --key chair.key \\
                -o statement.p7s
              openssl cms -verify -cades -binary -inform DER -in statement.p7s \\
                -content statement.txt -CAfile roots.pem -out checked.txt
              bmn sign statement.txt --cms statement.p7s --command \\
                --certification 2561-380151-1 --person chair-380151 --role chair \\
                | bmn submit L
            """
    )

    @Argument(help: "แฟ้มที่จะลงนาม · The file to sign, or - for standard input.", completion: .file())
    var file: String

    @Option(help: "แฟ้มกุญแจ · The member's key file.", completion: .file())
    var key: String?

    @Option(
        help: "แฟ้มใบรับรอง · The key's certificate, and those it leads to the root by, in PEM.",
        completion: .file()
    )
    var certificate: String?

    @Option(help: "แฟ้ม PKCS#12 · Key and certificate in one file.", completion: .file())
    var pkcs12: String?

    @Option(
        help: "แฟ้ม CMS · A CMS that is made already, in DER, for --command.",
        completion: .file()
    )
    var cms: String?

    @OptionGroup var passphrase: PassphraseOptions

    @Option(name: .shortAndLong, help: "แฟ้มผลลัพธ์ · A new file for the result.", completion: .file())
    var output: String?

    @Flag(help: "ไบต์ล้วน · The signature's bytes instead of base64.")
    var raw = false

    @Flag(help: "พิมพ์คำสั่ง · Print a signCertification command instead.")
    var command = false

    @Option(help: "รหัสการรับรอง · The certification's id, for --command.")
    var certification: String?

    @Option(help: "รหัสบุคคล · Who signs, for --command.")
    var person: String?

    @Option(help: "บทบาท · In which role, for --command.")
    var role: String?

    @Option(help: "วันที่ลงนาม · The day of signing, for --command or a certificate.")
    var on: CalendarDay?

    @Option(help: "รหัสผู้ใช้ · Who acts, for --command (default: who submits it).")
    var user: String?

    @Option(help: "ตำแหน่งหน้าที่ · In which capacity, for --command.")
    var capacity: String?

    @OptionGroup var options: OutputOptions

    private static let fileByteCountMaximum = 64 << 20

    func validate() throws {
        guard [key, pkcs12, cms].compactMap(\.self).count == 1 else {
            throw ValidationError("Name one of --key, --pkcs12 and --cms.")
        }
        guard certificate == nil || key != nil else {
            throw ValidationError("--certificate goes with --key.")
        }
        guard cms == nil || command else { throw ValidationError("--cms goes with --command.") }
        let given = [certification, person, role].compactMap(\.self).count
        guard given == (command ? 3 : 0) else {
            throw ValidationError("--command, --certification, --person and --role go together.")
        }
        guard command || on == nil || certificate != nil || pkcs12 != nil else {
            throw ValidationError("--on goes with --command or with a certificate.")
        }
        guard command || user == nil && capacity == nil else {
            throw ValidationError("--user and --capacity go with --command.")
        }
        guard (user == nil) == (capacity == nil) else {
            throw ValidationError("--user and --capacity go together.")
        }
        if command, raw { throw ValidationError("--command and --raw exclude each other.") }
    }

    func run() throws {
        let message = try Files.readAll(file, byteCountMaximum: Self.fileByteCountMaximum)
        let signature = try signature(message)
        let result = try Self.line(of: command ? signCommand(signature) : nil) ?? plain(signature)
        if let output { return try Files.create(output, result, mode: 0o644) }
        let results = Output()
        try results.write(result)
        try results.flush()
    }

    private func signature(_ message: [UInt8]) throws -> MadeSignature {
        if let cms {
            let bytes = try Files.readAll(cms, byteCountMaximum: DetachedSignature.byteCountLimit)
            let signature = try DetachedSignature(der: bytes)
            // A member hears of a wrong file here, not of a refusal days later.
            return .certificate(try signature.verifyWithoutChain(message).signer, signature)
        }
        let identity: SigningIdentity
        if let pkcs12 {
            identity = try passphrase.identity(pkcs12: pkcs12, options.language)
        } else if let certificate, let key {
            identity = try passphrase.identity(
                certificate: certificate,
                key: key,
                options.language
            )
        } else {
            let key = try passphrase.key(key ?? "", options.language)
            return .key(key.publicKey, try key.sign(message))
        }
        let signature = try DetachedSignature.sign(
            message,
            identity: identity,
            signingTime: signingTime
        )
        return .certificate(identity.certificate, signature)
    }

    /// Now, or noon in Thailand of another day that the signer names.
    private var signingTime: Int64 {
        let now = Composition.now() / 1_000_000
        guard let on, on.day != Day(bangkokDayOfUnixSeconds: now) else { return now }
        return on.day.bangkokUnixSeconds.lowerBound + 43_200
    }

    private func plain(_ signature: MadeSignature) -> [UInt8] {
        if raw { return signature.bytes }
        if options.json { return Array((signature.json.text + "\n").utf8) }
        // Programs that read a CMS file expect DER.
        if signature.isCMS, output != nil { return signature.bytes }
        return Array((Base64.encode(signature.bytes) + "\n").utf8)
    }

    private static func line(of command: Command?) throws -> [UInt8]? {
        try command.map { try $0.jsonUTF8Bytes() + [UInt8(ascii: "\n")] }
    }

    private func signCommand(_ signature: MadeSignature) -> Command {
        var signed = CertificationSignature()
        signed.certification = certification ?? ""
        signed.person = person ?? ""
        signed.role = role ?? ""
        signature.fill(&signed)
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
