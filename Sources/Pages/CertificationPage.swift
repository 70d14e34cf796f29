import CertificationsProjection
import ChecksProjection
import Console
import Cryptography
import EditionsProjection
import GRDB
import Ledger
import LedgerReader
import ProjectionRuntime
import ReviewsProjection
import Survey

/// A certification as its record and the read models have it.
struct CertificationView {
    let detail: CertificationDetail
    let prepared: CertificationPrepared
    let indicators: [EditionIndicatorRow]
    let area: PlacedArea?
    let parentName: String
    let matters: OpenMatters?
    let confirmed: PresentationRow?
    /// As the cycle's rules number the forms; empty where they do not.
    let formNumber: String

    var row: CertificationRow { detail.certification }
}

extension PageContext {
    func certificationView(_ id: String) throws -> CertificationView {
        let found = try read { db in try CertificationReadModel.certification(id, db) }
        let snapshot = try pages.reader.snapshot()
        guard let detail = found,
            let index = UInt64(exactly: detail.certification.preparedAtIndex),
            case .certificationPrepared(let prepared) = try snapshot.recordedEvent(index)?.event
                .kind
        else { throw NoSuchPage.certification }
        let rules = try snapshot.records(ofStream: "cycle/\(detail.certification.cycle)").first?
            .event.cycleDefined.certificationRules
        let rule = rules?.first { $0.level.name == detail.certification.level }
        return try read { db in
            let row = detail.certification
            let area = try PlacedArea(row.area, db)
            let parent = try PlacedArea(row.parent, db)
            return CertificationView(
                detail: detail,
                prepared: prepared,
                indicators: try EditionReadModel.indicators(cycle: row.cycle, db),
                area: area,
                parentName: parent.map { name($0.row) } ?? row.parent,
                matters: try area.map { try OpenMatters($0, cycle: row.cycle, db) },
                confirmed: try ReviewReadModel.presentations(
                    area: row.area,
                    cycle: row.cycle,
                    confirming: row.figuresDigest,
                    db
                )
                .first,
                formNumber: rule?.formNumber ?? ""
            )
        }
    }

    /// `/certifications/{id}`.
    func certification(_ id: String) throws -> PageAnswer {
        let view = try certificationView(id)
        var parts: [Markup] = [warning(view.row), summary(view)]
        parts.append(
            section(
                "figures",
                choose("ตัวเลขที่รับรอง", "Figures certified"),
                [figures(view, digits: { $0 })]
            )
        )
        if let matters = view.matters { parts.append(self.matters(matters)) }
        parts += [statement(view), signatures(view), signing(view)]
        if view.row.issuedOn != nil { parts.append(evidence(view)) }
        return page(choose("คำรับรอง", "Certification") + " \(id)", parts)
    }

    /// Whether it speaks for the data still.
    func warning(_ row: CertificationRow) -> Markup {
        if let reason = row.withdrawalReason {
            let text = choose("คำรับรองนี้ถอนแล้ว: ", "This certification is withdrawn: ") + reason
            return note("\(text)")
        }
        guard let index = row.supersededAtIndex else { return "" }
        let text = choose("ข้อมูลเปลี่ยนแล้วหลังคำรับรองนี้ ที่ระเบียน", "The data changed after it, at record")
        return note("\(text) \(link(record: index))")
    }

