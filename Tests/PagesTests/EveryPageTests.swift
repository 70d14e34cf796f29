import Foundation
import Pages
import Testing

/// What holds for every page that links lead to.
@Suite struct `Every page of a played survey` {
    private let survey: PlayedSurvey

    init() throws { survey = try PlayedSurvey() }

    /// Pages by their paths, from the overview on; without those that only narrow a list.
    private func everyPage(_ language: PageLanguage) throws -> [(path: String, page: ParsedPage)] {
        var seen: Set<String> = ["/"]
        var open = ["/"]
        var found: [(path: String, page: ParsedPage)] = []
        while let path = open.popLast() {
            let answer = try survey.ask(path, language)
            try #require(answer.status == 200, "\(path) answers \(answer.status)")
            // Files to save are no pages.
            if answer.name != nil { continue }
            #expect(answer.contentType == PageAnswer.html)
            let page = try ParsedPage(answer.body, path)
            found.append((path, page))
            for link in page.links
            where link.hasPrefix("/") && !link.contains("lang=") && !isOfService(link) {
                if seen.insert(link).inserted { open.append(link) }
            }
        }
        return found
    }

    /// Signing, one's account, verifying, what was searched for as files, and what programs can ask,
    /// too.
    private func isOfService(_ link: String) -> Bool {
        link.hasSuffix("/sign")
            || ["/account", "/audit", "/records/file/", "/v1/"].contains { link.hasPrefix($0) }
    }

