import GRDB

/// A sign-in, a refusal or a privileged reading, for auditors: who, when, what, and what came of it.
package struct AccessEntry: Sendable, Hashable {
    package enum Outcome: String, Sendable, CaseIterable {
        case read, refused
        /// With a passkey; and the end of such a session.
        case signedIn, signedOut
        /// A link to enrol a passkey was made; and was used.
        case linkMade, enrolled
    }

    /// Microseconds since 1970.
    package let at: Int64
    /// "" where nobody was known.
    package let person: String
    /// Or the name of a session or a link.
    package let token: String
    package let request: String
    package let method: String
    /// The template: what was asked for could be personal data.
    package let route: String
    package let outcome: Outcome
    /// Why it was refused; "" where it was not.
    package let code: String
    /// The link that was made, and whom it is for; else "".
    package let subject: String

    package init(
        at: Int64,
        person: String,
        token: String,
        request: String,
        method: String,
        route: String,
        outcome: Outcome,
        code: String,
        subject: String = ""
    ) {
        self.at = at
        self.person = person
        self.token = token
        self.request = request
        self.method = method
        self.route = route
        self.outcome = outcome
        self.code = code
        self.subject = subject
    }
}

extension AccessStore {
    /// Strangers can fill no more than this, and push out nothing but what strangers did.
    package static let strangerCountMax = 10_000

    package func log(_ entry: AccessEntry) throws(AccessError) { try log([entry]) }

    /// Rows of many requests in one transaction, which is flushed once.
    package func log(_ entries: [AccessEntry]) throws(AccessError) {
        try write { db in
            for entry in entries { try Self.insert(entry, db) }
            guard entries.contains(where: \.person.isEmpty) else { return }
            try db.execute(
                sql: """
                    DELETE FROM access WHERE person = '' AND number <= (
                        SELECT number FROM access WHERE person = ''
                        ORDER BY number DESC LIMIT 1 OFFSET ?)
                    """,
                arguments: [Self.strangerCountMax]
            )
        }
    }

    private static func insert(_ entry: AccessEntry, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO access
                    (at, person, token, request, method, route, outcome, code, subject)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                entry.at, entry.person, entry.token, entry.request, entry.method, entry.route,
                entry.outcome.rawValue, entry.code, entry.subject,
            ]
        )
    }

    /// Which entries are looked for; all of them where nothing is said.
    package struct EntryFilter: Sendable {
        package var person: String?
        package var outcome: AccessEntry.Outcome?
        /// Microseconds since 1970.
        package var times: Range<Int64>?

        package init(
            person: String? = nil,
            outcome: AccessEntry.Outcome? = nil,
            times: Range<Int64>? = nil
        ) {
            (self.person, self.outcome, self.times) = (person, outcome, times)
        }
    }

    /// Entries with their numbers, newest first; `before` is the last number of the page before.
    package func entries(
        before: Int64 = .max,
        limit: Int = 100,
        _ filter: EntryFilter = EntryFilter()
    ) throws(AccessError) -> [(number: Int64, entry: AccessEntry)] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM access WHERE number < ?1
                        AND (?3 IS NULL OR person = ?3) AND (?4 IS NULL OR outcome = ?4)
                        AND at >= ?5 AND at < ?6
                    ORDER BY number DESC LIMIT ?2
                    """,
                arguments: [
                    before, limit, filter.person, filter.outcome?.rawValue,
                    filter.times?.lowerBound ?? .min, filter.times?.upperBound ?? .max,
                ]
            )
            return try rows.map { row in
                func text(_ column: String) -> String? { String.fromDatabaseValue(row[column]) }
                guard let number = Int64.fromDatabaseValue(row["number"]),
                    let at = Int64.fromDatabaseValue(row["at"]), let person = text("person"),
                    let token = text("token"), let request = text("request"),
                    let method = text("method"), let route = text("route"),
                    let outcome = text("outcome").flatMap({ AccessEntry.Outcome(rawValue: $0) }),
                    let code = text("code"), let subject = text("subject")
                else { throw AccessError(.accessStoreFailed, "a row of the access log is none") }
                let entry = AccessEntry(
                    at: at,
                    person: person,
                    token: token,
                    request: request,
                    method: method,
                    route: route,
                    outcome: outcome,
                    code: code,
                    subject: subject
                )
                return (number, entry)
            }
        }
    }
}
