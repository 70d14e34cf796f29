internal import Survey

/// Members of a household in one field: `;` between members, `|` between a member's nine fields.
extension RowForm {
    private static let memberFieldCount = 9

    mutating func members(_ column: HouseholdColumn) -> [Member] {
        let whole = range(column)
        guard !whole.isEmpty else {
            report(.valueMissing, column)
            return []
        }
        var members: [Member] = []
        var number = 0
        for part in split(whole, at: UInt8(ascii: ";")) {
            let range = row.trimmed(part)
            // After the last separator.
            if range.isEmpty, part.upperBound == whole.upperBound, number > 0 { break }
            number += 1
            guard number <= IndicatorCounts.maximum else {
                report(.membersTooMany, column, detail: "\(IndicatorCounts.maximum)")
                break
            }
            members.append(member(number, range, column))
        }
        return members
    }

    private mutating func member(
        _ number: Int,
        _ range: Range<Int>,
        _ column: HouseholdColumn
    ) -> Member {
        var member = Member()
        var ranges = InlineArray<9, Range<Int>>(repeating: 0..<0)
        var found = 0
        var start = range.lowerBound
        for index in range.lowerBound...range.upperBound
        where index == range.upperBound || row.bytes[index] == UInt8(ascii: "|") {
            if found < RowForm.memberFieldCount { ranges[found] = row.trimmed(start..<index) }
            found += 1
            start = index + 1
        }
        guard found == RowForm.memberFieldCount else {
            report(.memberFieldCount, column, part: "[\(number)]", detail: "\(found)")
            return member
        }
        member.title = text(in: ranges[0])
        member.firstName = text(in: ranges[1])
        member.lastName = text(in: ranges[2])
        member.citizenID = citizenID(in: ranges[3], column, part: "[\(number)].citizen_id")
        if ranges[1].isEmpty {
            report(.valueMissing, column, part: "[\(number)].first_name")
        }
        if ranges[4].isEmpty {
            // Ages follow from it, and the scope of most indicators from ages.
            report(.valueMissing, column, part: "[\(number)].birth_date")
        } else {
            member.birthDate = day(in: ranges[4], column, part: "[\(number)].birth_date")
        }
        member.sex = text(in: ranges[5])
        member.relation = text(in: ranges[6])
        member.religion = text(in: ranges[7])
        member.bodyCondition = text(in: ranges[8])
        return member
    }
}
