import Survey
import SurveyImport

/// A CSV file as `bmn import` reads it: UTF-8 with a byte order mark, so that Excel shows Thai.
struct CSVFile {
    private let file: OutputFile
    private let columnCount: Int

    init(folder: String, name: String, columns: [String]) throws {
        file = try OutputFile(folder: folder, name: name)
        columnCount = columns.count
        try file.append("\u{FEFF}")
        try append(columns)
    }

    func append(_ fields: [String]) throws {
        precondition(fields.count == columnCount, "a field for every column")
        var row = ""
        for (offset, field) in fields.enumerated() {
            if offset > 0 { row += "," }
            row += CSVWriter.field(field)
        }
        row += "\r\n"
        try file.append(row)
    }

    func close() throws { try file.close() }
}

extension Day {
    /// `20/3/2561`: the day as it is written on forms.
    var onForms: String { "\(day)/\(month)/\(year + ThaiDate.buddhistOffset)" }

    init(_ year: Int, _ month: Int, _ day: Int) {
        guard let real = Day(year: year, month: month, day: day) else {
            preconditionFailure("no such day: \(year)-\(month)-\(day)")
        }
        self = real
    }

    /// Day 0 was a Thursday.
    private var isWeekend: Bool {
        let weekday = (Int(daysSinceEpoch) % 7 + 7 + 4) % 7
        return weekday == 0 || weekday == 6
    }

    /// So many days later, Saturdays and Sundays not counted.
    func addingWorkingDays(_ count: Int) -> Day {
        var day = self
        var left = count
        while left > 0 || day.isWeekend {
            day = day + 1
            if !day.isWeekend { left -= 1 }
        }
        return day
    }
}
