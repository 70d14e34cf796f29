import Audit
import AuditReport
import Survey
import Testing

/// Records may be forged: nothing that they say may become part of the page.
@Suite struct `A report of forged records` {
    /// XML has no such characters; a literal cannot name them.
    private static let noncharacters = String(
        String.UnicodeScalarView([0xFFFE, 0xFFFF, 0xFDD0].compactMap(Unicode.Scalar.init))
    )

    private static let hostile = [
        "</td></tr></table><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
        "\"><b>", "' onload='x", "</style><style>*{display:none}", "&lt;b&gt; &amp; &#60;", "]]>",
        "<!-- ", "-->", "<?php ?>", "<!DOCTYPE x>", "%3Cscript%3E", "\u{0}\u{1}\u{1B}[2J\u{7F}",
        "\r\n\t", "\u{202E}ไมผ่าน\u{2066}", noncharacters, "\u{338}\u{338}", "\u{2028}",
        "${x} {{x}} <%= x %>", "𝒳👩‍👩‍👧", "",
    ]

    private static func verdict(_ text: String) -> Verdict {
        var verdict = Samples.verdict([Finding(.recordMalformed, 3, text)])
        verdict.origin = text
        verdict.witnesses = [text]
        return verdict
    }

    private static func page(_ text: String) throws -> (html: String, page: Page) {
        let html = try Samples.html(
            .judged(verdict(text)),
            .thai,
            path: text,
            arguments: ["verify", text]
        )
        return (html, try Page(html))
    }

    @Test(arguments: hostile)
    func `has the same elements whatever they say`(_ text: String) throws {
        let harmless = try Self.page("harmless").page
        let (html, page) = try Self.page(text)
        #expect(page.shape == harmless.shape)
        let controls = html.unicodeScalars.filter { scalar in
            (scalar.value < 0x20 && scalar != "\n") || (0x7F...0x9F).contains(scalar.value)
                || (0x202A...0x202E).contains(scalar.value)
                || (0x2066...0x2069).contains(scalar.value)
        }
        #expect(controls.isEmpty)
    }

    @Test(arguments: hostile.filter { $0.utf8.allSatisfy { (0x20..<0x7F).contains($0) } })
    func `shows what they say as it is`(_ text: String) throws {
        #expect(try Self.page(text).page.all("bdi").filter { $0.text == text }.count >= 3)
    }

    @Test(arguments: hostile)
    func `shows why a ledger could not be read as text`(_ text: String) throws {
        let harmless = try Samples.page(.unreadable(reason: "harmless"), .english)
        #expect(try Samples.page(.unreadable(reason: text), .english).shape == harmless.shape)
    }

    @Test func `gives commands that a shell takes as one word`() throws {
        let page = try Self.page("a b'; rm -rf $HOME; '").page
        let quoted = #"'a b'\''; rm -rf $HOME; '\'''"#
        #expect(page.texts("pre") == ["bmn-audit verify " + quoted])
        #expect(page.texts("code").contains("bmn log \(quoted) --from 3 --to 3"))
    }

    @Test func `stays small with as many findings as a verdict can list`() throws {
        let codes = FindingCode.allCases
        let reason = String(repeating: "\"", count: 500)
        let findings = (0..<7000).map { number in
            Finding(codes[number % codes.count], UInt64(number), "\(number)\(reason)")
        }
        let verdict = Samples.verdict(findings, checks: Check.allCases, uncounted: 1_000_000)
        let html = try Samples.html(.judged(verdict), .english)
        #expect(html.utf8.count < 2 << 20)
        let page = try Page(html)
        #expect(page.texts("h3").count == codes.count)
        #expect(page.text.contains("places: at least \(7000 / codes.count)"))
        #expect(page.text.contains("7,007,000 findings."))
        let plain = findings.map { Finding($0.code, $0.index, "previous is not the hash of it") }
        let usual = try Samples.html(.judged(Samples.verdict(plain, checks: Check.allCases)), .thai)
        #expect(usual.utf8.count < 400 << 10)
    }

    @Test func `stays small with very long names`() throws {
        let long = String(repeating: "<", count: 1 << 20)
        #expect(try Self.page(long).html.utf8.count < 300 << 10)
    }
}
