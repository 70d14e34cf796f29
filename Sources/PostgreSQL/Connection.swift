import CPostgreSQL
import Glibc

/// A connection to one PostgreSQL database.
///
/// All calls block. They must not overlap: libpq serves one thread at a time, but not always the same
/// one, so whoever hands the connection on waits until the other has done.
@safe
package final class Connection: Sendable {
    nonisolated(unsafe) let handle: OpaquePointer

    /// Whether a word is an address of a database rather than a path.
    package static func isURL(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
    }

    /// Connects; what the address leaves out comes from libpq's variables and ~/.pgpass.
    package init(url: String) throws(PostgreSQLError) {
        guard Self.isURL(url), Self.isUnderstood(url) else {
            throw PostgreSQLError(
                .databaseURLMalformed,
                "the address is not postgresql://[user@]host[:port]/database: correct it"
            )
        }
        guard let handle = unsafe PQconnectdb(url) else {
            throw PostgreSQLError(.databaseUnreachable, "there is no memory to connect with")
        }
        guard unsafe PQstatus(handle) == CONNECTION_OK else {
            let reason = unsafe Self.reason(handle)
            unsafe PQfinish(handle)
            throw PostgreSQLError(.databaseUnreachable, reason)
        }
        unsafe self.handle = handle
        // "Relation exists already, skipping" is news to nobody here.
        _ = unsafe PQsetNoticeProcessor(handle, { _, _ in }, nil)
        guard unsafe PQsetClientEncoding(handle, "UTF8") == 0 else {
            throw PostgreSQLError(.databaseRefused, "the server does not speak UTF-8")
        }
    }

    deinit { unsafe PQfinish(handle) }

    private static func isUnderstood(_ url: String) -> Bool {
        var message: UnsafeMutablePointer<CChar>?
        let options = unsafe PQconninfoParse(url, &message)
        // The message quotes the address, so nobody sees it.
        unsafe PQfreemem(message)
        guard let options = unsafe options else { return false }
        unsafe PQconninfoFree(options)
        return true
    }

    /// What libpq says of the connection, on one line and without the password.
    static func reason(_ handle: OpaquePointer) -> String {
        var reason = unsafe String(cString: PQerrorMessage(handle))
            .split(whereSeparator: \.isNewline).joined(separator: "; ")
        if let secret = unsafe PQpass(handle) {
            let password = unsafe String(cString: secret)
            if !password.isEmpty { reason = reason.replacing(password, with: "…") }
        }
        return reason.isEmpty ? "the connection broke" : reason
    }

    /// A name as SQL writes it.
    package static func quoted(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"") + "\""
    }

    /// A text as SQL writes it, for statements that take no parameters.
    package func literal(_ text: String) throws(PostgreSQLError) -> String {
        guard let escaped = unsafe PQescapeLiteral(handle, text, text.utf8.count) else {
            throw PostgreSQLError(.databaseRefused, "a text cannot be written in SQL")
        }
        defer { unsafe PQfreemem(escaped) }
        return unsafe String(cString: escaped)
    }

    /// Runs statements that give no rows.
    package func execute(_ sql: String) throws(PostgreSQLError) {
        let result = unsafe PQexec(handle, sql)
        defer { unsafe PQclear(result) }
        unsafe try check(result)
    }

    /// Runs one statement with `$1`, `$2` …; values come as text, nil for NULL.
    @discardableResult
    package func query(
        _ sql: String,
        _ parameters: [String?] = []
    ) throws(PostgreSQLError) -> [[String?]] {
        let copies = unsafe parameters.map { parameter in
            unsafe parameter.flatMap { text in unsafe strdup(text) }
        }
        defer { for offset in parameters.indices { unsafe free(copies[offset]) } }
        let values = unsafe copies.map { copy in unsafe UnsafePointer<CChar>(copy) }
        let result = unsafe PQexecParams(
            handle,
            sql,
            Int32(parameters.count),
            nil,
            values,
            nil,
            nil,
            0
        )
        defer { unsafe PQclear(result) }
        unsafe try check(result)
        var rows: [[String?]] = []
        let rowCount = unsafe PQntuples(result)
        for row in 0..<rowCount {
            rows.append(unsafe Self.row(row, result))
        }
        return rows
    }

    private static func row(_ row: Int32, _ result: OpaquePointer?) -> [String?] {
        var values: [String?] = []
        let columnCount = unsafe PQnfields(result)
        for column in 0..<columnCount {
            if unsafe PQgetisnull(result, row, column) == 1 {
                values.append(nil)
            } else if let value = unsafe PQgetvalue(result, row, column) {
                values.append(unsafe String(cString: value))
            }
        }
        return values
    }

    /// All or nothing: what `body` throws undoes it.
    package func transaction<Result>(
        _ mode: String = "",
        _ body: () throws -> Result
    ) throws -> Result {
        try execute("BEGIN " + mode)
        do {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            // The first error is the one to report; a connection that broke has undone it already.
            try? execute("ROLLBACK")
            throw error
        }
    }

    /// Throws unless the server did what it was asked.
    func check(_ result: OpaquePointer?) throws(PostgreSQLError) {
        let status = unsafe PQresultStatus(result)
        guard
            status != PGRES_COMMAND_OK, status != PGRES_TUPLES_OK, status != PGRES_COPY_IN,
            status != PGRES_COPY_OUT, status != PGRES_EMPTY_QUERY
        else { return }
        guard let result = unsafe result, let state = unsafe cpostgresql_sqlstate(result) else {
            throw PostgreSQLError(.databaseUnreachable, unsafe Self.reason(handle))
        }
        let sqlState = unsafe String(cString: state)
        let message = unsafe cpostgresql_primary_message(result).map { text in
            unsafe String(cString: text)
        }
        throw PostgreSQLError(
            .databaseRefused,
            sqlState: sqlState,
            "the server refused (SQLSTATE \(sqlState)): \(message ?? "it does not say why")"
        )
    }
}
