import GRDB
import PlansProjection
import ProgressProjection
import ProjectionRuntime
import Survey

/// How far the records say a step of a known kind has come.
struct PlanProgress: Encodable {
    let done: Int64
    let target: Int64

    /// Nil for a step of which the records tell nothing, and while the area has no target.
    init?(
        _ step: PlanStepRow,
        cycle: String,
        of scope: AreaScope,
        on today: Day,
        _ db: Database
    ) throws {
        guard ["collecting", "certifying"].contains(step.kind) else { return nil }
        let row = try ProgressReadModel.progress(
            cycle: cycle,
            level: scope.level,
            within: scope,
            upTo: today,
            db
        ).first { $0.area == scope.code }
        guard let row else { return nil }
        let isCollecting = step.kind == "collecting"
        done = isCollecting ? row.collected + row.notCollected : row.certified
        target = isCollecting ? row.target : row.collected
    }
}
