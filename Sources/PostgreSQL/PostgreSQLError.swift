/// Why the database server cannot be reached, or refused what it was asked.
///
/// `code` is stable: scripts rely on it. The reason never has the address that was given, as that may
/// hold a password, nor the server's details, which quote rows.
package struct PostgreSQLError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// The address is none that libpq understands.
        case databaseURLMalformed
        /// No connection, or it broke.
        case databaseUnreachable
        /// The server refused a statement; `sqlState` says why.
        case databaseRefused
        /// The server sent what a copy cannot be.
        case databaseGarbled
    }

    package let code: Code
    /// Five characters of SQLSTATE, where the server gave them.
    package let sqlState: String?
    package let reason: String

    package init(_ code: Code, sqlState: String? = nil, _ reason: String) {
        self.code = code
        self.sqlState = sqlState
        self.reason = reason
    }

    package var description: String { "\(code.rawValue): \(reason)" }
}

extension PostgreSQLError: Equatable {
    package static func == (left: PostgreSQLError, right: PostgreSQLError) -> Bool {
        left.code == right.code && left.sqlState == right.sqlState
    }
}
