package import Survey

/// What is done to a household, and what of it can change.
extension Words {
    package static func act(_ kind: EventKind, _ language: Language) -> String {
        func choose(_ thai: String, _ english: String) -> String {
            Phrase(thai: thai, english: english).text(language)
        }
        return switch kind {
        case .householdRecorded: choose("บันทึกข้อมูล", "recorded")
        case .householdCorrected: choose("แก้ไขข้อมูล", "corrected")
        case .householdNotCollected: choose("จัดเก็บไม่ได้", "not collected")
        case .householdWithdrawn: choose("ถอนข้อมูล", "withdrawn")
        case .householdReinterviewed: choose("สัมภาษณ์ซ้ำในการตรวจสอบ", "asked again in a check")
        case .personalDataErased: choose("ลบข้อมูลบุคคล", "personal data erased")
        default: kind.rawValue
        }
    }

    /// An open field by the name that corrections have for it.
    package static func householdField(_ name: String, _ language: Language) -> String {
        func choose(_ thai: String, _ english: String) -> String {
            Phrase(thai: thai, english: english).text(language)
        }
        return switch HouseholdField(name: name) {
        case .village: choose("หมู่บ้าน", "village")
        case .lao: choose("อปท.", "LAO")
        case .interviewedOn: choose("วันสัมภาษณ์", "interviewed on")
        case .collector: choose("ผู้จัดเก็บ", "collector")
        case .questionnaire: choose("เลขที่แบบสอบถาม", "questionnaire")
        case .ages: choose("อายุ", "ages")
        case .personal: choose("ข้อมูลบุคคล", "personal data")
        case .indicator(let number): choose("ตัวชี้วัดที่ \(number)", "indicator \(number)")
        case nil: field(name, language)
        }
    }

    /// A count of households, or one of an indicator.
    package static func figure(_ name: String, _ language: Language) -> String {
        let words = [
            "target": Phrase(thai: "เป้าหมาย", english: "target"),
            "collected": Phrase(thai: "จัดเก็บแล้ว", english: "collected"),
            "notCollected": Phrase(thai: "จัดเก็บไม่ได้", english: "not collected"),
            "persons": Phrase(thai: "คน", english: "persons"),
        ]
        return words[name]?.text(language) ?? householdField(name, language)
    }
}
