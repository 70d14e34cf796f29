package import Ledger
import LedgerReader

/// What a search of records found, for files; the page `/records` shows the same.
package struct FoundRecords: Sendable {
    package struct Found: Sendable {
        package let envelope: Envelope
        package let kind: String
    }

    /// In one file.
    package static let countMax = 5000

    package let records: [Found]
    /// The value of `before` for what was not looked at yet; nil at the beginning of the ledger.
    package let next: UInt64?
}

extension Pages {
    /// What `/records` with this query finds, newest first: as many as one file holds.
    ///
    /// Like the page it looks at 20,000 records at most, then says where to go on.
    @available(*, noasync)
    package func foundRecords(_ request: PageRequest) throws -> FoundRecords {
        let context = PageContext(pages: self, request: request)
        let found = try context.find(
            context.recordFilter,
            reader.snapshot(),
            countMax: FoundRecords.countMax
        )
        return FoundRecords(
            records: found.lines.map { .init(envelope: $0.envelope, kind: $0.kindName) },
            next: found.next
        )
    }
}
