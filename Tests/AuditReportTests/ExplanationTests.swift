import Audit
import AuditReport
import Console
import Foundation
import Testing

@Suite struct `The explanation of a finding` {
    @Test(arguments: FindingCode.allCases)
    func `says five things in Thai and in English`(_ code: FindingCode) {
        let explanation = code.explanation
        for phrase in explanation.phrases {
            let letters = phrase.thai.unicodeScalars.filter { $0.properties.isAlphabetic }
            let thaiCount = letters.count { (0x0E01...0x0E5B).contains($0.value) }
            #expect(thaiCount > letters.count / 2, "\(phrase.thai)")
            #expect(phrase.english.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
            #expect(phrase.english.count > 10)
            for text in [phrase.thai, phrase.english] {
                #expect(!text.contains("  ") && text == text.trimmingCharacters(in: .whitespaces))
            }
        }
        #expect(explanation.title.english.count <= 72, "a title is a few words")
        #expect(explanation.title.thai.count <= 60, "a title is a few words")
        #expect(explanation.title.english.last != ".")
        #expect(explanation.meaning.english.last == ".")
    }

    @Test func `has a title of its own`() {
        let titles = FindingCode.allCases.map(\.explanation.title)
        #expect(Set(titles.map(\.thai)).count == FindingCode.allCases.count)
        #expect(Set(titles.map(\.english)).count == FindingCode.allCases.count)
    }

    @Test func `is in the table of VERIFY.md, with its level`() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/Audit/VERIFY.md")
        let text = String(decoding: try Data(contentsOf: path), as: UTF8.self)
        let rows = text.split(separator: "\n").filter { line in
            line.hasPrefix("| `") && line.count { $0 == "|" } == 5
        }
        let expected = FindingCode.allCases.map { code in
            let title = code.explanation.title
            return "| `\(code.rawValue)` | \(code.check.level) \(code.check.rawValue)"
                + " | \(title.english) | \(title.thai) |"
        }
        let listed = rows.map(String.init)
        for row in expected { #expect(listed.contains(row), "\(row)") }
        #expect(listed.count == expected.count)
    }

    @Test(arguments: Check.allCases)
    func `of a level says what it protects against`(_ check: Check) {
        #expect(check.title.english == check.rawValue)
        #expect(check.protection.english.hasSuffix("."))
        for thai in [check.title.thai, check.protection.thai, check.counted(1234).thai] {
            #expect(thai.unicodeScalars.contains { (0x0E01...0x0E5B).contains($0.value) })
        }
        #expect(check.counted(1234).english.hasPrefix("1,234 "))
    }
}
