import AreasProjection
import CertificationsProjection
import ChecksProjection
import Console
import GRDB
import OfficeLists
import ProjectionRuntime
import ReviewsProjection
import Survey

/// What is open in an area in a cycle, what was presented there, who checked it, and what work was
/// done by people without training.
struct AreaReview {
    let presentation: PresentationRow?
    /// About anything in the area: these hold up its certification where the cycle says so.
    let openObjections: [ObjectionRow]
    let openDefects: [DefectRow]
    /// Of the area and those below it.
    let checks: [CheckRow]
    /// The tambons that a district has not checked at the stage certifying (2.3), and itself where it
    /// has not checked the whole.
    let unchecked: [String]
    let untrained: [UntrainedWork]

    /// Nothing but areas is known before a cycle is.
    init(_ area: AreaInScope, cycle: String?, _ db: Database) throws {
        guard let cycle else {
            (presentation, openObjections, openDefects) = (nil, [], [])
            (checks, unchecked, untrained) = ([], [], [])
            return
        }
        let (code, level) = (area.scope.code, area.scope.level)
        presentation = try ReviewReadModel.presentations(area: code, cycle: cycle, db).first
        let cells = try CertificationReadModel.cells(cycle: cycle, db)
        openObjections = try ReviewReadModel.openObjections(cycle: cycle, db).filter { row in
            try Self.place(row.area, row.village, row.householdVillage, row.householdLao, db)
                .touches(code, level, cells: cells)
        }
        openDefects = try CheckReadModel.openDefects(cycle: cycle, db).filter { row in
            try Self.place(row.area, nil, row.householdVillage, row.householdLao, db)
                .touches(code, level, cells: cells)
        }
        checks = try CheckReadModel.checks(in: code, cycle: cycle, db)
        unchecked = level == .district ? Self.unchecked(code, cells, checks) : []
        untrained = try UntrainedWork.of(cycle: cycle, in: area.scope, db)
    }

    private static func place(
        _ code: String,
        _ village: String?,
        _ householdVillage: String?,
        _ householdLAO: String?,
        _ db: Database
    ) throws -> SurveyPlace {
        let area = try AreaReadModel.area(code, db)
        var cell: CellKey?
        if let householdVillage, let householdLAO {
            // The cycle is that of all of them.
            cell = CellKey(cycle: "", village: householdVillage, lao: householdLAO)
        }
        return SurveyPlace(
            area: code,
            level: area.map { Area.Level(name: $0.level) } ?? .unspecified,
            parent: area?.parent ?? "",
            village: village ?? "",
            cell: cell
        )
    }

    /// As `Cycle.requires_district_checks` would have them.
    private static func unchecked(
        _ district: String,
        _ cells: [CellKey],
        _ checks: [CheckRow]
    ) -> [String] {
        let villages = cells.map(\.village).filter { $0.hasPrefix(district) }
        let tambons = Set(villages.map { State.code(of: .tambon, aboveVillage: $0) })
        let checked = checks.filter {
            $0.level == Area.Level.district.name && $0.stage == QualityCheck.Stage.certifying.name
        }
        .map(\.area)
        return (tambons.sorted() + [district]).filter { !checked.contains($0) }
    }

    /// What a certification passes over, or is held up by.
    var warningCount: Int {
        openObjections.count + openDefects.count + unchecked.count + untrained.count
    }

    func members() throws -> [(String, JSON)] {
        [
            ("presentation", try presentation.map { try .row($0) } ?? .null),
            ("openObjections", try .rows(openObjections)),
            ("openDefects", try .rows(openDefects)),
            ("untrained", try .rows(untrained)),
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

    func append(_ review: AreaReview, of area: String, to fields: inout FieldList) {
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
        let tambons = review.unchecked.filter { $0 != area }
        if !tambons.isEmpty {
            fields.append(
                choose("ตำบลที่ยังไม่ตรวจ", "tambons not checked"),
                tambons.joined(separator: " ")
            )
        }
        if review.unchecked.contains(area) {
            fields.append(choose("ตรวจภาพรวมอำเภอแล้ว", "whole district checked"), yesNo(false))
        }
        append(untrained: review.untrained, to: &fields)
    }

    /// How many, and the first few; all of them are in the JSON, and on each person's page.
    private func append(untrained: [UntrainedWork], to fields: inout FieldList) {
        guard !untrained.isEmpty else { return }
        let households = untrained.reduce(0) { $0 + $1.count }
        fields.append(
            choose("งานก่อนการอบรม", "untrained work"),
            choose(
                "\(untrained.count) รายบุคคลและหน้าที่ รวม \(households) รายการ",
                "\(untrained.count) persons by kind of work, \(households) in all"
            )
        )
        append(Array(untrained.prefix(5)), to: &fields)
    }
}

/// A certification, the presentation at which its figures were confirmed, and what is open now.
struct ReviewedCertification: Encodable {
    let detail: CertificationDetail
    let recorded: RecordingDays
    let confirmed: PresentationRow?
    let review: AreaReview

    private enum Key: String, CodingKey {
        case confirmedPresentation, openObjections, openDefects, unchecked, untrained
        case warningCount, recordedOn
    }

    func encode(to encoder: any Encoder) throws {
        try detail.encode(to: encoder)
        var members = encoder.container(keyedBy: Key.self)
        try members.encodeIfPresent(confirmed, forKey: .confirmedPresentation)
        try members.encode(recorded, forKey: .recordedOn)
        try members.encode(review.openObjections, forKey: .openObjections)
        try members.encode(review.openDefects, forKey: .openDefects)
        try members.encode(review.unchecked, forKey: .unchecked)
        try members.encode(review.untrained, forKey: .untrained)
        try members.encode(review.warningCount, forKey: .warningCount)
    }
}
