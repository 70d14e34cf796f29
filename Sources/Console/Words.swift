package import Survey

/// The words that records and read models have for levels, kinds, roles and states, as people read
/// them in Thai.
package enum Words {
    /// The word in a language; one that this version does not know, and every one in English, as it
    /// is in the records.
    package static func text(_ word: String, _ language: Language) -> String {
        language == .thai ? thai[word] ?? thaiOfLists[word] ?? word : word
    }

    /// The name of a field of personal data; `members[2].firstName` is the second member's.
    package static func field(_ name: String, _ language: Language) -> String {
        guard language == .thai else { return name }
        guard name.hasPrefix("members["), let end = name.firstIndex(of: "]") else {
            return thaiFields[name] ?? name
        }
        let number = name[..<end].dropFirst("members[".count)
        let part = String(name[end...].dropFirst("].".count))
        return "สมาชิก \(number) \(thaiFields[part] ?? part)"
    }

    /// The value of a field, with days in words.
    package static func value(_ value: String, of field: String, _ language: Language) -> String {
        let isDay = field == "interviewedOn" || field.hasSuffix("birthDate")
        return isDay ? language.text(isoDay: value) : value
    }

    private static let thaiFields: [String: String] = [
        "houseNumber": "บ้านเลขที่", "houseRegistrationCode": "รหัสประจำบ้าน",
        "address": "ที่อยู่", "latitude": "ละติจูด", "longitude": "ลองจิจูด",
        "title": "คำนำหน้า", "firstName": "ชื่อ", "lastName": "นามสกุล",
        "citizenId": "เลขประจำตัวประชาชน", "birthDate": "วันเกิด", "sex": "เพศ",
        "relation": "ความสัมพันธ์", "religion": "ศาสนา", "bodyCondition": "สภาพร่างกาย",
    ]

    private static let thai: [String: String] = [
        // levels
        "province": "จังหวัด", "district": "อำเภอ", "tambon": "ตำบล", "village": "หมู่บ้าน",
        "lao": "อปท.",
        // households, and why one was not collected
        "recorded": "บันทึกแล้ว", "notCollected": "จัดเก็บไม่ได้", "withdrawn": "ถอนแล้ว",
        "absent": "ไม่มีคนอยู่", "refused": "ไม่ให้ข้อมูล", "vacant": "บ้านว่าง",
        "moved": "ย้ายออกแล้ว", "not_found": "หาบ้านไม่พบ", "other": "เหตุอื่น",
        "unspecified": "ไม่ระบุ",
        // why personal data was erased
        "request_of_subject": "เจ้าของข้อมูลขอ", "retention_over": "พ้นระยะเวลาเก็บรักษา",
        "collected_wrongly": "จัดเก็บโดยไม่ถูกต้อง", "order_of_authority": "คำสั่งของทางการ",
        // certifications
        "prepared": "จัดทำแล้ว", "issued": "ออกแล้ว", "submitted": "ส่งแล้ว",
        "superseded": "ข้อมูลเปลี่ยนแล้ว",
        // orders and their roles
        "committee": "คณะกรรมการ", "collector": "ผู้จัดเก็บ", "recorder": "ผู้บันทึก",
        "chair": "ประธาน", "viceChair": "รองประธาน", "member": "กรรมการ",
        "secretary": "เลขานุการ", "assistantSecretary": "ผู้ช่วยเลขานุการ",
        "added": "แต่งตั้งเพิ่ม", "removed": "ให้พ้น",
        // users, beside those
        "supervisor": "ผู้กำกับดูแล", "auditor": "ผู้ตรวจสอบ", "admin": "ผู้ดูแลระบบ",
        // papers, meetings and trainings
        "certain": "แน่ชัด", "likely": "น่าจะใช่", "unknown": "ไม่ทราบ",
        "called": "เรียกประชุมแล้ว", "held": "ประชุมแล้ว", "cancelled": "ยกเลิกแล้ว",
        "trainer": "วิทยากร", "participant": "ผู้เข้าอบรม",
        "minutes": "รายงานการประชุม", "training": "การฝึกอบรม",
        "order_circulation": "การแจ้งเวียนคำสั่ง", "order_submission": "การส่งคำสั่ง",
        "directive_receipt": "การลงรับหนังสือ", "cooperation": "หนังสือขอความร่วมมือ",
        "plan": "แผน", "cooperation_answer": "คำตอบของ อปท.", "plan_step": "ขั้นตอนของแผน",
        "award_decision": "ผลการตัดสินรางวัล", "nomination": "การเสนอชื่อ",
        "budget_allocation": "การจัดสรรงบประมาณ", "budget_spending": "หลักฐานจ่าย",
        "questionnaire_issue": "การจ่ายแบบสอบถาม",
        // co-operation, plans and awards
        "agreed": "ให้ความร่วมมือ", "declined": "ไม่ให้ความร่วมมือ", "partly": "ให้ความร่วมมือบางส่วน",
        "spoiled": "เสีย", "drafted": "ร่างแล้ว", "accepted": "รับแล้ว", "returned": "ส่งคืนแล้ว",
        "lao_award": "อปท.",
        // reviews and objections; who attended or objected
        "confirmed": "ยืนยันแล้ว", "objected": "มีข้อคัดค้าน",
        "rejected": "ไม่รับ", "open": "ค้างอยู่", "local_executive": "ผู้บริหารท้องถิ่น",
        "village_head": "กำนันหรือผู้ใหญ่บ้าน", "community_leader": "ผู้นำชุมชน",
        "resident": "ประชาชน", "official": "เจ้าหน้าที่",
        "others": "ผู้อื่น",
        // checks and defects
        "collecting": "จัดเก็บ", "recording": "บันทึก", "processing": "ประมวลผล",
        "certifying": "รับรอง", "sound": "ถูกต้อง", "defective": "พบข้อบกพร่อง",
        "minor": "เล็กน้อย", "major": "สำคัญ", "corrected": "แก้ไขแล้ว", "no_fault": "ไม่ผิด",
    ]
}
