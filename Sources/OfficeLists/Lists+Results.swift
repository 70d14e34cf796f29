import CertificationsProjection
import ChecksProjection
import ProjectionRuntime
import ReviewsProjection
import Survey

/// What was checked, objected, found and certified.
extension OfficeList {
    static var presentations: OfficeList {
        let columns: [ListColumn<PresentationRow>] = [
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .text("presentation", "การนำเสนอ", "presentation") { $0.presentation },
            .area("area", "พื้นที่", "area") { $0.area },
            .day("occurred_on", "นำเสนอเมื่อ", "presented on") { $0.presentedOn },
            .text("presenter", "ผู้นำเสนอ", "presenter") { $0.presenter },
            .number("tree_size", "ขนาด", "tree size") { Int($0.treeSize) }.aside,
            .word("state", "สถานะ", "state") { $0.confirmedOn == nil ? "open" : "confirmed" },
            .day("confirmed_on", "ยืนยันเมื่อ", "confirmed on") { $0.confirmedOn },
            .text("place", "สถานที่", "place") { $0.place }.aside,
        ]
        return OfficeList(
            columns,
            of: [ReviewReadModel()],
            toldBy: \.presentedAtIndex
        ) { db, scope, emit in
            try ReviewReadModel.forEachPresentation(cycle: scope.cycle, db, emit)
        }
    }

    static var objections: OfficeList {
        let columns: [ListColumn<ObjectionRow>] = [
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .text("objection", "ข้อคัดค้าน", "objection") { $0.objection },
            .area("area", "พื้นที่", "area") { $0.area },
            .text("presentation", "การนำเสนอ", "presentation") { $0.presentation }.aside,
            .word("raised_by", "โดย", "raised by") { $0.raisedBy },
            .day("occurred_on", "เมื่อ", "raised on") { $0.raisedOn },
            .text("text", "ข้อความ", "text") { $0.text }.aside,
            .text("household", "ครัวเรือน", "household") { $0.household }.aside,
            .area("village", "หมู่บ้าน", "village") { $0.village }.aside,
            .number("indicator", "ตัวชี้วัด", "indicator") { $0.indicator },
            .word("state", "สถานะ", "state") { $0.outcome ?? "open" },
            .day("resolved_on", "พิจารณาเมื่อ", "resolved on") { $0.resolvedOn },
            .text("reason", "เหตุผล", "reason") { $0.reason }.aside,
        ]
        return OfficeList(
            columns,
            of: [ReviewReadModel()],
            toldBy: \.raisedAtIndex
        ) { db, scope, emit in
            try ReviewReadModel.forEachObjection(cycle: scope.cycle, db, emit)
        }
    }

    static var defects: OfficeList {
        let columns: [ListColumn<DefectRow>] = [
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .text("defect", "ข้อบกพร่อง", "defect") { $0.defect },
            .area("area", "พื้นที่", "area") { $0.area },
            .text("check", "การตรวจสอบ", "check") { $0.checkId }.aside,
            .word("severity", "ความรุนแรง", "severity") { $0.severity },
            .day("occurred_on", "พบเมื่อ", "found on") { $0.foundOn },
            .text("text", "ข้อความ", "text") { $0.text }.aside,
            .text("household", "ครัวเรือน", "household") { $0.household }.aside,
            .number("indicator", "ตัวชี้วัด", "indicator") { $0.indicator },
            .word("state", "สถานะ", "state") { $0.outcome ?? "open" },
            .day("resolved_on", "แก้ไขเมื่อ", "resolved on") { $0.resolvedOn },
            .text("reason", "เหตุผล", "reason") { $0.reason }.aside,
        ]
        return OfficeList(
            columns,
            of: [CheckReadModel()],
            toldBy: \.foundAtIndex
        ) { db, scope, emit in
            try CheckReadModel.forEachDefect(cycle: scope.cycle, db, emit)
        }
    }

