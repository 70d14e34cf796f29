import PostgreSQL
import TestSupport
import Testing

/// The thin wrapper over libpq, on a server of the tests' own.
@Suite struct `A connection to PostgreSQL` {
    private let cluster: PostgreSQLCluster?

    init() throws { cluster = try PostgreSQLCluster.shared?.get() }

    private func connection() throws -> Connection? {
        try cluster.map { try Connection(url: $0.makeDatabase()) }
    }

    @Test func `values go as parameters and come back as they were`() throws {
        guard let connection = try connection() else { return }
        let values = ["ก'\"\\ข", "", nil, "$1; DROP TABLE x"]
        let row = try connection.query("SELECT $1::text, $2::text, $3::text, $4::text", values)
        #expect(row == [values])
        for text in ["it's", #"back\slash"#, "ไทย", ""] {
            let found = try connection.query("SELECT \(try connection.literal(text))")
            #expect(found == [[text]])
        }
        #expect(Connection.quoted(#"a"b"#) == #""a""b""#)
    }

    @Test func `a refused statement names its SQLSTATE and never the row`() throws {
        guard let connection = try connection() else { return }
        try connection.execute("CREATE TABLE t (a text PRIMARY KEY)")
        try connection.query("INSERT INTO t VALUES ($1)", ["somebody's secret"])
        let error = #expect(throws: PostgreSQLError.self) {
            try connection.query("INSERT INTO t VALUES ($1)", ["somebody's secret"])
        }
        #expect(error?.code == .databaseRefused)
        #expect(error?.sqlState == "23505")
        #expect(error?.reason.contains("secret") == false)
        #expect(try connection.query("SELECT count(*) FROM t") == [["1"]])
    }

    @Test func `a connection that ended is told from what the server refuses`() throws {
        func error(_ sqlState: String?) -> PostgreSQLError {
            let code: PostgreSQLError.Code =
                sqlState == nil ? .databaseUnreachable : .databaseRefused
            return PostgreSQLError(code, sqlState: sqlState, "")
        }
        for state in [nil, "08006", "08P01", "57P01", "57P02", "57P03", "57P05"] {
            #expect(error(state).isOfConnection, "\(state ?? "none")")
        }
        for state in ["57P04", "57014", "42P01", "53100", "23505", "P0001"] {
            #expect(!error(state).isOfConnection, "\(state)")
        }
        #expect(!PostgreSQLError(.databaseURLMalformed, "").isOfConnection)
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let connection = try Connection(url: url)
        try cluster.sql(
            """
            SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """,
            url
        )
        for _ in 0..<2 {
            let error = #expect(throws: PostgreSQLError.self) { try connection.query("SELECT 1") }
            #expect(error?.isOfConnection == true)
        }
        let gone = #expect(throws: PostgreSQLError.self) {
            try connection.copy(into: "nowhere") { _ in }
        }
        #expect(gone?.isOfConnection == true)
    }

    @Test func `no error shows the password or the address`() throws {
        for url in [
            "postgresql://u:hunter2@%zz/x", "mysql://u:hunter2@h/x",
            "postgresql://u:hunter2@h/x?nonsense=hunter2",
        ] {
            let error = #expect(throws: PostgreSQLError.self) { try Connection(url: url) }
            #expect(error?.code == .databaseURLMalformed)
            #expect(error?.description.contains("hunter2") == false)
        }
        let error = #expect(throws: PostgreSQLError.self) {
            try Connection(url: "postgresql://u:hunter2@/hunter2?host=/nonexistent")
        }
        #expect(error?.code == .databaseUnreachable)
        #expect(error?.description.contains("hunter2") == false)
        guard let cluster else { return }
        let unknown = #expect(throws: PostgreSQLError.self) {
            try Connection(url: cluster.url("nosuch", password: "hunter2"))
        }
        #expect(unknown?.code == .databaseUnreachable)
        #expect(unknown?.reason.contains("nosuch") == true)
        #expect(unknown?.reason.contains("hunter2") == false)
    }

    @Test func `a transaction is all or nothing and the connection serves on`() throws {
        struct Stop: Error {}
        guard let connection = try connection() else { return }
        try connection.execute("CREATE TABLE t (a bigint)")
        #expect(throws: Stop.self) {
            try connection.transaction {
                try connection.execute("INSERT INTO t VALUES (1)")
                throw Stop()
            }
        }
        #expect(throws: PostgreSQLError.self) {
            try connection.transaction { try connection.execute("INSERT INTO t VALUES ('x')") }
        }
        try connection.transaction { try connection.execute("INSERT INTO t VALUES (2)") }
        #expect(try connection.query("SELECT a FROM t") == [["2"]])
    }
}

