import AreasProjection
import CalendarProjection
import Console
import EditionsProjection
import Hummingbird
import IndicatorsProjection
import ProgressProjection
import ProjectionRuntime
import Survey

extension ModelRoutes {
    private static func scope(_ code: String, _ context: ModelContext) throws -> AreaScope {
        guard let row = try AreaReadModel.area(code, context.db) else {
            throw Problem(.areaUnknown)
        }
        return AreaScope(code: code, level: Area.Level(name: row.level))
    }

    private static func total(
        of scope: AreaScope,
        _ cycle: String,
        _ context: ModelContext
    ) throws -> ProgressRow? {
        try ProgressReadModel.progress(
            cycle: cycle,
            level: scope.level,
            within: scope,
            context.db
        )
        .first { $0.area == scope.code }
    }

    @Sendable
    static func figures(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let projections: [any Projection] = [
            AreaReadModel(), EditionReadModel(), IndicatorReadModel(), ProgressReadModel(),
        ]
        return try await core.model(call, projections, hasTable: true) { context in
            let cycle = try context.cycle()
            let scope = try scope(context.call.parameters["code"] ?? "", context)
            let known = try EditionReadModel.indicators(cycle: cycle, context.db)
            let names = Dictionary(known.map { ($0.indicator, $0) }) { first, _ in first }
            // A number that the edition leaves out is no indicator.
            let rows = try IndicatorReadModel.results(cycle: cycle, area: scope, context.db)
                .filter { names[$0.indicator] != nil }
            let progress = try total(of: scope, cycle, context)
            return ModelAnswer(
                [
                    ("cycle", .string(cycle)), ("area", .string(scope.code)),
                    ("progress", try progress.map { try .row($0) } ?? .null),
                    ("indicators", .array(rows.map(json))),
                ],
                table: CSVTable(
                    columns: [
                        "indicator", "nameTh", "nameEn", "surveyed", "passed", "failed",
                        "percentPassed", "percentFailed",
                    ],
                    rows: rows.map { row in
                        [
                            "\(row.indicator)", names[row.indicator]?.nameTh ?? "",
                            names[row.indicator]?.nameEn ?? "", "\(row.surveyed)",
                            "\(row.passed)", "\(row.failed)", row.percentPassed,
                            row.percentFailed,
                        ]
                    }
                )
            )
        }
    }

    private static func json(_ row: IndicatorRow) -> JSON {
        [
            "indicator": .number(row.indicator),
            "surveyed": .number(Int(row.surveyed)),
            "passed": .number(Int(row.passed)),
            "failed": .number(Int(row.failed)),
            "percentPassed": .string(row.percentPassed),
            "percentFailed": .string(row.percentFailed),
        ]
    }

    @Sendable
    static func progress(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let projections: [any Projection] = [AreaReadModel(), ProgressReadModel()]
        return try await core.model(call, projections, hasTable: true) { context in
            let cycle = try context.cycle()
            let province = try CalendarReadModel.cycles(context.db).first { $0.cycle == cycle }?
                .province
            let code = context.call.parameters["area"] ?? province ?? ""
            let scope = try scope(code, context)
            let division = context.call.parameters["by"] ?? "district"
            let parts = try ProgressReadModel.progress(
                cycle: cycle,
                level: Area.Level(name: division),
                within: scope,
                context.db
            )
            let total = try total(of: scope, cycle, context)
            return ModelAnswer(
                [
                    ("cycle", .string(cycle)), ("area", .string(code)),
                    ("total", try total.map { try .row($0) } ?? .null),
                    ("by", .string(division)), ("parts", try .rows(parts)),
                ],
                table: table(parts)
            )
        }
    }

    private static func table(_ parts: [ProgressRow]) -> CSVTable {
        CSVTable(
            columns: [
                "area", "target", "questionnaires", "collected", "corrected", "notCollected",
                "remaining", "persons", "warnings", "certified", "certification",
            ],
            rows: parts.map { row in
                let counts = [
                    row.target, row.questionnaires, row.collected, row.corrected,
                    row.notCollected, row.remaining, row.persons, row.warnings, row.certified,
                ]
                return [row.area] + counts.map { "\($0)" } + [row.certification ?? ""]
            }
        )
    }
}
