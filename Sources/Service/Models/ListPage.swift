import Cryptography
import GRDB
import OfficeLists

/// A page of a list, and where the next one begins.
struct ListPage {
    let rows: [ListRow]
    /// Nil at the end of the list.
    let next: ListCursor?

    /// Thrown to look at no more rows.
    private struct Enough: Error {}

    /// `isShown` tells which rows there are for whoever asks.
    init(
        of list: OfficeList,
        _ scope: ListScope,
        after cursor: ListCursor?,
        limit: Int,
        _ db: Database,
        isShown: (ListRow) -> Bool
    ) throws {
        func page(isLast: ((Int, ListRow) -> Bool)?) throws -> ListPage? {
            try Self.page(of: list, scope, limit: limit, db, isShown: isShown, isLast: isLast)
        }
        let found =
            if let cursor {
                // Where it was, as nearly always; else wherever it is by now.
                try page { $0 == cursor.rowCount && cursor.isAt($1) } ?? page { cursor.isAt($1) }
            } else {
                try page(isLast: nil)
            }
        guard let found else { throw Problem(.cursorOvertaken) }
        self = found
    }

    private init(_ rows: [ListRow], next: ListCursor?) {
        self.rows = rows
        self.next = next
    }

    /// `isLast` tells with its number which row the page before ended with; nil where none does.
    private static func page(
        of list: OfficeList,
        _ scope: ListScope,
        limit: Int,
        _ db: Database,
        isShown: (ListRow) -> Bool,
        isLast: ((Int, ListRow) -> Bool)?
    ) throws -> ListPage? {
        var rows: [ListRow] = []
        var rowCount = 0
        var passedCount: Int? = isLast == nil ? 0 : nil
        var hasMore = false
        do {
            try list.forEachRow(db, scope) { row in
                guard isShown(row) else { return }
                rowCount += 1
                guard passedCount != nil else {
                    if isLast?(rowCount, row) == true { passedCount = rowCount }
                    return
                }
                guard rows.count < limit else {
                    hasMore = true
                    throw Enough()
                }
                rows.append(row)
            }
        } catch is Enough {}
        guard let passedCount else { return nil }
        guard hasMore, let last = rows.last else { return ListPage(rows, next: nil) }
        return ListPage(rows, next: ListCursor(passedCount + rows.count, last))
    }
}

/// Where a page of a list ended: how many rows there were up to there, and which one was the last.
///
/// Rows that come in before that one move it, and it is found all the same; where it changed itself,
/// nobody knows how to go on.
struct ListCursor {
    static let pattern = "^[1-9][0-9]{0,8}-[0-9a-f]{16}$"

    let rowCount: Int
    private let digest: String

    init(_ rowCount: Int, _ row: ListRow) {
        self.rowCount = rowCount
        digest = Self.digest(row)
    }

    /// Nil where it was not made here.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let rowCount = Int(parts[0]), rowCount > 0,
            parts[1].utf8.count == 16
        else { return nil }
        self.rowCount = rowCount
        digest = String(parts[1])
    }

    var text: String { "\(rowCount)-\(digest)" }

    func isAt(_ row: ListRow) -> Bool { Self.digest(row) == digest }

    private static func digest(_ row: ListRow) -> String {
        String(SHA256.hash(Array(ListLine.values(row.values).utf8)).hex.prefix(16))
    }
}
