import Foundation
import Testing

/// THREATS.md claims nothing that no test shows.
@Suite struct `The threat model` {
    private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The last cell of each row, which holds test names in backticks.
    private func namedTests() throws -> [String] {
        let file = Self.root.appending(path: "Sources/Service/THREATS.md")
        let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("| ") }
        return rows.flatMap { row -> [String] in
            let shownBy = row.split(separator: "|").last ?? ""
            return shownBy.split(separator: "`").enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        }
    }

    @Test func `names tests that exist, one for each row at least`() throws {
        let files = FileManager.default.enumerator(
            at: Self.root.appending(path: "Tests"),
            includingPropertiesForKeys: nil
        )
        var sources = ""
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            sources += try String(contentsOf: file, encoding: .utf8)
        }
        let tests = try namedTests()
        #expect(tests.count > 60)
        for test in tests {
            #expect(sources.contains("func `\(test)`"), "\(test)")
        }
    }
}
