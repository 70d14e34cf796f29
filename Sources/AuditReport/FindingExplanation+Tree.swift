import Console

/// Levels 2 and 3: were records altered, and is the history the one that was known before?
extension FindingExplanation {
    static let chainBroken = FindingExplanation(
        title: Phrase(
            thai: "ระเบียนไม่ต่อกับระเบียนก่อนหน้า",
            english: "A record does not follow the one before it"
        ),
        meaning: Phrase(
            thai: """
                ทุกระเบียนจดแฮช (ลายนิ้วมือดิจิทัลของข้อความ) ของระเบียนก่อนหน้าไว้ ที่นี่ไม่ตรงกัน: \
                ระเบียนก่อนหน้าหรือระเบียนนี้ถูกเปลี่ยนหลังบันทึก
                """,
            english: """
                Every record names the hash (the digital fingerprint) of the record before it. Here \
                they differ: one of the two was changed after it was recorded.
                """
        ),
        innocentCause: .damagedDisk,
        maliciousCause: Phrase(
            thai: "มีผู้แก้ไข ลบ แทรก หรือสลับระเบียน",
            english: "Somebody altered, removed, inserted or swapped records."
        ),
        action: .preserveEvidence
    )

    static let historyRewritten = FindingExplanation(
        title: Phrase(thai: "ประวัติถูกเขียนใหม่", english: "History was rewritten"),
        meaning: Phrase(
            thai: """
                หลักฐานนอกไฟล์บัญชีจดค่าราก (ลายนิ้วมือดิจิทัลของระเบียนทั้งหมด) \
                ที่จำนวนระเบียนนี้ไว้เป็นค่าอื่น: ระเบียนเก่าไม่ใช่ชุดเดิมแล้ว
                """,
            english: """
                Something outside the ledger's file knows another root hash (the fingerprint of all \
                records together) for this number of records: the old records are not the same.
                """
        ),
        innocentCause: Phrase(
            thai: """
                อุปกรณ์ชำรุดทำให้ระเบียนเสียหาย (ระดับ 1 หรือ 2 จะพบด้วย) \
                หรือไฟล์จากสองสำเนาถูกวางปนกัน
                """,
            english: """
                A failing disk damaged records (levels 1 or 2 then have findings too), or files of \
                two copies were mixed.
                """
        ),
        maliciousCause: Phrase(
            thai: "มีผู้สร้างบัญชีขึ้นใหม่ทั้งหมดพร้อมแฮชใหม่ เพื่อเปลี่ยนสิ่งที่เกิดขึ้นแล้ว",
            english: "Somebody rebuilt the ledger with new hashes to change what had happened."
        ),
        action: .preserveEvidence
    )

    static let storedTreeWrong = FindingExplanation(
        title: Phrase(
            thai: "ค่าแฮชที่เก็บไว้ไม่ตรงกับระเบียน",
            english: "The stored hashes are not those of the records"
        ),
        meaning: Phrase(
            thai: """
                โปรแกรมเก็บแฮชของระเบียนทุกกลุ่มไว้เมื่อบันทึก คำนวณใหม่แล้วไม่ตรงกัน: \
                ระเบียนหรือแฮชที่เก็บไว้เปลี่ยนไป
                """,
            english: """
                The program stored the hashes of all groups of records when they were recorded. \
                Computed again they differ: the records or the stored hashes have changed.
                """
        ),
        innocentCause: .damagedDisk,
        maliciousCause: .editedFile,
        action: .preserveEvidence
    )

    static let checkpointMalformed = FindingExplanation(
        title: Phrase(thai: "จุดตรวจผิดรูปแบบ", english: "A checkpoint has the wrong form"),
        meaning: Phrase(
            thai: """
                จุดตรวจ (checkpoint: ใบสรุปจำนวนระเบียนและค่ารากที่ลงนามไว้) อ่านไม่ได้ \
                จึงใช้เป็นหลักฐานไม่ได้
                """,
            english: """
                A checkpoint (the signed note of the number of records and their root hash) cannot \
                be read, so it proves nothing.
                """
        ),
        innocentCause: .damagedDisk,
        maliciousCause: Phrase(
            thai: "มีผู้ทำลายจุดตรวจที่จะแสดงว่าประวัติถูกเปลี่ยน",
            english: "Somebody spoiled a checkpoint that would have shown a changed history."
        ),
        action: .askForCheckpointAgain
    )

    static let checkpointMismatch = FindingExplanation(
        title: Phrase(
            thai: "จุดตรวจไม่ตรงกับระเบียน",
            english: "A checkpoint is not of these records"
        ),
        meaning: Phrase(
            thai: """
                จุดตรวจ (checkpoint: ใบสรุปจำนวนระเบียนและค่ารากที่ลงนามไว้) \
                ระบุค่าหรือชื่อบัญชีที่ไม่ตรงกับระเบียนในไฟล์นี้
                """,
            english: """
                A checkpoint (the signed note of the number of records and their root hash) states \
                another root hash or another ledger than this file's records give.
                """
        ),
        innocentCause: Phrase(
            thai: "ระเบียนเสียหาย (ดูระดับ 1 และ 2 ก่อน) หรือจุดตรวจเป็นของบัญชีอื่น",
            english: """
                Records are damaged (see levels 1 and 2 first), or the checkpoint belongs to \
                another ledger.
                """
        ),
        maliciousCause: Phrase(
            thai: "มีผู้เปลี่ยนระเบียนหลังลงนามจุดตรวจ หรือแสดงบัญชีคนละชุดต่อคนละกลุ่ม",
            english: """
                Somebody changed records after the checkpoint was signed, or shows different \
                ledgers to different people.
                """
        ),
        action: .preserveEvidence
    )

    static let checkpointBeyondEnd = FindingExplanation(
        title: Phrase(
            thai: "จุดตรวจนับระเบียนได้มากกว่าที่มี",
            english: "A checkpoint counts more records than there are"
        ),
        meaning: Phrase(
            thai: """
                มีจุดตรวจ (checkpoint) ที่ลงนามเมื่อบัญชีมีระเบียนมากกว่านี้: ระเบียนท้ายบัญชีหายไป
                """,
            english: """
                A checkpoint was signed when the ledger had more records: the latest ones are gone.
                """
        ),
        innocentCause: .olderCopy,
        maliciousCause: Phrase(
            thai: "มีผู้ตัดระเบียนล่าสุดออก",
            english: "Somebody cut off the latest records."
        ),
        action: .preserveEvidence
    )

    static let certifiedTreeHeadWrong = FindingExplanation(
        title: Phrase(
            thai: "คำรับรองอ้างถึงระเบียนชุดอื่น",
            english: "A certification is about other records"
        ),
        meaning: Phrase(
            thai: """
                คำรับรองระบุจำนวนระเบียนและค่ารากของข้อมูลที่รับรอง ซึ่งไม่ใช่ของระเบียนในบัญชีนี้
                """,
            english: """
                The certification names the number of records and the root hash that it is about, \
                and they are not those of this ledger.
                """
        ),
        innocentCause: .earlierDamage,
        maliciousCause: Phrase(
            thai: "ระเบียนถูกเปลี่ยนหลังการรับรอง หรือคำรับรองถูกนำมาจากบัญชีอื่น",
            english: """
                Records were changed after they were certified, or the certification was taken \
                from another ledger.
                """
        ),
        action: .doNotRelyOnCertification
    )
}
