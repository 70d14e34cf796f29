internal import Survey

/// Columns of answers: one row a member, consecutive rows of one household make one record.
///
/// Behind these stand the form's items, in its order.
enum AnswerColumn: Int, CaseIterable, ColumnIndex {
    case cycle
    case household
    case village
    case lao
    case interviewedOn
    case collector
    case address
    case synthetic
    case occurredOn

    static func all(of questionnaire: Questionnaire) -> [ImportColumn] {
        let columns = allCases.map(\.column)
        var taken = Set(columns.map(\.name))
        return columns
            + questionnaire.items.enumerated().map { place, item in
                let plain = item.item.lowercased()
                // Headers are read in any case, in which two names of a form may be one. No item
                // has an underscore in its name.
                let name = taken.insert(plain).inserted ? item.item : "item_\(place + 1)"
                return ImportColumn(
                    name,
                    aliases: name == item.item && name != plain ? [plain] : [],
                    isRequired: !item.isOptional,
                    th: item.wording.th,
                    en: item.wording.en,
                    example: item.example
                )
            }
    }

    /// The column of an item, by its place in the form.
    struct Item: ColumnIndex {
        let index: Int

        init(place: Int) { index = AnswerColumn.allCases.count + place }
    }

    private var column: ImportColumn {
        switch self {
        case .cycle: .cycle
        case .household: HouseholdColumn.household.column
        case .village: .village
        case .lao: .lao
        case .interviewedOn: HouseholdColumn.interviewedOn.column
        case .collector: HouseholdColumn.collector.column
        case .address: HouseholdColumn.address.column
        case .synthetic: .synthetic
        case .occurredOn: .occurredOn(example: "17/1/2561")
        }
    }
}

extension Questionnaire.Item {
    /// A cell that is read; a text says itself what it is.
    fileprivate var example: String {
        switch kind {
        case .yesNo: "yes"
        case .choice(let choices): choices[0].code
        case .number(let bounds, _): "\(bounds.upperBound)"
        case .day: "20/3/2520"
        case .text, .citizenID: ""
        }
    }
}

/// A household with the members of its rows so far.
struct AnswersRow: AssembledRow {
    static let keyColumn = AnswerColumn.household
    static let keyColumnName = "household"

    /// Without its answers.
    var record = RecordHousehold()
    var occurredOn = ""
    /// Nil where the row leaves it out.
    var synthetic: Bool?
    /// Of the household, and of one member a row.
    var answers = Answers()
    let questionnaire: Questionnaire

    var key: String { Self.key(cycle: record.cycle, household: record.household) }
    var rowCount: Int { answers.members.count }

    static func key(cycle: String, household: String) -> String { "\(cycle)/\(household)" }

    mutating func append(_ row: AnswersRow) { answers.members += row.answers.members }

    func reportDifferences(from first: AnswersRow, in form: inout RowForm) {
        func compare(_ column: AnswerColumn, _ value: String, _ other: String) {
            if !value.isEmpty, value != other { form.report(.orderRowsDiffer, column) }
        }
        compare(.village, record.village, first.record.village)
        compare(.lao, record.lao, first.record.lao)
        compare(.interviewedOn, record.interviewedOn, first.record.interviewedOn)
        compare(.collector, record.collector, first.record.collector)
        compare(.address, record.personal.address, first.record.personal.address)
        compare(.occurredOn, occurredOn, first.occurredOn)
        if let synthetic, synthetic != first.synthetic ?? false {
            form.report(.orderRowsDiffer, AnswerColumn.synthetic)
        }
        for (place, item) in questionnaire.items.enumerated() where item.unit == .household {
            guard let answer = answers.household[item.item] else { continue }
            if answer != first.answers.household[item.item] {
                form.report(.orderRowsDiffer, AnswerColumn.Item(place: place))
            }
        }
    }

    func command() -> Command {
        var record = record
        record.synthetic = synthetic ?? false
        record.answers = AnswersDocument(answers)
        var command = Command()
        command.id = CommandID.make(
            kind: .answers,
            cycle: record.cycle,
            group: record.village,
            key: record.household
        )
        command.occurredOn = occurredOn
        command.kind = .recordHousehold(record)
        return command
    }
}

