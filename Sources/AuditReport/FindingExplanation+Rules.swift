import Console

/// Levels 5 to 7: was each act allowed, are the figures true, and do the tables show the records?
extension FindingExplanation {
    static let notAllowed = FindingExplanation(
        title: Phrase(
            thai: "การกระทำที่กติกาไม่อนุญาต",
            english: "An act that the rules do not allow"
        ),
        meaning: Phrase(
            thai: """
                ระเบียนบอกการกระทำที่กติกาไม่ยอมในขณะนั้น เช่น ผู้ที่ไม่ได้รับแต่งตั้ง \
                หรือแก้ไขจากค่าที่ไม่ใช่ค่าเดิม โปรแกรมบันทึกไม่รับการกระทำเช่นนี้
                """,
            english: """
                The record tells of an act that the rules refused at that time, such as one by \
                somebody who was not appointed. The recording program takes no such act.
                """
        ),
        innocentCause: .earlierDamage,
        maliciousCause: Phrase(
            thai: "มีผู้เขียนระเบียนลงไฟล์เองโดยไม่ผ่านโปรแกรม",
            english: "Somebody wrote the record into the file without the program."
        ),
        action: Phrase(
            thai: """
                ให้ถือว่าระเบียนนี้อาจถูกปลอม อย่าใช้อ้างอิง สอบถามผู้ที่ระเบียนระบุว่าเป็นผู้ทำ \
                รหัสของกติกาอยู่ในเอกสาร RULES.md
                """,
            english: """
                Treat the record as forged until it is explained; ask the person that it names. \
                RULES.md lists the codes of the rules.
                """
        )
    )

    static let streamMismatch = FindingExplanation(
        title: Phrase(
            thai: "ระเบียนถูกจัดไว้ใต้เรื่องอื่น",
            english: "A record is filed under another subject"
        ),
        meaning: Phrase(
            thai: """
                ระเบียนถูกเก็บไว้ในเรื่องหนึ่ง (เช่น ครัวเรือนหนึ่ง) แต่เนื้อหาเป็นของอีกเรื่องหนึ่ง \
                ผู้ค้นประวัติของเรื่องนั้นจะไม่พบ
                """,
            english: """
                The record is kept with one subject (a household, for example) and is about another \
                one, so whoever looks up the history of that one misses it.
                """
        ),
        innocentCause: .programError,
        maliciousCause: Phrase(
            thai: "มีผู้ซ่อนการกระทำไว้ใต้เรื่องอื่น",
            english: "Somebody hid an act under another subject."
        ),
        action: .preserveEvidence
    )

    static let householdUnreadable = FindingExplanation(
        title: Phrase(
            thai: "ประวัติของครัวเรือนอ่านไม่ครบ",
            english: "A household's history cannot be read"
        ),
        meaning: Phrase(
            thai: """
                ระเบียนก่อนหน้าของครัวเรือนเดียวกันหาไม่พบหรืออ่านไม่ได้ \
                จึงตรวจไม่ได้ว่าระเบียนนี้ได้รับอนุญาตหรือไม่
                """,
            english: """
                Earlier records of the same household are missing or unreadable, so whether this \
                one was allowed could not be checked.
                """
        ),
        innocentCause: .damagedDisk,
        maliciousCause: Phrase(
            thai: "มีผู้ลบหรือแก้ระเบียนก่อนหน้าของครัวเรือนนั้น",
            english: "Somebody removed or changed earlier records of that household."
        ),
        action: Phrase(
            thai: "ดูสิ่งที่พบในระดับต่ำกว่าก่อน เพราะเรื่องนี้มักเป็นผลที่ตามมา แล้วเก็บไฟล์ไว้เป็นหลักฐาน",
            english: """
                Look at the findings of the lower levels first, since this is mostly their \
                consequence, and keep the file as evidence.
                """
        )
    )

    static let figuresWrong = FindingExplanation(
        title: Phrase(
            thai: "ตัวเลขที่รับรองไม่ตรงกับระเบียน",
            english: "Certified figures are not those of the records"
        ),
        meaning: Phrase(
            thai: "คำรับรองระบุตัวเลขที่คำนวณใหม่จากระเบียนแล้วไม่ได้ค่าเดียวกัน",
            english: """
                The certification states figures that do not come out when they are computed from \
                the records.
                """
        ),
        innocentCause: .earlierDamage,
        maliciousCause: Phrase(
            thai: "มีผู้รับรองตัวเลขที่แต่งขึ้น หรือเปลี่ยนระเบียนหลังการรับรอง",
            english: "Somebody certified made-up figures, or changed records afterwards."
        ),
        action: .doNotRelyOnCertification
    )

