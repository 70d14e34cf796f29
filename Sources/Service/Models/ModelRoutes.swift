import Access
import AreasProjection
import CalendarProjection
import CertificationsProjection
import Console
import EditionsProjection
import HTTPTypes
import HouseholdsProjection
import Hummingbird
import IndicatorsProjection
import ProgressProjection
import ProjectionRuntime
import Survey

/// The read models as resources; never with personal data, which is sealed.
enum ModelRoutes {
    static let asOf = Parameter.query(
        "as-of",
        .text(
            byteCountMax: 40,
            pattern: "^(0|[1-9][0-9]{0,17}"
                + "|20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]))$"
        ),
        "As of a tree size, or of a day of recording (any day, also as it is written in Thai)."
    )
    static let cycle = Parameter.query(
        "cycle",
        .text(byteCountMax: 8),
        "The cycle (default: the latest with data)."
    )
    static let problems: [ProblemCode] = [
        .notAcceptable, .readModelsBehind, .pastTooLarge, .treeSizeBeyondLedger,
        .parameterMalformed, .cycleUnknown,
    ]

    private static func route(
        _ template: String,
        _ id: String,
        _ summary: String,
        _ action: Action = .readFigures,
        parameters: [Parameter],
        hasTable: Bool = false,
        members: [(String, Schema)],
        problems: [ProblemCode] = [],
        isPrivileged: Bool = false,
        _ handler: @escaping @Sendable (Call, ServiceCore) async throws -> Response
    ) -> Route {
        let json = Answer(
            200,
            "application/json",
            .object(members + [("position", .integer)])
        )
        return Route(
            method: .get,
            template: template,
            id: id,
            summary: summary,
            entry: .allowed(action),
            parameters: parameters,
            answers: [json] + (hasTable ? [Answer(200, "text/csv", .opaque)] : [])
                + [Answer(304, "", .opaque)],
            problems: Self.problems + problems,
            isPrivileged: isPrivileged,
            handler: handler
        )
    }

    private static func code(_ name: String, _ summary: String) -> Parameter {
        .path(name, .text(byteCountMax: 64), summary)
    }

    static let all = [
        route(
            "/v1/households/{id}",
            "readHousehold",
            "One household as it is, or was.",
            .readHousehold,
            parameters: [code("id", "The household."), cycle, asOf],
            members: [("household", .row)],
            problems: [.householdUnknown, .outsideOwnAreas],
            isPrivileged: true,
            household
        ),
        route(
            "/v1/areas/{code}",
            "readArea",
            "One area, and those in it.",
            parameters: [code("code", "The area's code."), asOf],
            members: [
                ("area", .row), ("children", .array(.row)), ("tambons", .array(.string)),
                ("laos", .array(.string)),
            ],
            problems: [.areaUnknown],
            area
        ),
        route(
            "/v1/areas/{code}/figures",
            "readFigures",
            "An area's results by indicator.",
            parameters: [code("code", "The area's code."), cycle, asOf],
            hasTable: true,
            members: [
                ("cycle", .string), ("area", .string), ("progress", .nullable(.row)),
                ("indicators", .array(.row)),
            ],
            problems: [.areaUnknown],
            figures
        ),
        route(
            "/v1/certifications/{id}",
            "readCertification",
            "One certification, with its signatures and what is missing.",
            parameters: [code("id", "The certification."), asOf],
            members: [("certification", .row)],
            problems: [.certificationUnknown],
            certification
        ),
        route(
            "/v1/progress",
            "readProgress",
            "How far an area and its parts have come.",
            parameters: [
                .query(
                    "area",
                    .text(byteCountMax: 8),
                    "The area's code (default: the cycle's province)."
                ),
                .query(
                    "by",
                    .choice(["district", "lao", "tambon", "village"]),
                    "Which parts (default: the districts)."
                ),
                cycle, asOf,
            ],
            hasTable: true,
            members: [
                ("cycle", .string), ("area", .string), ("total", .nullable(.row)),
                ("by", .string), ("parts", .array(.row)),
            ],
            problems: [.areaUnknown],
            progress
        ),
        route(
            "/v1/deadlines",
            "readDeadlines",
            "Every deadline for every area that must act: met, late, open or missed.",
            parameters: [cycle, asOf],
            hasTable: true,
            members: [("cycle", .string), ("on", .string), ("entries", .array(.row))],
            deadlines
        ),
    ]
}

extension ModelRoutes {
    @Sendable
    private static func household(_ call: Call, _ core: ServiceCore) async throws -> Response {
        try await core.model(call, [HouseholdReadModel()]) { context in
            let id = context.call.parameters["id"] ?? ""
            let cycle = try context.cycle()
            let row = try HouseholdReadModel.household(id, cycle: cycle, context.db)
            let place = row.map { row in
                Place(cycle: row.cycle, village: row.village, lao: row.lao)
            }
            // Who may read his own areas only learns of others not even whether it is there.
            let places = [place ?? .wholeProvince(cycle: cycle)]
            switch context.call.principal?.permission(.readHousehold, at: places) {
            case .granted?: break
            default: throw Problem(.outsideOwnAreas)
            }
            guard let row else { throw Problem(.householdUnknown) }
            return ModelAnswer([("household", try .row(row))])
        }
    }

    @Sendable
    private static func area(_ call: Call, _ core: ServiceCore) async throws -> Response {
        try await core.model(call, [AreaReadModel()]) { context in
            let (code, db) = (context.call.parameters["code"] ?? "", context.db)
            guard let area = try AreaReadModel.area(code, db) else { throw Problem(.areaUnknown) }
            let tambons = try AreaReadModel.tambons(coveredBy: code, db)
            let laos = try AreaReadModel.laos(covering: code, db)
            return ModelAnswer([
                ("area", try .row(area)),
                ("children", try .rows(AreaReadModel.areas(parent: code, db))),
                ("tambons", .array(tambons.map { .string($0) })),
                ("laos", .array(laos.map { .string($0) })),
            ])
        }
    }

    @Sendable
    private static func certification(_ call: Call, _ core: ServiceCore) async throws -> Response {
        try await core.model(call, [CertificationReadModel()]) { context in
            let id = context.call.parameters["id"] ?? ""
            guard let detail = try CertificationReadModel.certification(id, context.db) else {
                throw Problem(.certificationUnknown)
            }
            return ModelAnswer([("certification", try .row(detail))])
        }
    }

    @Sendable
    private static func deadlines(_ call: Call, _ core: ServiceCore) async throws -> Response {
        try await core.model(call, [CalendarReadModel()], hasTable: true) { context in
            let cycle = try context.cycle()
            let entries = try CalendarReadModel.entries(cycle: cycle, on: context.day, context.db)
            let rows = entries.map { entry in
                let deadline = entry.deadline
                return [
                    deadline.deadline, deadline.item, deadline.act, entry.area, deadline.due,
                    entry.doneOn ?? "", entry.status.rawValue, "\(entry.daysLate)",
                ]
            }
            return ModelAnswer(
                [
                    ("cycle", .string(cycle)), ("on", .string(context.day.iso)),
                    ("entries", try .rows(entries)),
                ],
                table: CSVTable(
                    columns: [
                        "deadline", "item", "act", "area", "due", "doneOn", "status", "daysLate",
                    ],
                    rows: rows
                )
            )
        }
    }
}
