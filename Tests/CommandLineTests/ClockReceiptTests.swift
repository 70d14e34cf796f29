import Foundation
import LMDB
import Ledger
import LedgerReader
import Testing

@Suite struct `A clock that stepped back` {
    @Test func `is said in the receipt and to people`() throws {
        let survey = try SmallSurvey()
        let directory = LedgerDirectory(survey.ledger)
        let line = try SmallSurvey.line(
            "registerPerson",
            ["person": "p-1", "identity": ["firstName": "สมมติ"]]
        )
        // As if the last record had been stamped by a clock an hour ahead.
        do {
            let store = try LedgerStore(directory, access: .write)
            try store.environment.write { transaction in
                var head = try store.head(transaction)
                let last = try #require(head.lastRecordedAt)
                head.lastRecordedAt = RecordTime(
                    unixMicroseconds: last.unixMicroseconds + 3_600_000_000
                )
                try transaction.put(store.meta, LedgerKey.head, head.encoded)
            }
        }
        let run = try Tool.bmn("submit", survey.ledger, "--user", "u-1", input: Data(line.utf8))
        #expect(run.status == 0, "\(run.error)")
        let behind = try #require(run.object()["clockBehindMicroseconds"] as? Int)
        #expect((1...3_600_000_000).contains(behind))
        #expect(run.error.contains("clock"), "\(run.error)")
        let json = try Tool.bmn(
            "submit",
            survey.ledger,
            "--user",
            "u-1",
            "--json",
            input: Data(line.replacing("p-1", with: "p-2").utf8)
        )
        #expect(try json.object()["clockBehindMicroseconds"] as? Int ?? 0 > 0)
        #expect(try Tool.shell("exec $BMN_AUDIT verify '\(survey.ledger)'").status == 0)
    }
}
