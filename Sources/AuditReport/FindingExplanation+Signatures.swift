import Console

/// Level 4: who signed what, and is a signature there where one is due?
extension FindingExplanation {
    static let checkpointUnsigned = FindingExplanation(
        title: Phrase(
            thai: "จุดตรวจไม่มีลายมือชื่อของบัญชี",
            english: "A checkpoint lacks the ledger's signature"
        ),
        meaning: Phrase(
            thai: """
                จุดตรวจ (checkpoint: ใบสรุปจำนวนระเบียนและค่าราก) ไม่ได้ลงนามด้วยกุญแจของบัญชี \
                ที่ใช้อยู่ในขณะนั้น
                """,
            english: """
                A checkpoint (the note of the number of records and their root hash) is not signed \
                with the key that the ledger had at that time.
                """
        ),
        innocentCause: .damagedDisk,
        maliciousCause: Phrase(
            thai: "จุดตรวจถูกปลอมโดยผู้ที่ไม่มีกุญแจของบัญชี",
            english: "Somebody without the ledger's key forged it."
        ),
        action: .askForCheckpointAgain
    )

    static let cosignatureInvalid = FindingExplanation(
        title: Phrase(
            thai: "ลายมือชื่อของพยานใช้ไม่ได้",
            english: "A witness's signature is not valid"
        ),
        meaning: Phrase(
            thai: """
                พยาน (ผู้อื่นที่ลงนามร่วมว่าเคยเห็นจุดตรวจนี้) มีลายมือชื่อที่ไม่ตรงกับจุดตรวจ \
                จึงไม่นับว่าพยานเคยเห็น
                """,
            english: """
                The signature of a witness (somebody else who signs to have seen the checkpoint) \
                does not fit the checkpoint, so it does not count.
                """
        ),
        innocentCause: Phrase(
            thai: "ไฟล์เสียหาย หรือกำหนดกุญแจของพยานไว้ผิด",
            english: "A damaged file, or a wrong key was configured for the witness."
        ),
        maliciousCause: Phrase(
            thai: "มีผู้ปลอมลายมือชื่อของพยาน",
            english: "Somebody forged the signature of the witness."
        ),
        action: Phrase(
            thai: "สอบถามพยานโดยตรงว่ากุญแจใดเป็นของตน และเคยเห็นจุดตรวจใด แล้วตรวจซ้ำ",
            english: """
                Ask the witness in person which key is theirs and what they saw, then verify again.
                """
        )
    )

    static let timestampInvalid = FindingExplanation(
        title: Phrase(thai: "ตราประทับเวลาใช้ไม่ได้", english: "A time-stamp is not valid"),
        meaning: Phrase(
            thai: """
                ตราประทับเวลา (คำยืนยันของผู้ให้บริการภายนอกว่าข้อมูลมีอยู่แล้วในเวลานั้น) \
                ไม่ตรงกับข้อมูล จึงไม่ยืนยันเวลา
                """,
            english: """
                A time-stamp (an outside service's word that the data existed at a time) does not \
                fit the data, so it does not prove the time.
                """
        ),
        innocentCause: Phrase(
            thai: "ไฟล์เสียหาย หรือนาฬิกาของเครื่องที่บันทึกหรือของผู้ให้บริการไม่ตรง",
            english: "A damaged file, or the clock of one of the two computers was wrong."
        ),
        maliciousCause: Phrase(
            thai: "มีผู้ปลอมตราประทับเวลาเพื่อให้ข้อมูลดูเก่ากว่าความจริง",
            english: "Somebody forged the time-stamp to make data look older than it is."
        ),
        action: Phrase(
            thai: "อย่าใช้เวลานี้เป็นหลักฐาน ตรวจใบรับรองของผู้ให้บริการ แล้วขอตราประทับเวลาใหม่",
            english: """
                Do not take this time as evidence. Check the service's certificate, then have it \
                stamped again.
                """
        )
    )

    static let timestampMissing = FindingExplanation(
        title: Phrase(thai: "ไม่มีตราประทับเวลาที่นับได้", english: "No time-stamp that counts"),
        meaning: Phrase(
            thai: """
                ผู้ตรวจกำหนดผู้ประทับเวลาที่เชื่อถือไว้ แต่ไม่มีจุดตรวจใดมีตราประทับเวลาของผู้นั้น \
                จึงไม่มีคำยืนยันจากภายนอกว่าข้อมูลมีอยู่แล้วเมื่อใด
                """,
            english: """
                Whoever verified named time-stamping services to believe, and no checkpoint has a \
                stamp of theirs: nobody outside says since when the data exists.
                """
        ),
        innocentCause: Phrase(
            thai: "ยังไม่เคยขอตราประทับเวลา หรือใช้ผู้ให้บริการรายอื่น",
            english: "None was ever asked for, or that of another service."
        ),
        maliciousCause: Phrase(
            thai: "มีผู้สร้างประวัติขึ้นใหม่ แล้วทิ้งตราประทับเวลาเดิมที่จะเปิดเผยเรื่องนี้",
            english: "Somebody made history anew and dropped the stamps that would have told."
        ),
        action: Phrase(
            thai: "ถามผู้ดูแลว่าเคยขอตราประทับเวลาหรือไม่ เทียบกับสำเนาเก่า แล้วขอตราประทับเวลาใหม่",
            english: """
                Ask the operator whether there ever were stamps, compare with an older copy, and \
                have the latest checkpoint stamped.
                """
        )
    )

