internal import Survey

/// Columns of households that were asked again, before the answers, which are as in households; an
/// empty cell says that the indicator was not asked.
enum ReinterviewColumn: Int, CaseIterable, ColumnIndex {
    case check
    case cycle
    case household
    case checker
    case occurredOn

    static func all(of questionnaire: Questionnaire) -> [ImportColumn] {
        allCases.map(\.column)
            + questionnaire.indicators.map {
                HouseholdColumn.answer($0, questionnaire, isRequired: false)
            }
    }

    private var column: ImportColumn {
        switch self {
        case .check:
            .required(
                "check",
                "รหัสการตรวจสอบที่บันทึกแล้ว",
                "identifier of a check that is recorded",
                "3801-check-1"
            )
        case .cycle: .cycle
        case .household: HouseholdColumn.household.column
        case .checker:
            .required(
                "checker",
                "รหัสบุคคลของผู้ตรวจสอบคนหนึ่งของการตรวจสอบนั้น",
                "the person identifier of one of the check's checkers",
                "chair-380151"
            )
        case .occurredOn: .occurredOn(example: "5/3/2561")
        }
    }
}

extension RowForm {
    /// Judged by what its cycle asks; `file` is the questionnaire whose columns the file has.
    mutating func reinterview(
        _ questionnaires: [String: Questionnaire],
        file: Questionnaire
    ) -> Command {
        var interview = Reinterview()
        interview.check = required(ReinterviewColumn.check)
        interview.cycle = required(ReinterviewColumn.cycle)
        interview.household = identifier(ReinterviewColumn.household)
        interview.checker = identifier(ReinterviewColumn.checker)
        interview.indicators = asked(questionnaires[interview.cycle] ?? file, file)
        var command = Command()
        command.id = CommandID.make(
            kind: .reinterviews,
            cycle: interview.cycle,
            group: interview.check,
            key: interview.check,
            interview.household
        )
        command.occurredOn = optionalDay(ReinterviewColumn.occurredOn)
        command.reinterviewHousehold = interview
        return command
    }

    private mutating func asked(
        _ questionnaire: Questionnaire,
        _ file: Questionnaire
    ) -> [IndicatorCount] {
        guard
            questionnaire === file
                || questionnaire.indicators.map(\.number) == file.indicators.map(\.number)
        else {
            report(.editionOther, ReinterviewColumn.cycle, detail: questionnaire.edition)
            return []
        }
        var counts: [IndicatorCount] = []
        for position in questionnaire.indicators.indices {
            let column = HouseholdColumn.Answer(
                questionnaire,
                position: position,
                after: ReinterviewColumn.allCases.count
            )
            guard !range(column).isEmpty, let answer = answer(column) else { continue }
            var count = IndicatorCount()
            count.indicator = UInt32(questionnaire.indicators[position].number)
            count.inScope = UInt32(answer.inScope)
            count.failing = UInt32(answer.failing)
            counts.append(count)
        }
        return counts
    }
}
