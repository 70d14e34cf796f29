/// The text that committee members sign.
///
/// A person can read it and a program can rebuild it from the event's other fields: the rules level
/// of an audit does. Changing a word here breaks every earlier statement, so a new text is a new
/// version beside this one. What the province's own form says is not known (letter.md 4); this text
/// claims only what the ledger can show.
extension State {
    /// Version 2 names the day; a record without one is from before it.
    package func statement(of prepared: CertificationPrepared) -> String {
        prepared.preparedOn.isEmpty ? firstStatement(of: prepared) : datedStatement(of: prepared)
    }

    private func firstStatement(of prepared: CertificationPrepared) -> String {
        let area = areas[prepared.area]?.area ?? Area()
        let figures = prepared.figures
        // 128 bits: no figures, however forged, overflow.
        let missing =
            Int128(figures.targetHouseholds) - Int128(figures.collected)
            - Int128(figures.notCollected)
        let cycle = cycles[prepared.cycle]
        var lines = ["bmn-ledger certification statement v1", ""]
        if cycle?.cycle.synthetic == true {
            lines += ["ข้อมูลสมมติ ไม่ใช่ข้อมูลจริง / SYNTHETIC: not about real households", ""]
        }
        lines += [
            "คำรับรองคุณภาพข้อมูลความจำเป็นพื้นฐาน (จปฐ.) ปี \(prepared.cycle)",
            "พื้นที่: \(area.nameTh) (รหัส \(prepared.area))",
            "ครัวเรือนเป้าหมาย \(figures.targetHouseholds) จัดเก็บได้ \(figures.collected)"
                + " จัดเก็บไม่ได้โดยมีเหตุผล \(figures.notCollected) คงเหลือ \(missing)",
            "จำนวนคน \(figures.persons)",
            "ข้าพเจ้าได้ตรวจสอบตัวเลขข้างต้นและผลตามตัวชี้วัดท้ายนี้แล้ว ขอรับรองว่าถูกต้อง",
            "",
            "Certification of the quality of Basic Minimum Needs (BMN) data, B.E. \(prepared.cycle)",
            "Area: \(area.nameEn.isEmpty ? area.nameTh : area.nameEn) (code \(prepared.area))",
            "Target households \(figures.targetHouseholds), collected \(figures.collected),"
                + " not collected with a reason \(figures.notCollected), remaining \(missing)",
            "Persons \(figures.persons)",
            "I have checked the counts above and the results by indicator below and certify them.",
            "",
            "ผลตามตัวชี้วัด / results by indicator:"
                + " สำรวจ / surveyed, ผ่าน / passed, ไม่ผ่าน / failed (ร้อยละ / %)",
        ]
        for (offset, surveyed) in figures.surveyed.enumerated() {
            let failed = offset < figures.failed.count ? figures.failed[offset] : 0
            let passed = surveyed >= failed ? surveyed - failed : 0
            let percents =
                "\(Percentage.text(part: passed, whole: surveyed))"
                + " / \(Percentage.text(part: failed, whole: surveyed))"
            let name = cycle?.questionnaire.indicator(offset + 1)?.name
            // A number that the edition leaves out counts nobody and has no line.
            if name == nil, surveyed == 0, cycle != nil { continue }
            lines.append("\(offset + 1). \(name?.th ?? "") / \(name?.en ?? "")")
            lines.append("   \(surveyed), \(passed), \(failed) (\(percents))")
        }
        lines += [
            "",
            "origin: \(origin)",
            "certification: \(prepared.certification)",
            "cycle: \(prepared.cycle)",
            "area: \(prepared.area)",
            "tree size: \(prepared.treeSize)",
            "root hash: \(prepared.rootHash)",
            "figures digest: \(prepared.figuresDigest)",
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}
