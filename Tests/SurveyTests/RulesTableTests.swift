import Foundation
import Survey
import Testing

/// RULES.md is what people read; it says what the code says, and every line of it was tried.
@Suite struct RulesTableTests {
    /// Given by the layers above this module, whose own tests show them.
    static let ofOtherLayers: Set<String> = [
        "versionConflict", "commandIdReused", "commandIdMalformed", "recordTooLarge",
        "personalDataErased", "notStored",
    ]

    static let root: URL = {
        let file = URL(filePath: #filePath).resolvingSymlinksInPath()
        return file.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }()

    struct Row {
        let code: String
        let english: String
        let thai: String
        let test: String
    }

    private func rows() throws -> [Row] {
        let file = Self.root.appending(path: "Sources/Survey/RULES.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let table = text.split(separator: "\n").filter { $0.hasPrefix("| `") && $0.hasSuffix(" |") }
        return table.compactMap { line in
            let cells = line.split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            // The table of configuration has three columns.
            guard cells.count == 4 else { return nil }
            return Row(
                code: cells[0].trimmingCharacters(in: ["`"]),
                english: cells[1],
                thai: cells[2],
                test: cells[3]
            )
        }
    }

    @Test func `The table names every code once, in order, with its own sentences`() throws {
        let rows = try rows()
        #expect(rows.map(\.code) == RejectionCode.allCases.map(\.rawValue))
        for (row, code) in zip(rows, RejectionCode.allCases) {
            #expect(row.english == code.english)
            #expect(row.thai == code.thai)
        }
    }

    @Test func `Every test that the table names exists`() throws {
        let tests = Self.root.appending(path: "Tests")
        let files = FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil)
        var sources = ""
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            sources += try String(contentsOf: file, encoding: .utf8)
        }
        for row in try rows() {
            let exists = sources.contains("func `\(row.test)`")
            #expect(!row.test.isEmpty)
            #expect(exists || Self.ofOtherLayers.contains(row.code), "\(row.test)")
        }
    }
}
