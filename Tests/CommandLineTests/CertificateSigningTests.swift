import Cryptography
import Foundation
import Testing

/// Members who sign with certificates, with our command and with the stock one.
@Suite struct `Signing with a certificate` {
    private let survey: SmallSurvey
    private let authority: ShellAuthority
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }
    private let id = "2561-380151-1"

    init() throws {
        survey = try SmallSurvey()
        authority = try ShellAuthority(survey.scratch.folder.path)
        for name in ["chair", "secretary", "member"] {
            try authority.issue(name, subject: "/CN=สมมติ \(name)")
        }
        try scratch.write("secret.txt", "a passphrase\n")
    }

    /// Runs a pipeline in the folder of the ledger, which ends in its own status.
    private func shell(_ script: String) throws -> Run {
        try Tool.shell("set -o pipefail; cd '\(scratch.folder.path)' || exit 9\n\(script)")
    }

    private func prepare() throws {
        let roots = try shell(
            "$BMN key roots roots.pem --reason 'เริ่มรับใบรับรอง' | $BMN submit ledger"
        )
        #expect(roots.status == 0, "\(roots.text)\(roots.error)")
        for name in ["chair", "secretary", "member"] {
            let registered = try shell(
                "$BMN key certificate \(name).crt --command --person \(name)-1 | $BMN submit ledger"
            )
            #expect(registered.status == 0, "\(registered.text)\(registered.error)")
        }
        let line = try SmallSurvey.line(
            "prepareCertification",
            ["cycle": "2561", "area": "380151"]
        )
        #expect(try survey.submit(line).status == 0)
        try authority.run("$BMN statement ledger \(id) > statement.txt")
    }

    /// The options of the command for one signer.
    private func command(_ role: String, by person: String? = nil) -> String {
        "--command --certification \(id) --person \(person ?? role + "-1") --role \(role)"
    }

    private static let stock = "openssl cms -sign -cades -binary -md sha256 -outform DER"

    private func refusal(_ script: String) throws -> String? {
        let run = try shell(script + " | $BMN submit ledger")
        #expect(run.status == 1, "\(run.text)\(run.error)")
        let rejected = try #require(try run.object()["rejected"] as? [String: Any])
        return rejected["code"] as? String
    }

    @Test func `our CMS and the stock one are submitted and verified by bmn-audit`() throws {
        try prepare()
        try authority.run(
            """
            $BMN sign statement.txt --certificate chair.crt --key chair.key \(command("chair")) \
              | $BMN submit ledger
            $BMN sign statement.txt --pkcs12 secretary.p12 --passphrase-file secret.txt \
              \(command("secretary")) | $BMN submit ledger
            \(Self.stock) -in statement.txt -signer member.crt -inkey member.key -out member.p7s &&
            $BMN sign statement.txt --cms member.p7s \(command("member")) | $BMN submit ledger
            """
        )
        for (kind, body) in [
            ("issueCertification", ["certification": id]),
            ("submitCertification", ["certification": id, "toArea": "3801"]),
        ] {
            #expect(try survey.submit(SmallSurvey.line(kind, body)).status == 0)
        }
        let audit = try shell("$BMN_AUDIT verify ledger --json")
        #expect(audit.status == 0, "\(audit.text)")
        let shown = try Tool.bmn("show", ledger, "certification", id, "--json").object()
        let rows = try #require(shown["signatures"] as? [[String: Any]])
        let certificate = try Certificate(pem: Array(Data(contentsOf: scratch.url("member.crt"))))
        #expect(rows.count == 3)
        #expect(rows.allSatisfy { $0["publicKey"] == nil })
        #expect(rows.last?["certificate"] as? String == certificate.sha256.hex)
        let table = try Tool.bmn("show", ledger, "certification", id)
        #expect(table.text.contains("\t-\t\(certificate.sha256.hex)\t-\n"), "\(table.text)")
        let person = try Tool.bmn("show", ledger, "person", "member-1")
        #expect(person.text.contains("certificate (SHA-256)\t\(certificate.sha256.hex)\n"))
        try verifyByHand()
    }

    /// The lines of VERIFY.md for those who trust no program of ours.
    private func verifyByHand() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Audit/VERIFY.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let block = try #require(text.components(separatedBy: "```sh\n").dropFirst().first)
        let lines = try #require(block.components(separatedBy: "```").first)
        let run = try authority.run("$BMN log ledger > log.txt && id=\(id)\nrm roots.pem\n\(lines)")
        for person in ["chair-1", "secretary-1", "member-1"] {
            #expect(run.text.contains("\(person): CAdES Verification successful"), "\(run.text)")
        }
    }

    @Test func `stock OpenSSL accepts our CMS over the exact bytes alone`() throws {
        try scratch.write("statement.txt", "คำรับรอง\r\nline two \n")
        let verify = """
            openssl cms -verify -cades -binary -inform DER -in ours.p7s -CAfile roots.pem \
            -out checked.txt -content
            """
        try authority.run(
            """
            $BMN sign statement.txt --certificate chair.crt --key chair.key -o ours.p7s &&
            \(verify) statement.txt && cmp statement.txt checked.txt
            """
        )
        let text = try shell(
            "$BMN sign statement.txt --certificate chair.crt --key chair.key --json"
        )
        let cms = try #require(try text.object()["cms"] as? String)
        let signature = try DetachedSignature(der: Array(try #require(Data(base64Encoded: cms))))
        _ = try signature.verifyWithoutChain(Array("คำรับรอง\r\nline two \n".utf8))
        let other = try shell("printf x >> statement.txt; \(verify) statement.txt")
        #expect(other.status != 0)
    }

    @Test func `a signing time is now, or noon of a day that the signer names`() throws {
        try scratch.write("statement.txt", "คำรับรอง\n")
        func time(_ options: String) throws -> Int64? {
            let run = try authority.run(
                "$BMN sign statement.txt --certificate chair.crt --key chair.key \(options)"
            )
            let der = try #require(Data(base64Encoded: run.lines[0]))
            return try DetachedSignature(der: Array(der))
                .verifyWithoutChain(Array("คำรับรอง\n".utf8)).signingTime
        }
        // 2018-03-05T05:00:00Z
        #expect(try time("--on 5/3/2561") == 1_520_226_000)
        let now = Int64(Date().timeIntervalSince1970)
        #expect(abs(try #require(try time("")) - now) < 600)
    }

    @Test func `wrong authorities, holders, bytes and certificates no longer good are refused`()
        throws
    {
        try prepare()
        let sign = "$BMN sign statement.txt --key"
        #expect(
            try refusal("\(sign) member.key --certificate member.crt \(command("chair"))")
                == "certificateUnknown"
        )
        let other = try ShellAuthority(authority.folder, root: "others")
        try other.issue("stranger", subject: "/CN=chair")
        #expect(
            try refusal("$BMN key certificate stranger.crt --command --person chair-1")
                == "certificateUntrusted"
        )
        #expect(
            try refusal("\(sign) stranger.key --certificate stranger.crt \(command("chair"))")
                == "certificateUnknown"
        )
        // Somebody else's certificate with a citizen id in it, beside the signer's.
        try authority.issue("telling", subject: "/CN=x/serialNumber=PNOTH-1101700203450")
        #expect(
            try refusal(
                """
                \(Self.stock) -in statement.txt -signer chair.crt -inkey chair.key \
                  -certfile telling.crt -out telling.p7s &&
                $BMN sign statement.txt --cms telling.p7s \(command("chair"))
                """
            ) == "certificateHoldsCitizenId"
        )
        let backdated = "\(sign) chair.key --certificate chair.crt \(command("chair")) --on"
        #expect(try refusal("\(backdated) 5/3/2561") == "actBeforePrevious")
        let sha256 = try Certificate(pem: Array(Data(contentsOf: scratch.url("chair.crt")))).sha256
        let revocation = try SmallSurvey.line(
            "revokeMemberCertificate",
            ["person": "chair-1", "sha256": sha256.hex, "reason": "บัตรหาย"]
        )
        #expect(try survey.submit(revocation).status == 0)
        #expect(
            try refusal("\(sign) chair.key --certificate chair.crt \(command("chair"))")
                == "certificateUnknown"
        )
        try authority.run("$BMN key roots --none --reason 'เลิกรับใบรับรอง' | $BMN submit ledger")
        #expect(
            try refusal("\(sign) member.key --certificate member.crt \(command("member"))")
                == "certificateUntrusted"
        )
        #expect(try shell("$BMN_AUDIT verify ledger").status == 0)
    }

    @Test(arguments: ["-md sha256", "-cades -md sha1", "-cades -md sha256 -nodetach"])
    func `a stock CMS that is not CAdES-B with SHA-256, detached, is refused`(
        options: String
    ) throws {
        try prepare()
        try authority.run(
            """
            openssl cms -sign -binary -outform DER \(options) -in statement.txt \
              -signer chair.crt -inkey chair.key -out wrong.p7s
            """
        )
        let here = try shell("$BMN sign statement.txt --cms wrong.p7s \(command("chair")) --json")
        #expect(here.status == 4)
        // By hand, past that check.
        let run = try survey.submit(
            SmallSurvey.line(
                "signCertification",
                [
                    "certification": id, "person": "chair-1", "role": "chair",
                    "cms": Data(contentsOf: scratch.url("wrong.p7s")).base64EncodedString(),
                ]
            )
        )
        let rejected = try #require(try run.object()["rejected"] as? [String: Any])
        #expect(rejected["code"] as? String == "cmsMalformed")
    }

    @Test func `a chain by way of an authority that the roots or the CMS name is followed`() throws
    {
        try authority.run(
            """
            openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj /CN=middle \
              -keyout middle.key -out middle.csr &&
            printf 'basicConstraints=critical,CA:TRUE\\nkeyUsage=critical,keyCertSign\\n' > ca.ext &&
            openssl x509 -req -in middle.csr -CA roots.pem -CAkey roots.key -days 3650 \
              -extfile ca.ext -out middle.pem
            """
        )
        let middle = ShellAuthority(existing: authority.folder, root: "middle")
        for name in ["chair", "secretary", "member"] {
            try middle.issue(name, subject: "/CN=\(name)")
        }
        try authority.run("cp roots.pem root.pem && cat root.pem middle.pem > roots.pem")
        try prepare()
        // Only the CMS itself knows the way now.
        let sign = "$BMN sign statement.txt --key chair.key"
        try authority.run("$BMN key roots root.pem --reason 'รากเท่านั้น' | $BMN submit ledger")
        #expect(
            try refusal("\(sign) --certificate chair.crt \(command("chair"))")
                == "certificateUntrusted"
        )
        try authority.run(
            """
            cat chair.crt middle.pem > chain.pem &&
            \(sign) --certificate chain.pem \(command("chair")) | $BMN submit ledger
            """
        )
        #expect(try shell("$BMN_AUDIT verify ledger").status == 0)
    }

    @Test func `a certificate is shown before it is registered`() throws {
        let shown = try Tool.bmn("key", "certificate", scratch.path("chair.crt"))
        #expect(shown.text.contains("subject\tCN=สมมติ chair\n"))
        #expect(shown.text.contains("readable by all\t\"สมมติ chair\"\n"))
        let json = try Tool.bmn("key", "certificate", scratch.path("chair.crt"), "--json").object()
        let certificate = try Certificate(pem: Array(Data(contentsOf: scratch.url("chair.crt"))))
        #expect(json["sha256"] as? String == certificate.sha256.hex)
        #expect(json["issuer"] as? String == "CN=roots")
        #expect((json["validFrom"] as? String)?.count == 10)
        try authority.issue("telling", subject: "/CN=1-1017-00203-45-0")
        let telling = try Tool.bmn(
            "key",
            "certificate",
            scratch.path("telling.crt"),
            "--command",
            "--person",
            "chair-1",
            "--json"
        )
        #expect(telling.status == 1)
        #expect(try telling.errorCode() == "certificateHoldsCitizenId")
        #expect(telling.output.isEmpty)
        #expect(!telling.error.contains("1017"))
    }

    @Test(arguments: [
        "nsComment=PNOTH-1101700203450",
        "1.2.764.1=ASN1:FORMAT:UTF8,UTF8String:เลขที่ ๑-๑๐๑๗-๐๐๒๐๓-๔๕-๐",
        "1.2.764.1=ASN1:FORMAT:UTF8,OCTWRAP,UTF8String:1101700203450",
        "subjectAltName=otherName:1.2.764.2;BMPSTRING:1101700203450",
        "subjectDirectoryAttributes=ASN1:SEQUENCE:attributes",
    ])
    func `a citizen id in any corner of a certificate is refused, also beside the signer's`(
        line: String
    ) throws {
        try prepare()
        let section = """
            \(line)
            [attributes]
            one=SEQUENCE:attribute
            [attribute]
            kind=OID:1.2.764.3
            values=SET:values
            [values]
            value=PRINTABLESTRING:1101700203450

            """
        try authority.issue("telling", subject: "/CN=somebody", extension: section)
        #expect(
            try refusal(
                """
                \(Self.stock) -in statement.txt -signer chair.crt -inkey chair.key \
                  -certfile telling.crt -out telling.p7s &&
                $BMN sign statement.txt --cms telling.p7s \(command("chair"))
                """
            ) == "certificateHoldsCitizenId"
        )
        let telling = try shell(
            "$BMN key certificate telling.crt --command --person chair-1 --json"
        )
        #expect(try telling.errorCode() == "certificateHoldsCitizenId")
    }

    @Test func `what a certificate says cannot steer the terminal`() throws {
        try authority.issue("hostile", subject: "/CN=a\u{9B}31mb\u{202E}c")
        let shown = try Tool.bmn("key", "certificate", scratch.path("hostile.crt"))
        #expect(shown.status == 0, "\(shown.error)")
        #expect(shown.text.contains("CN=a\u{FFFD}31mb\u{FFFD}c\n"), "\(shown.text)")
        #expect(!shown.text.unicodeScalars.contains { $0 == "\u{9B}" || $0 == "\u{202E}" })
    }

    @Test func `a CMS over other bytes and options that do not fit are refused at once`() throws {
        try scratch.write("statement.txt", "คำรับรอง\n")
        try scratch.write("other.txt", "คำรับรอง\n\n")
        try authority.run(
            "$BMN sign statement.txt --certificate chair.crt --key chair.key -o s.p7s"
        )
        let wrong = try shell("$BMN sign other.txt --cms s.p7s \(command("chair")) --json")
        #expect(wrong.status == 4)
        #expect(try wrong.errorCode() == "signatureMismatch")
        let mixed = try shell("$BMN sign other.txt --certificate chair.crt --key member.key --json")
        #expect(mixed.status == 4)
        #expect(try mixed.errorCode() == "keyMismatch")
        for options in [
            "", "--certificate chair.crt", "--cms s.p7s", "--key chair.key --pkcs12 chair.p12",
            "--pkcs12 chair.p12 --certificate chair.crt",
            "--cms s.p7s --key chair.key \(command("chair"))",
        ] {
            #expect(try shell("$BMN sign statement.txt \(options)").status == 2, "\(options)")
        }
        #expect(try shell("$BMN key roots --reason x").status == 2)
        #expect(try shell("$BMN key roots roots.pem --none --reason x").status == 2)
        #expect(try shell("$BMN key certificate chair.crt --person p").status == 2)
        #expect(try shell("$BMN key certificate statement.txt").status == 4)
    }
}
