import CertificationsProjection
import ChecksProjection
import Console
import GRDB
import ReviewsProjection
import Survey

/// What is open in an area, what was presented there, and who checked it.
struct AreaReview {
    let presentation: PresentationRow?
    let openObjections: [ObjectionRow]
    let openDefects: [DefectRow]
    /// Of the area and those below it.
    let checks: [CheckRow]

    init(_ area: String, cycle: String? = nil, _ db: Database) throws {
        presentation = try ReviewReadModel.presentations(area: area, cycle: cycle, db).first
        openObjections = try ReviewReadModel.openObjections(in: area, cycle: cycle, db)
        openDefects = try CheckReadModel.openDefects(in: area, cycle: cycle, db)
        checks = try CheckReadModel.checks(in: area, db)
    }

    /// The tambons that a district has not checked before certifying (2.3); none while it has not
    /// begun.
    func unchecked(_ tambons: [String]) -> [String] {
        let checked = checks.filter {
            $0.level == Area.Level.district.name && $0.stage == QualityCheck.Stage.certifying.name
        }
        .map(\.area)
        return checked.isEmpty ? [] : tambons.filter { !checked.contains($0) }
    }

    func members() throws -> [(String, JSON)] {
        [
            ("presentation", try presentation.map { try .row($0) } ?? .null),
            ("openObjections", try .rows(openObjections)),
            ("openDefects", try .rows(openDefects)),
        ]
    }
}

extension Page {
    func append(checks review: AreaReview, of area: String, to fields: inout FieldList) {
        for check in review.checks where check.area == area {
            fields.append(
                choose("การตรวจสอบ", "check"),
                "\(check.checkId) \(day(check.checkedOn)) (\(word(check.stage))):"
                    + " \(word(check.outcome))"
            )
        }
    }

    func append(_ review: AreaReview, to fields: inout FieldList) {
        if let row = review.presentation {
            let confirmed = row.confirmedOn.map {
                choose("ยืนยันเมื่อ \(day($0))", "confirmed on \(day($0))")
            }
            fields.append(
                choose("การนำเสนอล่าสุด", "last presentation"),
                "\(row.presentation) \(day(row.presentedOn)), "
                    + (confirmed ?? choose("ยังไม่ยืนยัน", "not confirmed"))
            )
        }
        for objection in review.openObjections {
            fields.append(
                choose("ข้อคัดค้านค้างอยู่", "open objection"),
                "\(objection.objection) (\(objection.area)): \(objection.text)"
            )
        }
        for defect in review.openDefects {
            fields.append(
                choose("ข้อบกพร่องค้างอยู่", "open defect"),
                "\(defect.defect) (\(defect.area), \(word(defect.severity))): \(defect.text)"
            )
        }
    }
}

/// A certification, the presentation at which its figures were confirmed, and what is open now.
struct ReviewedCertification: Encodable {
    let detail: CertificationDetail
    let confirmed: PresentationRow?
    let review: AreaReview

    private enum Key: String, CodingKey {
        case confirmedPresentation, openObjections, openDefects
    }

    func encode(to encoder: any Encoder) throws {
        try detail.encode(to: encoder)
        var members = encoder.container(keyedBy: Key.self)
        try members.encodeIfPresent(confirmed, forKey: .confirmedPresentation)
        try members.encode(review.openObjections, forKey: .openObjections)
        try members.encode(review.openDefects, forKey: .openDefects)
    }
}
