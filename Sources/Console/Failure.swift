package import LedgerReader
package import Survey

/// Why a tool stops: a stable code for scripts, a sentence for people, and its exit status.
package struct Failure: Error, Sendable, Hashable {
    package let code: String
    package let sentence: Phrase
    package let exitStatus: Int32

    package init(_ code: String, _ sentence: Phrase, exitStatus: Int32) {
        self.code = code
        self.sentence = sentence
        self.exitStatus = exitStatus
    }

    package init(_ code: String, thai: String, english: String, exitStatus: Int32) {
        self.init(code, Phrase(thai: thai, english: english), exitStatus: exitStatus)
    }

    /// What goes to standard error: `code: sentence`, or one JSON object for scripts.
    package func message(_ language: Language, asJSON: Bool) -> String {
        guard asJSON else { return "\(code): \(sentence.text(language))\n" }
        let json: JSON = [
            "error": ["code": .string(code), "message": .string(sentence.text(language))]
        ]
        return json.text + "\n"
    }
}

extension Failure {
    package init(_ error: LedgerError, exitStatus: Int32) {
        let thai =
            switch error.code {
            case .notALedger: "ไม่ใช่บัญชี bmn-ledger"
            case .newerFormat: "บัญชีนี้เป็นรูปแบบใหม่กว่าโปรแกรม: ใช้โปรแกรมรุ่นใหม่"
            case .olderFormat: "บัญชีนี้มีรูปแบบเก่าก่อนรุ่นแรก: อ่านด้วยโปรแกรมที่สร้างบัญชีนี้"
            case .checkpointConflict:
                "บัญชีไม่ตรงกับที่กุญแจของบัญชีเคยลงนามไว้: อาจกู้คืนจากสำเนาเก่าหรือถูกเขียนใหม่"
            case .alreadyExists: "มีอยู่แล้ว"
            case .noPermission: "ไม่มีสิทธิ์อ่านหรือเขียน"
            case .diskFull: "เนื้อที่ดิสก์เต็ม (ที่รับไว้แล้วไม่หาย)"
            case .fileMissing: "ไม่มีไฟล์ที่ระบุ"
            case .damaged: "ไฟล์บัญชีเสียหาย: ตรวจด้วย bmn-audit verify"
            case .storeFailed: "อ่านหรือเขียนบัญชีไม่สำเร็จ"
            case .busy: "มีผู้ใช้บัญชีอยู่นานเกินไป: ลองใหม่"
            case .vaultMissing: "ไม่มีคลังกุญแจข้อมูลบุคคล (vault)"
            case .keyMissing: "ไม่มีไฟล์กุญแจ"
            case .keyExposed: "ผู้อื่นอ่านหรือเขียนไฟล์กุญแจได้: ใช้ chmod 600"
            case .vaultOlder: "คลังกุญแจข้อมูลบุคคลเป็นสำเนาเก่า"
            case .vaultWrongKey: "กุญแจหลักเปิดคลังกุญแจข้อมูลบุคคลไม่ได้"
            case .vaultLinked: "คลังกุญแจหรือกุญแจหลักมีชื่ออื่นอีก (hard link)"
            case .passphraseNeeded: "กุญแจหลักต้องใช้รหัสผ่าน"
            case .wrongPassphrase: "รหัสผ่านของกุญแจหลักไม่ถูกต้อง"
            case .erasureUnfinished: "บันทึกการลบแล้ว แต่ยังทำลายกุญแจไม่ได้"
            }
        let remedy = Self.remedy(error.code)
        self.init(
            error.code.rawValue,
            thai: "\(thai) (\(error.reason))\(remedy?.thai ?? "")",
            english: error.reason + (remedy?.english ?? ""),
            exitStatus: exitStatus
        )
    }

    /// What to do where the reason alone does not say it.
    private static func remedy(_ code: LedgerError.Code) -> Phrase? {
        switch code {
        case .keyMissing, .vaultMissing:
            Phrase(
                thai: ": นำ keys/ และ vault.mdb ของบัญชีกลับมาไว้ที่เดิม"
                    + " ถ้าไม่มี ใช้ได้เพียงอ่านและตรวจสอบ",
                english: ": put the ledger's keys/ and vault.mdb back; without them it can only be"
                    + " read and verified."
            )
        case .wrongPassphrase:
            Phrase(
                thai: ": ตรวจแฟ้มที่ BMN_MASTER_PASSPHRASE_FILE ระบุ",
                english: ": look at the file that BMN_MASTER_PASSPHRASE_FILE names."
            )
        case .erasureUnfinished:
            Phrase(
                thai: ": แก้สาเหตุแล้วเขียนบัญชีอีกครั้ง ระบบจะทำลายกุญแจให้เอง (ดู bmn status)",
                english: ": mend that and append anything; it is tried again each time, and bmn"
                    + " status says when it is done."
            )
        default: nil
        }
    }

    package init(_ rejection: Rejection, exitStatus: Int32) {
        self.init(
            rejection.code.rawValue,
            thai: rejection.sentence(.thai),
            english: rejection.sentence(.english),
            exitStatus: exitStatus
        )
    }
}
