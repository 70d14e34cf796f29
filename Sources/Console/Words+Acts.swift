package import Survey

/// What is done to people in office, orders, targets and certifications.
extension Words {
    package static func officeAct(_ kind: EventKind, _ language: Language) -> String {
        let phrase: Phrase? =
            switch kind {
            case .personRegistered: Phrase(thai: "ลงทะเบียนบุคคล", english: "person registered")
            case .memberKeyRegistered: Phrase(thai: "ลงทะเบียนกุญแจ", english: "key registered")
            case .memberKeyRevoked: Phrase(thai: "เพิกถอนกุญแจ", english: "key revoked")
            case .memberCertificateRegistered:
                Phrase(thai: "ลงทะเบียนใบรับรอง", english: "certificate registered")
            case .memberCertificateRevoked:
                Phrase(thai: "เพิกถอนใบรับรอง", english: "certificate revoked")
            case .passkeyRegistered:
                Phrase(thai: "ลงทะเบียนพาสคีย์", english: "passkey registered")
            case .passkeyRevoked:
                Phrase(thai: "เพิกถอนพาสคีย์", english: "passkey revoked")
            case .orderIssued: Phrase(thai: "ออกคำสั่ง", english: "order issued")
            case .orderAmended: Phrase(thai: "แก้ไขคำสั่ง", english: "order amended")
            case .orderRevoked: Phrase(thai: "ยกเลิกคำสั่ง", english: "order revoked")
            case .orderCirculated: Phrase(thai: "แจ้งเวียนคำสั่ง", english: "order circulated")
            case .orderSubmitted: Phrase(thai: "ส่งคำสั่ง", english: "order submitted")
            case .userRegistered: Phrase(thai: "ขึ้นทะเบียนผู้ใช้", english: "user registered")
            case .userRegistrationUpdated:
                Phrase(thai: "ปรับปรุงทะเบียนผู้ใช้", english: "user's registration updated")
            case .userDisabled: Phrase(thai: "ระงับผู้ใช้", english: "user disabled")
            case .targetSet: Phrase(thai: "รายงานเป้าหมาย", english: "target reported")
            case .targetRevised: Phrase(thai: "แก้ไขเป้าหมาย", english: "target revised")
            case .certificationPrepared:
                Phrase(thai: "จัดทำคำรับรอง", english: "certification prepared")
            case .certificationSigned: Phrase(thai: "ลงนาม", english: "signed")
            case .certificationIssued: Phrase(thai: "ออกคำรับรอง", english: "certification issued")
            case .certificationSubmitted:
                Phrase(thai: "ส่งคำรับรอง", english: "certification submitted")
            case .certificationWithdrawn:
                Phrase(thai: "ถอนคำรับรอง", english: "certification withdrawn")
            default: nil
            }
        return phrase?.text(language) ?? act(kind, language)
    }
}
