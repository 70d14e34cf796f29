import Console

/// Level 1: are the records all there, in order, and in the one form of a record?
extension FindingExplanation {
    static let noRecords = FindingExplanation(
        title: Phrase(thai: "บัญชีไม่มีระเบียน", english: "The ledger is empty"),
        meaning: Phrase(
            thai: "ไม่มีแม้แต่ระเบียนแรก ซึ่งทุกบัญชีมีตั้งแต่วันที่สร้าง",
            english: "Not even the first record is there, which every ledger has from the start."
        ),
        innocentCause: Phrase(
            thai: "เลือกโฟลเดอร์ผิด หรือคัดลอกไฟล์ไม่ครบ",
            english: "The wrong folder was named, or the copy is incomplete."
        ),
        maliciousCause: Phrase(
            thai: "มีผู้ลบข้อมูลทั้งหมด",
            english: "Somebody removed everything."
        ),
        action: Phrase(
            thai: "ตรวจว่าเลือกโฟลเดอร์ถูกต้อง แล้วตรวจสำเนาสำรอง",
            english: "See that the right folder was named, then verify the backups."
        )
    )

    static let recordsMissing = FindingExplanation(
        title: Phrase(thai: "ระเบียนหายไป", english: "Records are missing"),
        meaning: Phrase(
            thai: "ลำดับของระเบียนขาดช่วง: มีการกระทำที่เคยบันทึกไว้แต่ไม่อยู่ในบัญชีแล้ว",
            english: """
                The numbers of the records have a gap: acts that were recorded are no longer there.
                """
        ),
        innocentCause: .damagedDisk,
        maliciousCause: Phrase(
            thai: "มีผู้ลบระเบียนเพื่อซ่อนการกระทำนั้น",
            english: "Somebody removed records to hide what they say."
        ),
        action: .preserveEvidence
    )

    static let tailMissing = FindingExplanation(
        title: Phrase(thai: "ระเบียนท้ายบัญชีหายไป", english: "The latest records are gone"),
        meaning: Phrase(
            thai: """
                หลักฐานนอกไฟล์บัญชีระบุว่าเคยมีระเบียนมากกว่านี้: บัญชีถูกย้อนกลับไปเป็นสภาพก่อนหน้า
                """,
            english: """
                Something outside the ledger's file knows of more records: the ledger is back in an \
                earlier state.
                """
        ),
        innocentCause: .olderCopy,
        maliciousCause: Phrase(
            thai: "มีผู้ตัดระเบียนล่าสุดออกเพื่อให้เหมือนไม่เคยเกิดขึ้น",
            english: "Somebody cut off the latest records, as if they had never been."
        ),
        action: Phrase(
            thai: "อย่าบันทึกต่อในไฟล์นี้ ให้หาไฟล์ฉบับใหม่กว่า และเก็บไฟล์นี้ไว้เป็นหลักฐาน",
            english: """
                Do not go on recording in this file. Find the newer one, and keep this one as \
                evidence.
                """
        )
    )

    static let recordMalformed = FindingExplanation(
        title: Phrase(thai: "ระเบียนผิดรูปแบบ", english: "A record has the wrong form"),
        meaning: Phrase(
            thai: """
                ข้อความของระเบียนไม่อยู่ในรูปแบบเดียวที่กำหนด จึงอ่านไม่ได้ \
                หรืออ่านแล้วอาจเข้าใจไม่ตรงกัน
                """,
            english: """
                The text of the record has not the one prescribed form, so it cannot be read, or \
                two readers could take it for different things.
                """
        ),
        innocentCause: .damagedDisk,
        maliciousCause: .editedFile,
        action: .preserveEvidence
    )

