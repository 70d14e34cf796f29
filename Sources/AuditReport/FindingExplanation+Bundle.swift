import Console

/// Of an evidence bundle: is the container whole, and does each part prove what it should?
extension FindingExplanation {
    static let containerWrong = FindingExplanation(
        title: Phrase(
            thai: "แฟ้มหลักฐานไม่ครบหรือถูกแก้",
            english: "The container is incomplete or altered"
        ),
        meaning: Phrase(
            thai: "รายการไฟล์ในแฟ้มหลักฐาน (.asice) ไม่ตรงกับไฟล์ที่อยู่ในแฟ้มจริง",
            english: "The bundle's list of files does not match the files that are in it."
        ),
        innocentCause: Phrase(
            thai: "มีผู้แตกไฟล์แล้วบีบอัดใหม่ หรือรับส่งไฟล์ไม่ครบ",
            english: "Somebody unpacked and packed it again, or it was not received in full."
        ),
        maliciousCause: Phrase(
            thai: "มีผู้เพิ่ม ลบ หรือแก้ไฟล์ในแฟ้มหลักฐาน",
            english: "Somebody added, removed or changed a file of the bundle."
        ),
        action: .askForBundleAgain
    )

    static let fileWrong = FindingExplanation(
        title: Phrase(
            thai: "ไฟล์ในแฟ้มหลักฐานไม่ตรงกับระเบียน",
            english: "A file of the bundle is not what the records give"
        ),
        meaning: Phrase(
            thai: "ไฟล์นี้ควรสร้างขึ้นใหม่ได้ตรงทุกตัวอักษรจากระเบียนในแฟ้ม แต่ไม่ตรง",
            english: """
                This file should follow letter for letter from the records in the bundle, and does \
                not.
                """
        ),
        innocentCause: Phrase(
            thai: "แฟ้มหลักฐานสร้างด้วยโปรแกรมรุ่นอื่น หรือไฟล์เสียหาย",
            english: "Another version of the program made the bundle, or the file is damaged."
        ),
        maliciousCause: Phrase(
            thai: "มีผู้แก้ไฟล์ เช่น ตัวเลขหรือข้อความรับรอง โดยไม่ได้แก้ระเบียน",
            english: "Somebody changed the file, such as figures or statement, and not the record."
        ),
        action: .askForBundleAgain
    )

    static let proofInvalid = FindingExplanation(
        title: Phrase(
            thai: "พิสูจน์ไม่ได้ว่าระเบียนอยู่ในบัญชี",
            english: "A record is not proved to be in the ledger"
        ),
        meaning: Phrase(
            thai: "หลักฐานที่โยงระเบียนนี้ไปยังจุดตรวจของบัญชีไม่มี หรือโยงไปไม่ถึง",
            english: """
                The proof that ties this record to the ledger's checkpoint is missing, or does not \
                lead there.
                """
        ),
        innocentCause: .damagedDisk,
        maliciousCause: Phrase(
            thai: "ระเบียนถูกแก้หรือแต่งขึ้น ไม่เคยอยู่ในบัญชี",
            english: "The record was changed or made up, and never was in the ledger."
        ),
        action: .askForBundleAgain
    )

    static let containerSignatureInvalid = FindingExplanation(
        title: Phrase(
            thai: "ลายมือชื่อบนแฟ้มหลักฐานใช้ไม่ได้",
            english: "The signature over the bundle is not valid"
        ),
        meaning: Phrase(
            thai: "ลายมือชื่อที่ปิดผนึกแฟ้มหลักฐานไม่ตรงกับรายการไฟล์ของแฟ้ม",
            english: "The signature that seals the bundle does not fit its list of files."
        ),
        innocentCause: .damagedDisk,
        maliciousCause: Phrase(
            thai: "มีผู้แก้รายการไฟล์หลังการปิดผนึก",
            english: "Somebody changed the list of files after it was sealed."
        ),
        action: .askForBundleAgain
    )
}

extension Phrase {
    fileprivate static let askForBundleAgain = Phrase(
        thai: "ขอแฟ้มหลักฐานใหม่จากผู้ถือบัญชี แล้วตรวจซ้ำ หากยังพบอีกให้ตรวจตัวบัญชีเอง",
        english: """
            Ask whoever holds the ledger for the bundle again and verify it; if it is found again, \
            verify the ledger itself.
            """
    )
}
