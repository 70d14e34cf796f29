internal import Survey

/// Columns of reports of awards: one row a report of a district's decisions to an area above.
enum AwardReportColumn: Int, CaseIterable, ColumnIndex {
    case cycle
    case area
    case reportedTo
    case reportedOn
    case documentNumber

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .cycle: .cycle
        case .area:
            .required("area", "รหัสอำเภอ", "code of the district", "3801")
        case .reportedTo:
            .required(
                "reported_to",
                "รหัสพื้นที่ที่รายงานถึง ซึ่งอยู่เหนือขึ้นไป",
                "code of the area above that it was reported to",
                "38"
            )
        case .reportedOn:
            .required(
                "reported_on",
                "วันที่รายงาน ไม่ก่อนวันที่ตัดสิน",
                "day of the report, not before the decisions",
                "25/3/2561"
            )
        case .documentNumber: .coveringLetter
        }
    }
}

extension RowForm {
    mutating func awardReport() -> Command {
        var report = AwardReport()
        report.cycle = cycle(AwardReportColumn.cycle)
        report.area = areaCode(AwardReportColumn.area, lengths: [4])
        report.toArea = areaCode(AwardReportColumn.reportedTo, lengths: [2])
        report.reportedOn = requiredDay(AwardReportColumn.reportedOn)
        report.documentNumber = optional(AwardReportColumn.documentNumber)
        var command = Command()
        command.id = CommandID.make(
            kind: .awardReports,
            cycle: report.cycle,
            group: report.area,
            key: report.area,
            report.toArea,
            report.reportedOn
        )
        command.occurredOn = report.reportedOn
        command.reportAwards = report
        return command
    }
}
