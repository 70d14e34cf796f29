import Cryptography
import Foundation
import PasskeyTestSupport
import Testing
import WebAuthn

/// Members who sign with passkeys: what a page would hand in, submitted as commands.
@Suite struct `Signing with a passkey` {
    private let survey: SmallSurvey
    private let id = "2561-380151-1"
    private let authenticators: [String: VirtualAuthenticator]
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }

    init() throws {
        survey = try SmallSurvey()
        authenticators = try ["chair", "secretary", "member"].reduce(into: [:]) {
            $0[$1] = try VirtualAuthenticator(
                relyingPartyID: "bmn.example.th",
                origin: "https://bmn.example.th"
            )
        }
    }

    private func authenticator(_ role: String) throws -> VirtualAuthenticator {
        try #require(authenticators[role])
    }

    private func submit(_ kind: String, _ body: [String: Any]) throws {
        let run = try survey.submit(SmallSurvey.line(kind, body))
        #expect(run.status == 0, "\(run.text)\(run.error)")
    }

    private func refusal(_ kind: String, _ body: [String: Any]) throws -> String? {
        let run = try survey.submit(SmallSurvey.line(kind, body))
        #expect(run.status == 1, "\(run.text)\(run.error)")
        let rejected = try #require(try run.object()["rejected"] as? [String: Any])
        return rejected["code"] as? String
    }

    private func registration(_ role: String) throws -> [String: Any] {
        let authenticator = try authenticator(role)
        return [
            "person": "\(role)-1",
            "credentialId": Base64.encode(authenticator.credentialID),
            "publicKey": Base64.encode(authenticator.publicKey.coseKey),
            "rpId": "bmn.example.th", "label": "โทรศัพท์",
        ]
    }

    /// The signature over the statement as `bmn statement` prints it.
    private func signature(
        _ role: String,
        _ change: (inout VirtualAuthenticator) -> Void = { _ in }
    ) throws -> [String: Any] {
        var authenticator = try authenticator(role)
        change(&authenticator)
        let statement = Array(try Tool.bmn("statement", ledger, id).output)
        let answer = try authenticator.answer(SHA256.hash(statement).bytes)
        return [
            "certification": id, "person": "\(role)-1", "role": role,
            "passkey": [
                "credentialId": Base64.encode(answer.credentialID),
                "authenticatorData": Base64.encode(answer.authenticatorData),
                "clientDataJson": Base64.encode(answer.clientDataJSON),
                "signature": Base64.encode(answer.signature),
            ],
        ]
    }

    private func certify() throws {
        for role in ["chair", "secretary", "member"] {
            try submit("registerPasskey", registration(role))
        }
        try submit("prepareCertification", ["cycle": "2561", "area": "380151"])
        for role in ["chair", "secretary", "member"] {
            try submit("signCertification", signature(role))
        }
        try submit("issueCertification", ["certification": id])
        try submit("submitCertification", ["certification": id, "toArea": "3801"])
    }

    private func verify() throws {
        let audit = try Tool.shell("$BMN_AUDIT verify '\(ledger)' --json")
        #expect(audit.status == 0, "\(audit.text)")
    }

    @Test func `three members sign, and the whole ledger is verified`() throws {
        try certify()
        try verify()
        let passkey = Base64URL.encode(try authenticator("member").credentialID)
        let shown = try Tool.bmn("show", ledger, "certification", id, "--json").object()
        let rows = try #require(shown["signatures"] as? [[String: Any]])
        #expect(rows.count == 3)
        #expect(rows.last?["passkey"] as? String == passkey)
        let table = try Tool.bmn("show", ledger, "certification", id)
        #expect(table.text.contains("\t-\t-\t\(passkey)\n"), "\(table.text)")
        let printed = try Tool.shell("$BMN log '\(ledger)' > '\(scratch.path("log.txt"))'")
        #expect(printed.status == 0)
        try verifyByHand()
    }

    /// The lines of VERIFY.md for those who trust no program of ours.
    private func verifyByHand() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Audit/VERIFY.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let blocks = text.components(separatedBy: "```sh\n").dropFirst()
        let block = try #require(blocks.first { $0.contains(".passkey") })
        let lines = try #require(block.components(separatedBy: "```").first)
        let run = try Tool.shell(
            """
            cd '\(scratch.folder.path)' && $BMN statement ledger \(id) > statement.txt && id=\(id)
            \(lines)
            """
        )
        for person in ["chair-1", "secretary-1", "member-1"] {
            #expect(run.text.contains("\(person): Verified OK\n"), "\(run.text)\(run.error)")
        }
        let challenges = run.lines.filter { $0.hasPrefix("challenge: ") }
        #expect(challenges.count == 3)
        for line in challenges {
            let sides = line.dropFirst("challenge: ".count).components(separatedBy: " = ")
            #expect(sides.count == 2 && sides[0] == sides[1], "\(line)")
        }
    }

    @Test func `a bundle has what openssl takes`() throws {
        try certify()
        let run = try Tool.shell(
            """
            set -e; cd '\(scratch.folder.path)'
            $BMN checkpoint ledger > checkpoint.txt
            $BMN_AUDIT bundle ledger \(id) -o certified.asice > made.txt
            $BMN_AUDIT verify certified.asice > verdict.txt
            unzip -q certified.asice -d bundle
            cd bundle/signatures
            for key in *.pem; do
              name=${key%.pem}
              openssl dgst -sha256 -verify $key -signature $name.sig $name.bin
            done
            """
        )
        #expect(run.status == 0, "\(run.text)\(run.error)")
        #expect(run.text == String(repeating: "Verified OK\n", count: 3))
    }

    @Test func `a person's page tells of passkeys, in both languages and as JSON`() throws {
        try submit("registerPasskey", registration("chair"))
        let credential = Base64.encode(try authenticator("chair").credentialID)
        try submit(
            "revokePasskey",
            ["person": "chair-1", "credentialId": credential, "reason": "โทรศัพท์หาย"]
        )
        let name = Base64URL.encode(try authenticator("chair").credentialID)
        let english = try Tool.bmn("show", ledger, "person", "chair-1")
        let line = "passkey\t\(name) bmn.example.th โทรศัพท์ revoked "
        #expect(english.text.contains(line), "\(english.text)")
        let thai = try Tool.bmn("show", ledger, "person", "chair-1", language: "th")
        #expect(thai.text.contains("พาสคีย์\t\(name) bmn.example.th โทรศัพท์ เพิกถอน "))
        let json = try Tool.bmn("show", ledger, "person", "chair-1", "--json").object()
        let row = try #require((json["passkeys"] as? [[String: Any]])?.first)
        #expect(row["credentialId"] as? String == name)
        #expect(row["rpId"] as? String == "bmn.example.th")
        #expect(row["revocationReason"] as? String == "โทรศัพท์หาย")
        let history = try Tool.bmn("history", ledger, "member", "chair-1")
        #expect(history.text.contains("passkey registered"), "\(history.text)")
        #expect(history.text.contains("passkey revoked"))
        try verify()
    }

    @Test func `an altered, foreign or repeated assertion is refused and nothing is stored`() throws
    {
        for role in ["chair", "secretary"] { try submit("registerPasskey", registration(role)) }
        try submit("prepareCertification", ["cycle": "2561", "area": "380151"])
        #expect(
            try refusal("registerPasskey", registration("chair")) == "passkeyAlreadyRegistered"
        )
        #expect(
            try refusal("signCertification", signature("member")) == "passkeyUnknown"
        )
        let elsewhere = try signature("chair") { $0.origin = "https://evil.example" }
        #expect(try refusal("signCertification", elsewhere) == "assertionElsewhere")
        let unverified = try signature("chair") { $0.flags = 1 }
        #expect(try refusal("signCertification", unverified) == "assertionUnverified")
        var altered = try signature("chair")
        var passkey = try #require(altered["passkey"] as? [String: String])
        let json = try #require(Base64.decode(passkey["clientDataJson"] ?? ""))
        passkey["clientDataJson"] = Base64.encode(json + [0x20])
        altered["passkey"] = passkey
        #expect(try refusal("signCertification", altered) == "signatureInvalid")
        let count = try Tool.shell("$BMN log '\(ledger)' --type certificationSigned | wc -l")
        #expect(count.text == "0\n")
        try submit("signCertification", signature("chair"))
        try verify()
    }
}