    private func summary(_ view: CertificationView) -> Markup {
        let row = view.row
        var facts: [(String, Markup)] = [
            (choose("รอบปี", "Cycle"), "\(row.cycle)"),
            (
                choose("พื้นที่", "Area"),
                link(["areas", row.area], view.area.map { name($0.row) } ?? row.area)
            ),
            (choose("ระดับ", "Level"), "\(word(row.level))"),
            (choose("สถานะ", "State"), standing(row)),
            (choose("จัดทำ", "Prepared"), day(row.preparedOn)),
            (choose("ออก", "Issued"), day(row.issuedOn)),
            (choose("ส่ง", "Submitted"), day(row.submittedOn)),
            (choose("กำหนดส่ง", "Due"), due(view.detail)),
            (choose("ขนาดบัญชี", "Tree size"), "\(row.treeSize.grouped)"),
            (choose("ค่าราก", "Root hash"), code(row.rootHash)),
            (choose("ค่าย่อยตัวเลข", "Figures digest"), code(row.figuresDigest)),
            (choose("ระเบียน", "Record"), link(record: row.preparedAtIndex)),
        ]
        if let confirmed = view.confirmed {
            facts.append(
                (
                    choose("ตัวเลขนี้ยืนยันในการนำเสนอ", "Figures confirmed in presentation"),
                    "\(confirmed.presentation) \(day(confirmed.confirmedOn))"
                )
            )
        }
        return section(
            "summary",
            choose("สรุป", "Summary"),
            [
                self.facts(facts),
                paragraph(
                    link(
                        ["certifications", row.certification, "form"],
                        choose("แบบรับรองสำหรับพิมพ์", "Printable form")
                    )
                ),
            ]
        )
    }

    /// As the record states them; `digits` writes numbers as the paper wants them.
    func figures(_ view: CertificationView, digits: (String) -> String) -> Markup {
        let figures = view.prepared.figures
        func text(_ number: UInt64) -> Markup { "\(digits(number.grouped))" }
        let counts = facts([
            (choose("ครัวเรือนเป้าหมาย", "Target households"), text(figures.targetHouseholds)),
            (choose("จัดเก็บได้", "Collected"), text(figures.collected)),
            (choose("จัดเก็บไม่ได้โดยมีเหตุผล", "Not collected"), text(figures.notCollected)),
            (choose("จำนวนคน", "Persons"), text(figures.persons)),
        ])
        var table = PageTable(
            id: "figure-table",
            caption: choose("ผลตามตัวชี้วัด", "Results by indicator"),
            columns: [
                .init(choose("ที่", "No."), isNumeric: true),
                .init(choose("ตัวชี้วัด", "Indicator")),
                .init(choose("สำรวจ", "Surveyed"), isNumeric: true),
                .init(choose("ผ่าน", "Passed"), isNumeric: true),
                .init(choose("ร้อยละ", "%"), isNumeric: true),
                .init(choose("ไม่ผ่าน", "Failed"), isNumeric: true),
                .init(choose("ร้อยละ", "%"), isNumeric: true),
            ]
        )
        for (offset, surveyed) in figures.surveyed.enumerated() {
            let indicator = view.indicators.first { $0.indicator == offset + 1 }
            // A number that the edition leaves out counts nobody and has no line.
            if indicator == nil, surveyed == 0 { continue }
            let failed = offset < figures.failed.count ? figures.failed[offset] : 0
            let passed = surveyed >= failed ? surveyed - failed : 0
            let name = indicator.map { choose($0.nameTh, $0.nameEn) } ?? ""
            let row: [Markup] = [
                "\(digits("\(offset + 1)"))", "\(name)", text(surveyed), text(passed),
                "\(digits(Percentage.text(part: passed, whole: surveyed)))", text(failed),
                "\(digits(Percentage.text(part: failed, whole: surveyed)))",
            ]
            table.rows.append(row)
        }
        return "\(counts)\(self.table(table))"
    }

    private func statement(_ view: CertificationView) -> Markup {
        let digest = SHA256.hash(Array(view.prepared.statement.utf8)).hex
        return section(
            "statement",
            choose("ข้อความรับรองตามที่ลงนามทุกไบต์", "The statement, exactly as signed"),
            [
                "<pre lang=\"th\">\(view.prepared.statement)</pre>\n",
                facts([(choose("SHA-256 ของข้อความ", "SHA-256 of the statement"), code(digest))]),
                paragraph(
                    link(
                        ["certifications", view.row.certification, "statement"],
                        choose("บันทึกข้อความเป็นไฟล์", "Save the statement as a file")
                    )
                ),
            ]
        )
    }

