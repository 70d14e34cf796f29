import Foundation
import LedgerTestSupport
import NIOHTTP1
import Pages
import Survey
import Testing

/// What a recorder types into the form of a household.
struct TypedForm {
    var fields: [String: String] = [
        "cycle": "2561", "village": "99010101", "lao": "9981", "interviewedOn": "15/1/2561",
        "collector": "collector-1", "version": "0", "members": "1",
    ]

    /// Of a page, with what it carries unseen.
    init(of page: Reply) throws {
        for name in ["form", "draft", "cycle", "version", "members", "confirmed"] {
            let match = page.text.firstMatch(
                of: try Regex(
                    "name=\"\(name)\" value=\"([^\"]*)\"",
                    as: (Substring, Substring).self
                )
            )
            fields[name] = match.map { String($0.1) } ?? ""
        }
    }

    mutating func answer(_ answers: Answers, household: String = "") {
        if !household.isEmpty { fields["household"] = household }
        let entry = HouseholdEntry(cycle: "2561", answers, .th)
        fields["members"] = "\(entry.members.count)"
        for (item, text) in entry.household { fields["h.\(item)"] = text }
        for (index, member) in entry.members.enumerated() {
            for (item, text) in member { fields["m\(index + 1).\(item)"] = text }
        }
    }

    /// Takes over what the next page carries unseen.
    mutating func goOn(from page: Reply) throws {
        let next = try TypedForm(of: page)
        for name in ["form", "draft", "version", "confirmed"] { fields[name] = next.fields[name] }
    }

    func body(csrf: String, pressing button: String) -> String {
        var all = fields
        (all["csrf"], all["do"]) = (csrf, button)
        return all.sorted { $0.key < $1.key }.map { "\(Self.encoded($0))=\(Self.encoded($1))" }
            .joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || byte == 0x2E || byte == 0x2D
            return isPlain ? String(UnicodeScalar(byte)) : String(format: "%%%02X", byte)
        }
        .joined()
    }
}

extension Visitor {
    /// Presses a button of a form, as a browser does.
    func press(
        _ button: String,
        _ form: TypedForm,
        at path: String = "/households/new"
    ) async throws -> Reply {
        try await sendForm(path, form.body(csrf: csrf, pressing: button))
    }

    func sendForm(_ path: String, _ body: String) async throws -> Reply {
        try await ask(
            .POST,
            path,
            [
                ("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "text/html"),
                ("Accept-Language", "en"),
            ],
            body: body,
            hasCSRFHeader: false
        )
    }

    func english(_ path: String) async throws -> Reply {
        try await ask(.GET, path, [("Accept", "text/html"), ("Accept-Language", "en")])
    }
}
