import AppointmentsProjection
import AreasProjection
import CalendarProjection
import CertificationsProjection
import Console
import EditionsProjection
import GRDB
import IndicatorsProjection
import ProgressProjection
import ProjectionRuntime
import Survey

/// An area with what it means for sums.
struct PlacedArea {
    let row: AreaRow
    let scope: AreaScope

    init?(_ code: String, _ db: Database) throws {
        guard let row = try AreaReadModel.area(code, db) else { return nil }
        self.row = row
        let levels: [Area.Level] = [.province, .district, .tambon, .village, .lao]
        let level = levels.first { $0.name == row.level } ?? .unspecified
        scope = AreaScope(code: code, level: level)
    }
}

/// What the page of an area reads.
private struct AreaView {
    let area: PlacedArea
    /// From the province down to the parent.
    let above: [AreaRow]
    let below: [AreaRow]
    let progress: [String: ProgressRow]
    let appointments: [AppointmentRow]
    let matters: OpenMatters
    let certifications: [CertificationDetail]
    let comparison: IndicatorComparison
}

extension PageContext {
    /// `/areas`: the provinces and districts to begin from.
    func areas() throws -> PageAnswer {
        let rows = try read { db in
            try AreaReadModel.areas(level: .province, db)
                + AreaReadModel.areas(level: .district, db)
        }
        return page(
            choose("พื้นที่", "Areas"),
            [
                sentence(
                    choose(
                        "เลือกจังหวัดหรืออำเภอ แล้วลงไปถึงตำบล อปท. และหมู่บ้าน",
                        "Choose a province or district, then go down to tambons, LAOs and villages."
                    )
                ),
                list(rows.map { areaLink($0) }),
            ]
        )
    }

    /// `/areas/{code}`.
    func area(_ code: String) throws -> PageAnswer {
        let (cycle, view) = try read { db throws -> (CycleRow, AreaView) in
            guard let area = try PlacedArea(code, db) else { throw NoSuchPage.area }
            let cycle = try chosenCycle(db)
            return (cycle, try areaView(area, cycle, db))
        }
        let row = view.area.row
        var facts: [(String, Markup)] = [
            (choose("รหัส", "Code"), self.code(row.area)),
            (choose("ระดับ", "Level"), "\(word(row.level))"),
        ]
        if let from = row.validFrom { facts.append((choose("ตั้งแต่", "From"), day(from))) }
        if let to = row.validTo { facts.append((choose("ถึง", "To"), day(to))) }
        facts.append((choose("รอบปี", "Cycle"), "\(cycle.cycle)"))
        var parts = [trail(view.above, row)]
        if row.synthetic { parts.append(syntheticNote) }
        parts += [
            self.facts(facts),
            section(
                "progress",
                choose("ความก้าวหน้า", "Progress"),
                [
                    ownProgress(view), householdsLink(view.area, cycle.cycle), below(view),
                ]
            ),
            indicators(view.comparison, of: view.area),
            matters(view.matters),
            certifications(view.certifications),
            responsible(view.appointments),
        ]
        return page(
            "\(word(row.level)) \(name(row))",
            heading: "\(word(row.level)) \(named(row))",
            parts
        )
    }

    private func areaView(
        _ area: PlacedArea,
        _ cycle: CycleRow,
        _ db: Database
    ) throws -> AreaView {
        var above: [AreaRow] = []
        var parent = area.row.parent
        // No area is more than three below a province; damaged data must not make a circle.
        while let code = parent, above.count < 4, let row = try AreaReadModel.area(code, db) {
            above.insert(row, at: 0)
            parent = row.parent
        }
        var below = try AreaReadModel.areas(parent: area.row.area, db)
        if area.scope.level == .tambon {
            for lao in try AreaReadModel.laos(covering: area.row.area, db) {
                if let row = try AreaReadModel.area(lao, db) { below.append(row) }
            }
        }
        if area.scope.level == .lao {
            for tambon in try AreaReadModel.tambons(coveredBy: area.row.area, db) {
                if let row = try AreaReadModel.area(tambon, db) { below.append(row) }
            }
        }
        var progress: [String: ProgressRow] = [:]
        let levels = Set([area.row.level] + below.map(\.level))
        for level in [Area.Level.province, .district, .tambon, .village, .lao]
        where levels.contains(level.name) {
            for row in try ProgressReadModel.progress(
                cycle: cycle.cycle,
                level: level,
                within: area.scope,
                db
            ) { progress[row.area] = row }
        }
        return AreaView(
            area: area,
            above: above,
            below: below,
            progress: progress,
            appointments: try AppointmentReadModel.inForce(
                area: area.row.area,
                cycle: cycle.cycle,
                on: today,
                db
            ),
            matters: try OpenMatters(area, cycle: cycle.cycle, db),
            certifications: try CertificationReadModel.certifications(
                cycle: cycle.cycle,
                area: area.row.area,
                db
            ),
            comparison: try IndicatorComparison(area, above.last?.area, cycle.cycle, db)
        )
    }

