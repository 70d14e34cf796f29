package import AreasProjection
package import GRDB
package import ProjectionRuntime
import Survey

/// An area with what it means for sums.
package struct AreaInScope {
    package let row: AreaRow
    package let scope: AreaScope

    /// Nil for a code that nobody defined.
    package init?(_ code: String, _ db: Database) throws {
        guard let row = try AreaReadModel.area(code, db) else { return nil }
        self.row = row
        scope = AreaScope(code: code, level: Area.Level(name: row.level))
    }
}
