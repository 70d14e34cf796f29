import AppointmentsProjection
import AreasProjection
import AuditReport
import DirectivesProjection
import GRDB
import Ledger
import LedgerReader
import ProjectionRuntime
import Survey

/// An order of appointment on paper.
///
/// The ledger records number, date, kind, area, days and persons of an order. The words between them
/// are this form's, and the foot says so; what became of the order later stands above it.
struct OrderPaper {
    static let projections: [any Projection] = [
        AppointmentReadModel(), AreaReadModel(), DirectiveReadModel(),
    ]

    private let paper: PaperWriter
    private let order: Order
    private let later: [RecordedEvent]
    private let proof: PaperProof
    private let places: [String: AreaRow]
    private let directive: AddressedDirectiveRow?
    private let isSynthetic: Bool
    /// By person, where they were opened.
    private let names: [String: String]

    init(
        _ id: String,
        _ models: borrowing ReadModels,
        _ names: Names?,
        _ language: Language
    ) throws {
        let records = try models.records(ofStream: "order/\(id)")
        guard let first = records.first, case .orderIssued(let order) = first.event.kind else {
            throw Rejection(.orderUnknown, id)
        }
        paper = PaperWriter(language)
        self.order = order
        later = Array(records.dropFirst())
        proof = try PaperProof(first.index, models)
        let facts = try models.read { db in try Facts(order, db) }
        places = facts.places
        directive = facts.directive
        isSynthetic = facts.isSynthetic
        var opened: [String: String] = [:]
        if let names {
            for person in Self.persons(order, records) {
                let records = try models.records(ofStream: "person/\(person)")
                let name = try names.person(records, models.snapshot).value?.fullName
                if let name, !name.isEmpty { opened[person] = name }
            }
        }
        self.names = opened
    }

    private static func persons(_ order: Order, _ records: [RecordedEvent]) -> Set<String> {
        var persons = Set(order.appointments.map(\.person))
        for record in records {
            guard case .orderAmended(let amendment) = record.event.kind else { continue }
            persons.formUnion(amendment.added.map(\.person))
            persons.formUnion(amendment.removedPersons)
        }
        return persons
    }

    /// `office` heads the paper; without it the district of the area, or its province.
    func html(office: String?, _ signer: PaperSigner) -> String {
        let heading = paper.choose("คำสั่ง", "Order of ") + (office.map(paper.digits) ?? issuer)
        let number = paper.choose("ที่ ", "No. ") + paper.digits(order.number)
        let subjectLine = paper.choose("เรื่อง ", "Subject: ") + subject
        let head: Markup = """
            <h1>\(heading)</h1>
            <p class="centre">\(number)</p>
            <p class="centre">\(subjectLine)</p>

            """
        let date = paper.choose("สั่ง ณ วันที่ ", "Given on ") + paper.dayWithEra(order.date)
        let ordered: Markup = "<p class=\"centre\">\(date)</p>\n"
        let recorded = paper.choose(
            "บัญชีบันทึกเลขที่ วันที่ ชนิด พื้นที่ วันที่มีผล และผู้ได้รับแต่งตั้ง ถ้อยคำอื่นและผู้ลงนามไม่ได้บันทึกในบัญชี",
            "The ledger records number, date, kind, area, days and persons; other words and who"
                + " signed are not in it."
        )
        var body = paper.translationNote + notes
        body.append(head)
        body += preamble
        body += [appointments, inForce, ordered, paper.signature(signer)]
        body += changes
        body.append(paper.footer(proof, recorded))
        return Paper(language: paper.language, title: "\(heading) \(number)", body: body).html
    }

    private func place(_ code: String) -> String { paper.place(places[code], code) }

    /// Districts make the orders of all levels below their own (1.2 of the letter).
    private var issuer: String {
        var code = order.area
        while let area = places[code], area.level != "district", area.level != "province",
            let parent = area.parent, places[parent] != nil
        {
            code = parent
        }
        return place(code)
    }

    private var subject: String {
        let bmn = paper.choose(
            "ข้อมูลความจำเป็นพื้นฐาน (จปฐ.) ปี \(paper.digits(order.cycle))",
            " of Basic Minimum Needs (BMN) data, B.E. \(order.cycle)"
        )
        switch order.kind {
        case .committee:
            return paper.choose(
                "แต่งตั้งคณะกรรมการบริหารการจัดเก็บ\(bmn) \(place(order.area))",
                "appointment of the committee for the collection\(bmn), \(place(order.area))"
            )
        case .collector:
            return paper.choose("แต่งตั้งผู้จัดเก็บ\(bmn)", "appointment of collectors\(bmn)")
        case .recorder:
            return paper.choose("แต่งตั้งผู้บันทึก\(bmn)", "appointment of recorders\(bmn)")
        case .unspecified, .UNRECOGNIZED: return bmn
        }
    }

    /// What became of it, before anybody takes it for an order in force.
    private var notes: [Markup] {
        var notes: [Markup] = isSynthetic ? [paper.syntheticNote] : []
        for record in later {
            guard case .orderRevoked(let revocation) = record.event.kind else { continue }
            let day = paper.day(revocation.effectiveOn)
            notes.append(
                paper.note(
                    paper.choose(
                        "คำสั่งนี้ยกเลิกแล้วตั้งแต่วันที่ \(day): \(revocation.reason)",
                        "This order is revoked from \(day): \(revocation.reason)"
                    )
                )
            )
        }
        return notes
    }

