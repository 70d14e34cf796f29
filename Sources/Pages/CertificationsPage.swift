import AreasProjection
import CalendarProjection
import CertificationsProjection
import Console
import GRDB
import ProjectionRuntime
import Survey

/// What a certification can be found by.
enum CertificationState: String, CaseIterable {
    case prepared, issued, submitted, missing, late, superseded, withdrawn

    func admits(_ detail: CertificationDetail) -> Bool {
        let row = detail.certification
        return switch self {
        case .prepared, .issued, .submitted: row.isStanding && row.status == rawValue
        case .missing: row.isStanding && detail.lacksSignatures
        case .late: (detail.daysLate ?? 0) > 0
        case .superseded: row.supersededAtIndex != nil && row.withdrawnAtIndex == nil
        case .withdrawn: row.withdrawnAtIndex != nil
        }
    }
}

extension CertificationDetail {
    /// Somebody must still sign before it can be issued.
    var lacksSignatures: Bool {
        certification.issuedAtIndex == nil
            && (!missingRoles.isEmpty || missingSignatureCount > 0)
    }
}

extension PageContext {
    /// `/certifications?level=…&state=…`.
    func certifications() throws -> PageAnswer {
        let state = query("state").flatMap { CertificationState(rawValue: $0) }
        let levels = ["lao", "district", "province"]
        let level = query("level").flatMap { levels.contains($0) ? $0 : nil }
        let (cycle, details, lacking) = try read {
            db throws -> (String, [CertificationDetail], [Markup]) in
            let cycle = try chosenCycle(db).cycle
            let details = try CertificationReadModel.certifications(cycle: cycle, db)
            return (cycle, details, try uncertified(cycle, details, db))
        }
        let shown = details.filter { detail in
            (level == nil || detail.certification.level == level) && state?.admits(detail) ?? true
        }
        let all = ("", choose("ทั้งหมด", "all"))
        let filter = FilterForm(
            path: ["certifications"],
            fields: [
                .choice(
                    name: "level",
                    label: choose("ระดับ", "Level"),
                    value: level ?? "",
                    options: [all] + levels.map { ($0, word($0)) }
                ),
                .choice(
                    name: "state",
                    label: choose("สถานะ", "State"),
                    value: state?.rawValue ?? "",
                    options: [all] + CertificationState.allCases.map { ($0.rawValue, name($0)) }
                ),
                .text(name: "cycle", label: choose("รอบปี", "Cycle"), value: cycle),
            ]
        )
        return page(
            choose("คำรับรอง", "Certifications") + " \(cycle)",
            [
                form(filter), certificationTable("certification-table", shown),
                section(
                    "uncertified",
                    choose("ยังไม่มีคำรับรองที่มีผล", "Without a standing certification"),
                    [
                        lacking.isEmpty
                            ? sentence(choose("ครบทุกพื้นที่", "Every area has one."))
                            : list(lacking)
                    ]
                ),
            ]
        )
    }

    /// LAOs and districts where anything has a target or was counted.
    private func uncertified(
        _ cycle: String,
        _ all: [CertificationDetail],
        _ db: Database
    ) throws -> [Markup] {
        let cells = try CertificationReadModel.cells(cycle: cycle, db)
        let areas =
            Set(cells.map(\.lao)).sorted()
            + Set(cells.map { String($0.village.prefix(4)) }).sorted()
        let standing = Set(
            all.map(\.certification).filter { $0.isStanding && $0.issuedAtIndex != nil }.map(\.area)
        )
        return try areas.filter { !standing.contains($0) }.map { code in
            let row = try AreaReadModel.area(code, db)
            return link(["areas", code], row.map { "\(name($0)) (\(word($0.level)))" } ?? code)
        }
    }

    private func name(_ state: CertificationState) -> String {
        switch state {
        case .prepared, .issued, .submitted, .withdrawn: word(state.rawValue)
        case .missing: choose("ลายมือชื่อยังไม่ครบ", "signatures missing")
        case .late: choose("ส่งช้า", "late")
        case .superseded: choose("ข้อมูลเปลี่ยนแล้ว", "superseded")
        }
    }

    func certificationTable(_ id: String, _ details: [CertificationDetail]) -> Markup {
        var table = PageTable(
            id: id,
            caption: choose(
                "คำรับรองและผู้ที่ยังไม่ลงนาม",
                "Certifications, and whose signature is missing"
            ),
            columns: [
                .init(choose("คำรับรอง", "Certification")), .init(choose("พื้นที่", "Area")),
                .init(choose("สถานะ", "State")),
                .init(choose("ลงนาม", "Signatures"), isNumeric: true),
                .init(choose("ยังขาด", "Missing")), .init(choose("กำหนดส่ง", "Due")),
            ]
        )
        table.rows = details.map { detail -> [Markup] in
            let row = detail.certification
            return [
                link(["certifications", row.certification], row.certification),
                "\(link(["areas", row.area], row.area)) \(word(row.level))", standing(row),
                number(detail.signatures.count), missing(detail), due(detail),
            ]
        }
        return self.table(table)
    }

    func standing(_ row: CertificationRow) -> Markup {
        if row.withdrawnAtIndex != nil { return late(word("withdrawn")) }
        if row.supersededAtIndex != nil {
            return late(choose("ข้อมูลเปลี่ยนแล้ว", "superseded by a later change"))
        }
        return "\(word(row.status))"
    }

    func missing(_ detail: CertificationDetail) -> Markup {
        guard detail.lacksSignatures else { return "–" }
        var parts = detail.missingRoles.map { word($0) }
        if detail.missingSignatureCount > 0 {
            parts.append(
                choose(
                    "อีก \(detail.missingSignatureCount) ลายมือชื่อ",
                    "\(detail.missingSignatureCount) more signatures"
                )
            )
        }
        return "\(parts.joined(separator: ", "))"
    }

    /// In red and in words where it is late, whether it came at last or not.
    func due(_ detail: CertificationDetail) -> Markup {
        guard let due = detail.due else { return "–" }
        if let days = detail.daysLate {
            let text = choose("ส่งช้า \(days) วัน", "\(days) days late")
            return days > 0 ? "\(day(due)) \(late(text))" : day(due)
        }
        guard let last = Day(iso: due), today > last, detail.certification.isStanding else {
            return day(due)
        }
        let text = choose("เลยกำหนด \(today - last) วัน", "\(today - last) days over")
        return "\(day(due)) \(late(text))"
    }
}
