import Cryptography
import Foundation
import Ledger
import Survey
import Testing
import TransparencyLog

/// The worked example of RECORD-FORMAT.md, read out of the document.
@Suite struct RecordFormatDocumentTests {
    let records: [[UInt8]]
    let hashes: [String: String]

    init() throws {
        let document = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/Ledger/RECORD-FORMAT.md")
        let lines = try String(contentsOf: document, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex(of: "```jsonl")) + 1
        let end = try #require(lines[start...].firstIndex(of: "```"))
        records = lines[start..<end].map { Array($0.utf8) }
        var hashes: [String: String] = [:]
        for line in lines[end...] where line.hasPrefix("| ") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3, cells[2].hasPrefix("`") else { continue }
            hashes[cells[0]] = cells[2].trimmingCharacters(in: CharacterSet(charactersIn: "`"))
        }
        self.hashes = hashes
    }

    @Test func `The example's hashes are recomputed`() throws {
        #expect(records.count == 3)
        // By the definition, not by the module under test.
        let leaves = records.map { SHA256.hash([0] + $0).bytes }
        let node = SHA256.hash([1] + leaves[0] + leaves[1]).bytes
        let root = SHA256.hash([1] + node + leaves[2]).bytes
        let expected = [
            "leaf 0": leaves[0], "leaf 1": leaves[1], "leaf 2": leaves[2], "node 0-1": node,
            "root": root,
        ]
        #expect(hashes == expected.mapValues { Hex.encode($0) })
        var range = CompactRange()
        for record in records { range.append(MerkleTree.leafHash(of: record)) }
        #expect(range.rootHash.bytes == root)
    }

    @Test func `The example's records are records, chained and written as we write them`() throws {
        var previous = Digest.zero
        for (index, record) in records.enumerated() {
            let recorded = try unsafe EventCodec.decode(record.span.bytes)
            #expect(recorded.index == UInt64(index))
            #expect(recorded.envelope.previous == previous)
            #expect(recorded.envelope.stream == recorded.event.stream)
            let json = EventCodec.encode(recorded.event)
            let encoded = RecordEncoder.encode(recorded.envelope, eventJSON: json)
            #expect(encoded?.bytes == record)
            previous = MerkleTree.leafHash(of: record)
        }
    }

    @Test func `The document names every kind of event and every stream`() throws {
        let document = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/Ledger/RECORD-FORMAT.md")
        let rows = try String(contentsOf: document, encoding: .utf8).split(separator: "\n")
        for kind in EventKind.allCases {
            let stream = GoldenSamples.event(kind).stream.prefix { $0 != "/" }
            let row = rows.first {
                $0.hasPrefix("| `\(stream)") && $0.contains("`\(kind.rawValue)`")
            }
            #expect(row != nil, "\(kind) in stream \(stream)")
        }
    }
}
