/// What a bundle cannot show, whatever is in it.
package struct BundleLimit: Sendable, Hashable {
    package let thai: String
    package let english: String

    /// For both kinds of subjects, then for this one.
    package static func of(_ subject: BundleSubject) -> [BundleLimit] {
        switch subject {
        case .certification: common + certification
        case .household: common + household
        }
    }

    private static let common = [
        BundleLimit(
            thai: "ผู้ทำแฟ้มอาจตัดระเบียนท้ายของเรื่องใดเรื่องหนึ่งออก และสิ่งที่เกิดหลังจุดตรวจไม่อยู่ที่นี่:"
                + " ถามบัญชีเองว่ามีระเบียนใหม่กว่าหรือไม่",
            english: "The maker may have left out the last records of a stream, and what came after"
                + " the checkpoint is not here: ask the log itself for later records."
        ),
        BundleLimit(
            thai: "เหตุการณ์ทุกรายการได้รับอนุญาตตามกติกาหรือไม่ ตรวจได้จากบัญชีทั้งเล่มเท่านั้น",
            english: "Whether the rules allowed everything can only be told from the whole ledger."
        ),
    ]

    private static let certification = [
        BundleLimit(
            thai: "คำรับรองนี้อาจถูกถอนหรือมีคำรับรองใหม่แทนภายหลัง และกุญแจหรือคำสั่งแต่งตั้งอาจถูกเพิกถอนภายหลัง",
            english: "This certification may have been withdrawn or superseded later, and keys or"
                + " orders revoked later."
        ),
        BundleLimit(
            thai: "ตัวเลขตรงกับครัวเรือนที่บันทึกไว้หรือไม่ ต้องคำนวณใหม่จากบัญชี",
            english: "That the figures are those of the households takes the ledger to recompute."
        ),
    ]

    private static let household = [
        BundleLimit(
            thai: "ระเบียนของครัวเรือนนี้เรียงรุ่น 0, 1, 2 … ไม่ขาดตอน จึงไม่มีระเบียนใดหายไประหว่างกลาง"
                + " แต่บ้านหลังเดียวกันอาจถูกบันทึกด้วยรหัสอื่นอีก",
            english: "The household's records have the versions 0, 1, 2 … without a gap, so none in"
                + " between is missing; but the same house may be recorded under another id, too."
        ),
        BundleLimit(
            thai: "คำตอบเป็นจริงหรือไม่ และข้อมูลส่วนบุคคลที่ผนึกไว้ว่าอย่างไร",
            english: "Whether an answer is true, and what the sealed personal data says."
        ),
    ]
}