    static let storedFiguresWrong = FindingExplanation(
        title: Phrase(
            thai: "ยอดรวมที่เก็บไว้ไม่ตรงกับระเบียน",
            english: "Stored totals are not those of the records"
        ),
        meaning: Phrase(
            thai: """
                โปรแกรมเก็บยอดรวมรายหมู่บ้านไว้ให้คำนวณเร็ว และยอดนั้นไม่ตรงกับระเบียน \
                คำรับรองที่จะทำต่อไปอาจใช้ยอดผิด
                """,
            english: """
                The program keeps totals by village to be quick, and they are not those of the \
                records. Certifications made from now on could state wrong figures.
                """
        ),
        innocentCause: .damagedDisk,
        maliciousCause: Phrase(
            thai: "มีผู้แก้ยอดรวมเพื่อให้คำรับรองครั้งต่อไปมีตัวเลขที่ต้องการ",
            english: "Somebody changed totals so that the next certification says what they want."
        ),
        action: .restoreDerived
    )

    static let projectionMissing = FindingExplanation(
        title: Phrase(
            thai: "ไม่มีตารางข้อมูลประมวลผลให้เทียบ",
            english: "There is no table to compare with"
        ),
        meaning: Phrase(
            thai: """
                ข้อมูลประมวลผล (ตารางในไฟล์ survey.sqlite ที่หน้าจอและรายงานใช้) ไม่มีอยู่ \
                จึงเทียบกับระเบียนไม่ได้
                """,
            english: """
                A table that screens and reports are made from (in survey.sqlite) is not there, so \
                it could not be compared with the records.
                """
        ),
        innocentCause: Phrase(
            thai: "ยังไม่ได้สร้าง หรือไฟล์ไม่ได้ถูกคัดลอกมาด้วย",
            english: "It was not made yet, or the file was not copied."
        ),
        maliciousCause: Phrase(
            thai: "มีผู้ลบไฟล์เพื่อไม่ให้เทียบได้",
            english: "Somebody removed it so that it cannot be compared."
        ),
        action: .rebuildReadModels
    )

    static let projectionWrong = FindingExplanation(
        title: Phrase(
            thai: "ตารางข้อมูลประมวลผลไม่ตรงกับระเบียน",
            english: "A table does not show what the records say"
        ),
        meaning: Phrase(
            thai: """
                ข้อมูลประมวลผล (ตารางที่หน้าจอและรายงานใช้) ไม่ใช่ค่าที่ได้จากระเบียน: \
                สิ่งที่คนเห็นบนหน้าจออาจผิด
                """,
            english: """
                A table that screens and reports are made from is not what the records give: what \
                people see may be wrong.
                """
        ),
        innocentCause: Phrase(
            thai: "สร้างด้วยโปรแกรมรุ่นเก่า หรือไฟล์เสียหาย",
            english: "An older program made it, or the file is damaged."
        ),
        maliciousCause: Phrase(
            thai: "มีผู้แก้ตารางเพื่อให้หน้าจอหรือรายงานแสดงค่าอื่น",
            english: "Somebody changed the table so that screens or reports show something else."
        ),
        action: .rebuildReadModels
    )

    static let projectionsNotCompared = FindingExplanation(
        title: Phrase(
            thai: "ยังไม่ได้เทียบข้อมูลประมวลผล",
            english: "The tables were not compared"
        ),
        meaning: Phrase(
            thai: """
                ขอให้เทียบตารางที่หน้าจอและรายงานใช้ แต่เทียบไม่ได้ เพราะระเบียนมีสิ่งผิดปกติ \
                หรืออ่านไฟล์ตารางไม่ได้
                """,
            english: """
                The tables that screens and reports are made from were to be compared, which could \
                not be done: the records have findings, or the file cannot be read.
                """
        ),
        innocentCause: .damagedDisk,
        maliciousCause: .editedFile,
        action: Phrase(
            thai: "แก้สาเหตุของสิ่งที่พบในระดับอื่นก่อน แล้วตรวจซ้ำ",
            english: "Settle the findings of the other levels first, then verify again."
        )
    )
}
