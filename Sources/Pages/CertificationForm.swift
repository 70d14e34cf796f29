import AreasProjection
import CertificationsProjection
import Console
import ProjectionRuntime
import Survey

/// The certification on paper: A4 by the print rules of the style sheet.
extension PageContext {
    /// Text of an official paper: with Thai digits in Thai.
    private func digits(_ text: String) -> String {
        language == .thai ? ThaiDate.withThaiDigits(text) : text
    }

    private func paperDay(_ iso: String?) -> Markup {
        guard let iso else { return "……………………………" }
        return "<time datetime=\"\(iso)\">\(digits(language.text(isoDay: iso)))</time>"
    }

    /// `/certifications/{id}/form`.
    func certificationForm(_ id: String) throws -> PageAnswer {
        let view = try certificationView(id)
        let row = view.row
        let number = digits(view.formNumber)
        let title =
            choose("แบบรับรองคุณภาพข้อมูล จปฐ.", "Certification of the quality of BMN data")
            + (number.isEmpty ? "" : choose(" (แบบ \(number))", " (form \(number))"))
        let areaName = view.area.map { name($0.row) } ?? row.area
        var heading: [(String, Markup)] = [
            (choose("ประจำปี", "Year"), "\(digits(row.cycle))"),
            (choose("พื้นที่", "Area"), "\(word(row.level)) \(digits(areaName)) (\(digits(row.area)))"),
        ]
        if !row.parent.isEmpty {
            heading.append((choose("เสนอต่อ", "Submitted to"), "\(digits(view.parentName))"))
        }
        heading += [
            (choose("คำรับรองที่", "Certification"), "\(digits(row.certification))"),
            (choose("จัดทำเมื่อ", "Prepared on"), paperDay(row.preparedOn)),
            (choose("ออกเมื่อ", "Issued on"), paperDay(row.issuedOn)),
        ]
        if let document = row.documentNumber {
            heading.append((choose("เลขที่หนังสือ", "Document"), "\(digits(document))"))
        }
        let body: Markup = """
            <article class="paper">
            \(warning(row))\(view.area?.row.synthetic == true ? syntheticNote : "")\
            \(translationNote)\(facts(heading))\(figures(view, digits: digits))\
            \(sentence(claim))\(signatureLines(view))\(proof(view))</article>

            """
        return page(title, [body])
    }

    private var translationNote: Markup {
        guard language == .english else { return "" }
        return note("Translation for information; the Thai text is the official one.")
    }

    private var claim: String {
        choose(
            "คณะกรรมการได้ตรวจสอบตัวเลขข้างต้นและผลตามตัวชี้วัดแล้ว ขอรับรองว่าถูกต้อง",
            "The committee has checked the counts and the results by indicator and certifies them."
        )
    }

    /// Who signed in the ledger, and dots for those who have not.
    private func signatureLines(_ view: CertificationView) -> Markup {
        let dots = "......................................................"
        let signed = view.detail.signatures.map { signature -> Markup in
            """
            <p class="signature">\(choose("(ลงชื่อ)", "(signed)")) \(dots)<br/>\
            (\(signature.person))<br/>\(word(signature.role))<br/>\
            \(choose("ลงนามในบัญชีเมื่อ", "signed in the ledger on")) \
            \(paperDay(signature.signedOn))</p>

            """
        }
        let missing = view.detail.missingRoles.map { role -> Markup in
            """
            <p class="signature">\(choose("(ลงชื่อ)", "(signed)")) \(dots)<br/>\
            (\(dots))<br/>\(word(role))<br/>\(choose("ยังไม่ลงนามในบัญชี", "not signed in the ledger"))</p>

            """
        }
        return "\(signed)\(missing)"
    }

    /// The way from the paper to the record that it states.
    private func proof(_ view: CertificationView) -> Markup {
        let row = view.row
        let address = pages.address + Link.to(["records", "\(row.preparedAtIndex)"])
        let title = choose("รหัสคิวอาร์ไปยังหน้าหลักฐาน", "QR code of the proof page")
        // An address that no code of this size holds is printed all the same.
        let picture = QRCode(Array(address.utf8))?.picture("proof-code", title) ?? ""
        return """
            <footer class="proof">
            \(picture)<p>\(choose("พิมพ์จากบัญชี", "Printed from the ledger")) \(pages.origin)<br/>\
            \(choose("ระเบียนที่", "record")) <code>\(row.preparedAtIndex)</code> · \
            \(choose("ขนาดบัญชี", "tree size")) <code>\(row.treeSize)</code><br/>\
            \(choose("ค่าราก", "root hash")) <code>\(row.rootHash)</code><br/>\
            \(choose("ค่าย่อยตัวเลข", "figures digest")) <code>\(row.figuresDigest)</code><br/>\
            \(choose("ตรวจได้ที่", "check at")) <code>\(address)</code></p>
            </footer>

            """
    }
}