    static let recordMisplaced = FindingExplanation(
        title: Phrase(thai: "ระเบียนอยู่ผิดลำดับ", english: "A record is in the wrong place"),
        meaning: Phrase(
            thai: "เลขลำดับที่เขียนในระเบียนไม่ตรงกับตำแหน่งที่เก็บ",
            english: "The number written in the record is not that of the place it is stored in."
        ),
        innocentCause: .damagedDisk,
        maliciousCause: Phrase(
            thai: "มีผู้สลับ แทรก หรือลบระเบียน แล้วเลื่อนระเบียนอื่นมาแทนที่",
            english: "Somebody swapped, inserted or removed records and moved others up."
        ),
        action: .preserveEvidence
    )

    static let eventUnknown = FindingExplanation(
        title: Phrase(
            thai: "ระเบียนชนิดที่โปรแกรมไม่รู้จัก",
            english: "A record of an unknown kind"
        ),
        meaning: Phrase(
            thai: "ระเบียนบอกการกระทำชนิดที่โปรแกรมตรวจสอบรุ่นนี้ไม่รู้จัก จึงตรวจเนื้อหาไม่ได้",
            english: """
                The record tells of a kind of act that this version of the program does not know, \
                so what it says could not be checked.
                """
        ),
        innocentCause: Phrase(
            thai: "ระเบียนบันทึกด้วยโปรแกรมรุ่นใหม่กว่าโปรแกรมตรวจสอบ",
            english: "A newer program than this one recorded it."
        ),
        maliciousCause: Phrase(
            thai: "มีผู้แก้ชนิดของระเบียนเพื่อไม่ให้ถูกตรวจ",
            english: "Somebody changed the record's kind so that it escapes the checks."
        ),
        action: Phrase(
            thai: "ตรวจซ้ำด้วยโปรแกรม bmn-audit รุ่นล่าสุดก่อน หากยังพบ ให้ถือว่าระเบียนถูกปลอม",
            english: """
                Verify again with the newest bmn-audit first. If it is still found, treat the \
                record as forged.
                """
        )
    )

    static let timeGoesBack = FindingExplanation(
        title: Phrase(thai: "เวลาบันทึกย้อนหลัง", english: "The time of recording goes back"),
        meaning: Phrase(
            thai: "ระเบียนมีเวลาบันทึกก่อนระเบียนที่อยู่ก่อนหน้า ซึ่งโปรแกรมไม่ยอมให้เกิดขึ้น",
            english: """
                The record claims an earlier time than the one before it, which the program never \
                writes.
                """
        ),
        innocentCause: .programError,
        maliciousCause: Phrase(
            thai: "มีผู้แต่งระเบียนให้ดูเหมือนบันทึกไว้ตั้งแต่วันก่อน",
            english: "Somebody made up a record to look as if it were from an earlier day."
        ),
        action: .preserveEvidence
    )

    static let storeIndexWrong = FindingExplanation(
        title: Phrase(
            thai: "ดัชนีค้นหาไม่ตรงกับระเบียน",
            english: "The search index disagrees with a record"
        ),
        meaning: Phrase(
            thai: """
                ดัชนี (สารบัญที่โปรแกรมใช้ค้นหา) ไม่ได้ชี้ไปยังระเบียนนี้ \
                การค้นหาอาจไม่พบหรือพบระเบียนอื่นแทน
                """,
            english: """
                The index (the table of contents by which programs find records) does not lead to \
                this record, so a search may miss it or show another.
                """
        ),
        innocentCause: .damagedDisk,
        maliciousCause: Phrase(
            thai: "มีผู้แก้ดัชนีเพื่อซ่อนระเบียนจากผู้ค้นหา",
            english: "Somebody changed the index to hide a record from those who search."
        ),
        action: .restoreDerived
    )

    static let storeLayoutWrong = FindingExplanation(
        title: Phrase(
            thai: "ไฟล์บัญชีมีส่วนเกินหรือส่วนขาด",
            english: "The ledger's file holds too much or too little"
        ),
        meaning: Phrase(
            thai: "ส่วนประกอบของไฟล์ที่อยู่ข้างระเบียน เช่น สารบัญหรือจำนวนนับ ไม่เป็นไปตามระเบียน",
            english: """
                Parts of the file beside the records, such as tables of contents or counts, do not \
                follow from the records.
                """
        ),
        innocentCause: .damagedDisk,
        maliciousCause: .editedFile,
        action: .restoreDerived
    )

