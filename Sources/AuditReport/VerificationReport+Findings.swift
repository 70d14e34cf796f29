import Audit
import Console

/// What is wrong, by kind, each explained once.
extension VerificationReport {
    /// The first places of each kind; nobody reads a thousand on paper.
    private static let placeCount = 10

    func findings(_ verdict: Verdict) -> Markup {
        guard !verdict.isOK else { return "" }
        // In the order of levels and records: the first is where to begin.
        var order: [FindingCode] = []
        var groups: [FindingCode: [Finding]] = [:]
        for finding in verdict.findings {
            if groups[finding.code] == nil { order.append(finding.code) }
            groups[finding.code, default: []].append(finding)
        }
        let cutLevels = cutLevels(verdict)
        let sections: [Markup] = order.map { code in
            section(code, groups[code] ?? [], cutLevels)
        }
        return """
            <h2>\(pick("สิ่งที่พบ", "Findings"))</h2>
            <p>\(pick(
                "เริ่มดูจากข้อแรก ข้อหลังอาจเป็นเพียงผลที่ตามมา ระเบียนนับจาก 0",
                "Begin with the first: later ones may only follow from it. Records count from 0."
            ))</p>
            \(sections)
            """
    }

    /// The levels that found more than the verdict lists.
    private func cutLevels(_ verdict: Verdict) -> Set<Check> {
        var kept: [Check: Int] = [:]
        for finding in verdict.findings { kept[finding.check, default: 0] += 1 }
        return Set(
            verdict.checks.filter { $0.findingCount > kept[$0.check, default: 0] }.map(\.check)
        )
    }

    private func section(
        _ code: FindingCode,
        _ findings: [Finding],
        _ cutLevels: Set<Check>
    ) -> Markup {
        let explanation = code.explanation
        let levels = Set(findings.map(\.check))
        let level = levels.sorted().map { "\($0.level) \(text($0.title))" }
            .joined(separator: ", ")
        let count = findings.count.grouped
        let places =
            levels.isDisjoint(with: cutLevels)
            ? pick("\(count) แห่ง", "places: \(count)")
            : pick("อย่างน้อย \(count) แห่ง", "places: at least \(count)")
        return """
            <section>
            <h3>\(text(explanation.title))</h3>
            <p>\(pick("ระดับ", "Level")) \(level); \(places); \
            \(pick("รหัส", "code")) <code>\(code.rawValue)</code></p>
            <p>\(text(explanation.meaning))</p>
            \(causes(explanation))\(table(findings))</section>

            """
    }

    func causes(_ explanation: FindingExplanation) -> Markup {
        """
        <dl>
        <dt>\(pick("สาเหตุที่อาจไม่ได้เจตนา", "Possible innocent cause"))</dt>
        <dd>\(text(explanation.innocentCause))</dd>
        <dt>\(pick("สาเหตุที่อาจเกิดจากเจตนา", "Possible malicious cause"))</dt>
        <dd>\(text(explanation.maliciousCause))</dd>
        <dt>\(pick("สิ่งที่ควรทำตอนนี้", "What to do now"))</dt>
        <dd>\(text(explanation.action))</dd>
        </dl>

        """
    }

    private func table(_ findings: [Finding]) -> Markup {
        let lines: [Markup] = findings.prefix(Self.placeCount).map { finding in
            """
            <tr><th scope="row">\(place(finding))</th>\
            <td><span lang="en">\(foreign(finding.reason))</span>\(look(finding))</td></tr>

            """
        }
        let rest = findings.count - lines.count
        let more = pick(
            "และอีก \(rest.grouped) แห่ง ดูทั้งหมดด้วยตัวเลือก --json",
            "and \(rest.grouped) more; --json lists them"
        )
        return """
            <table>
            <thead><tr><th scope="col">\(pick("ระเบียน", "Record"))</th>\
            <th scope="col">\(pick("สิ่งที่โปรแกรมพบ (ภาษาอังกฤษ)", "What the program found"))</th></tr></thead>
            <tbody>
            \(lines)</tbody>
            </table>
            \(rest > 0 ? ["<p>\(more)</p>\n"] : [])
            """
    }

    private func place(_ finding: Finding) -> String {
        finding.index.map(String.init) ?? pick("ทั้งบัญชี", "whole ledger")
    }

    /// How to see the record itself.
    private func look(_ finding: Finding) -> Markup {
        guard let index = finding.index else { return "" }
        let command = CommandLineText(
            program: "bmn",
            ["log", circumstances.ledgerPath, "--from", "\(index)", "--to", "\(index)"]
        )
        return "<br />\(pick("ดูได้ด้วย", "see")) <code>\(command.text)</code>"
    }
}
