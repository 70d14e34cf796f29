import AreasProjection
import Cryptography
import EditionsProjection
import GRDB
import IndicatorsProjection
import OfficeLists
import ProgressProjection
import ProjectionRuntime
import Survey

extension Page {
    /// Of the figures that the read models have now, as a certification would state them.
    func figuresDigest(_ code: String, _ cycle: String, _ db: Database) throws -> String {
        let area = try scope(code, db)
        let progress = try ProgressReadModel.progress(
            cycle: cycle,
            level: area.scope.level,
            within: area.scope,
            db
        )
        .first { $0.area == code }
        var figures = Figures()
        figures.targetHouseholds = UInt64(clamping: progress?.target ?? 0)
        figures.collected = UInt64(clamping: progress?.collected ?? 0)
        figures.notCollected = UInt64(clamping: progress?.notCollected ?? 0)
        figures.persons = UInt64(clamping: progress?.persons ?? 0)
        let last = try EditionReadModel.indicators(cycle: cycle, db).last?.indicator ?? 0
        figures.surveyed = Array(repeating: 0, count: last)
        figures.failed = figures.surveyed
        for row in try IndicatorReadModel.results(cycle: cycle, area: area.scope, db)
        where row.indicator >= 1 && row.indicator <= last {
            figures.surveyed[row.indicator - 1] = UInt64(clamping: row.surveyed)
            figures.failed[row.indicator - 1] = UInt64(clamping: row.failed)
        }
        return figures.digest(cycle: cycle, area: code).hex
    }
}