    static let storedHeadWrong = FindingExplanation(
        title: Phrase(
            thai: "ข้อมูลสรุปท้ายบัญชีไม่ตรงกับระเบียน",
            english: "The stored summary of the end is wrong"
        ),
        meaning: Phrase(
            thai: "โปรแกรมเก็บสรุปของระเบียนสุดท้ายไว้ และสรุปนั้นไม่ตรงกับระเบียนสุดท้ายจริง",
            english: """
                The program keeps a summary of the last record, and it is not that of the record \
                that really comes last.
                """
        ),
        innocentCause: .damagedDisk,
        maliciousCause: Phrase(
            thai: "มีผู้เพิ่ม ลบ หรือแก้ระเบียนท้ายบัญชีโดยไม่ผ่านโปรแกรม",
            english: "Somebody added, removed or changed the last records outside the program."
        ),
        action: .preserveEvidence
    )

    static let originMismatch = FindingExplanation(
        title: Phrase(
            thai: "เป็นบัญชีคนละชื่อ",
            english: "It is the ledger of another name"
        ),
        meaning: Phrase(
            thai: "ชื่อบัญชีในระเบียนแรกไม่ตรงกับชื่อที่หลักฐานนอกไฟล์บัญชีระบุ",
            english: """
                The name in the first record is not the one that something outside the ledger's \
                file states.
                """
        ),
        innocentCause: Phrase(
            thai: "ไฟล์จากสองบัญชีถูกวางปนกันในโฟลเดอร์เดียว หรือเลือกหลักฐานผิดบัญชี",
            english: "Files of two ledgers were mixed in one folder, or the wrong ones were named."
        ),
        maliciousCause: Phrase(
            thai: "มีผู้นำบัญชีอื่นมาวางแทนบัญชีเดิม",
            english: "Somebody put another ledger in the place of this one."
        ),
        action: Phrase(
            thai: "ตรวจว่าไฟล์มาจากที่ใด แล้วตรวจซ้ำโดยใช้ไฟล์ทั้งหมดจากบัญชีเดียวกัน",
            english: """
                Find out where each file comes from, and verify again with files of one ledger.
                """
        )
    )

    static let couldNotRead = FindingExplanation(
        title: Phrase(thai: "อ่านบัญชีไม่ได้", english: "The ledger could not be read"),
        meaning: Phrase(
            thai: """
                โปรแกรมอ่านไฟล์ไม่ได้ จึงไม่มีผลการตรวจสอบ: ไม่ได้แปลว่าผ่าน และไม่ได้แปลว่าถูกแก้ไข
                """,
            english: """
                The program could not read the file, so there is no verdict: this is neither a \
                pass nor a proof that something was altered.
                """
        ),
        innocentCause: Phrase(
            thai: "เลือกโฟลเดอร์ผิด ไม่มีสิทธิ์อ่าน คัดลอกไฟล์ไม่ครบ หรืออุปกรณ์เก็บข้อมูลชำรุด",
            english: """
                The wrong folder, no permission to read, an incomplete copy, or a failing disk.
                """
        ),
        maliciousCause: Phrase(
            thai: "มีผู้ทำลายไฟล์เพื่อไม่ให้ตรวจได้",
            english: "Somebody destroyed the file so that it cannot be verified."
        ),
        action: Phrase(
            thai: """
                ตรวจชื่อโฟลเดอร์และสิทธิ์การอ่าน คัดลอกใหม่แล้วตรวจซ้ำ หากยังอ่านไม่ได้ \
                ให้เก็บไฟล์ไว้เป็นหลักฐานและตรวจสำเนาสำรอง
                """,
            english: """
                Check the folder's name and the permission to read, copy it again and verify again. \
                If it still cannot be read, keep the file as evidence and verify the backups.
                """
        )
    )
}