    /// What somebody takes along who shall not have to believe this service.
    private func evidence(_ view: CertificationView) -> Markup {
        section(
            "evidence",
            choose("หลักฐานสำหรับตรวจที่อื่น", "Evidence to verify elsewhere"),
            [
                sentence(
                    choose(
                        "แฟ้มเดียวมีระเบียน ลายมือชื่อ และจุดตรวจ ตรวจได้ด้วย bmn-audit verify"
                            + " หรือ openssl ตาม README.txt ในแฟ้ม",
                        "One file with records, signatures and checkpoint: bmn-audit verify checks"
                            + " it, or openssl as the README.txt in it says."
                    )
                ),
                paragraph(
                    link(
                        ["v1", "certifications", view.row.certification, "bundle"],
                        choose("ดาวน์โหลดแฟ้มหลักฐาน (.asice)", "Download the evidence (.asice)")
                    )
                ),
            ]
        )
    }

    /// `/certifications/{id}/statement`: the bytes alone, to be hashed and signed elsewhere.
    func statementFile(_ id: String) throws -> PageAnswer {
        PageAnswer(
            contentType: "text/plain; charset=utf-8",
            body: Array(try certificationView(id).prepared.statement.utf8),
            name: "statement.txt"
        )
    }

    func signatures(_ view: CertificationView) -> Markup {
        var table = PageTable(
            id: "signature-table",
            caption: choose("ผู้ลงนามแล้ว", "Who has signed"),
            columns: [
                .init(choose("บุคคล", "Person")), .init(choose("บทบาท", "Role")),
                .init(choose("วันที่", "Signed on")),
                .init(choose("กุญแจหรือใบรับรอง", "Key or certificate")),
                .init(choose("ระเบียน", "Record"), isNumeric: true),
            ]
        )
        table.rows = view.detail.signatures.map { signature -> [Markup] in
            [
                "\(signature.person)", "\(word(signature.role))", day(signature.signedOn),
                code(signature.publicKey ?? signature.certificate ?? "–"),
                link(record: signature.signedAtIndex),
            ]
        }
        let rest =
            view.detail.lacksSignatures
            ? facts([(choose("ยังขาด", "Still missing"), missing(view.detail))]) : ""
        return section("signatures", choose("ลายมือชื่อ", "Signatures"), [self.table(table), rest])
    }

    /// Where the button to sign with a passkey goes; without a program there is another way.
    private func signing(_ view: CertificationView) -> Markup {
        let row = view.row
        guard row.isStanding, row.issuedAtIndex == nil else { return "" }
        let digest = SHA256.hash(Array(view.prepared.statement.utf8)).hex
        let explanation = choose(
            "ลงนามด้วยพาสคีย์ได้ในเบราว์เซอร์ที่เปิด JavaScript หรือลงนามนอกระบบด้วยคำสั่งนี้แล้วส่งผลเข้าบัญชี",
            "A passkey signs in a browser that runs JavaScript. Or sign offline with these commands"
                + " and submit what they print."
        )
        let byPasskey = choose("ลงนามด้วยพาสคีย์", "Sign with a passkey")
        let commands = """
            bmn statement LEDGER \(row.certification) > statement.txt
            bmn sign statement.txt --key KEY.pem --command --certification \(row.certification) \
            --person PERSON --role ROLE
            """
        let slot: Markup = """
            <div id="sign" data-certification="\(row.certification)" data-sha256="\(digest)" \
            data-person="\(request.reader?.person ?? "")" data-csrf="\(request.reader?.csrf ?? "")">
            <p>\(link(["certifications", row.certification, "sign"], byPasskey))</p>
            \(sentence(explanation))\(exact(commands))</div>

            """
        return section("signing", choose("ลงนาม", "Sign"), [slot])
    }
}
