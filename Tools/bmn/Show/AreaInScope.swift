import AreasProjection
import GRDB
import ProjectionRuntime
import Survey

/// An area with what it means for sums.
struct AreaInScope {
    let row: AreaRow
    let scope: AreaScope
}

extension Page {
    /// An area by its code; refuses one that nobody defined.
    func scope(_ code: String, _ db: Database) throws -> AreaInScope {
        guard let row = try AreaReadModel.area(code, db) else {
            throw Rejection(.areaUnknown, code)
        }
        let levels: [Area.Level] = [.province, .district, .tambon, .village, .lao]
        let level = levels.first { $0.name == row.level } ?? .unspecified
        return AreaInScope(row: row, scope: AreaScope(code: code, level: level))
    }
}
