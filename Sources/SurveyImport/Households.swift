internal import Survey

/// Columns of households before the answers; answers are `i01` to `i31`.
enum HouseholdColumn: Int, CaseIterable, ColumnIndex {
    case cycle
    case household
    case village
    case lao
    case interviewedOn
    case collector
    case houseNumber
    case houseRegistrationCode
    case address
    case members
    case synthetic
    case occurredOn

    static let all: [ImportColumn] =
        allCases.map(\.column) + Edition.bmn2560.indicators.map(answer)

    /// The column of an indicator's answer.
    struct Answer: ColumnIndex {
        let indicator: Indicator
        var index: Int { HouseholdColumn.allCases.count + indicator.number - 1 }
    }

    private static func answer(_ indicator: Indicator) -> ImportColumn {
        let number = indicator.number
        let isHousehold = indicator.unit == .household
        // The two adults of the example row are in scope of these, by their age.
        let example = [6, 7, 19, 20, 24, 25, 26].contains(number) ? "2/0" : "-"
        return ImportColumn(
            (number < 10 ? "i0" : "i") + "\(number)",
            isRequired: true,
            th: (isHousehold ? "P หรือ F: " : "จำนวนที่ต้องตอบ/ไม่ผ่าน หรือ -: ")
                + indicator.nameTh,
            en: (isHousehold ? "P or F: " : "in scope/failing or -: ") + indicator.nameEn,
            example: isHousehold ? "P" : example
        )
    }

    private var column: ImportColumn {
        switch self {
        case .cycle: .cycle
        case .household:
            ImportColumn(
                "household",
                isRequired: true,
                th: "รหัสครัวเรือนที่ตั้งเอง เปิดเผยในบันทึก",
                en: "identifier of the household, open in the records",
                example: "38010101-0001"
            )
        case .village: .village
        case .lao: .lao
        case .interviewedOn:
            ImportColumn(
                "interviewed_on",
                isRequired: true,
                th: "วันที่สัมภาษณ์",
                en: "day of the interview",
                example: "15/1/2561"
            )
        case .collector:
            ImportColumn(
                "collector",
                isRequired: true,
                th: "รหัสบุคคลของผู้จัดเก็บ",
                en: "the collector's person identifier",
                example: "col-380101-01"
            )
        case .houseNumber:
            ImportColumn("house_number", th: "บ้านเลขที่", en: "house number", example: "12/3")
        case .houseRegistrationCode:
            ImportColumn(
                "house_registration_code",
                th: "รหัสประจำบ้าน",
                en: "house registration code"
            )
        case .address:
            ImportColumn("address", th: "ที่อยู่", en: "address", example: "หมู่ 1")
        case .members:
            ImportColumn(
                "members",
                isRequired: true,
                th: "สมาชิก คั่นด้วย ; แต่ละคน: คำนำหน้า|ชื่อ|นามสกุล|เลขประจำตัวประชาชน|วันเกิด|"
                    + "เพศ|ความสัมพันธ์|ศาสนา|สภาพร่างกาย",
                en: "members separated by ;, the head first, each: title|first_name|last_name|"
                    + "citizen_id|birth_date|sex|relation|religion|body_condition",
                example: "นาย|สมชาย|ตัวอย่าง|3380100000012|20/3/2520|ชาย|หัวหน้าครัวเรือน|พุทธ|ปกติ;"
                    + "นาง|สมศรี|ตัวอย่าง||17/8/2525|หญิง|คู่สมรส|พุทธ|ปกติ"
            )
        case .synthetic: .synthetic
        case .occurredOn: .occurredOn(example: "17/1/2561")
        }
    }
}

extension RowForm {
    mutating func household(_ edition: Edition) -> Command {
        var record = RecordHousehold()
        record.cycle = required(HouseholdColumn.cycle)
        record.household = identifier(HouseholdColumn.household)
        record.village = areaCode(HouseholdColumn.village, lengths: [8])
        record.lao = areaCode(HouseholdColumn.lao, lengths: [4, 6])
        record.interviewedOn = requiredDay(HouseholdColumn.interviewedOn)
        record.collector = identifier(HouseholdColumn.collector)
        record.synthetic = flag(HouseholdColumn.synthetic)
        var personal = PersonalData()
        personal.houseNumber = optional(HouseholdColumn.houseNumber)
        personal.houseRegistrationCode = optional(HouseholdColumn.houseRegistrationCode)
        personal.address = optional(HouseholdColumn.address)
        personal.members = members(HouseholdColumn.members)
        record.personal = personal
        record.indicators = answers(edition)

        var command = Command()
        command.id = CommandID.make(
            kind: .households,
            cycle: record.cycle,
            group: record.village,
            key: record.household
        )
        command.occurredOn = optionalDay(HouseholdColumn.occurredOn)
        command.kind = .recordHousehold(record)
        return command
    }

    private mutating func answers(_ edition: Edition) -> [IndicatorCount] {
        var counts: [IndicatorCount] = []
        counts.reserveCapacity(edition.indicators.count)
        for indicator in edition.indicators {
            let column = HouseholdColumn.Answer(indicator: indicator)
            guard let answer = answer(column), answer.inScope > 0 else { continue }
            var count = IndicatorCount()
            count.indicator = UInt32(indicator.number)
            count.inScope = UInt32(answer.inScope)
            count.failing = UInt32(answer.failing)
            counts.append(count)
        }
        return counts
    }

    /// What one answer says; nil after a problem.
    private mutating func answer(
        _ column: HouseholdColumn.Answer
    ) -> (inScope: Int, failing: Int)? {
        let range = range(column)
        guard let first = range.first else {
            // An empty cell may be a forgotten answer. That nobody is in scope is said by a dash, which
            // no household indicator can be: those are asked of every household.
            report(.valueMissing, column)
            return nil
        }
        guard column.indicator.unit == .person else {
            switch (range.count, row.bytes[first]) {
            case (1, UInt8(ascii: "P")): return (1, 0)
            case (1, UInt8(ascii: "F")): return (1, 1)
            default:
                report(.answerMalformed, column, detail: "P, F")
                return nil
            }
        }
        if range.count == 1, row.bytes[first] == UInt8(ascii: "-") { return (0, 0) }
        guard let slash = range.first(where: { row.bytes[$0] == UInt8(ascii: "/") }),
            let inScope = digits(in: range.lowerBound..<slash),
            let failing = digits(in: (slash + 1)..<range.upperBound)
        else {
            report(.answerMalformed, column, detail: "3/1, -")
            return nil
        }
        guard inScope <= IndicatorCounts.maximum else {
            report(.answerTooLarge, column, detail: "\(IndicatorCounts.maximum)")
            return nil
        }
        guard failing <= inScope else {
            report(.answerFailingExceeds, column)
            return nil
        }
        return (inScope, failing)
    }
}
