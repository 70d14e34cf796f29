internal import Survey

/// Columns of public reviews: one row a class of people who came, consecutive rows of one
/// `presentation` make its review.
enum PublicReviewColumn: Int, CaseIterable, ColumnIndex {
    case presentation
    case heldOn
    case outcome
    case persons
    case attendance
    case count

    static let all: [ImportColumn] = allCases.map(\.column)

    static let outcomes: [(String, PublicReview.Outcome)] = [
        ("confirmed", .confirmed), ("objected", .objected),
    ]

    private var column: ImportColumn {
        switch self {
        case .presentation:
            .required(
                "presentation",
                "รหัสการนำเสนอผลที่บันทึกแล้ว",
                "identifier of a presentation that is recorded",
                "380151-p-1"
            )
        case .heldOn:
            .required("held_on", "วันที่ตรวจสอบร่วมกัน", "day it was held", "5/3/2561")
        case .outcome:
            .required(
                "outcome",
                "ผล: confirmed (ถูกต้อง) หรือ objected (มีข้อคัดค้าน)",
                "outcome: confirmed or objected",
                "confirmed"
            )
        case .persons:
            .optional(
                "persons",
                "รหัสบุคคลที่ขึ้นทะเบียนแล้วซึ่งมาร่วม คั่นด้วย |",
                "person identifiers of registered persons who came, separated by |",
                "chair-380151"
            )
        case .attendance:
            .required(
                "attendance",
                "ผู้ร่วมกลุ่มหนึ่ง (แถวละกลุ่ม): local_executive, village_head, community_leader,"
                    + " resident, official หรือ others",
                "a class of people who came, one a row: local_executive, village_head,"
                    + " community_leader, resident, official or others",
                "resident"
            )
        case .count:
            .required("count", "จำนวน (คน)", "how many of them", "25")
        }
    }
}

extension RowForm {
    mutating func publicReview() -> PaperRow {
        var review = PublicReview()
        review.presentation = required(PublicReviewColumn.presentation)
        let heldOn = requiredDay(PublicReviewColumn.heldOn)
        review.outcome =
            word(PublicReviewColumn.outcome, PublicReviewColumn.outcomes) ?? .unspecified
        review.persons = names(PublicReviewColumn.persons)
        var part = Attendance()
        part.kind = word(PublicReviewColumn.attendance, ObjectionColumn.kinds) ?? .unspecified
        part.count = number(PublicReviewColumn.count)
        review.attendance = [part]
        var command = Command()
        command.id = CommandID.make(
            kind: .publicReviews,
            cycle: "",
            group: review.presentation,
            key: review.presentation,
            heldOn
        )
        command.occurredOn = heldOn
        command.holdPublicReview = review
        return paper(
            command,
            review.presentation,
            PublicReviewColumn.self,
            ownColumns: [.attendance, .count]
        )
    }
}
