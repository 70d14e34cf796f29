import Cryptography
import Foundation
import LMDB
import Ledger
package import LedgerReader
import Survey
import TransparencyLog

/// Recomputes everything in a ledger from its record bytes, by other means than the code under
/// test where that is possible, and lists what does not agree.
package struct WholeLedger {
    private var problems: [String] = []
    private var leafHashes: [[UInt8]] = []
    private var streams: [[UInt8]: UInt64] = [:]
    private var commands: [[UInt8]: UInt64] = [:]
    private var kinds: Set<[UInt8]> = []
    private var largestKeyID: UInt64 = 0
    private var versions: [String: Int] = [:]
    private var lastTime = ""
    private var households: [String: HouseholdState] = [:]
    private var changedAt: [CellKey: UInt64] = [:]

    /// For a ledger that this process has not open.
    package static func problems(_ directory: LedgerDirectory) throws -> [String] {
        try problems(LedgerStore(directory, access: .read), directory)
    }

    package static func problems(
        _ store: LedgerStore,
        _ directory: LedgerDirectory
    ) throws -> [String] {
        // Before the snapshot, since it is a lower bound.
        let note = try HeadFile.read(directory)
        let transaction = try store.environment.beginRead()
        var whole = WholeLedger()
        try transaction.forEach(store.records) { key, value in
            try whole.read(key.byteArray, value.byteArray)
            return true
        }
        try whole.compareIndexes(store, transaction)
        try whole.compareCells(store, transaction)
        try whole.compareForms(store, transaction)
        whole.compareHead(try store.head(transaction), note)
        try whole.compareTiles(store, transaction)
        return whole.problems
    }

    private mutating func expect(_ isTrue: Bool, _ problem: @autoclosure () -> String) {
        if !isTrue { problems.append(problem()) }
    }

    private mutating func read(_ key: [UInt8], _ bytes: [UInt8]) throws {
        let index = UInt64(leafHashes.count)
        expect(key == bigEndian(index, 8), "record \(index) has the key \(key)")
        expect(bytes.count <= 65_535, "record \(index) has \(bytes.count) bytes")
        expect(!bytes.contains { $0 < 0x20 }, "record \(index) has a control character")
        let previous = leafHashes.last.map(Hex.encode) ?? String(repeating: "0", count: 64)
        let start = #"{"index":"\#(index)","previous":"\#(previous)","recordedAt":""#
        expect(bytes.starts(with: Array(start.utf8)), "record \(index) does not begin \(start)")
        leafHashes.append(SHA256.hash([0] + bytes).bytes)
        let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        guard let object, let time = object["recordedAt"] as? String,
            let stream = object["stream"] as? String,
            let version = object["streamVersion"] as? Int,
            let command = object["commandId"] as? String,
            let event = object["event"] as? [String: Any], event.count == 1,
            let kind = event.keys.first.flatMap(EventKind.init),
            let body = event.values.first as? [String: Any]
        else {
            problems.append("record \(index) lacks a field")
            return
        }
        expect(time >= lastTime && time.utf8.count == 27, "record \(index): \(time)")
        lastTime = time
        expect(version == versions[stream, default: 0], "record \(index): version \(version)")
        versions[stream, default: 0] += 1
        streams[Array(stream.utf8) + [0] + bigEndian(UInt64(version), 4)] = index
        let id = Hex.decode(command.filter { $0 != "-" }) ?? []
        expect(commands.updateValue(index, forKey: id) == nil, "record \(index): \(command) again")
        let sealed = body["sealed"] as? [String: Any]
        largestKeyID = max(largestKeyID, (sealed?["keyId"] as? String).flatMap { UInt64($0) } ?? 0)
        if kind != .householdRecorded { kinds.insert([kind.number] + bigEndian(index, 8)) }
        try count(bytes, index, stream, body)
    }

    private mutating func count(
        _ bytes: [UInt8],
        _ index: UInt64,
        _ stream: String,
        _ body: [String: Any]
    ) throws {
        guard let cycle = body["cycle"] as? String else { return }
        if stream.hasPrefix("target/") {
            guard let village = body["village"] as? String, let lao = body["lao"] as? String
            else { return }
            changedAt[CellKey(cycle: cycle, village: village, lao: lao)] = index
        }
        guard stream.hasPrefix("household/") else { return }
        let recorded = try unsafe EventCodec.decode(bytes.span.bytes)
        let before = households[stream] ?? HouseholdState()
        var after = before
        let envelope = recorded.envelope
        after.evolve(recorded.event, on: envelope.day, by: envelope.actor.user)
        households[stream] = after
        // A correction of personal data alone changes no figure, and neither does erasing it or
        // asking again.
        let fields = (body["changes"] as? [[String: Any]])?.map { $0["field"] as? String }
        if fields == ["personal"] || body["ground"] != nil || body["checker"] != nil {
            return
        }
        for household in [before, after] where household.status != .absent {
            let cell = CellKey(cycle: cycle, village: household.village, lao: household.lao)
            changedAt[cell] = index
        }
    }

    private mutating func compareIndexes(
        _ store: LedgerStore,
        _ transaction: borrowing ReadTransaction
    ) throws {
        var found: [[UInt8]: [UInt8]] = [:]
        try transaction.forEach(store.streams) { key, value in
            found[key.byteArray] = value.byteArray
            return true
        }
        expect(found == streams.mapValues { bigEndian($0, 8) }, "the stream index differs")
        found = [:]
        try transaction.forEach(store.commands) { key, value in
            found[key.byteArray] = value.byteArray
            return true
        }
        expect(found.values.allSatisfy { $0.count == 24 }, "a command entry is not 24 bytes")
        expect(
            found.mapValues { Array($0.prefix(8)) } == commands.mapValues { bigEndian($0, 8) },
            "the command index differs"
        )
        var kindsFound: Set<[UInt8]> = []
        try transaction.forEach(store.kinds) { key, value in
            kindsFound.insert(key.byteArray)
            return value.byteCount == 0
        }
        expect(kindsFound == kinds, "the kind index differs")
    }

    private mutating func compareTiles(
        _ store: LedgerStore,
        _ transaction: borrowing ReadTransaction
    ) throws {
        let tiles = try store.allTiles(transaction)
        expect(tiles == NaiveTree.tiles(leafHashes), "the tiles differ")
        try transaction.forEach(store.checkpoints) { key, value in
            let note = String(decoding: value.byteArray, as: UTF8.self)
            let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
            let size = Int(lines[1]) ?? -1
            expect(key.byteArray == bigEndian(UInt64(size), 8), "the checkpoint of \(size)")
            guard (0...leafHashes.count).contains(size) else {
                problems.append("there is a checkpoint of \(size)")
                return true
            }
            let root = Base64.encode(NaiveTree.root(leafHashes[..<size]))
            expect(lines[2] == root, "the checkpoint of \(size) has another root")
            return true
        }
    }

    private mutating func compareCells(
        _ store: LedgerStore,
        _ transaction: borrowing ReadTransaction
    ) throws {
        var expected: [CellKey: [Int]] = [:]
        let found = try store.cells(transaction).mapValues { cell in
            [Int(cell.collectedCount), Int(cell.notCollectedCount), Int(cell.personCount)]
                + [Int(cell.changedAtIndex)] + cell.surveyed.map(Int.init)
                + cell.failed.map(Int.init)
        }
        for (key, index) in changedAt {
            // As many indicators as the form of its cycle has.
            let countCount = max(0, (found[key]?.count ?? 66) - 4)
            expected[key] = [0, 0, 0, Int(index)] + [Int](repeating: 0, count: countCount)
        }
        for (stream, household) in households where household.status != .absent {
            let cycle = String(stream.split(separator: "/")[1])
            let key = CellKey(cycle: cycle, village: household.village, lao: household.lao)
            var sums = expected[key] ?? []
            if household.status == .notCollected {
                sums[1] += 1
            } else {
                sums[0] += 1
                sums[2] += household.ages.count
                let indicatorCount = household.counts.count
                expect(sums.count == 4 + 2 * indicatorCount, "\(stream) has another form")
                guard sums.count == 4 + 2 * indicatorCount else { continue }
                for indicator in 0..<indicatorCount {
                    sums[4 + indicator] += household.counts.inScope(indicator + 1)
                    sums[4 + indicatorCount + indicator] += household.counts.failing(indicator + 1)
                }
            }
            expected[key] = sums
        }
        expect(found == expected, "the cells differ: \(found), counted \(expected)")
    }

    private mutating func compareForms(
        _ store: LedgerStore,
        _ transaction: borrowing ReadTransaction
    ) throws {
        var expected: Set<String> = []
        for (stream, household) in households {
            guard let serial = Serial(household.questionnaire) else { continue }
            expected.insert("\(stream.split(separator: "/")[1]) \(serial.text)")
        }
        var found: Set<String> = []
        try transaction.forEach(store.forms) { key, value in
            let bytes = value.byteArray
            guard let range = LedgerKey.formRange(key.byteArray) else { return false }
            for offset in 0..<bytes.count * 8 {
                // Words of eight bytes, the first form in the lowest bit of the first word.
                let byte = bytes[offset / 64 * 8 + 7 - offset % 64 / 8]
                guard byte >> UInt8(offset % 8) & 1 == 1 else { continue }
                found.insert("\(range.cycle) \(range.prefix)\(Int(range.first) + offset)")
            }
            return true
        }
        expect(found == expected, "the used forms differ: \(found), counted \(expected)")
    }

    private mutating func compareHead(_ head: LedgerHead, _ note: HeadFile?) {
        expect(head.treeSize == UInt64(leafHashes.count), "the head says \(head.treeSize)")
        expect(head.range.rootHash.bytes == root(leafHashes[...]), "the root differs")
        expect(head.lastLeafHash.bytes == leafHashes.last ?? [], "the last leaf hash differs")
        expect(head.largestKeyID == largestKeyID, "the largest key id is \(head.largestKeyID)")
        expect(head.lastRecordedAt?.text == lastTime, "the last time differs")
        guard let note else {
            problems.append("there is no head file")
            return
        }
        let size = Int(note.treeHead.treeSize)
        expect(size <= leafHashes.count, "the head file says \(size)")
        let known = leafHashes.prefix(size)
        expect(note.treeHead.rootHash.bytes == root(known), "the head file's root differs")
    }

    /// RFC 6962 §2.1, as it stands there.
    private func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        guard leaves.count > 1 else { return leaves.first ?? SHA256.hash([]).bytes }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let left = root(leaves.prefix(split))
        return SHA256.hash([1] + left + root(leaves.dropFirst(split))).bytes
    }

    private func bigEndian(_ number: UInt64, _ byteCount: Int) -> [UInt8] {
        (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: number >> UInt64($0 * 8)) }
    }
}
