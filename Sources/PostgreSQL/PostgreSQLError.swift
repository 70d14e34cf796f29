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

    /// Whether it is the connection that failed and not what was asked: another one may serve.
    ///
    /// SQLSTATE class 08, a server that ends or begins (57P01 to 57P03) or ends idle sessions (57P05);
    /// without a state the server said nothing, because there was no connection to say it over. A
    /// database that was dropped (57P04) comes back with no connection.
    package var isOfConnection: Bool {
        guard let sqlState else { return code == .databaseUnreachable }
        return sqlState.hasPrefix("08") || sqlState.hasPrefix("57P0") && sqlState != "57P04"
    }
}

extension PostgreSQLError: Equatable {
    package static func == (left: PostgreSQLError, right: PostgreSQLError) -> Bool {
        left.code == right.code && left.sqlState == right.sqlState
    }
}