    private func areaLink(_ row: AreaRow) -> Markup {
        "\(link(row)) \(word(row.level)) \(code(row.area))"
    }

    /// The way down to here.
    private func trail(_ above: [AreaRow], _ row: AreaRow) -> Markup {
        guard !above.isEmpty else { return "" }
        let links = above.map { row -> Markup in
            "<li>\(link(row))</li>\n"
        }
        return """
            <nav class="trail" aria-label="\(choose("พื้นที่ที่อยู่เหนือขึ้นไป", "Areas above"))">
            <ol>
            \(links)<li aria-current="page">\(named(row))</li>
            </ol>
            </nav>

            """
    }

    private func ownProgress(_ view: AreaView) -> Markup {
        guard let row = view.progress[view.area.row.area] else {
            return sentence(
                choose("ยังไม่มีเป้าหมายหรือข้อมูลในรอบปีนี้", "No target and no data in this cycle yet.")
            )
        }
        return facts([
            (choose("เป้าหมาย", "Target"), number(row.target)),
            (choose("จัดเก็บแล้ว", "Collected"), number(row.collected)),
            (choose("ร้อยละ", "%"), "\(percent(row.collected, of: row.target))"),
            (choose("จัดเก็บไม่ได้", "Not collected"), number(row.notCollected)),
            (choose("คงเหลือ", "Remaining"), number(row.remaining)),
            (choose("จำนวนคน", "Persons"), number(row.persons)),
            (choose("แก้ไข (ครั้ง)", "Corrections"), number(row.corrected)),
            (choose("คำเตือนในคำตอบ", "Warnings in answers"), number(row.warnings)),
            (choose("อยู่ในคำรับรองที่ยังมีผล", "Certified"), number(row.certified)),
        ])
    }

    private func householdsLink(_ area: PlacedArea, _ cycle: String) -> Markup {
        paragraph(
            link(
                ["households"],
                choose("ครัวเรือนในพื้นที่นี้", "Households of this area"),
                ["area": area.row.area, "cycle": cycle]
            )
        )
    }

    private func below(_ view: AreaView) -> Markup {
        guard !view.below.isEmpty else { return "" }
        var table = progressTable(
            "below-table",
            choose("พื้นที่ภายใน", "Areas within")
        )
        table.rows = view.below.map { row -> [Markup] in
            let sum = ProgressSum(view.progress[row.area].map { [$0] } ?? [])
            return progressRow("\(link(row)) \(word(row.level))", sum)
        }
        return self.table(table)
    }

    private func certifications(_ details: [CertificationDetail]) -> Markup {
        section(
            "certifications",
            choose("คำรับรอง", "Certifications"),
            [certificationTable("area-certifications", details)]
        )
    }

    /// Persons by the names that the ledger has for them; who that is lies sealed.
    private func responsible(_ rows: [AppointmentRow]) -> Markup {
        var table = PageTable(
            id: "responsible-table",
            caption: choose("ผู้ได้รับแต่งตั้งในวันนี้", "Appointed here today"),
            columns: [
                .init(choose("บุคคล", "Person")), .init(choose("บทบาท", "Role")),
                .init(choose("คำสั่ง", "Order")), .init(choose("ตั้งแต่", "From")),
                .init(choose("ถึง", "To")),
            ]
        )
        table.rows = rows.map { row -> [Markup] in
            [
                link(["records"], row.person, ["person": row.person]), "\(word(row.role))",
                link(record: row.appointedAtIndex, row.number), day(row.validFrom),
                day(row.validTo),
            ]
        }
        return section(
            "responsible",
            choose("ผู้รับผิดชอบ", "Responsible people"),
            [self.table(table)]
        )
    }

    func link(record index: Int64, _ text: String) -> Markup {
        link(["records", "\(index)"], text)
    }
}
