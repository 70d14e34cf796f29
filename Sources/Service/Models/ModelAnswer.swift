import CalendarProjection
import CertificationsProjection
import Console
import GRDB
import HTTPTypes
import HouseholdsProjection
import Hummingbird
import LedgerReader
import ProjectionRuntime
import Survey

/// What a question to the read models comes to: JSON, and a table where it is one.
struct ModelAnswer: Sendable {
    let members: [(String, JSON)]
    let csv: [UInt8]?
    /// Where the next page of it begins.
    let next: String?

    init(_ members: [(String, JSON)], csv: [UInt8]?, next: String?) {
        self.members = members
        self.csv = csv
        self.next = next
    }

    init(_ members: [(String, JSON)], table: CSVTable? = nil) {
        self.init(members, csv: table?.bytes, next: nil)
    }
}

/// Rows as RFC 4180 writes them.
struct CSVTable: Sendable {
    let columns: [String]
    let rows: [[String]]

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for row in [columns] + rows {
            bytes += row.map(Self.field).joined(separator: ",").utf8
            bytes += "\r\n".utf8
        }
        return bytes
    }

    private static func field(_ given: String) -> String {
        let text = isFormula(given) ? "'" + given : given
        let isPlain = text.utf8.allSatisfy {
            $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 >= 0x20
        }
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

extension CSVTable {
    /// What a spreadsheet would carry out instead of showing it; a number is none.
    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first)
        else { return false }
        return Double(text) == nil
    }
}

/// What a question is asked of.
struct ModelContext {
    let call: Call
    /// The day that the answer speaks of.
    let day: Day
    let db: Database

    /// The cycle that was asked for, else the latest with a household or a certification, so that
    /// defining the next year does not hide this one; else the latest that is defined.
    func cycle() throws -> String {
        let cycles = try CalendarReadModel.cycles(db).map(\.cycle)
        if let asked = call.parameters["cycle"] {
            guard cycles.contains(asked) else { throw Problem(.cycleUnknown) }
            return asked
        }
        guard let latest = cycles.last else { throw Problem(.cycleUnknown) }
        return try cycles.reversed().first { cycle in
            try !HouseholdReadModel.households(cycle: cycle, limit: 1, db).isEmpty
                || !CertificationReadModel.certifications(cycle: cycle, db).isEmpty
        } ?? latest
    }
}

extension ServiceCore {
    private static let json = "application/json"
    private static let csv = "text/csv"

    /// Asks the read models as they are, or as they were at `as-of`.
    ///
    /// `projections` are those that the question needs beside those that tell the cycle; `version`
    /// is what else the answer depends on than the ledger and the address.
    func model(
        _ call: Call,
        _ projections: [any Projection],
        hasTable: Bool = false,
        version: String = "",
        _ question: @escaping @Sendable (ModelContext) throws -> ModelAnswer
    ) async throws -> Response {
        let type = try call.accepted(of: hasTable ? [Self.json, Self.csv] : [Self.json])
        let point = try call.parameters["as-of"].map { text throws(Problem) in
            try Self.point(text)
        }
        var day = today
        if case .day(let asked)? = point { day = asked }
        let (position, answer) =
            if let point {
                try await pastAnswer(call, projections, point, day, question)
            } else {
                try await liveAnswer(call, day, question)
            }
        // A change of program may change the answer; one of the day changes what is late.
        let form = type == Self.csv ? "csv" : "json"
        let tag = "\"\(Program.version)-\(position)-\(day.iso)-\(form)\(version)\""
        var headers: HTTPFields = [.eTag: tag, .vary: "Accept"]
        if !version.isEmpty { headers[.vary] = "Accept, Accept-Language, Authorization, Cookie" }
        if let next = answer.next { headers[.known("Link")] = call.nextLink(after: next) }
        let cacheControl = "private, no-cache"
        if call.has(tag) {
            return RecordRoutes.notModified(headers, cacheControl)
        }
        if type == Self.csv, let csv = answer.csv {
            return .bytes(
                csv,
                "text/csv; charset=utf-8; header=present",
                headers: headers,
                cacheControl: cacheControl
            )
        }
        return .json(
            .object(answer.members + [("position", .unsigned(position))]),
            headers: headers,
            cacheControl: cacheControl
        )
    }

    private static func point(_ text: String) throws(Problem) -> AsOf {
        if let size = UInt64(text), text == "\(size)" { return .treeSize(size) }
        guard let day = try? ThaiDate.parse(text) else {
            throw Problem(.parameterMalformed, "as-of")
        }
        return .day(day)
    }

    private func liveAnswer(
        _ call: Call,
        _ day: Day,
        _ question: @escaping @Sendable (ModelContext) throws -> ModelAnswer
    ) async throws -> (UInt64, ModelAnswer) {
        // Before the rows are read: they may be newer than what is said of them, never older.
        guard let position = follower.current.position else { throw Problem(.readModelsBehind) }
        let survey = parts.survey
        let answer = try await threads.run {
            try survey.read { db in try question(ModelContext(call: call, day: day, db: db)) }
        }
        return (position, answer)
    }

    private func pastAnswer(
        _ call: Call,
        _ projections: [any Projection],
        _ point: AsOf,
        _ day: Day,
        _ question: @escaping @Sendable (ModelContext) throws -> ModelAnswer
    ) async throws -> (UInt64, ModelAnswer) {
        let (reader, maximum) = (reader, limits.pastRecordCountMax)
        return try await past.run {
            let snapshot = try reader.snapshot()
            let treeSize = try snapshot.treeSize(asOf: point)
            guard treeSize <= maximum else { throw Problem(.pastTooLarge) }
            let database = try SurveyDatabase()
            var needed: [any Projection] = [
                CalendarReadModel(), HouseholdReadModel(), CertificationReadModel(),
            ]
            for projection in projections
            where !needed.contains(where: { $0.name == projection.name }) {
                needed.append(projection)
            }
            try ProjectionRunner(needed, database).catchUp(snapshot, upTo: treeSize)
            let answer = try database.read { db in
                try question(ModelContext(call: call, day: day, db: db))
            }
            return (treeSize, answer)
        }
    }
}