    static var checks: OfficeList {
        let columns: [ListColumn<ListedCheckRow>] = [
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .text("check", "การตรวจสอบ", "check") { $0.checkId },
            .area("area", "พื้นที่", "area") { $0.area },
            .word("level", "ตรวจโดยระดับ", "checked by level") { $0.level }.aside,
            .word("stage", "ขั้นตอน", "stage") { $0.stage },
            .text("sample", "ตัวอย่าง", "sample") { $0.sample }.aside,
            .word("outcome", "ผล", "outcome") { $0.outcome },
            .day("occurred_on", "ตรวจเมื่อ", "checked on") { $0.checkedOn },
            .text("checkers", "ผู้ตรวจสอบ", "checkers") { $0.checkers }.aside,
            .number("asked_again", "สัมภาษณ์ซ้ำ", "asked again") { $0.askedCount },
            .number("differing", "ต่างกัน", "differing") { $0.differingCount },
            .number("defects", "ข้อบกพร่อง", "defects") { $0.defectCount },
            .text("findings", "สิ่งที่พบ", "findings") { $0.findings }.aside,
        ]
        return OfficeList(columns, of: [CheckReadModel()]) { db, scope, emit in
            try CheckReadModel.forEachCheck(cycle: scope.cycle, db, emit)
        }
    }

    static var samples: OfficeList {
        let columns: [ListColumn<ListedSampleRow>] = [
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .text("sample", "ตัวอย่าง", "sample") { $0.sample },
            .area("area", "พื้นที่", "area") { $0.area },
            .word("level", "ตรวจโดยระดับ", "checked by level") { $0.level }.aside,
            .word("stage", "ขั้นตอน", "stage") { $0.stage },
            .number("size", "จำนวน", "size") { $0.size },
            .number("population", "จาก", "of") { $0.population },
            .number("tree_size", "ขนาด", "tree size") { $0.treeSize }.aside,
            .day("occurred_on", "สุ่มเมื่อ", "drawn on") { $0.drawnOn },
            .number("asked_again", "สัมภาษณ์ซ้ำแล้ว", "asked again") { $0.askedCount },
            .word("state", "สถานะ", "state") { $0.askedCount < $0.size ? "open" : "done" },
        ]
        return OfficeList(columns, of: [CheckReadModel()]) { db, scope, emit in
            try CheckReadModel.forEachSample(cycle: scope.cycle, db, emit)
        }
    }

    static var certifications: OfficeList {
        let columns: [ListColumn<CertificationDetail>] = [
            .text("cycle", "รอบปี", "cycle") { $0.certification.cycle },
            .text("certification", "การรับรอง", "certification") {
                $0.certification.certification
            },
            .area("area", "พื้นที่", "area") { $0.certification.area },
            .word("level", "ระดับ", "level") { $0.certification.level },
            .word("state", "สถานะ", "state") { state(of: $0.certification) },
            .number("tree_size", "ขนาด", "tree size") { Int($0.certification.treeSize) }.aside,
            .number("collected", "จัดเก็บแล้ว", "collected") { Int($0.certification.collected) },
            .number("signatures", "ลายมือชื่อ", "signatures") { $0.signatures.count },
            .number("missing_signatures", "ลายมือชื่อที่ขาด", "missing signatures") {
                $0.missingSignatureCount
            },
            .text("missing_roles", "บทบาทที่ขาด", "missing roles") {
                $0.missingRoles.isEmpty ? nil : $0.missingRoles.joined(separator: " ")
            }.aside,
            .day("issued_on", "ออกเมื่อ", "issued on") { $0.certification.issuedOn },
            .day("submitted_on", "ส่งเมื่อ", "submitted on") { $0.certification.submittedOn },
            .text("document_number", "ที่", "number") { $0.certification.documentNumber }.aside,
            .day("due", "ภายใน", "due") { $0.due },
            .number("days_late", "ช้า (วัน)", "days late") { $0.daysLate },
            .text("reason", "เหตุที่ถอน", "withdrawn because") {
                $0.certification.withdrawalReason
            }.aside,
        ]
        return OfficeList(columns, of: [CertificationReadModel()]) { db, scope, emit in
            for row in try CertificationReadModel.certifications(cycle: scope.cycle, db) {
                try emit(row)
            }
        }
    }

    /// What came last, unless it speaks for the data no more.
    private static func state(of row: CertificationRow) -> String {
        if row.withdrawnAtIndex != nil { return "withdrawn" }
        return row.isStanding ? row.status : "superseded"
    }
}
