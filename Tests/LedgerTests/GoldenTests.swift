import Cryptography
import Foundation
import Ledger
import Survey
import Testing
import TransparencyLog

/// Golden/format-1.jsonl holds one record of each kind, chained; it never changes.
///
/// Golden/format-1-later.jsonl, format-1-acts.jsonl and format-1-erasure.jsonl go on with the kinds and
/// forms that came later; they only grow. Each kind and form since then has a file of its own with one
/// record.
@Suite struct GoldenTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden")

    /// In the order of the chain.
    static let files = ["format-1", "format-1-later", "format-1-acts", "format-1-erasure"]

    static func lines(_ file: String) throws -> [[UInt8]] {
        let bytes = Array(try Data(contentsOf: folder.appending(path: file)))
        #expect(bytes.last == UInt8(ascii: "\n"))
        return bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    }

    let records: [[UInt8]]

    init() throws {
        records = try Self.files.flatMap { try Self.lines("\($0).jsonl") }
    }

    @Test func `Every kind of event has a golden record that decodes`() throws {
        #expect(records.count == GoldenSamples.all.count)
        var kinds: Set<EventKind> = []
        for (record, sample) in zip(records, GoldenSamples.all) {
            let event = try unsafe EventCodec.decode(record.span.bytes).event
            #expect(event == sample)
            kinds.insert(try #require(event.eventKind))
        }
        #expect(kinds.union(GoldenSamples.later.keys) == Set(EventKind.allCases))
    }

    @Test(arguments: GoldenSamples.inOwnFiles.keys.sorted())
    func `A golden record in its own file decodes and is still written byte for byte`(
        file: String
    ) throws {
        let records = try Self.lines(file + ".jsonl")
        #expect(records.count == 1)
        let record = try #require(records.first)
        let sample = try #require(GoldenSamples.inOwnFiles[file])
        let recorded = try unsafe EventCodec.decode(record.span.bytes)
        #expect(recorded.event == sample)
        #expect(recorded.envelope.stream == sample.stream)
        let json = EventCodec.encode(sample)
        #expect(RecordEncoder.encode(recorded.envelope, eventJSON: json)?.bytes == record)
        let hash = try Self.lines(file + ".sha256").map { String(decoding: $0, as: UTF8.self) }
        #expect(hash == [MerkleTree.leafHash(of: record).hex])
    }

    @Test func `A household that names its form has a golden record of its own`() throws {
        let record = try #require(try Self.lines("household-with-form.jsonl").first)
        let sample = GoldenSamples.householdWithForm
        let recorded = try unsafe EventCodec.decode(record.span.bytes)
        #expect(recorded.event == sample)
        let json = EventCodec.encode(sample)
        #expect(RecordEncoder.encode(recorded.envelope, eventJSON: json)?.bytes == record)
        let hash = try Self.lines("household-with-form.sha256").map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(hash == [MerkleTree.leafHash(of: record).hex])
    }

    @Test func `Every golden record is still written byte for byte`() throws {
        for (record, sample) in zip(records, GoldenSamples.all) {
            let scanned = try unsafe RecordScanner.scan(record.span.bytes)
            #expect(scanned.kind == sample.eventKind)
            let json = EventCodec.encode(sample)
            let encoded = try #require(RecordEncoder.encode(scanned.envelope, eventJSON: json))
            #expect(encoded.bytes == record, "\(scanned.envelope.index)")
        }
    }

    @Test func `The golden records' hashes and root are those of their bytes`() throws {
        // A leaf hash for each record; after those that were added together, the root over all
        // records up to there.
        var hashes = try Self.files.flatMap { try Self.lines("\($0).sha256") }
            .map { String(decoding: $0, as: UTF8.self) }[...]
        var rootSizes: [Int] = []
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
            #expect(hashes.popFirst() == previous)
            if hashes.first == range.rootHash.hex {
                hashes.removeFirst()
                rootSizes.append(index + 1)
            }
        }
        #expect(hashes.isEmpty)
        #expect(rootSizes == [23, 24, 28, 40, records.count])
    }
}
