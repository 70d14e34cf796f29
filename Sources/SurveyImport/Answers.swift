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
    let keyColumnName = "household"

    /// Without its answers.
    var record = RecordHousehold()
    var occurredOn = ""
    /// Nil where the row leaves it out.
    var synthetic: Bool?
    /// Of the household, and of one member a row.
    var answers: AnswerSheet

    var key: String { Self.key(cycle: record.cycle, household: record.household) }
    var rowCount: Int { answers.memberCount }
    var sheet: AnswerSheet? { answers }

    static func key(cycle: String, household: String) -> String {
        // With its length, since a text may hold the mark between them.
        "\(cycle.utf8.count) \(cycle)/\(household)"
    }

    mutating func append(_ row: AnswersRow) { answers.append(membersOf: row.answers) }

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
        for place in answers.form.items.indices
        where answers.isAnswered(place) && !answers.agrees(with: first.answers, at: place) {
            form.report(.orderRowsDiffer, AnswerColumn.Item(place: place))
        }
    }

    func command() -> Command {
        var record = record
        record.synthetic = synthetic ?? false
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
        record.cycle = cycle(AnswerColumn.cycle)
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
        let form = questionnaires[record.cycle] ?? file
        var row = AnswersRow(answers: AnswerSheet(form, memberCount: 1))
        row.record = record
        row.occurredOn = optionalDay(AnswerColumn.occurredOn)
        if !range(AnswerColumn.synthetic).isEmpty { row.synthetic = flag(AnswerColumn.synthetic) }
        guard form === file || form.items.map(\.item) == file.items.map(\.item) else {
            report(.editionOther, AnswerColumn.cycle, detail: form.edition)
            return row
        }
        for place in form.items.indices {
            let range = range(AnswerColumn.Item(place: place))
            // An empty cell says nothing.
            if !range.isEmpty { answer(place, range, form.items[place].kind, in: &row.answers) }
        }
        return row
    }

    /// Enters what a cell says, or reports that it says nothing that fits.
    private mutating func answer(
        _ place: Int,
        _ range: Range<Int>,
        _ kind: Questionnaire.Item.Kind,
        in sheet: inout AnswerSheet
    ) {
        let column = AnswerColumn.Item(place: place)
        switch kind {
        case .yesNo:
            if let isYes = yesNo(in: range) { return sheet.answer(place, yes: isYes) }
            report(.answerMalformed, column, detail: "yes, no, ใช่, ไม่ใช่")
        case .choice(let choices):
            if let choice = Self.choice(text(in: range), choices) {
                return sheet.answer(place, choice: choice)
            }
            let codes = choices.map(\.code).joined(separator: ", ")
            report(.answerMalformed, column, detail: codes)
        case .number(let bounds, _):
            if let number = wholeNumber(in: range), bounds.contains(number) {
                return sheet.answer(place, number: number)
            }
            let allowed = "\(bounds.lowerBound) – \(bounds.upperBound)"
            report(.answerMalformed, column, detail: allowed)
        case .day:
            if let day = parsedDay(in: range, column) { sheet.answer(place, day: day) }
        case .text: sheet.answer(place, text: text(in: range))
        case .citizenID:
            let digits = citizenID(in: range, column)
            if !digits.isEmpty { sheet.answer(place, text: digits) }
        }
    }

    /// Most cells are such, so their bytes are looked at before a text is made of them.
    private func yesNo(in range: Range<Int>) -> Bool? {
        let start = range.lowerBound
        func isLetter(_ offset: Int, _ letter: Unicode.Scalar) -> Bool {
            // Upper case differs from lower case in this bit.
            row.bytes[start + offset] | 0x20 == UInt8(ascii: letter)
        }
        if range.count == 3, isLetter(0, "y"), isLetter(1, "e"), isLetter(2, "s") { return true }
        if range.count == 2, isLetter(0, "n"), isLetter(1, "o") { return false }
        switch text(in: range).lowercased() {
        case "true", "ใช่": return true
        case "false", "ไม่ใช่": return false
        default: return nil
        }
    }

    private func wholeNumber(in range: Range<Int>) -> Int64? {
        if let number = digits(in: range) { return Int64(number) }
        let text = text(in: range)
        return text.first == "+" ? nil : Int64(text)
    }

    /// The place of the choice that is meant by its code, or by its words in Thai or English.
    private static func choice(_ text: String, _ choices: [Questionnaire.Choice]) -> Int? {
        // As codes are written nearly always; folding the case of all of them takes a microsecond.
        if let exact = choices.indices.first(where: { choices[$0].code == text }) { return exact }
        let plain = text.lowercased()
        if let code = choices.firstIndex(where: { $0.code.lowercased() == plain }) { return code }
        let meant = choices.indices.filter {
            choices[$0].wording.th == text || choices[$0].wording.en.lowercased() == plain
        }
        return meant.count == 1 ? meant[0] : nil
    }
}
