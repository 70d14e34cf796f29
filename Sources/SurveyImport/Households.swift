internal import Survey

/// Columns of households before the answers; answers are `i01` and on, by the indicators' numbers.
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
    case questionnaire
    case synthetic
    case occurredOn

    static func all(of questionnaire: Questionnaire) -> [ImportColumn] {
        allCases.map(\.column) + questionnaire.indicators.map { answer($0, questionnaire) }
    }

    /// The column of an indicator's answer.
    struct Answer: ColumnIndex {
        let unit: Questionnaire.Unit
        /// Whether nobody may be in scope; of a household most indicators are asked in any case.
        let canBeNobody: Bool
        let index: Int

        /// `position` is among the questionnaire's indicators, from 0, which stand after so many
        /// other columns.
        init(
            _ questionnaire: Questionnaire,
            position: Int,
            after columnCount: Int = HouseholdColumn.allCases.count
        ) {
            let number = questionnaire.indicators[position].number
            unit = questionnaire.indicators[position].unit
            canBeNobody =
                unit == .member || questionnaire.inScope(number, ages: []).lowerBound == 0
            index = columnCount + position
        }
    }

    static func answer(
        _ indicator: Questionnaire.Indicator,
        _ questionnaire: Questionnaire,
        isRequired: Bool = true
    ) -> ImportColumn {
        let number = indicator.number
        // Of the two adults of the example row.
        let inScope = questionnaire.inScope(number, ages: [40, 35])
        let (th, en, example) =
            switch (indicator.unit, inScope.lowerBound) {
            case (.household, 1): ("P หรือ F: ", "P or F: ", "P")
            case (.household, _): ("P, F หรือ -: ", "P, F or -: ", "-")
            case (.member, let fewest):
                (
                    "จำนวนที่ต้องตอบ/ไม่ผ่าน หรือ -: ", "in scope/failing or -: ",
                    fewest == 0 ? "-" : "\(fewest)/0"
                )
            }
        return ImportColumn(
            (number < 10 ? "i0" : "i") + "\(number)",
            isRequired: isRequired,
            th: th + indicator.name.th,
            en: en + indicator.name.en,
            example: example
        )
    }

    var column: ImportColumn {
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
        case .questionnaire:
            ImportColumn(
                "questionnaire",
                th: "เลขที่แบบสอบถาม ถ้ามี",
                en: "serial of the form, if it has one"
            )
        case .synthetic: .synthetic
        case .occurredOn: .occurredOn(example: "17/1/2561")
        }
    }
}

extension RowForm {
    /// Judged by what its cycle asks; `file` is the questionnaire whose columns the file has.
    mutating func household(
        _ questionnaires: [String: Questionnaire],
        file: Questionnaire
    ) -> Command {
        var record = RecordHousehold()
        record.cycle = cycle(HouseholdColumn.cycle)
        record.household = identifier(HouseholdColumn.household)
        record.village = areaCode(HouseholdColumn.village, lengths: [8])
        record.lao = areaCode(HouseholdColumn.lao, lengths: [4, 6])
        record.interviewedOn = requiredDay(HouseholdColumn.interviewedOn)
        record.collector = identifier(HouseholdColumn.collector)
        record.synthetic = flag(HouseholdColumn.synthetic)
        record.questionnaire = optional(HouseholdColumn.questionnaire)
        var personal = PersonalData()
        personal.houseNumber = optional(HouseholdColumn.houseNumber)
        personal.houseRegistrationCode = optional(HouseholdColumn.houseRegistrationCode)
        personal.address = optional(HouseholdColumn.address)
        personal.members = members(HouseholdColumn.members)
        record.personal = personal
        record.indicators = answers(questionnaires[record.cycle] ?? file, file)

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

    private mutating func answers(
        _ questionnaire: Questionnaire,
        _ file: Questionnaire
    ) -> [IndicatorCount] {
        guard
            questionnaire === file
                || questionnaire.indicators.map(\.number) == file.indicators.map(\.number)
        else {
            report(.editionOther, HouseholdColumn.cycle, detail: questionnaire.edition)
            return []
        }
        var counts: [IndicatorCount] = []
        counts.reserveCapacity(questionnaire.indicators.count)
        for position in questionnaire.indicators.indices {
            let column = HouseholdColumn.Answer(questionnaire, position: position)
            guard let answer = answer(column), answer.inScope > 0 else { continue }
            var count = IndicatorCount()
            count.indicator = UInt32(questionnaire.indicators[position].number)
            count.inScope = UInt32(answer.inScope)
            count.failing = UInt32(answer.failing)
            counts.append(count)
        }
        return counts
    }

    /// What one answer says; nil after a problem.
    mutating func answer(
        _ column: HouseholdColumn.Answer
    ) -> (inScope: Int, failing: Int)? {
        let range = range(column)
        guard let first = range.first else {
            // An empty cell may be a forgotten answer. That nobody is in scope is said by a dash.
            report(.valueMissing, column)
            return nil
        }
        if column.canBeNobody, range.count == 1, row.bytes[first] == UInt8(ascii: "-") {
            return (0, 0)
        }
        guard column.unit == .member else {
            switch (range.count, row.bytes[first]) {
            case (1, UInt8(ascii: "P")): return (1, 0)
            case (1, UInt8(ascii: "F")): return (1, 1)
            default:
                report(.answerMalformed, column, detail: column.canBeNobody ? "P, F, -" : "P, F")
                return nil
            }
        }
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
