import AreasProjection
package import GRDB
import ProjectionRuntime
import Survey

/// Which rows of a list are wanted; each option goes by the column of its name.
package struct ListFilter {
    /// The column's key and what it must hold.
    private let wanted: [(column: Int, value: String)]
    private let areaColumns: [Int]
    private let area: AreaInScope?
    /// The LAOs below the area: their codes do not begin with its own.
    private let laos: Set<String>

    package init(
        _ list: OfficeList,
        _ options: [(key: String, value: String?)],
        _ area: AreaInScope?,
        _ db: Database
    ) throws {
        wanted = options.compactMap { key, value in
            guard let value, let column = list.titles.firstIndex(where: { $0.key == key })
            else { return nil }
            return (column, value)
        }
        areaColumns = list.titles.indices.filter { list.titles[$0].isArea }
        self.area = area
        guard let area, area.scope.level != .lao else {
            laos = []
            return
        }
        let below = try AreaReadModel.areas(level: .lao, db)
            .filter { $0.parent?.hasPrefix(area.scope.code) ?? false }
        laos = Set(below.map(\.area))
    }

    package func accepts(_ values: [ListValue]) -> Bool {
        guard wanted.allSatisfy({ values[$0.column].machineText == $0.value }) else { return false }
        guard let area else { return true }
        return areaColumns.contains { column in
            guard case .area(let code) = values[column] else { return false }
            if area.scope.level == .lao { return code == area.scope.code }
            // Codes nest, and an LAO lies within its parent.
            return code.hasPrefix(area.scope.code) || laos.contains(code)
        }
    }
}
