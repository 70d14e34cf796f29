/// Version 2 of what committee members sign: for a village head to read, and lines below for programs.
///
/// The Thai part comes first and has a day of the Buddhist Era and, as government papers do, Thai
/// digits. The number of the form and the digits are the cycle's. What the form says further is not
/// known (letter.md 4), so the text claims what version 1 does and no more.
extension State {
    func datedStatement(of prepared: CertificationPrepared) -> String {
        let cycle = cycles[prepared.cycle]
        let area = areas[prepared.area]?.area ?? Area()
        let rule = cycle?.rule(of: area.level) ?? CertificationRule()
        var lines = ["bmn-ledger certification statement v2", ""]
        if cycle?.cycle.synthetic == true {
            lines += ["ข้อมูลสมมติ ไม่ใช่ข้อมูลจริง / SYNTHETIC: not about real households", ""]
        }
        let indicators = results(of: prepared, cycle?.questionnaire)
        let thai = thaiPart(of: prepared, area, rule, indicators).joined(separator: "\n")
        lines.append(rule.formInArabicDigits ? thai : ThaiDate.withThaiDigits(thai))
        lines += englishPart(of: prepared, area, rule, indicators)
        lines += [
            "origin: \(origin)",
            "certification: \(prepared.certification)",
            "cycle: \(prepared.cycle)",
            "area: \(prepared.area)",
            "prepared on: \(prepared.preparedOn)",
            "tree size: \(prepared.treeSize)",
            "root hash: \(prepared.rootHash)",
            "figures digest: \(prepared.figuresDigest)",
            "target households: \(prepared.figures.targetHouseholds)",
            "collected: \(prepared.figures.collected)",
            "not collected: \(prepared.figures.notCollected)",
            "persons: \(prepared.figures.persons)",
        ]
        for result in indicators {
            lines.append(
                "indicator \(result.number): surveyed \(result.surveyed),"
                    + " passed \(result.passed), failed \(result.failed)"
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func thaiPart(
        of prepared: CertificationPrepared,
        _ area: Area,
        _ rule: CertificationRule,
        _ indicators: [StatedResult]
    ) -> [String] {
        let figures = prepared.figures
        let day = Day(iso: prepared.preparedOn).map { ThaiDate.thai($0) } ?? prepared.preparedOn
        var lines: [String] = []
        if !rule.formNumber.isEmpty {
            lines.append("แบบรับรองคุณภาพข้อมูล จปฐ. แบบที่ \(rule.formNumber)")
        }
        lines += [
            "คำรับรองคุณภาพข้อมูลความจำเป็นพื้นฐาน (จปฐ.) ประจำปี พ.ศ. \(prepared.cycle)",
            "\(area.level.statedThai): \(area.nameTh) (รหัส \(prepared.area))",
            "วันที่จัดทำ: \(day)",
            "",
            "ครัวเรือนเป้าหมาย \(figures.targetHouseholds.grouped) ครัวเรือน",
            "จัดเก็บได้ \(figures.collected.grouped) ครัวเรือน",
            "จัดเก็บไม่ได้โดยมีเหตุผล \(figures.notCollected.grouped) ครัวเรือน",
            "คงเหลือ \(figures.remaining.grouped) ครัวเรือน",
            "จำนวนคนในครัวเรือนที่จัดเก็บได้ \(figures.persons.grouped) คน",
            "",
            "ข้าพเจ้าผู้ลงนามได้ตรวจสอบจำนวนข้างต้น และผลตามตัวชี้วัดข้างล่างนี้แล้ว ขอรับรองว่าถูกต้อง",
            "",
            "ผลตามตัวชี้วัด",
        ]
        for indicator in indicators { lines += indicator.thai }
        return lines + [""]
    }

    private func englishPart(
        of prepared: CertificationPrepared,
        _ area: Area,
        _ rule: CertificationRule,
        _ indicators: [StatedResult]
    ) -> [String] {
        let figures = prepared.figures
        let day = Day(iso: prepared.preparedOn).map { ThaiDate.english($0) } ?? prepared.preparedOn
        let name = area.nameEn.isEmpty ? area.nameTh : area.nameEn
        var lines: [String] = []
        if !rule.formNumber.isEmpty {
            lines.append("Certification of BMN data, form \(rule.formNumber)")
        }
        lines += [
            "Certification of the quality of Basic Minimum Needs (BMN) data, B.E. \(prepared.cycle)",
            "Area: \(name) (code \(prepared.area))",
            "Prepared on \(day)",
            "Households: target \(figures.targetHouseholds.grouped),"
                + " collected \(figures.collected.grouped),"
                + " not collected with a reason \(figures.notCollected.grouped),"
                + " remaining \(figures.remaining.grouped)",
            "Persons in the households collected: \(figures.persons.grouped)",
            "I have checked the counts above and the results by indicator below and certify them.",
        ]
        for indicator in indicators { lines.append(indicator.english) }
        return lines + [""]
    }

    /// A number that the edition leaves out counts nobody and has no line.
    private func results(
        of prepared: CertificationPrepared,
        _ questionnaire: Questionnaire?
    ) -> [StatedResult] {
        let figures = prepared.figures
        return figures.surveyed.enumerated().compactMap { offset, surveyed in
            let indicator = questionnaire?.indicator(offset + 1)
            if indicator == nil, surveyed == 0, questionnaire != nil { return nil }
            return StatedResult(
                number: offset + 1,
                indicator: indicator,
                surveyed: surveyed,
                failed: offset < figures.failed.count ? figures.failed[offset] : 0
            )
        }
    }
}

/// One indicator of a statement.
private struct StatedResult {
    let number: Int
    let indicator: Questionnaire.Indicator?
    let surveyed: UInt64
    let failed: UInt64

    var passed: UInt64 { surveyed >= failed ? surveyed - failed : 0 }

    var thai: [String] {
        let unit = indicator?.unit == .household ? "ครัวเรือน" : "คน"
        let name = "\(number). \(indicator?.name.th ?? "")"
        guard surveyed > 0 else { return [name, "   ไม่มีผู้เข้าเกณฑ์"] }
        return [
            name,
            "   สำรวจ \(surveyed.grouped) \(unit) ผ่าน \(passed.grouped)"
                + " (ร้อยละ \(Percentage.text(part: passed, whole: surveyed)))"
                + " ไม่ผ่าน \(failed.grouped)"
                + " (ร้อยละ \(Percentage.text(part: failed, whole: surveyed)))",
        ]
    }

    var english: String {
        let name = "\(number). \(indicator?.name.en ?? ""):"
        guard surveyed > 0 else { return name + " nobody in scope" }
        return name + " surveyed \(surveyed.grouped), passed \(passed.grouped)"
            + " (\(Percentage.text(part: passed, whole: surveyed)) %), failed \(failed.grouped)"
            + " (\(Percentage.text(part: failed, whole: surveyed)) %)"
    }
}

extension Figures {
    /// 128 bits: no figures, however forged, overflow.
    fileprivate var remaining: Int128 {
        Int128(targetHouseholds) - Int128(collected) - Int128(notCollected)
    }
}

extension Area.Level {
    fileprivate var statedThai: String {
        switch self {
        case .lao: "องค์กรปกครองส่วนท้องถิ่น"
        case .district: "อำเภอ"
        default: "พื้นที่"
        }
    }
}

extension BinaryInteger {
    /// With a comma between groups of three digits.
    fileprivate var grouped: String {
        let digits = String(magnitude)
        var text = ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return self < 0 ? "-" + text : text
    }
}
