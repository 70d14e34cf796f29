import AreasProjection
import BudgetProjection
import Console
import GRDB
import OfficeLists
import ProjectionRuntime
import Survey

/// What an area was given and spent, with all that lies within it: as it is reported upwards.
struct BudgetSum: Encodable {
    let area: String
    let nameTh: String
    let allocationCount: Int
    let allocatedSatang: Int64
    let spentSatang: Int64
    let leftSatang: Int64

    init(_ area: AreaRow, _ allocations: [BudgetAllocationRow]) {
        self.area = area.area
        nameTh = area.nameTh
        allocationCount = allocations.count
        allocatedSatang = allocations.map(\.amountSatang).reduce(0, +)
        spentSatang = allocations.map(\.spentSatang).reduce(0, +)
        leftSatang = allocatedSatang - spentSatang
    }
}

extension Page {
    /// Of the area as a whole, and of a province each of its districts.
    func budgetSums(
        _ area: AreaInScope,
        _ allocations: [BudgetAllocationRow],
        _ db: Database
    ) throws -> [BudgetSum] {
        var sums = [BudgetSum(area.row, allocations)]
        guard area.scope.level == .province else { return sums }
        for district in try AreaReadModel.areas(level: .district, parent: area.row.area, db) {
            let codes = Set(try AreaReadModel.codes(within: district.area, db))
            sums.append(BudgetSum(district, allocations.filter { codes.contains($0.area) }))
        }
        return sums
    }
}
