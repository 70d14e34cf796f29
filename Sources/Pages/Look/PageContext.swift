import CalendarProjection
import CertificationsProjection
import Console
import GRDB
import HouseholdsProjection
import LedgerReader
import ProjectionRuntime
import Survey

/// One request and what it is answered from.
struct PageContext {
    let pages: Pages
    let request: PageRequest

    var language: Language { request.language.language }
    var today: Day { request.today }

    func choose(_ thai: String, _ english: String) -> String {
        language == .thai ? thai : english
    }

    /// A level, a role or a state; in English as records have it.
    func word(_ word: String) -> String { Words.text(word, language) }

    func query(_ name: String) -> String? {
        guard let value = request.query[name], !value.isEmpty else { return nil }
        return value
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try pages.survey.read(body)
    }

    /// The cycle that was asked for, else the latest with a household or a certification, so that
    /// defining the next year does not hide this one; else the latest that is defined.
    func chosenCycle(_ db: Database) throws -> CycleRow {
        let cycles = try CalendarReadModel.cycles(db)
        if let asked = query("cycle") {
            guard let cycle = cycles.first(where: { $0.cycle == asked }) else {
                throw NoSuchPage.cycle
            }
            return cycle
        }
        guard let latest = cycles.last else { throw NoSuchPage.cycle }
        return try cycles.reversed().first { row in
            try !HouseholdReadModel.households(cycle: row.cycle, limit: 1, db).isEmpty
                || !CertificationReadModel.certifications(cycle: row.cycle, db).isEmpty
        } ?? latest
    }

    /// A whole page.
    func page(
        _ title: String,
        heading: Markup? = nil,
        status: Int = 200,
        _ parts: [Markup],
        scripts: [String] = []
    ) -> PageAnswer {
        let main: Markup = "<h1>\(heading ?? "\(title)")</h1>\n\(parts)"
        return PageAnswer(
            status: status,
            body: pages.layout.render(
                title: title,
                main: main,
                request: request,
                scripts: scripts
            )
        )
    }

    func notFound(_ missing: NoSuchPage) -> PageAnswer {
        let sentence =
            switch missing {
            case .page:
                choose(
                    "ไม่มีหน้านี้: ตรวจที่อยู่ หรือเริ่มจากหน้าภาพรวม",
                    "There is no such page: check the address, or start from the overview."
                )
            case .area:
                choose(
                    "ไม่มีพื้นที่รหัสนี้: เลือกจากรายการพื้นที่",
                    "No area has this code: choose one from the list of areas."
                )
            case .household:
                choose(
                    "ไม่มีครัวเรือนรหัสนี้ในพื้นที่ที่ท่านดูได้: ตรวจรหัสและรอบปี",
                    "No household has this code where you may look: check the code and the cycle."
                )
            case .certification:
                choose(
                    "ไม่มีคำรับรองรหัสนี้: เลือกจากรายการคำรับรอง",
                    "No certification has this name: choose one from the list of certifications."
                )
            case .record:
                choose(
                    "ไม่มีระเบียนที่นี้: บัญชียังสั้นกว่านั้น หรือหมายเลขไม่ถูกต้อง",
                    "There is no such record: the ledger is shorter, or this is no number."
                )
            case .cycle:
                choose(
                    "ไม่มีรอบปีนี้: ยังไม่มีใครกำหนดรอบปี หรือระบุปีไม่ถูกต้อง",
                    "There is no such cycle: none is defined yet, or the year is another."
                )
            }
        return page(
            choose("ไม่พบหน้านี้", "Not found"),
            status: 404,
            [
                self.sentence(sentence),
                paragraph(link([], choose("ไปหน้าภาพรวม", "Go to the overview"))),
            ]
        )
    }
}

/// The small pieces of pages.
extension PageContext {
    /// `20 มีนาคม 2561`, and for programs the ISO day.
    func day(_ iso: String?) -> Markup {
        guard let iso else { return "–" }
        return "<time datetime=\"\(iso)\">\(language.text(isoDay: iso))</time>"
    }

    func time(unixMicroseconds: Int64, iso: String) -> Markup {
        let text = language.text(unixMicroseconds: unixMicroseconds)
        return "<time datetime=\"\(iso)\">\(text)</time>"
    }

    func number(_ number: some FixedWidthInteger) -> Markup { "\(number.grouped)" }

    /// "97.50 %" of counts; two places, half up as on every paper of the programme.
    func percent(_ part: Int64, of whole: Int64) -> String {
        Percentage.text(part: UInt64(clamping: part), whole: UInt64(clamping: whole))
    }

    func link(_ path: [String], _ text: String, _ query: [String: String] = [:]) -> Markup {
        link(path, naming: "\(text)", query)
    }

    /// The same with a name that is markup already.
    func link(
        _ path: [String],
        naming name: Markup,
        _ query: [String: String] = [:]
    ) -> Markup {
        "<a href=\"\(Link.to(path, query))\">\(name)</a>"
    }

    /// Thai inside an English page, for whoever has it read aloud.
    func thai(_ text: String) -> Markup {
        language == .thai ? "\(text)" : "<span lang=\"th\">\(text)</span>"
    }

    func link(record index: Int64) -> Markup { link(["records", "\(index)"], index.grouped) }

    func code(_ text: String) -> Markup { "<code>\(text)</code>" }

    /// A name of its own: a literal would rather be a `String`, with markup in it spelled out.
    func sentence(_ text: String) -> Markup { "<p>\(text)</p>\n" }
    func paragraph(_ markup: Markup) -> Markup { "<p>\(markup)</p>\n" }

    /// What must not be passed over; says so by its words and its border, not by colour alone.
    func note(_ text: Markup) -> Markup { "<p class=\"note\">\(text)</p>\n" }

    func late(_ text: String) -> Markup { "<strong class=\"late\">\(text)</strong>" }

    func section(_ id: String, _ title: String, _ parts: [Markup]) -> Markup {
        """
        <section aria-labelledby="\(id)">
        <h2 id="\(id)">\(title)</h2>
        \(parts)</section>

        """
    }

    /// Names and values.
    func facts(_ facts: [(String, Markup)]) -> Markup {
        let items = facts.map { fact -> Markup in
            "<div><dt>\(fact.0)</dt><dd>\(fact.1)</dd></div>\n"
        }
        return "<dl class=\"facts\">\n\(items)</dl>\n"
    }

    /// Bytes as they are, in lines that break where the page ends.
    func exact(_ text: String) -> Markup { "<pre>\(text)</pre>\n" }

    func list(_ items: [Markup]) -> Markup {
        let lines = items.map { item -> Markup in "<li>\(item)</li>\n" }
        return "<ul>\n\(lines)</ul>\n"
    }
}