    /// As the letter was read; nobody knows better what it says.
    private var preamble: [Markup] {
        var paragraphs: [Markup] = []
        if let row = directive {
            let (number, date) = (paper.digits(row.numberAsRead), paper.digits(row.dateAsRead))
            paragraphs.append(
                paper.paragraph(
                    paper.choose(
                        "ตามหนังสือ\(row.fromOffice) ที่ \(number) ลงวันที่ \(date) เรื่อง \(row.subject)",
                        "Following the letter of \(row.fromOffice), no. \(number), dated \(date),"
                            + " subject: \(row.subject),"
                    )
                )
            )
        }
        paragraphs.append(
            paper.paragraph(
                paper.choose(
                    "เพื่อให้การจัดเก็บข้อมูลถูกต้องและครบถ้วนทุกครัวเรือน จึงแต่งตั้งบุคคลดังต่อไปนี้",
                    "so that the data of every household are correct and complete, the following"
                        + " are appointed:"
                )
            )
        )
        return paragraphs
    }

    private var appointments: Markup {
        let rows = order.appointments.enumerated().map { offset, appointment in
            [
                paper.digits("\(offset + 1)"), name(appointment.person),
                paper.word(appointment.role),
                place(appointment.area.isEmpty ? order.area : appointment.area),
            ]
        }
        let titles = [
            paper.choose("ที่", "No."), paper.choose("ชื่อ", "Name"),
            paper.choose("ตำแหน่ง", "Role"), paper.choose("พื้นที่", "Area"),
        ]
        return paper.table(titles, rows)
    }

    /// The name beside the identifier, since two people may share one.
    private func name(_ person: String) -> String {
        names[person].map { "\($0) (\(person))" } ?? person
    }

    private var inForce: Markup {
        let from = paper.day(order.validFrom)
        guard !order.validTo.isEmpty else {
            return paper.paragraph(
                paper.choose("ทั้งนี้ ตั้งแต่วันที่ \(from) เป็นต้นไป", "In force from \(from).")
            )
        }
        let to = paper.day(order.validTo)
        return paper.paragraph(
            paper.choose("ทั้งนี้ ตั้งแต่วันที่ \(from) ถึงวันที่ \(to)", "In force from \(from) to \(to).")
        )
    }

    private var changes: [Markup] {
        let amendments = later.compactMap { record -> Markup? in
            guard case .orderAmended(let amendment) = record.event.kind else { return nil }
            let number = paper.digits(amendment.number)
            let head = paper.choose(
                "คำสั่งที่ \(number) ลงวันที่ \(paper.day(amendment.date)) มีผลวันที่ "
                    + "\(paper.day(amendment.effectiveOn)): \(amendment.reason)",
                "Order no. \(number) of \(paper.day(amendment.date)), effective"
                    + " \(paper.day(amendment.effectiveOn)): \(amendment.reason)"
            )
            let added = amendment.added.map { "\(name($0.person)) (\(paper.word($0.role)))" }
            let addedText =
                paper.choose("แต่งตั้ง: ", "Appointed: ") + added.joined(separator: ", ")
            let removedText =
                paper.choose("ให้พ้น: ", "Removed: ")
                + amendment.removedPersons.map(name).joined(separator: ", ")
            var lines: [Markup] = []
            if !added.isEmpty { lines.append("<br />\(addedText)") }
            if !amendment.removedPersons.isEmpty { lines.append("<br />\(removedText)") }
            return "<p>\(head)\(lines)</p>\n"
        }
        guard !amendments.isEmpty else { return [] }
        let title = paper.choose("แก้ไขเพิ่มเติม", "Amended since")
        let heading: Markup = "<h2>\(title)</h2>\n"
        return [heading] + amendments
    }
}

extension OrderPaper {
    /// What other records tell of the order's places, people and cause.
    private struct Facts {
        private(set) var places: [String: AreaRow] = [:]
        private(set) var directive: AddressedDirectiveRow?
        private(set) var isSynthetic = false

        init(_ order: Order, _ db: Database) throws {
            for code in [order.area] + order.appointments.map(\.area) where !code.isEmpty {
                places[code] = try AreaReadModel.area(code, db)
            }
            var above = places[order.area]?.parent
            // A village is the lowest level, three below its province.
            for _ in 0..<3 {
                guard let code = above else { break }
                places[code] = try AreaReadModel.area(code, db)
                above = places[code]?.parent
            }
            var last: AddressedDirectiveRow?
            let addressees = Set(places.keys)
            try DirectiveReadModel.forEachAddressee(cycle: order.cycle, db) { row in
                // By the papers' days, for either may be recorded first; a month is before its days.
                let isBefore = row.date.map { $0 <= order.date } ?? true
                if isBefore, addressees.contains(row.area) { last = row }
            }
            directive = last
            for appointment in order.appointments where !isSynthetic {
                isSynthetic =
                    try AppointmentReadModel.person(appointment.person, db)?.synthetic ?? false
            }
        }
    }
}
