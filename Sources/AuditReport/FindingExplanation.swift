package import Audit
package import Console

/// What a finding means, for people who are not engineers.
package struct FindingExplanation: Sendable {
    /// A few words, for a heading and for lists.
    package let title: Phrase
    package let meaning: Phrase
    /// How it may have come about without anybody wanting it.
    package let innocentCause: Phrase
    /// How it may have come about because somebody wanted it.
    package let maliciousCause: Phrase
    /// What to do now.
    package let action: Phrase

    /// Everything that is said, for tests that look at all of it.
    package var phrases: [Phrase] { [title, meaning, innocentCause, maliciousCause, action] }
}

extension FindingCode {
    /// A new code does not compile until somebody has explained it.
    package var explanation: FindingExplanation {
        switch self {
        case .noRecords: .noRecords
        case .recordsMissing: .recordsMissing
        case .tailMissing: .tailMissing
        case .recordMalformed: .recordMalformed
        case .recordMisplaced: .recordMisplaced
        case .eventUnknown: .eventUnknown
        case .timeGoesBack: .timeGoesBack
        case .storeIndexWrong: .storeIndexWrong
        case .storeLayoutWrong: .storeLayoutWrong
        case .storedHeadWrong: .storedHeadWrong
        case .originMismatch: .originMismatch
        case .couldNotRead: .couldNotRead
        case .containerWrong: .containerWrong
        case .fileWrong: .fileWrong
        case .proofInvalid: .proofInvalid
        case .containerSignatureInvalid: .containerSignatureInvalid
        case .chainBroken: .chainBroken
        case .historyRewritten: .historyRewritten
        case .storedTreeWrong: .storedTreeWrong
        case .checkpointMalformed: .checkpointMalformed
        case .checkpointMismatch: .checkpointMismatch
        case .checkpointBeyondEnd: .checkpointBeyondEnd
        case .certifiedTreeHeadWrong: .certifiedTreeHeadWrong
        case .checkpointUnsigned: .checkpointUnsigned
        case .cosignatureInvalid: .cosignatureInvalid
        case .timestampInvalid: .timestampInvalid
        case .timestampMissing: .timestampMissing
        case .policyNotMet: .policyNotMet
        case .endUnsealed: .endUnsealed
        case .signatureInvalid: .signatureInvalid
        case .signatureMissing: .signatureMissing
        case .signerUnknown: .signerUnknown
        case .attachmentMissing: .attachmentMissing
        case .attachmentWrong: .attachmentWrong
        case .notAllowed: .notAllowed
        case .streamMismatch: .streamMismatch
        case .householdUnreadable: .householdUnreadable
        case .figuresWrong: .figuresWrong
        case .storedFiguresWrong: .storedFiguresWrong
        case .projectionMissing: .projectionMissing
        case .projectionWrong: .projectionWrong
        case .projectionsNotCompared: .projectionsNotCompared
        }
    }
}

/// Sentences that hold for several findings: the same thing is said in the same words.
extension Phrase {
    static let damagedDisk = Phrase(
        thai: "อุปกรณ์เก็บข้อมูลชำรุด ไฟดับขณะคัดลอก หรือคัดลอกไฟล์ไม่ครบ",
        english: "A failing disk, a power cut while copying, or an incomplete copy."
    )

    static let editedFile = Phrase(
        thai: "ผู้ที่เข้าถึงเครื่องได้แก้ไฟล์โดยตรงโดยไม่ผ่านโปรแกรม เพื่อเปลี่ยนหรือซ่อนข้อมูล",
        english: """
            Somebody with access to the computer edited the file behind the program's back, to \
            change or hide something.
            """
    )

    static let olderCopy = Phrase(
        thai: "มีผู้นำสำเนาเก่ามาวางทับโดยไม่ทราบว่ามีฉบับใหม่กว่า",
        english: "Somebody put an older copy in place without knowing of the newer one."
    )

    static let programError = Phrase(
        thai: "โปรแกรมที่บันทึกทำงานผิดพลาด หรือเป็นรุ่นที่ไม่ตรงกัน",
        english: "An error in the program that recorded, or programs of different versions."
    )

    static let earlierDamage = Phrase(
        thai: "ระเบียนก่อนหน้าเสียหาย (ดูสิ่งที่พบในระดับต่ำกว่าก่อน) หรือโปรแกรมที่บันทึกทำงานผิดพลาด",
        english: """
            Earlier records are damaged (see the findings of the lower levels first), or an error \
            in the program that recorded.
            """
    )

    static let preserveEvidence = Phrase(
        thai: """
            หยุดบันทึกข้อมูลเพิ่ม เก็บไฟล์ทั้งหมดไว้เป็นหลักฐานโดยไม่แก้ไข ตรวจสำเนาสำรองทุกชุด \
            แล้วเทียบค่าราก (root hash) กับค่าที่เคยจดไว้ที่จำนวนระเบียนเดียวกัน
            """,
        english: """
            Stop recording, keep all files unchanged as evidence, verify every backup, and compare \
            the root hash with the one that was noted at the same number of records.
            """
    )

    static let restoreDerived = Phrase(
        thai: """
            หากระดับ 2 ถึง 5 ผ่านทั้งหมด ตัวระเบียนยังใช้ได้: ให้กู้จากสำเนาสำรองที่ตรวจผ่าน \
            หากไม่ผ่าน ให้เก็บไฟล์ไว้เป็นหลักฐานก่อน
            """,
        english: """
            If levels 2 to 5 are ok, the records themselves are good: restore a backup that was \
            verified. If they are not, keep the file as evidence first.
            """
    )

    static let doNotRelyOnCertification = Phrase(
        thai: """
            อย่าใช้คำรับรองนี้อ้างอิง สอบถามผู้ลงนามโดยตรงว่าลงนามข้อความใดเมื่อใด \
            แล้วให้ยกเลิกและรับรองใหม่ตามขั้นตอน
            """,
        english: """
            Do not rely on this certification. Ask the signer in person what was signed and when; \
            then have it withdrawn and certified again.
            """
    )

    static let askForCheckpointAgain = Phrase(
        thai: """
            ขอสำเนาจุดตรวจ (checkpoint) จากผู้ที่เก็บไว้นอกเครื่องนี้ เช่น พยานหรือหน่วยงานระดับเหนือ \
            แล้วตรวจซ้ำ หากไม่ตรงกัน ให้เก็บไฟล์ทั้งหมดไว้เป็นหลักฐาน
            """,
        english: """
            Ask those who keep checkpoints away from this computer, such as witnesses or the level \
            above, for their copy, and verify again. If they differ, keep all files as evidence.
            """
    )

    static let rebuildReadModels = Phrase(
        thai: "สร้างใหม่จากระเบียนด้วยคำสั่ง bmn replay แล้วตรวจซ้ำ ตัวระเบียนไม่เสียหายจากเรื่องนี้",
        english: """
            Rebuild it from the records with bmn replay and verify again. The records do not \
            suffer from this.
            """
    )
}
