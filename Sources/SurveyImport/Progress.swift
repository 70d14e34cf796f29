internal import Survey

/// Columns of progress: one row what an area typed in about a day.
enum ProgressColumn: Int, CaseIterable, ColumnIndex {
    case cycle
    case area
    case day
    case collected
    case recorded
    case documentNumber

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .cycle: .cycle
        case .area:
            required(
                "area",
                "รหัสอำเภอหรือพื้นที่ที่เล็กกว่า",
                "code of a district or an area below one",
                "3801"
            )
        case .day: required("day", "วันที่ของตัวเลข", "day of the figures", "17/1/2561")
        case .collected:
            required(
                "collected",
                "ครัวเรือนที่จัดเก็บแล้ว (สะสม)",
                "households interviewed, up to the end of the day",
                "1"
            )
        case .recorded:
            required(
                "recorded",
                "ครัวเรือนที่บันทึกแล้ว (สะสม)",
                "households recorded, up to the end of the day",
                "1"
            )
        case .documentNumber:
            ImportColumn(
                "document_number",
                th: "เลขที่หนังสือหรือช่องทาง",
                en: "the paper or the channel it came by"
            )
        }
    }

    private func required(
        _ name: String,
        _ th: String,
        _ en: String,
        _ example: String
    ) -> ImportColumn {
        ImportColumn(name, isRequired: true, th: th, en: en, example: example)
    }
}

extension RowForm {
    mutating func progress() -> Command {
        var progress = DailyProgress()
        progress.cycle = cycle(ProgressColumn.cycle)
        progress.area = areaCode(ProgressColumn.area, lengths: [4, 6, 8])
        progress.day = requiredDay(ProgressColumn.day)
        progress.collectedCount = number(ProgressColumn.collected)
        progress.recordedCount = number(ProgressColumn.recorded)
        progress.documentNumber = optional(ProgressColumn.documentNumber)
        var command = Command()
        command.id = CommandID.make(
            kind: .progress,
            cycle: progress.cycle,
            group: progress.area,
            key: progress.area,
            progress.day
        )
        command.occurredOn = progress.day
        command.reportDailyProgress = progress
        return command
    }
}
