import Access
import AreasProjection
import Console
import Cryptography
import HTTPTypes
import Hummingbird
import OfficeLists
import ProjectionRuntime
import Survey

/// The lists of an office as resources: the same as `bmn list` writes and the pages show.
enum ListRoutes {
    static let all = [names] + ListName.allCases.map(route)

    private static let names = Route(
        method: .get,
        template: "/v1/lists",
        id: "readLists",
        summary: "Which lists there are, with their columns.",
        entry: .allowed(.readFigures),
        answers: [
            Answer(
                200,
                "application/json",
                .object([
                    (
                        "lists",
                        .array(
                            .object([
                                ("name", .string), ("title", .string), ("columns", .array(.row)),
                            ])
                        )
                    )
                ])
            )
        ],
        handler: { call, _ in
            let lists = ListName.allCases.map { name -> JSON in
                let columns = name.list(by: nil, call.language).titles.map { title -> JSON in
                    [
                        "name": .string(title.jsonKey), "csv": .string(title.key),
                        "title": .string(title.words.text(call.language)),
                    ]
                }
                return [
                    "name": .string(name.rawValue),
                    "title": .string(name.title.text(call.language)), "columns": .array(columns),
                ]
            }
            return .json(["lists": .array(lists)], headers: [.vary: "Accept-Language"])
        }
    )

    /// Filters by columns, as `bmn list` has them.
    private static let filters = ["state", "kind", "role", "level"]

    private static func route(_ name: ListName) -> Route {
        let list = name.list(by: nil, .english)
        var parameters = [
            ModelRoutes.cycle, ModelRoutes.asOf,
            .query(
                "on",
                .text(
                    byteCountMax: 40,
                    pattern: "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$"
                ),
                "In force, late or due on this day (default: today, or the day of as-of)."
            ),
            .query("after", .text(byteCountMax: 30, pattern: ListCursor.pattern), "From Link."),
            .query("limit", .integer(1...10_000), "How many rows at most (default: 1000)."),
        ]
        if list.titles.contains(where: \.isArea) {
            let summary = "Only in this area and those below it; an LAO stands for itself."
            parameters.append(.query("area", .text(byteCountMax: 8), summary))
        }
        for key in filters where list.titles.contains(where: { $0.key == key }) {
            guard key != "state" || name.onlyState == nil else { continue }
            let summary = "Only rows with this in the column of the same name."
            parameters.append(.query(key, .text(byteCountMax: 40), summary))
        }
        if name.isDividedByLevel {
            let levels = ["province", "district", "tambon", "village", "lao"]
            parameters.append(.query("level", .choice(levels), "Of the areas of this level."))
        }
        return Route(
            method: .get,
            template: "/v1/lists/\(name.rawValue)",
            id: id(name),
            summary: "\(name.title.english), in pages; Link says where the next one begins.",
            entry: .allowed(name.isOfHouseholds ? .readHousehold : .readFigures),
            parameters: parameters,
            answers: [
                Answer(200, "application/json", schema(name, list)),
                Answer(200, "text/csv", .opaque), Answer(304, "", .opaque),
            ],
            problems: ModelRoutes.problems + [.areaUnknown, .cursorOvertaken],
            isPrivileged: name.isOfHouseholds,
            handler: { call, core in try await answer(name, call, core) }
        )
    }

    /// `listPlanSteps` of `plan-steps`.
    private static func id(_ name: ListName) -> String {
        let words = name.rawValue.split(separator: "-")
        return "list" + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func schema(_ name: ListName, _ list: OfficeList) -> Schema {
        let columns = list.titles.map { title -> (String, Schema) in
            let cell: Schema = title.isFlag ? .boolean : title.isNumeric ? .integer : .string
            return (title.jsonKey, .nullable(cell))
        }
        // By level it has other columns.
        let row: Schema = name == .targets ? .row : .object(columns)
        return .object(
            [("cycle", .string), ("on", .string), ("rows", .array(row)), ("position", .integer)],
            optional: [("next", .string)]
        )
    }

    private static func answer(
        _ name: ListName,
        _ call: Call,
        _ core: ServiceCore
    ) async throws -> Response {
        let cursor = try call.parameters["after"].map { text throws(Problem) in
            guard let cursor = ListCursor(text) else {
                throw Problem(.parameterMalformed, "after")
            }
            return cursor
        }
        let day = try call.parameters["on"].map { text throws(Problem) in
            guard let day = try? ThaiDate.parse(text) else {
                throw Problem(.parameterMalformed, "on")
            }
            return day
        }
        let projections = name.list(by: nil, call.language).projections + [AreaReadModel()]
        // What is shown of households depends on who asks.
        let reader = name.isOfHouseholds ? call.principal?.person ?? "" : ""
        let digest = SHA256.hash(Array("\(call.language.rawValue) \(reader)".utf8)).hex
        return try await core.model(
            call,
            projections,
            hasTable: true,
            version: "-\(digest.prefix(16))"
        ) { context in
            try rows(name, context, on: day ?? context.day, after: cursor)
        }
    }

    private static func rows(
        _ name: ListName,
        _ context: ModelContext,
        on day: Day,
        after cursor: ListCursor?
    ) throws -> ModelAnswer {
        let (call, db) = (context.call, context.db)
        let cycle = try context.cycle()
        let area = try call.parameters["area"].map { code in
            guard let area = try AreaInScope(code, db) else { throw Problem(.areaUnknown) }
            return area
        }
        let level =
            name.isDividedByLevel
            ? call.parameters["level"].map { Area.Level(name: $0) } ?? name.level(of: area) : nil
        let list = name.list(by: level, call.language)
        let wanted = filters.map { key -> (key: String, value: String?) in
            guard key != "level" || !name.isDividedByLevel else { return (key, nil) }
            let own = key == "state" ? name.onlyState : nil
            return (key, own ?? call.parameters[key])
        }
        let filter = try ListFilter(list, wanted, area, db)
        let page = try ListPage(
            of: list,
            ListScope(cycle: cycle, day: day, area: area),
            after: cursor,
            limit: Int(call.number("limit") ?? 1000),
            db
        ) { row in filter.accepts(row.values) && mayRead(row, call.principal) }
        var members: [(String, JSON)] = [
            ("cycle", .string(cycle)), ("on", .string(day.iso)),
            ("rows", .array(page.rows.map { ListLine.json(list.titles, $0.values) })),
        ]
        if let next = page.next { members.append(("next", .string(next.text))) }
        let lines = page.rows.map { ListLine.values($0.values) }
        return ModelAnswer(
            members,
            csv: Array((ListLine.titles(list.titles) + lines.joined()).utf8),
            next: page.next?.text
        )
    }

    /// Households are for those whose areas they are in.
    private static func mayRead(_ row: ListRow, _ principal: Principal?) -> Bool {
        guard let home = row.home else { return true }
        let place = Place(cycle: home.cycle, village: home.village, lao: home.lao)
        guard case .granted? = principal?.permission(.readHousehold, at: [place]) else {
            return false
        }
        return true
    }
}

extension Call {
    /// The header Link of the page after this one.
    func nextLink(after cursor: String) -> String {
        var query = query
        query["after"] = cursor
        let parts = query.sorted { $0.key < $1.key }.map { name, value in
            "\(name)=\(QueryText.encode(value))"
        }
        return "</\(segments.joined(separator: "/"))?\(parts.joined(separator: "&"))>; rel=\"next\""
    }
}
