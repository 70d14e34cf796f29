import Foundation
import Testing

extension SmallSurvey {
    private func append(_ kind: String, _ body: [String: Any]) throws {
        let run = try submit(Self.line(kind, body))
        #expect(run.status == 0, "\(run.text)\(run.error)")
    }

    /// Certifies the LAO, signed by three members, and submits that.
    func certify() throws {
        for person in ["chair-1", "secretary-1", "member-1"] {
            let key = scratch.path(person + ".pem")
            let made = try Tool.bmn("key", "generate", key, "--no-passphrase")
            #expect(made.status == 0)
            let registered = try Tool.shell(
                "$BMN key public '\(key)' --command --person \(person) | $BMN submit '\(ledger)'"
            )
            #expect(registered.status == 0, "\(registered.text)")
        }
        try append("prepareCertification", ["cycle": "2561", "area": "380151"])
        let statement = try Tool.bmn("statement", ledger, "2561-380151-1")
        #expect(statement.text.hasPrefix("bmn-ledger certification statement v2\n"))
        try statement.output.write(to: scratch.url("statement.txt"))
        for (person, role) in [
            ("chair-1", "chair"), ("secretary-1", "secretary"), ("member-1", "member"),
        ] {
            let signed = try Tool.shell(
                """
                set -o pipefail
                $BMN sign '\(scratch.path("statement.txt"))' --key '\(scratch.path(person)).pem' \
                --command --certification 2561-380151-1 --person \(person) --role \(role) \
                | $BMN submit '\(ledger)'
                """
            )
            #expect(signed.status == 0, "\(signed.text)\(signed.error)")
        }
        try append("issueCertification", ["certification": "2561-380151-1"])
        try append(
            "submitCertification",
            ["certification": "2561-380151-1", "toArea": "3801", "documentNumber": "บก 1/2561"]
        )
    }
}
