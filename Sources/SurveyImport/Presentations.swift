internal import Survey

/// Columns of presentations: one row results that were shown to the people of an area.
enum PresentationColumn: Int, CaseIterable, ColumnIndex {
    case presentation
    case cycle
    case area
    case place
    case presenter
    case occurredOn

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .presentation:
            .required(
                "presentation",
                "รหัสการนำเสนอที่ตั้งเอง",
                "identifier of the presentation",
                "380151-p-1"
            )
        case .cycle: .cycle
        case .area:
            .required(
                "area",
                "รหัสพื้นที่ที่นำเสนอผล",
                "code of the area whose results are shown",
                "380151"
            )
        case .place:
            .required("place", "สถานที่", "place", "ศาลาประชาคมบ้านบึงกาฬกลาง")
        case .presenter:
            .required(
                "presenter",
                "รหัสบุคคลของผู้นำเสนอ",
                "person identifier of whoever presents",
                "chair-380151"
            )
        case .occurredOn: .occurredOn
        }
    }
}

extension RowForm {
    mutating func presentation() -> Command {
        var presentation = ResultsPresentation()
        presentation.presentation = required(PresentationColumn.presentation)
        presentation.cycle = cycle(PresentationColumn.cycle)
        presentation.area = areaCode(PresentationColumn.area, lengths: [2, 4, 6, 8])
        presentation.place = required(PresentationColumn.place)
        presentation.presenter = identifier(PresentationColumn.presenter)
        var command = Command()
        command.id = CommandID.make(
            kind: .presentations,
            cycle: presentation.cycle,
            group: presentation.area,
            key: presentation.presentation
        )
        command.occurredOn = optionalDay(PresentationColumn.occurredOn)
        command.presentResults = presentation
        return command
    }
}