    static let policyNotMet = FindingExplanation(
        title: Phrase(
            thai: "พยานภายนอกไม่ครบตามที่กำหนด",
            english: "Fewer witnesses than were asked for"
        ),
        meaning: Phrase(
            thai: """
                ผู้ตรวจกำหนดว่าต้องมีพยานหรือหลักฐานภายนอกใดบ้าง แต่บัญชีนี้มีไม่ครบ \
                จึงยังยืนยันจากภายนอกไม่ได้
                """,
            english: """
                Whoever verified said which outside evidence there must be, and this ledger has \
                less: it is not confirmed from outside.
                """
        ),
        innocentCause: Phrase(
            thai: "พยานยังไม่ได้ลงนามจุดตรวจล่าสุด หรือเครือข่ายขัดข้อง",
            english: "The witnesses have not signed the latest checkpoint yet, or could not."
        ),
        maliciousCause: Phrase(
            thai: "มีผู้ไม่ส่งจุดตรวจให้พยาน เพราะพยานจะเห็นว่าประวัติถูกเปลี่ยน",
            english: "Somebody keeps the witnesses away, who would see that history was changed."
        ),
        action: Phrase(
            thai: "ขอให้พยานลงนามจุดตรวจล่าสุด แล้วตรวจซ้ำ หากพยานปฏิเสธ ให้ถามเหตุผลและเก็บหลักฐาน",
            english: """
                Have the witnesses sign the latest checkpoint and verify again. If one refuses, ask \
                why, and keep the evidence.
                """
        )
    )

    static let endUnsealed = FindingExplanation(
        title: Phrase(
            thai: "ระเบียนท้ายบัญชียังไม่มีลายมือชื่อคุ้มครอง",
            english: "The latest records are not sealed by a signature"
        ),
        meaning: Phrase(
            thai: """
                จุดตรวจที่ลงนามล่าสุดไม่ครอบคลุมระเบียนสุดท้าย ระเบียนส่วนที่เกินยังเปลี่ยนได้ \
                โดยไม่ขัดกับลายมือชื่อใด
                """,
            english: """
                The latest signed checkpoint does not cover the last records: these could still be \
                changed without contradicting a signature.
                """
        ),
        innocentCause: Phrase(
            thai: "เพิ่งบันทึกและยังไม่ถึงเวลาลงนามจุดตรวจ",
            english: "They were recorded just now and no checkpoint has been signed since."
        ),
        maliciousCause: Phrase(
            thai: "มีผู้เพิ่มระเบียนโดยไม่มีกุญแจของบัญชี",
            english: "Somebody without the ledger's key added records."
        ),
        action: Phrase(
            thai: "ให้ผู้ดูแลระบบลงนามจุดตรวจด้วยคำสั่ง bmn checkpoint แล้วตรวจซ้ำ",
            english: "Have the operator sign one with bmn checkpoint, then verify again."
        )
    )

    static let signatureInvalid = FindingExplanation(
        title: Phrase(thai: "ลายมือชื่อใช้ไม่ได้", english: "A signature is not valid"),
        meaning: Phrase(
            thai: "ลายมือชื่อนี้ไม่ได้ลงบนข้อความของคำรับรองนี้ หรือไม่ได้ทำด้วยกุญแจที่ระบุ",
            english: """
                The signature was not made over the text of this certification, or not with the \
                key that it names.
                """
        ),
        innocentCause: Phrase(
            thai: "ลงนามไฟล์ผิดฉบับ หรือไฟล์เสียหาย",
            english: "The wrong file was signed, or the file is damaged."
        ),
        maliciousCause: Phrase(
            thai: "มีผู้ย้ายลายมือชื่อจากเอกสารอื่น ปลอมลายมือชื่อ หรือแก้ข้อความหลังลงนาม",
            english: """
                Somebody moved a signature here from another document, forged it, or changed the \
                text after it was signed.
                """
        ),
        action: .doNotRelyOnCertification
    )

    static let signatureMissing = FindingExplanation(
        title: Phrase(
            thai: "คำรับรองมีลายมือชื่อไม่ครบ",
            english: "A certification lacks signatures"
        ),
        meaning: Phrase(
            thai: "คำรับรองออกไปโดยยังไม่มีลายมือชื่อครบตามที่กติกาของรอบปีกำหนด",
            english: """
                The certification was issued without all the signatures that the rules of its year \
                demand.
                """
        ),
        innocentCause: .earlierDamage,
        maliciousCause: Phrase(
            thai: "มีผู้ออกคำรับรองแทนกรรมการที่ไม่ได้ลงนาม",
            english: "Somebody issued it in place of members who did not sign."
        ),
        action: .doNotRelyOnCertification
    )

    static let signerUnknown = FindingExplanation(
        title: Phrase(
            thai: "กุญแจไม่ใช่ของผู้ลงนามที่ระบุ",
            english: "The key is not the named signer's"
        ),
        meaning: Phrase(
            thai: """
                ลายมือชื่อทำด้วยกุญแจที่บัญชีไม่ได้ลงทะเบียนให้บุคคลนั้นในวันนั้น \
                หรือเป็นลายมือชื่อบนคำรับรองที่ไม่มีอยู่
                """,
            english: """
                The signature was made with a key that was not registered for that person on that \
                day, or it is on a certification that does not exist.
                """
        ),
        innocentCause: Phrase(
            thai: "ใช้กุญแจเก่าที่เพิกถอนแล้ว หรือยังไม่ได้ลงทะเบียนกุญแจใหม่",
            english: "An old key that was revoked, or a new one that is not registered yet."
        ),
        maliciousCause: Phrase(
            thai: "มีผู้ลงนามในนามของบุคคลอื่น",
            english: "Somebody signed in the name of another person."
        ),
        action: .doNotRelyOnCertification
    )
}
