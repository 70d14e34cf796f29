import AuditTestSupport
import Foundation
import LMDB
import Ledger
import LedgerReader
import Survey
import Testing

/// What somebody with root and LMDB's tools can do to the store.
@Suite struct TamperingTests {
    let ledger: ScratchLedger

    init() throws { ledger = try ScratchLedger(.certified) }

    /// Changes the store behind the writer's back and verifies.
    private func verify(
        _ options: String...,
        change: (inout WriteTransaction, LedgerStore) throws -> Void
    ) throws -> AuditObject {
        let copy = try ScratchLedger(copying: ledger)
        do {
            let store = try LedgerStore(copy.directory, access: .write)
            try store.environment.write { try change(&$0, store) }
        }
        let run = try AuditTool.run(["verify", copy.directory.path, "--json"] + options)
        #expect(run.exitCode == 1, "\(run.messages)")
        return try run.json()
    }

    private func record(_ index: UInt64) throws -> [UInt8] {
        let bytes = try LedgerReader(ledger.directory).snapshot().withRecord(index) { $0.byteArray }
        return try #require(bytes)
    }

    @Test func `A record that is removed, edited or added is found`() throws {
        let removed = try verify { try $0.delete($1.records, BigEndianKey(5)) }
        #expect(removed.has("structure", 5, "record 5 is missing"))
        #expect(removed.has("chain", 6, "previous is not"))
        var bytes = try record(5)
        bytes[300] ^= 1
        let edited = try verify { try $0.put($1.records, BigEndianKey(5), bytes) }
        #expect(edited.has("chain", 6, "previous is not the hash of record 5"))
        #expect(edited.has("tree", nil, "the stored tree"))
        let added = try verify { try $0.put($1.records, BigEndianKey(500), [1, 2, 3]) }
        #expect(added.has("structure", nil, "record 500 lies beyond the end"))
        let odd = try verify { try $0.put($1.records, [0, 0, 0], [1, 2, 3]) }
        #expect(odd.has("structure", nil, "a key of records is not 8 bytes"))
        let huge = [UInt8](repeating: UInt8(ascii: "x"), count: 5 << 20)
        let long = try verify { try $0.put($1.records, BigEndianKey(5), huge) }
        #expect(long.has("structure", 5, "longer than 65,535 bytes"))
    }

    @Test func `Every index is held against the records, in both directions`() throws {
        let stream = LedgerKey.stream("area/99", 0)
        let wrong = BigEndianKey(7)
        let pointed = try verify { try $0.put($1.streams, stream, wrong) }
        #expect(pointed.has("structure", 1, "the stream index does not lead"))
        let lost = try verify { try $0.delete($1.streams, stream) }
        #expect(lost.has("structure", 1, "the stream index does not lead"))
        let more = try verify { try $0.put($1.streams, LedgerKey.stream("area/99", 1), wrong) }
        #expect(more.has("structure", nil, "streams has"))
        let form = try verify { try $0.put($1.streams, stream, [0, 0, 0, 0, 0, 0, 0, 1, 0]) }
        #expect(form.has("structure", nil, "of streams has another form"))

        let kind = LedgerKey.kind(.areaDefined, 1)
        #expect(try verify { try $0.delete($1.kinds, kind) }.has("structure", 1, "the kind index"))
        let listed = LedgerKey.kind(.areaDefined, 40)
        let twice = try verify { try $0.put($1.kinds, listed, [UInt8]()) }
        #expect(twice.has("structure", nil, "kinds lists record 40 as of another kind"))
        let beyond = try verify { try $0.put($1.kinds, LedgerKey.kind(.areaDefined, 1 << 40), []) }
        #expect(beyond.has("structure", nil, "as of another kind"))
        let filled = try verify { try $0.put($1.kinds, kind, [1]) }
        #expect(filled.has("structure", nil, "of kinds has another form"))

        let id = CommandID(unixMilliseconds: 1_517_450_400_000, random: (0, 0))
        let command = LedgerKey.command(id)
        let forgotten = try verify { try $0.delete($1.commands, command) }
        #expect(forgotten.has("structure", 1, "the command index does not lead"))
        let short = try verify { try $0.put($1.commands, command, [0, 0, 0, 0, 0, 0, 0, 1]) }
        #expect(short.has("structure", 1, "the command index does not lead"))
        let fresh = LedgerKey.command(CommandID(high: 1, low: 1))
        let unknown = try verify {
            try $0.put($1.commands, fresh, [UInt8](repeating: 0, count: 24))
        }
        #expect(unknown.has("structure", nil, "commands has"))
    }

    @Test func `Sums, head and layout are held against the records`() throws {
        let place = CellKey(cycle: "2561", village: "99010101", lao: "9981")
        let empty = Cell(indicatorCount: 31).encoded
        let zeroed = try verify { try $0.put($1.cells, LedgerKey.cell(place), empty) }
        #expect(zeroed.has("figures", nil, "village 99010101"))
        #expect(zeroed.checks.filter { !$0.ok }.map(\.name) == ["figures"])
        let lost = try verify { try $0.delete($1.cells, LedgerKey.cell(place)) }
        #expect(lost.has("figures", nil, "village 99010101"))
        let forms = FormRange(cycle: "2561", prefix: "A-", first: 1)
        let used = [UInt8](repeating: 0, count: 7) + [1]
        let claimed = try verify { try $0.put($1.forms, LedgerKey.forms(forms), used) }
        #expect(claimed.has("figures", nil, "the forms stored as used from cycle 2561, A-1 on"))
        let meta = try verify { try $0.put($1.meta, Array("note".utf8), [1]) }
        #expect(meta.has("structure", nil, "meta holds something else"))

        let head = try LedgerReader(ledger.directory).snapshot().head
        var time = head.encoded
        time[7] ^= 1
        let late = try verify { try $0.put($1.meta, LedgerKey.head, time) }
        #expect(late.has("structure", nil, "the stored time of the last record"))
        var root = head.encoded
        root[root.count - 1] ^= 1
        let forged = try verify("--only", "tree") { try $0.put($1.meta, LedgerKey.head, root) }
        #expect(forged.has("tree", nil, "the stored tree"))
    }

    @Test func `A tail cut off in the store is held against the head file`() throws {
        let head = try LedgerReader(ledger.directory).snapshot().head
        let cut = try ScratchLedger(copying: ledger)
        let last = head.treeSize - 1
        do {
            let store = try LedgerStore(cut.directory, access: .write)
            try store.environment.write { try $0.delete(store.records, BigEndianKey(last)) }
        }
        let run = try AuditTool.verify(cut.directory.path, "--only", "chain")
        #expect(run.exitCode == 1)
        #expect(try run.json().has("structure", last, "record \(last) is missing"))
    }

    @Test func `An older file under a newer head file was cut back`() throws {
        let older = try ledger.ledgerBytes
        let size = try LedgerReader(ledger.directory).snapshot().treeSize
        var script = Script(firstSerial: 1000)
        for person in ["later-1", "later-2"] {
            script.add(.registerPerson(Sample.registration(person)))
        }
        try ledger.append(script)
        #expect(try AuditTool.verify(ledger.directory.path).exitCode == 0)
        try ledger.replaceLedger(older)
        for level in ["structure", "chain", "tree", "signatures", "rules", "figures"] {
            let run = try AuditTool.verify(ledger.directory.path, "--only", level)
            #expect(run.exitCode == 1)
            let reason = "ledger.head knows a tree size of \(size + 2), the ledger has \(size)"
            #expect(try run.json().has("structure", nil, reason))
        }
    }
}
