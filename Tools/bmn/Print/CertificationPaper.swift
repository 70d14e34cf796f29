import AuditReport
import CertificationsProjection
import Ledger
import LedgerReader
import ProjectionRuntime
import Survey

/// A certification on paper: the statement, exactly as its members signed it, and who signed.
struct CertificationPaper {
    static let projections: [any Projection] = [CertificationReadModel()]

    private let paper: PaperWriter
    private let statement: String
    private let detail: CertificationDetail
    private let proof: PaperProof

    init(_ id: String, _ models: borrowing ReadModels, _ language: Language) throws {
        let records = try models.records(ofStream: "certification/\(id)")
        let detail = try models.read { db in try CertificationReadModel.certification(id, db) }
        guard let first = records.first, let detail,
            case .certificationPrepared(let prepared) = first.event.kind
        else { throw Rejection(.certificationUnknown, id) }
        paper = PaperWriter(language)
        statement = prepared.statement
        self.detail = detail
        proof = try PaperProof(first.index, models)
    }

    var html: String {
        let row = detail.certification
        let title = paper.choose("คำรับรองคุณภาพข้อมูล", "Certification of data quality")
        let heading: Markup = "<h1>\(title) \(row.certification)</h1>\n"
        // Line by line: the statement is what the members' signatures are over, so nothing of it
        // may be set differently, digits included.
        let lines = statement.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line -> Markup in "\(String(line))\n" }
        let text: Markup = "<pre>\(lines)</pre>\n"
        let signatures = paper.table(
            [
                paper.choose("ผู้ลงนาม", "Signer"), paper.choose("บทบาท", "Role"),
                paper.choose("วันที่", "Signed on"),
                paper.choose("กุญแจ ใบรับรอง หรือพาสคีย์", "Key, certificate or passkey"),
            ],
            detail.signatures.map { signature in
                [
                    signature.person, paper.word(signature.role), paper.day(signature.signedOn),
                    signature.publicKey ?? signature.certificate ?? signature.passkey ?? "",
                ]
            }
        )
        let recorded = paper.choose(
            "ข้อความรับรองเป็นไบต์เดียวกับที่ลงนาม: bmn statement LEDGER \(row.certification)",
            "The statement's bytes are those that were signed: bmn statement LEDGER"
                + " \(row.certification)"
        )
        return Paper(
            language: paper.language,
            title: "\(title) \(row.certification)",
            body: [state, heading, text, signatures, paper.footer(proof, recorded)]
        ).html
    }

    /// Whether it speaks for the data still; a paper outlives that.
    private var state: Markup {
        let row = detail.certification
        if let reason = row.withdrawalReason {
            return paper.note(
                paper.choose(
                    "คำรับรองนี้ถอนแล้ว: \(reason)",
                    "This certification is withdrawn: \(reason)"
                )
            )
        }
        if let index = row.supersededAtIndex {
            return paper.note(
                paper.choose(
                    "ข้อมูลเปลี่ยนแล้วหลังคำรับรองนี้ (ระเบียนที่ \(index))",
                    "The data changed after this certification (record \(index))"
                )
            )
        }
        let status = paper.choose("สถานะ: ", "Status: ") + paper.word(row.status)
        return "<p>\(status)</p>\n"
    }
}
