import ChecksProjection
import Console
import EditionsProjection
import Ledger
import ProjectionRuntime
import ReviewsProjection
import Survey

/// What is open in an area, by the question that it is about, and which rules refuse to certify the
/// area because of it.
struct OpenMatters {
    /// Objections and defects about one indicator; about none where they name none.
    struct Question: Encodable {
        let cycle: String
        let indicator: Int?
        let nameTh: String?
        let nameEn: String?
        let objections: Int
        let defects: Int
    }

    /// The refusal that a certification would meet.
    struct Hold {
        let cycle: String
        let rejection: Rejection
    }

    fileprivate(set) var questions: [Question] = []
    fileprivate(set) var holds: [Hold] = []

    func members() throws -> [(String, JSON)] {
        [
            ("openQuestions", try .rows(questions)),
            (
                "certificationHeldUp",
                .array(
                    holds.map { hold in
                        [
                            "cycle": .string(hold.cycle),
                            "code": .string(hold.rejection.code.rawValue),
                            "subject": .string(hold.rejection.subject),
                        ]
                    }
                )
            ),
        ]
    }
}

extension Page {
    func openMatters(
        _ review: AreaReview,
        _ models: borrowing ReadModels
    ) throws -> OpenMatters {
        var matters = OpenMatters()
        let cycles = review.openObjections.map(\.cycle) + review.openDefects.map(\.cycle)
        for cycle in Set(cycles).sorted() {
            let indicators = try models.read { db in
                try EditionReadModel.indicators(cycle: cycle, db)
            }
            let objections = review.openObjections.filter { $0.cycle == cycle }
            let defects = review.openDefects.filter { $0.cycle == cycle }
            // Those without an indicator come first, as 0.
            let numbers = objections.map { $0.indicator ?? 0 } + defects.map { $0.indicator ?? 0 }
            for number in Set(numbers).sorted() {
                let named = indicators.first { $0.indicator == number }
                matters.questions.append(
                    OpenMatters.Question(
                        cycle: cycle,
                        indicator: number == 0 ? nil : number,
                        nameTh: named?.nameTh,
                        nameEn: named?.nameEn,
                        objections: objections.count { ($0.indicator ?? 0) == number },
                        defects: defects.count { ($0.indicator ?? 0) == number }
                    )
                )
            }
            let records = try models.snapshot.records(
                ofStream: "cycle/\(cycle)",
                below: models.treeSize
            )
            guard let rules = records.first?.event.cycleDefined else { continue }
            if rules.openObjectionsBlock, let name = objections.map(\.objection).min() {
                let rejection = Rejection(.objectionOpen, name)
                matters.holds.append(OpenMatters.Hold(cycle: cycle, rejection: rejection))
            }
            if rules.openDefectsBlock, let name = defects.map(\.defect).min() {
                let rejection = Rejection(.defectOpen, name)
                matters.holds.append(OpenMatters.Hold(cycle: cycle, rejection: rejection))
            }
        }
        return matters
    }

    func append(_ matters: OpenMatters, to fields: inout FieldList) {
        for hold in matters.holds {
            fields.append(
                choose("รับรองไม่ได้ รอบปี ", "not to be certified, cycle ") + hold.cycle,
                "\(hold.rejection.code.rawValue): \(hold.rejection.sentence(language))"
            )
        }
    }

    /// Nothing where nothing is open.
    func write(_ matters: OpenMatters) throws {
        guard !matters.questions.isEmpty else { return }
        var table = Table([
            .init(choose("รอบปี", "cycle")),
            .init(choose("ตัวชี้วัดที่", "indicator"), isNumeric: true),
            .init(choose("คำถามที่ค้างอยู่", "open question")),
            .init(choose("ข้อคัดค้าน", "objections"), isNumeric: true),
            .init(choose("ข้อบกพร่อง", "defects"), isNumeric: true),
        ])
        for question in matters.questions {
            let name = language == .thai ? question.nameTh : question.nameEn
            table.append([
                question.cycle, question.indicator.map { "\($0)" } ?? "-",
                name ?? choose("(ไม่ระบุตัวชี้วัด)", "(no indicator named)"),
                "\(question.objections)", "\(question.defects)",
            ])
        }
        try write(table)
    }
}
