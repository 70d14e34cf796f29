/// The files that `bmn import KIND --template` prints.
///
/// Together they are one small survey: imported in the order of the guide, each fits what the ones
/// before it defined, so that the first thing anybody tries succeeds.
extension ImportKind {
    /// A header and example rows, with the byte order mark that makes Excel read Thai.
    package var template: String {
        let header = columns.map { CSVWriter.field($0.name) }.joined(separator: ",")
        let rows = exampleRows.map { values in
            columns.map { CSVWriter.field(values[$0.name] ?? $0.example) }.joined(separator: ",")
        }
        return "\u{FEFF}" + ([header] + rows).map { $0 + "\r\n" }.joined()
    }

    /// Values by column, where a row differs from the columns' own examples.
    private var exampleRows: [[String: String]] {
        switch self {
        case .areas: Self.exampleAreas
        case .persons:
            [
                [:],
                person("rec-3801-1", "นาย", "บันทึก", "1/1/2520"),
                person("chair-380151", "นาย", "ประธาน", "1/1/2505"),
            ]
        case .appointments:
            [
                [:],
                appointment("3801-rec-2561", "13/2560", "recorder", "3801", "rec-3801-1"),
                appointment(
                    "380151-com-2561",
                    "14/2560",
                    "committee",
                    "380151",
                    "chair-380151",
                    role: "chair"
                ),
            ]
        case .targets, .households, .users, .questionnaires, .progress, .checks, .reinterviews,
            .objections, .defects:
            [[:]]
        case .answers: Self.exampleAnswers
        case .trainings:
            [
                [:],
                ["training": "3801-train-2", "kind": "recorder", "person": "rec-3801-1"],
            ]
        default: [[:]]
        }
    }

    private static let exampleAreas: [[String: String]] = [
        [
            "code": "38", "level": "province", "parent_code": "", "name_th": "บึงกาฬ",
            "name_en": "Bueng Kan",
        ],
        [
            "code": "3801", "level": "district", "parent_code": "38",
            "name_th": "เมืองบึงกาฬ", "name_en": "Mueang Bueng Kan",
        ],
        [
            "code": "380101", "level": "tambon", "parent_code": "3801", "name_th": "บึงกาฬ",
            "name_en": "Bueng Kan",
        ],
        [:],
        [
            "code": "380151", "level": "lao", "parent_code": "3801",
            "name_th": "องค์การบริหารส่วนตำบลบึงกาฬ",
            "name_en": "Bueng Kan Tambon Administrative Organization", "lao_type": "TAO",
            "covered_codes": "380101",
        ],
    ]

    private func person(
        _ id: String,
        _ title: String,
        _ firstName: String,
        _ birthDate: String
    ) -> [String: String] {
        [
            "person": id, "title": title, "first_name": firstName, "citizen_id": "",
            "birth_date": birthDate,
        ]
    }

    private func appointment(
        _ order: String,
        _ number: String,
        _ kind: String,
        _ area: String,
        _ person: String,
        role: String? = nil
    ) -> [String: String] {
        [
            "order": order, "number": number, "kind": kind, "area": area, "person": person,
            "role": role ?? kind, "appointment_area": "",
        ]
    }
}
