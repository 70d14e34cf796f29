import EvidenceContainer
import Foundation
import Testing

/// CONTAINER.md is what people read; it says what the code says.
@Suite struct `CONTAINER.md` {
    private let text: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "Sources/EvidenceContainer/CONTAINER.md")
        text = try String(contentsOf: file, encoding: .utf8)
    }

    @Test func `explains every code and no other`() throws {
        let rows = text.split(separator: "\n").drop { !$0.hasPrefix("## Codes") }
            .filter { $0.hasPrefix("| `") }
        let explained = rows.flatMap { row in
            row.split(separator: "|")[0].split(separator: "`").enumerated()
                .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
        }
        let codes =
            ContainerError.Code.allCases.map(\.rawValue)
            + ContainerFinding.Code.allCases.map(\.rawValue)
        #expect(explained.sorted() == codes.sorted())
    }

    @Test(.enabled(if: StockTool.isInstalled("zip"), "zip is not installed"))
    func `tells a way to pack a container again that can be read`() throws {
        let line = try #require(text.firstMatch(of: /`(zip -X -0 x\.asice [^`]*)`/)).1
        let tool = try StockTool()
        let entries = try ZipReader.entries(of: Samples.container())
        for entry in entries { try tool.write(Array(entry.contents), to: entry.name) }
        let command = String(line).replacing("FILES", with: "record.json proofs empty.txt")
        #expect(try tool.run("sh", "-c", command).status == 0)
        #expect(Samples.verified(try tool.read("x.asice"))?.count == 3)
    }
}
