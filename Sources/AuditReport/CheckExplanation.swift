package import Audit
package import Console

/// The levels of verification in plain words.
extension Check {
    package var title: Phrase {
        switch self {
        case .structure: Phrase(thai: "โครงสร้าง", english: "structure")
        case .chain: Phrase(thai: "โซ่แฮช", english: "chain")
        case .tree: Phrase(thai: "ต้นไม้", english: "tree")
        case .signatures: Phrase(thai: "ลายมือชื่อ", english: "signatures")
        case .rules: Phrase(thai: "กติกา", english: "rules")
        case .figures: Phrase(thai: "ตัวเลข", english: "figures")
        case .projections: Phrase(thai: "ข้อมูลประมวลผล", english: "projections")
        }
    }

    /// What the level protects against.
    package var protection: Phrase {
        switch self {
        case .structure:
            Phrase(
                thai: "ระเบียนหาย ซ้ำ ผิดรูปแบบ หรือเวลาบันทึกย้อนหลัง",
                english: "Records that are missing, doubled, malformed or dated back."
            )
        case .chain:
            Phrase(
                thai: "การแก้ ลบ แทรก หรือสลับระเบียน: แต่ละระเบียนผูกกับระเบียนก่อนหน้า",
                english: """
                    Altering, removing, inserting or swapping a record: each is tied to the one \
                    before it.
                    """
            )
        case .tree:
            Phrase(
                thai: "การเขียนประวัติใหม่ทั้งชุด: เทียบกับค่ารากที่เคยจดและลงนามไว้",
                english: """
                    Rewriting history as a whole: compared with root hashes noted and signed before.
                    """
            )
        case .signatures:
            Phrase(
                thai: "ลายมือชื่อปลอม ขาด หรือย้ายมาจากเอกสารอื่น",
                english: "Signatures that are forged, missing or moved from another document."
            )
        case .rules:
            Phrase(
                thai: "การกระทำโดยผู้ไม่มีอำนาจหรือนอกกติกา เช่น แก้คำตอบโดยไม่ได้รับแต่งตั้ง",
                english: "Acts without authority or against the rules of the survey."
            )
        case .figures:
            Phrase(
                thai: "ตัวเลขในคำรับรองที่ไม่ตรงกับข้อมูลครัวเรือนที่บันทึก",
                english: "Certified figures that are not those of the recorded households."
            )
        case .projections:
            Phrase(
                thai: "ตารางที่หน้าจอและรายงานใช้แสดงค่าไม่ตรงกับระเบียน (ตรวจเมื่อขอ)",
                english: "Screens and reports that show something else (checked on request)."
            )
        }
    }

    /// What the level counts.
    package func counted(_ count: UInt64) -> Phrase {
        let number = count.grouped
        return switch self {
        case .signatures:
            Phrase(thai: "\(number) ลายมือชื่อ", english: "\(number) signatures")
        case .figures: Phrase(thai: "\(number) คำรับรอง", english: "\(number) certifications")
        case .projections: Phrase(thai: "\(number) ตาราง", english: "\(number) tables")
        default: Phrase(thai: "\(number) ระเบียน", english: "\(number) records")
        }
    }
}
