import Foundation
package import GRDB
package import Survey

/// A row as queries return it: columns in snake case become properties in camel case.
package protocol ReadModelRow: Codable, FetchableRecord, Sendable, Hashable {}

extension ReadModelRow {
    package static var databaseColumnDecodingStrategy: DatabaseColumnDecodingStrategy {
        .convertFromSnakeCase
    }

    /// Calls `body` with one row after another, so that memory does not grow with their number.
    package static func forEach(
        _ db: Database,
        sql: String,
        arguments: StatementArguments = StatementArguments(),
        _ body: (Self) throws -> Void
    ) throws {
        let rows = try fetchCursor(db, sql: sql, arguments: arguments)
        while let row = try rows.next() { try body(row) }
    }
}

/// An area as a condition on the columns `village` and `lao` that figures are kept by.
package struct AreaScope: Sendable, Hashable {
    package let code: String
    package let level: Area.Level

    package init(code: String, level: Area.Level) {
        self.code = code
        self.level = level
    }

    /// SQL with two placeholders, for `arguments`.
    package var condition: String {
        // Codes are digits and nest; ':' is the character after '9'.
        level == .lao ? "(lao = ? AND ? = '')" : "(village >= ? AND village < ?)"
    }

    package var arguments: [String] { level == .lao ? [code, ""] : [code, code + ":"] }

    /// SQL for the code of the area of a level that a row counts for.
    package static func code(of level: Area.Level) -> String {
        switch level {
        case .province: "substr(village, 1, 2)"
        case .district: "substr(village, 1, 4)"
        case .tambon: "substr(village, 1, 6)"
        case .village, .unspecified, .UNRECOGNIZED: "village"
        case .lao: "lao"
        }
    }
}

extension [String] {
    /// For SQL: `IN (SELECT value FROM json_each(?))`.
    package var jsonArray: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }
}