    @Test(arguments: [PageLanguage.th, .en])
    func `leads only to pages that are there, is one landmark each, and speaks one language`(
        _ language: PageLanguage
    ) throws {
        let pages = try everyPage(language)
        let paths = Set(pages.map(\.path))
        for wanted in [
            "/areas", "/areas/99010101", "/areas/9981", "/households/h-1?cycle=2561",
            "/certifications/2561-9981-1", "/certifications/2561-9981-1/form", "/records/0",
            "/checkpoints",
        ] { #expect(paths.contains(wanted), "\(wanted) is linked from nowhere") }
        for (path, page) in pages {
            #expect(page.all("html").first?.attributes["lang"] == language.rawValue, "\(path)")
            for landmark in ["main", "header", "h1", "title"] {
                let count = landmark == "title" ? page.all("head").count : page.all(landmark).count
                #expect(count == 1, "\(path) has \(count) of \(landmark)")
            }
            let title = try #require(page.all("title").first).text
            #expect(title.contains(try #require(page.all("h1").first).text), "\(path)")
            let menu = try #require(page.all("nav").first).text
            #expect(menu.contains(language == .th ? "ภาพรวม" : "Overview"), "\(path)")
        }
        try survey.verify()
    }

    @Test(arguments: [PageLanguage.th, .en])
    func
        `has headings in order, tables with captions and scopes, labelled fields, and no repeated id`(
            _ language: PageLanguage
        ) throws
    {
        for (path, page) in try everyPage(language) {
            var level = 0
            for element in page.elements {
                guard let next = ["h1", "h2", "h3"].firstIndex(of: element.name) else { continue }
                #expect(next <= level, "\(path) jumps to \(element.name) \(element.text)")
                level = next + 1
            }
            #expect(page.all("table").count == page.all("caption").count, "\(path)")
            for cell in page.all("th") { #expect(cell.attributes["scope"] != nil, "\(path)") }
            let ids = page.elements.compactMap { $0.attributes["id"] }
            #expect(Set(ids).count == ids.count, "\(path) repeats an id")
            for name in ["aria-labelledby", "for"] {
                for element in page.elements {
                    for id in (element.attributes[name] ?? "").split(separator: " ") {
                        #expect(ids.contains(String(id)), "\(path) names \(id)")
                    }
                }
            }
            let labelled = Set(page.all("label").compactMap { $0.attributes["for"] })
            for field in page.all("input") + page.all("select")
            where field.attributes["type"] != "hidden" {
                #expect(labelled.contains(field.attributes["id"] ?? ""), "\(path)")
            }
        }
        try survey.verify()
    }

    @Test func `has no inline style, script or handler, and nothing that Markup spells out`() throws
    {
        for (path, page) in try everyPage(.th) {
            #expect(page.all("style").isEmpty && page.all("iframe").isEmpty, "\(path)")
            for script in page.all("script") {
                #expect(script.text.isEmpty && script.attributes["src"] != nil, "\(path)")
            }
            for element in page.elements {
                for (name, value) in element.attributes {
                    #expect(name != "style" && !name.hasPrefix("on"), "\(path) \(name)")
                    #expect(!value.hasPrefix("javascript:"), "\(path)")
                }
            }
            #expect(!page.text.contains("Markup("), "\(path)")
            #expect(!page.text.contains("Optional("), "\(path)")
            #expect(!page.text.contains("{{"), "\(path)")
        }
        try survey.verify()
    }

    @Test func `shows nobody's personal data`() throws {
        let signers = PlayedSurvey.secrets
        for (path, page) in try everyPage(.th) {
            let everything =
                page.text
                + page.elements.flatMap { $0.attributes.values }.joined(separator: "\n")
            for secret in signers { #expect(!everything.contains(secret), "\(path)") }
        }
        try survey.verify()
    }

    @Test func `is the same bytes each time that it is asked for`() throws {
        let other = try PlayedSurvey()
        for path in ["/", "/areas/9901", "/households/h-1", "/certifications/2561-9981-1/form"] {
            #expect(try survey.ask(path).body == survey.ask(path).body, "\(path)")
        }
        // Ids of commands and keys of sealing differ between two ledgers, figures do not.
        #expect(try survey.ask("/areas").body == other.ask("/areas").body)
        try survey.verify()
        try other.verify()
    }

    @Test func `writes names that look like markup as text`() throws {
        let page = try ParsedPage(try survey.ask("/areas/99010102").body, "/areas/99010102")
        #expect(try #require(page.all("h1").first).text.contains(PlayedSurvey.hostileName))
        #expect(page.all("b").allSatisfy { $0.text == "auditor-1" })
        let hostile = "%3Cscript%3E%22%CC%81%20onfocus=1"
        for path in [
            "/records?person=\(hostile)", "/records?area=\(hostile)", "/households/\(hostile)",
            "/households?status=\(hostile)", "/\(hostile)", "/records?kind=\(hostile)",
        ] {
            let page = try ParsedPage(try survey.ask(path).body, path)
            #expect(page.all("script").isEmpty, "\(path)")
            #expect(page.elements.allSatisfy { $0.attributes["onfocus"] == nil }, "\(path)")
        }
        try survey.verify()
    }

    @Test func `links to the same page in the other language`() throws {
        let page = try ParsedPage(try survey.ask("/records?kind=areaDefined").body, "/records")
        let link = try #require(page.all("a").first { $0.attributes["hreflang"] == "en" })
        #expect(link.attributes["href"] == "/records?kind=areaDefined&lang=en")
        #expect(link.text == "English")
        let english = try ParsedPage(try survey.ask("/records", .en).body, "/records")
        #expect(english.all("a").contains { $0.attributes["href"] == "/records?lang=th" })
        try survey.verify()
    }

    @Test func `takes templates that escape nothing, so that one thing does`() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Pages/Templates").standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.count >= 2)
        for file in files {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            for part in text.split(separator: "{{").dropFirst() {
                #expect("{#/^".contains(part.prefix(1)), "\(file): {{\(part.prefix(20))")
            }
        }
    }

    @Test func `loads only assets that are there`() throws {
        let page = try ParsedPage(try survey.ask("/").body, "/")
        let style = try #require(page.all("link").first?.attributes["href"])
        let asset = try #require(Pages.asset(String(style.dropFirst("/assets/".count))))
        #expect(asset.contentType == "text/css; charset=utf-8")
        let text = String(decoding: asset.bytes, as: UTF8.self)
        #expect(text.contains("@page") && !text.contains("url("))
        #expect(Pages.asset("../PAGES.md") == nil)
        try survey.verify()
    }
}
