import ArgumentParser
import Audit
import Console
import Cryptography
import FoundationEssentials
import Survey

extension Key {
    /// The command `bmn key certificate`.
    struct OfMember: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "certificate",
            abstract: "ใบรับรองของกรรมการ · Show a member's certificate, or register it.",
            usage: "bmn key certificate CERT.pem [--command --person P]",
            discussion: """
                Prints whom an X.509 certificate names, from when to when it is valid, and its \
                SHA-256. With --command, prints the command that registers it for a person, ready \
                for bmn submit; bmn key roots comes first. Registered, everything in it can be \
                read by everybody for ever, the holder's name at least; one with a citizen id in \
                it is refused. A key (bmn key generate) names nobody. To revoke it, submit \
                {"revokeMemberCertificate":{"person":"…","sha256":"…","reason":"…"}}.

                Examples:
                  bmn key certificate chair.crt
                  bmn key certificate chair.crt --command --person chair-380151 \\
                    | bmn submit L
                """
        )

        @Argument(help: "แฟ้มใบรับรอง · The certificate, in PEM.", completion: .file())
        var file: String

        @Flag(help: "พิมพ์คำสั่งลงทะเบียน · Print a registerMemberCertificate command.")
        var command = false

        @Option(help: "รหัสบุคคล · Whose certificate it is, for --command.")
        var person: String?

        @OptionGroup var output: OutputOptions

        func validate() throws {
            if command != (person != nil) {
                throw ValidationError("--command and --person go together.")
            }
        }

        func run() throws {
            let pem = try Files.readAll(file, byteCountMaximum: 64 * 1024)
            let certificate = try Certificate(pem: pem)
            guard let person else {
                return try CertificateReport(certificate).write(output)
            }
            // The rules say it too, but by then it would have gone into files and over lines.
            guard !CitizenID.isFound(inDER: certificate.der) else {
                throw Rejection(.certificateHoldsCitizenId, person)
            }
            var registration = MemberCertificate()
            registration.person = person
            registration.certificate = .init(certificate.der)
            var command = Command()
            command.kind = .registerMemberCertificate(registration)
            try CommandText.write(command)
        }
    }

    /// The command `bmn key roots`.
    struct Roots: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "ใบรับรองที่เชื่อถือ · Say which authorities' certificates members may use.",
            usage: "bmn key roots (ROOTS.pem | --none) --reason TEXT",
            discussion: """
                Prints the command that puts these certificates in force, in place of the earlier \
                ones, ready for bmn submit: the roots, and every authority between them and the \
                members, in one PEM file. With --none no certificate is accepted any more.

                Example:
                  bmn key roots roots.pem --reason "เริ่มรับใบรับรองอิเล็กทรอนิกส์" \\
                    | bmn submit L
                """
        )

        @Argument(help: "แฟ้มใบรับรอง · The certificates, in PEM.", completion: .file())
        var file: String?

        @Flag(help: "ไม่รับใบรับรอง · Accept no certificates any more.")
        var none = false

        @Option(help: "เหตุผล · Why, for everybody to read.")
        var reason: String

        @OptionGroup var output: OutputOptions

        func validate() throws {
            if none != (file == nil) {
                throw ValidationError("Name a file of certificates, or --none.")
            }
        }

        func run() throws {
            var roots = CertificateRoots()
            roots.reason = reason
            if let file {
                let pem = try Files.readAll(file, byteCountMaximum: TrustedRoots.byteCountLimit)
                roots.certificates = try TrustedRoots(pem: pem).certificates
                    .map { .init($0.der) }
            }
            var command = Command()
            command.kind = .defineCertificateRoots(roots)
            try CommandText.write(command)
        }
    }
}

/// What people look at before they register a certificate.
private struct CertificateReport {
    private let certificate: Certificate
    // Days in Thailand, as the rules count.
    private let validFrom: Day
    private let validTo: Day

    init(_ certificate: Certificate) {
        self.certificate = certificate
        validFrom = Day(bangkokDayOfUnixSeconds: certificate.notBefore)
        validTo = Day(bangkokDayOfUnixSeconds: certificate.notAfter)
    }

    func write(_ options: OutputOptions) throws {
        let results = Output()
        if options.json {
            try results.write([
                "subject": .string(certificate.subject),
                "subjectTexts": .array(certificate.subjectTexts.map { .string($0) }),
                "issuer": .string(certificate.issuer),
                "serial": .string(certificate.serialHex),
                "validFrom": .string(validFrom.iso),
                "validTo": .string(validTo.iso),
                "sha256": .string(certificate.sha256.hex),
            ])
        } else {
            let language = options.language
            func choose(_ thai: String, _ english: String) -> String {
                Phrase(thai: thai, english: english).text(language)
            }
            var fields = FieldList()
            // Whoever made the certificate may have put in whatever a terminal obeys.
            func printable(_ text: String) -> String { text.printable(byteCountMaximum: 2000) }
            fields.append(choose("ผู้ถือ", "subject"), printable(certificate.subject))
            for text in certificate.subjectTexts {
                let quoted = JSON.string(printable(text)).text
                fields.append(choose("ข้อความที่ทุกคนอ่านได้", "readable by all"), quoted)
            }
            fields.append(choose("ผู้ออก", "issuer"), printable(certificate.issuer))
            fields.append(choose("เลขที่", "serial"), certificate.serialHex)
            fields.append(choose("มีผลตั้งแต่", "valid from"), language.text(validFrom))
            fields.append(choose("ถึง", "valid to"), language.text(validTo))
            fields.append("SHA-256", certificate.sha256.hex)
            try results.write(fields.text(forTerminal: results.isTerminal))
        }
        try results.flush()
    }
}