/// Rows in and out in the binary form of COPY.
@Suite struct `A copy` {
    private let cluster: PostgreSQLCluster?

    init() throws { cluster = try PostgreSQLCluster.shared?.get() }

    private func connection() throws -> Connection? {
        guard let cluster else { return nil }
        let connection = try Connection(url: cluster.makeDatabase())
        try connection.execute("CREATE TABLE t (number bigint, word text, data bytea)")
        return connection
    }

    private static let numbers: [Int64] = [.min, -1, 0, 1, .max]

    @Test func `carries every value both ways`() throws {
        guard let connection = try connection() else { return }
        try connection.copy(into: "t (number, word, data)") { writer in
            for number in Self.numbers {
                try writer.beginRow(columnCount: 3)
                writer.append(number)
                writer.append("ครัวเรือน\t\\N\n\(number)")
                writer.append([0, 0xFF, 0x0A])
            }
            try writer.beginRow(columnCount: 3)
            writer.appendNull()
            writer.appendNull()
            writer.appendNull()
        }
        var rows: [(Int64?, String?, [UInt8]?)] = []
        try connection.copy(outOf: "SELECT * FROM t ORDER BY number") { row in
            let values = row.fields.map { field in field.map { Array(row.bytes[$0]) } }
            #expect(values.count == 3)
            let number = values[0].map { bytes in
                bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
            rows.append(
                (
                    number.map { Int64(bitPattern: $0) },
                    values[1].map { String(decoding: $0, as: UTF8.self) }, values[2]
                )
            )
        }
        let words: [String?] = Self.numbers.map { "ครัวเรือน\t\\N\n\($0)" }
        let data: [[UInt8]?] = Self.numbers.map { _ in [0, 0xFF, 0x0A] }
        #expect(rows.map { $0.0 } == Self.numbers + [nil])
        #expect(rows.map { $0.1 } == words + [nil])
        #expect(rows.map { $0.2 } == data + [nil])
        var emptyCount = 0
        try connection.copy(outOf: "SELECT * FROM t WHERE false") { _ in emptyCount += 1 }
        #expect(emptyCount == 0)
    }

    @Test func `more rows than one message holds arrive`() throws {
        guard let connection = try connection() else { return }
        let word = String(repeating: "ก", count: 100)
        try connection.copy(into: "t (number, word)") { writer in
            for number in 0..<5000 {
                try writer.beginRow(columnCount: 2)
                writer.append(Int64(number))
                writer.append(word)
            }
        }
        #expect(
            try connection.query("SELECT count(*), sum(number), min(word) = max(word) FROM t")
                == [["5000", "12497500", "t"]]
        )
    }

    @Test func `that is given up or refused leaves no row and a connection that serves on`() throws
    {
        struct Stop: Error {}
        guard let connection = try connection() else { return }
        #expect(throws: Stop.self) {
            try connection.copy(into: "t (number)") { writer in
                try writer.beginRow(columnCount: 1)
                writer.append(1)
                throw Stop()
            }
        }
        let refused = #expect(throws: PostgreSQLError.self) {
            try connection.copy(into: "t (number)") { writer in
                try writer.beginRow(columnCount: 1)
                writer.append("a text where a number goes")
            }
        }
        #expect(refused?.code == .databaseRefused)
        #expect(throws: PostgreSQLError.self) { try connection.copy(into: "nosuch") { _ in } }
        #expect(throws: Stop.self) {
            try connection.copy(outOf: "SELECT generate_series(1, 1000)") { _ in throw Stop() }
        }
        #expect(throws: PostgreSQLError.self) {
            try connection.copy(outOf: "SELECT 1 / (3 - a) FROM generate_series(1, 5) a") { _ in }
        }
        #expect(try connection.query("SELECT count(*) FROM t") == [["0"]])
    }
}
