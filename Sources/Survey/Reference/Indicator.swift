/// One of the questionnaire's indicators (ตัวชี้วัด).
package struct Indicator: Sendable, Hashable {
    /// 1-based, as printed on the form.
    package let number: Int
    package let category: Category
    package let nameTh: String
    package let nameEn: String
    package let unit: Unit
    /// Whole years at the cycle's reference date that can be in scope; nil: any age.
    package let ageRange: ClosedRange<Int>?
    /// Whether everybody in the age range is in scope.
    ///
    /// Then the in-scope count equals the number of members in the range; otherwise it is at most
    /// that, because the scope also depends on something the record does not hold.
    package let scopeIsExact: Bool

    package enum Unit: Sendable, Hashable {
        case household
        case person
    }

    package enum Category: Sendable, Hashable, CaseIterable {
        case health
        case environment
        case education
        case employmentAndIncome
        case values

        package var nameTh: String {
            switch self {
            case .health: "สุขภาพ"
            case .environment: "สภาพแวดล้อม"
            case .education: "การศึกษา"
            case .employmentAndIncome: "การมีงานทำและรายได้"
            case .values: "ค่านิยม"
            }
        }

        package var nameEn: String {
            switch self {
            case .health: "Health"
            case .environment: "Environment"
            case .education: "Education"
            case .employmentAndIncome: "Employment and income"
            case .values: "Values"
            }
        }
    }

    /// No age is higher: days span 1800 to 2399.
    package static let oldestAge = 599

    /// How many of the members may be in scope, judged by age alone; 1 for the household itself.
    package func eligibleCount(ages: [UInt32]) -> Int {
        guard unit == .person else { return 1 }
        guard let ageRange else { return ages.count }
        let lowest = UInt32(ageRange.lowerBound)
        let highest = UInt32(ageRange.upperBound)
        var count = 0
        for age in ages where age >= lowest && age <= highest { count += 1 }
        return count
    }
}
