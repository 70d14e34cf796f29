import AuditTestSupport
import Foundation
import LedgerReader
import Survey
import TestSupport
import Testing

/// A file damaged anywhere ends in findings or exit code 3: never in a crash, a hang or a pass.
@Suite(.serialized) struct DamageTests {
    private static let environment = ProcessInfo.processInfo.environment
    let ledger: ScratchLedger
    let damaged: DamagedLedgers
    let file: LedgerFile

    init() throws {
        ledger = try ScratchLedger(.certified)
        damaged = try DamagedLedgers(ledger)
        file = LedgerFile(try ledger.ledgerBytes)
    }

    /// All bytes with BMN_FLIP_ALL=1, else a sample; each with another bit pattern.
    @Test func `A flipped byte is found or changes no record`() throws {
        let bytes = file.bytes
        var generator = SeededGenerator.announced(for: "flipped bytes")
        let takesAll = Self.environment["BMN_FLIP_ALL"] == "1"
        // The meta pages and the pages that others hang from decide most: half of the sample.
        let heads = (0..<file.pageCount).flatMap { page in
            file.range(page).prefix(page < 2 ? 160 : 64)
        }
        let places =
            takesAll
            ? Array(bytes.indices)
            : (0..<300).compactMap { round in
                round.isMultiple(of: 2)
                    ? heads.randomElement(using: &generator)
                    : bytes.indices.randomElement(using: &generator)
            }
        let masks = places.map { _ in UInt8.random(in: 1...255, using: &generator) }
        let statistics = try damaged.verify(places.count) { index in
            var changed = bytes
            changed[places[index]] ^= masks[index]
            return ("byte \(places[index]) ^ \(masks[index])", changed)
        }
        print("flipped bytes: \(statistics)")
        #expect(statistics.counts[1, default: 0] > 0 && statistics.counts[3, default: 0] > 0)
    }

    @Test func `A file cut short is found`() throws {
        let bytes = file.bytes
        let page = LedgerFile.pageByteCount
        var lengths = [0, 1, 15, 16, 151, 152, 4095, 4096, 4097, 8191, 8192, 8193]
        lengths += stride(from: 3 * page, to: bytes.count, by: 3 * page).flatMap { [$0, $0 + 100] }
        lengths += [bytes.count - page, bytes.count - 1]
        let cuts = lengths.filter { $0 < bytes.count }
        let statistics = try damaged.verify(cuts.count) { index in
            ("cut at \(cuts[index])", Array(bytes.prefix(cuts[index])))
        }
        #expect(statistics.counts[3, default: 0] > 10)
    }

    @Test func `Pages of garbage, of zeros, and in each other's place are found`() throws {
        var generator = SeededGenerator.announced(for: "damaged pages")
        var variants: [(String, [UInt8])] = []
        for page in 0..<file.pageCount {
            variants.append(
                ("page \(page) zeroed", file.with { $0.zero($0.range(page)) })
            )
        }
        for round in 0..<30 {
            let page = Int.random(in: 0..<file.pageCount, using: &generator)
            let other = Int.random(in: 0..<file.pageCount, using: &generator)
            let garbage = file.range(page).map { _ in UInt8.random(in: 0...255, using: &generator) }
            variants.append(
                ("garbage in page \(page), \(round)", file.with { $0.replace(page, garbage) })
            )
            let swapped = file.with { changed in
                changed.replace(page, Array(file.bytes[file.range(other)]))
                changed.replace(other, Array(file.bytes[file.range(page)]))
            }
            variants.append(("pages \(page) and \(other) swapped", swapped))
            let doubled = file.with { $0.replace(page, Array(file.bytes[file.range(other)])) }
            variants.append(("page \(other) instead of \(page)", doubled))
        }
        try verify(variants)
    }

    @Test func `Pages that point at themselves, at each other and far away are found`() throws {
        var variants: [(String, [UInt8])] = []
        let branches = file.pages(LedgerFile.branchFlag)
        try #require(!branches.isEmpty)
        for page in branches {
            let nodes = file.nodes(page)
            for target in [page, branches[0], 0, 1, file.pageCount - 1, 1 << 20, 1 << 46] {
                for node in [nodes.first, nodes.dropFirst().first, nodes.last].compactMap(\.self) {
                    variants.append(
                        (
                            "child of page \(page) is \(target)",
                            file.with { $0.set(node, 6, target) }
                        )
                    )
                }
                let all = file.with { changed in
                    for node in nodes { changed.set(node, 6, target) }
                }
                variants.append(("all children of page \(page) are \(target)", all))
            }
        }
        try verify(variants)
    }

