import Cryptography
import Foundation
import Ledger
import Survey
import Testing
import TransparencyLog

/// Golden/format-1.jsonl holds one record of each kind, chained; it never changes.
///
/// Golden/format-1-later.jsonl goes on with the kinds that came later; it only grows.
@Suite struct GoldenTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden")

    static func lines(_ file: String) throws -> [[UInt8]] {
        let bytes = Array(try Data(contentsOf: folder.appending(path: file)))
        #expect(bytes.last == UInt8(ascii: "\n"))
        return bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    }

    let records: [[UInt8]]

    init() throws {
        records = try Self.lines("format-1.jsonl") + Self.lines("format-1-later.jsonl")
    }

    @Test func `Every kind of event has a golden record that decodes`() throws {
        #expect(records.count == EventKind.allCases.count)
        for (record, kind) in zip(records, EventKind.allCases) {
            let recorded = try unsafe EventCodec.decode(record.span.bytes)
            #expect(recorded.event.eventKind == kind)
            #expect(recorded.event == GoldenSamples.event(kind))
        }
    }

    @Test func `Every golden record is still written byte for byte`() throws {
        for (record, kind) in zip(records, EventKind.allCases) {
            let scanned = try unsafe RecordScanner.scan(record.span.bytes)
            #expect(scanned.kind == kind)
            let json = EventCodec.encode(GoldenSamples.event(kind))
            let encoded = try #require(RecordEncoder.encode(scanned.envelope, eventJSON: json))
            #expect(encoded.bytes == record, "\(kind)")
        }
    }

    @Test func `The golden records' hashes and root are those of their bytes`() throws {
        // Each file ends with the root over all records up to there.
        var hashes = try Self.lines("format-1.sha256").map { String(decoding: $0, as: UTF8.self) }
        let firstRoot = hashes.removeLast()
        let firstCount = hashes.count
        hashes += try Self.lines("format-1-later.sha256").map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(hashes.count == records.count + 1)
        var range = CompactRange()
        var previous = String(repeating: "0", count: 64)
        for (index, record) in records.enumerated() {
            let link = try unsafe RecordScanner.scanLink(record.span.bytes)
            #expect(link.index == UInt64(index))
            let digits = record[link.previousOffset..<link.previousOffset + 64]
            #expect(String(decoding: digits, as: UTF8.self) == previous)
            let leafHash = MerkleTree.leafHash(of: record)
            range.append(leafHash)
            previous = leafHash.hex
            #expect(hashes[index] == previous)
            if index + 1 == firstCount { #expect(firstRoot == range.rootHash.hex) }
        }
        #expect(hashes.last == range.rootHash.hex)
    }
}