extension RowForm {
    /// Judged by what its cycle asks; `file` is the questionnaire whose columns the file has.
    ///
    /// The rows after a household's first, whose key `previous` is, need not repeat what is of the
    /// house.
    mutating func answers(
        _ questionnaires: [String: Questionnaire],
        file: Questionnaire,
        after previous: String?
    ) -> AnswersRow {
        var record = RecordHousehold()
        record.cycle = required(AnswerColumn.cycle)
        record.household = identifier(AnswerColumn.household)
        let key = AnswersRow.key(cycle: record.cycle, household: record.household)
        let isFirst = key != previous
        record.village = areaCode(AnswerColumn.village, lengths: [8], isRequired: isFirst)
        record.lao = areaCode(AnswerColumn.lao, lengths: [4, 6], isRequired: isFirst)
        record.interviewedOn =
            isFirst
            ? requiredDay(AnswerColumn.interviewedOn) : optionalDay(AnswerColumn.interviewedOn)
        if isFirst || !range(AnswerColumn.collector).isEmpty {
            record.collector = identifier(AnswerColumn.collector)
        }
        let address = optional(AnswerColumn.address)
        if !address.isEmpty { record.personal.address = address }
        var row = AnswersRow(questionnaire: questionnaires[record.cycle] ?? file)
        row.record = record
        row.occurredOn = optionalDay(AnswerColumn.occurredOn)
        if !range(AnswerColumn.synthetic).isEmpty { row.synthetic = flag(AnswerColumn.synthetic) }
        let form = row.questionnaire
        guard form === file || form.items.map(\.item) == file.items.map(\.item) else {
            report(.editionOther, AnswerColumn.cycle, detail: form.edition)
            return row
        }
        var member: [String: Answer] = [:]
        for (place, item) in form.items.enumerated() {
            guard let answer = answer(to: item, AnswerColumn.Item(place: place)) else { continue }
            switch item.unit {
            case .household: row.answers.household[item.item] = answer
            case .member: member[item.item] = answer
            }
        }
        row.answers.members = [member]
        return row
    }

    /// Nil where the cell is empty, which says nothing, and after a problem.
    private mutating func answer(
        to item: Questionnaire.Item,
        _ column: AnswerColumn.Item
    ) -> Answer? {
        let range = range(column)
        guard !range.isEmpty else { return nil }
        switch item.kind {
        case .yesNo:
            switch text(in: range).lowercased() {
            case "yes", "true", "ใช่": return .yesNo(true)
            case "no", "false", "ไม่ใช่": return .yesNo(false)
            default: report(.answerMalformed, column, detail: "yes, no, ใช่, ไม่ใช่")
            }
        case .choice(let choices):
            if let code = Self.code(text(in: range), choices) { return .choice(code) }
            let codes = choices.map(\.code).joined(separator: ", ")
            report(.answerMalformed, column, detail: codes)
        case .number(let bounds, _):
            let text = text(in: range)
            if text.first != "+", let number = Int64(text), bounds.contains(number) {
                return .number(number)
            }
            let allowed = "\(bounds.lowerBound) – \(bounds.upperBound)"
            report(.answerMalformed, column, detail: allowed)
        case .day: return Day(iso: day(in: range, column)).map { .day($0) }
        case .text: return .text(text(in: range))
        case .citizenID:
            let digits = citizenID(in: range, column)
            return digits.isEmpty ? nil : .text(digits)
        }
        return nil
    }

    /// The choice that is meant by its code, or by its words in Thai or English.
    private static func code(_ text: String, _ choices: [Questionnaire.Choice]) -> String? {
        let plain = text.lowercased()
        if let exact = choices.first(where: { $0.code.lowercased() == plain }) { return exact.code }
        let meant = choices.filter {
            $0.wording.th == text || $0.wording.en.lowercased() == plain
        }
        return meant.count == 1 ? meant[0].code : nil
    }
}
