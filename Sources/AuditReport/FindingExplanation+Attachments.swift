import Console

/// Level 4: are the papers there that records name?
extension FindingExplanation {
    static let attachmentMissing = FindingExplanation(
        title: Phrase(
            thai: "ไม่มีเอกสารแนบที่ระเบียนอ้างถึง",
            english: "A document that a record names is missing"
        ),
        meaning: Phrase(
            thai: """
                ระเบียนอ้างถึงเอกสาร (เช่น คำสั่ง รายงานการประชุม) ด้วยค่าแฮช \
                แต่ไม่มีเอกสารนั้นอยู่ข้างบัญชี จึงไม่รู้ว่าเอกสารเขียนว่าอย่างไร
                """,
            english: """
                A record names a document (a letter, minutes) by its hash, and it does not lie \
                beside the ledger: nobody can tell what it says.
                """
        ),
        innocentCause: Phrase(
            thai: "คัดลอกบัญชีมาโดยไม่มีโฟลเดอร์ attachments หรือมีผู้ลบไฟล์โดยไม่ตั้งใจ",
            english: """
                The ledger was copied without its folder attachments, or somebody removed the file \
                by mistake.
                """
        ),
        maliciousCause: Phrase(
            thai: "มีผู้ทำลายเอกสารเพื่อไม่ให้ผู้ใดอ่าน",
            english: "Somebody destroyed the document so that nobody reads it."
        ),
        action: Phrase(
            thai: """
                ขอสำเนาจากสำเนาสำรองหรือจากผู้ที่ได้รับเอกสาร ใครมีฉบับที่ค่าแฮชตรงกันก็นำกลับมาได้ \
                ด้วยคำสั่ง bmn attach
                """,
            english: """
                Ask for it from the backups or from those who received it: any copy with that hash \
                is the document, and bmn attach puts it back.
                """
        )
    )

    static let attachmentWrong = FindingExplanation(
        title: Phrase(
            thai: "เอกสารแนบไม่ตรงกับที่ระเบียนอ้างถึง",
            english: "A document is not the one that the record names"
        ),
        meaning: Phrase(
            thai: "ไฟล์ที่อยู่ข้างบัญชีอ่านไม่ได้ หรือมีเนื้อหาต่างจากเอกสารที่บันทึกค่าแฮชไว้",
            english: """
                The file beside the ledger cannot be read, or its bytes are not those whose hash \
                was recorded.
                """
        ),
        innocentCause: .damagedDisk,
        maliciousCause: Phrase(
            thai: "มีผู้แก้หรือสลับเอกสารหลังจากบันทึกแล้ว",
            english: "Somebody altered or exchanged the document after it was recorded."
        ),
        action: Phrase(
            thai: """
                เก็บไฟล์นี้ไว้เป็นหลักฐาน แล้วขอสำเนาที่ค่าแฮชตรงกันจากสำเนาสำรองหรือผู้ที่ได้รับเอกสาร
                """,
            english: """
                Keep this file as evidence, and ask for a copy with the recorded hash from the \
                backups or from those who received it.
                """
        )
    )
}
