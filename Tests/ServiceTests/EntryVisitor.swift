import Foundation
import FoundationXML
import NIOHTTP1
import Survey
import SurveyImport
import Testing

/// What a browser sends of the forms of acts and uploads.
extension Visitor {
    static let boundary = "----bmn0123456789"

    static func part(_ name: String, _ text: String) -> String {
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(text)\r\n"
    }

    /// One act; the columns of rows are in `rows`, all others in `shared`.
    func enter(
        _ kind: ImportKind,
        _ shared: [String: String],
        rows: [[String: String]] = [[:]],
        button: String = "record",
        csrf: String? = nil
    ) async throws -> Reply {
        var body = Self.part("csrf", csrf ?? self.csrf) + Self.part("rows", "\(rows.count)")
        for (name, value) in shared { body += Self.part("f.\(name)", value) }
        for (offset, row) in rows.enumerated() {
            for (name, value) in row { body += Self.part("r\(offset).\(name)", value) }
        }
        return try await sendParts("/enter/\(kind.rawValue)", body + Self.part("do", button))
    }

    /// A file, up to the page that says what it holds.
    func upload(_ kind: ImportKind, _ file: String) async throws -> Reply {
        let head =
            "--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"file\";"
            + " filename=\"ครัวเรือน.csv\"\r\nContent-Type: text/csv\r\n\r\n"
        let body = Self.part("csrf", csrf) + head + file + "\r\n"
        return try await sendParts("/import/\(kind.rawValue)", body)
    }

    private func sendParts(_ path: String, _ parts: String) async throws -> Reply {
        try await ask(
            .POST,
            path,
            [
                ("Content-Type", "multipart/form-data; boundary=\(Self.boundary)"),
                ("Accept", "text/html"),
            ],
            body: parts + "--\(Self.boundary)--\r\n",
            hasCSRFHeader: false
        )
    }

    /// Uploads what has nothing wrong with it, confirms it, and waits for the last page.
    func record(_ kind: ImportKind, _ file: String) async throws -> Reply {
        let uploaded = try await upload(kind, file)
        let place = try #require(uploaded.headers.first(name: "Location"), "\(uploaded.text)")
        let confirmed = try await send(place + "/confirm")
        #expect(confirmed.status == 303, "\(confirmed.text)")
        return try await ended(place)
    }

    func ended(_ place: String) async throws -> Reply {
        for _ in 0..<3000 {
            let page = try await page(place)
            if page.headers.first(name: "Refresh") == nil { return page }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("the upload does not end")
        return try await page(place)
    }
}

extension Reply {
    /// Fails unless it is a page whose markup is well-formed.
    func requirePage(status: Int = 200) throws {
        try #require(self.status == status, "\(text.prefix(2000))")
        let parser = XMLParser(data: Data(bytes))
        #expect(parser.parse(), "line \(parser.lineNumber): \(text.prefix(4000))")
    }

    /// The record that a page of success links to.
    func recordIndex() throws -> UInt64 {
        let link = try #require(text.firstMatch(of: /href="\/records\/([0-9]+)"/), "\(text)")
        return try #require(UInt64(link.1))
    }

    /// A number of the facts of a page, by its name.
    func fact(_ name: String) throws -> Int {
        let found = text.split(separator: "<dt>").first { $0.hasPrefix(name + "</dt>") }
        let value = try #require(found?.firstMatch(of: /<dd>([0-9]+)/), "\(name) in \(text)")
        return try #require(Int(value.1))
    }
}

/// A file with these columns.
func csv(_ columns: [String], _ rows: [[String]]) -> String {
    ([columns] + rows).map { $0.map(CSVWriter.field).joined(separator: ",") + "\r\n" }.joined()
}