    @Test func `Lies about lengths, counts and kinds of pages are found`() throws {
        var variants: [(String, [UInt8])] = []
        for page in file.pages(LedgerFile.leafFlag).prefix(12) {
            let start = file.range(page).lowerBound
            for lower in [0, 15, 16, 18, 4096, 65_535] {
                variants.append(
                    ("page \(page) has lower \(lower)", file.with { $0.set(start + 12, 2, lower) })
                )
            }
            for kind in [0x01, 0x04, 0x08, 0x12, 0x22, 0x42] {
                variants.append(
                    ("page \(page) is of kind \(kind)", file.with { $0.set(start + 10, 2, kind) })
                )
            }
            for node in file.nodes(page).prefix(2) where node + 8 < file.bytes.count {
                // The value's size, then flags: big data, a sub-database, duplicates.
                for size in [0, 1, 4095, 65_535] {
                    variants.append(
                        ("a value of \(size) bytes", file.with { $0.set(node, 2, size) })
                    )
                }
                variants.append(("a value of 4 GiB", file.with { $0.set(node, 4, 0xFFFF_FFFF) }))
                for flags in [1, 2, 4, 7] {
                    variants.append(
                        ("node flags \(flags)", file.with { $0.set(node + 4, 2, flags) })
                    )
                }
            }
        }
        let overflows = file.pages(LedgerFile.overflowFlag)
        try #require(!overflows.isEmpty)
        for page in overflows.prefix(4) {
            let start = file.range(page).lowerBound
            for count in [0, 1, 1 << 20, 0xFFFF_FFFF] {
                variants.append(
                    ("\(count) overflow pages", file.with { $0.set(start + 12, 4, count) })
                )
            }
        }
        try verify(variants)
    }

    @Test(arguments: ["records", "streams", "commands", "kinds", "cells", "meta"])
    func `A lie about the number of entries is found`(_ name: String) throws {
        // MDB_db lies behind the name: padding 4, flags 2, depth 2, three page counts, entries, root.
        let text = Array(name.utf8)
        let places = entries(text).map { $0 + 8 }
        try #require(!places.isEmpty)
        for count in [0, 77_777, Int.min, -1] {
            let lies = places.map { place in
                file.with { $0.set(place + text.count + 32, 8, count) }
            }
            // Copies of the page that earlier commits left behind are no part of the ledger.
            let statistics = try damaged.verify(lies.count) { ("entries of \(name)", lies[$0]) }
            #expect(statistics.counts[1, default: 0] == 1, "\(statistics)")
        }
    }

    /// Where a sub-database of this name is entered.
    ///
    /// Only nodes that their page lists: in free space the beginning of a former one may lie just
    /// before a node in use, which a lie would hit instead.
    private func entries(_ name: [UInt8]) -> [Int] {
        var entries: [Int] = []
        for page in file.pages(LedgerFile.leafFlag) {
            for node in file.nodes(page) where node + 64 <= file.bytes.count {
                let byteCount: Int = file.number(node, 4)
                let flags: Int = file.number(node + 4, 2)
                let nameCount: Int = file.number(node + 6, 2)
                guard byteCount == 48, flags == 2, nameCount == name.count else { continue }
                let found = Array(file.bytes[node + 8..<node + 8 + nameCount])
                if found == name { entries.append(node) }
            }
        }
        return entries
    }

    private func verify(_ variants: [(String, [UInt8])]) throws {
        try damaged.verify(variants.count) { (variants[$0].0, variants[$0].1) }
    }

    @Test func `A damaged meta page brings back the commit before, and the head file tells`() throws
    {
        let older = try ledger.ledgerBytes
        var script = Script(firstSerial: 1000)
        script.add(.registerPerson(Sample.registration("later-1")))
        try ledger.append(script)
        let bytes = try ledger.ledgerBytes
        // Of the two meta pages the last commit wrote one.
        let changed = [0, 1].filter { page in
            let range = file.range(page)
            return older[range] != bytes[range]
        }
        try #require(changed.count == 1)
        let copy = try ScratchLedger(copying: ledger)
        // An older transaction number: LMDB takes the other page for the newest.
        var reverted = LedgerFile(bytes)
        reverted.set(file.range(changed[0]).lowerBound + 144, 8, 1)
        try copy.replaceLedger(reverted.bytes)
        let run = try AuditTool.verify(copy.directory.path)
        #expect(run.exitCode == 1)
        #expect(try run.json().has("structure", nil, "the last 1 records are gone"))
    }
}

extension LedgerFile {
    fileprivate mutating func zero(_ range: Range<Int>) {
        for offset in range { bytes[offset] = 0 }
    }

    fileprivate mutating func replace(_ page: Int, _ content: [UInt8]) {
        bytes.replaceSubrange(range(page), with: content)
    }
}
