import Survey

/// `answers-DISTRICT.csv`: the district whose recorders type whole forms, a row for each member.
struct AnswerFile {
    /// Beside the items of the form, as `bmn import answers` names them.
    private static let columns = [
        "cycle", "household", "village", "lao", "interviewed_on", "collector", "address",
        "synthetic", "occurred_on",
    ]
    private static let items = Questionnaire.bmn2560.items

    private let file: CSVFile

    init(folder: String, district: String) throws {
        file = try CSVFile(
            folder: folder,
            name: "answers-\(district).csv",
            columns: Self.columns + Self.items.map(\.item)
        )
    }

    /// Appends a household: `place` is its cycle, id, village and LAO.
    func append(
        place: [String],
        visit: (day: Day, collector: String, address: String, typedOn: Day),
        _ answers: Answers
    ) throws {
        let first =
            place + [
                visit.day.onForms, visit.collector, visit.address, "true", visit.typedOn.onForms,
            ]
        let others = place.prefix(2) + Array(repeating: "", count: first.count - 2)
        for (index, member) in answers.members.enumerated() {
            let fields = Self.items.map { item in
                let sheet = item.unit == .member ? member : index == 0 ? answers.household : [:]
                return sheet[item.item].map(Self.field) ?? ""
            }
            try file.append((index == 0 ? first : Array(others)) + fields)
        }
    }

    func close() throws { try file.close() }

    private static func field(_ answer: Answer) -> String {
        switch answer {
        case .yesNo(let isYes): isYes ? "yes" : "no"
        case .choice(let text), .text(let text): text
        case .number(let number): "\(number)"
        case .day(let day): day.onForms
        }
    }
}
