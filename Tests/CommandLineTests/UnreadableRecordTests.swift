import Foundation
import LMDB
import Ledger
import Testing

/// Whoever is told that a record cannot be read is told which one.
@Suite struct `A record that cannot be read` {
    private let survey: SmallSurvey
    private var ledger: String { survey.ledger }

    init() throws { survey = try SmallSurvey() }

    /// Puts other bytes of the same length into the first record that has them; returns its index.
    private func spoil(_ text: String, _ other: String) throws -> Int {
        let environment = try Environment(path: ledger + "/ledger.mdb")
        let records = try environment.openDatabase("records")
        return try environment.write { transaction in
            for index in 0..<UInt64.max {
                let found = try transaction.withValue(records, BigEndianKey(index)) {
                    $0.byteArray
                }
                let record = String(decoding: try #require(found), as: UTF8.self)
                guard let range = record.range(of: text) else { continue }
                let changed = record.replacingCharacters(in: range, with: other)
                #expect(changed.utf8.count == record.utf8.count)
                try transaction.put(records, BigEndianKey(index), Array(changed.utf8))
                return Int(index)
            }
            return -1
        }
    }

    private func expect(_ index: Int, _ run: Run) {
        #expect(run.status == 3, "\(run.text)\(run.error)")
        #expect(run.error.contains("record \(index) cannot be read ("), "\(run.error)")
    }

    @Test func `is named by recompute, vault check and every page that decodes it`() throws {
        let index = try spoil(#""householdRecorded":{"cycle""#, #""householdRecorded":{"cyclx""#)
        try expect(index, Tool.audit("recompute", ledger))
        try expect(index, Tool.bmn("vault", "check", ledger))
        try expect(index, Tool.bmn("history", ledger, "household", "38010101-0001"))
    }

    @Test func `is named by retention, which reads envelopes alone`() throws {
        let index = try spoil(#""stream":"household/"#, #""strxam":"household/"#)
        try expect(index, Tool.bmn("retention", ledger))
    }
}
