import Console
import Survey

/// What is told above the form: what has happened, what is wrong and where, what changed, and what
/// each indicator comes to.
extension PageContext {
    func told(_ form: HouseholdForm) -> Markup {
        let judgement = form.judgement
        var parts: [Markup] = form.notices.map { notice in
            form.isRefused
                ? note("\(late(notice.text(language)))") : note("\(notice.text(language))")
        }
        var wrong = judgement.faults
        if form.isChecked { wrong += judgement.contradictions + judgement.missing }
        if !wrong.isEmpty {
            parts.append(
                findings(
                    choose("ต้องแก้ \(wrong.count) แห่ง", "To be mended: \(wrong.count)"),
                    wrong
                )
            )
        }
        if form.isChecked {
            if !judgement.warnings.isEmpty {
                parts.append(
                    findings(
                        choose(
                            "คำเตือน \(judgement.warnings.count) ข้อ",
                            "Warnings: \(judgement.warnings.count)"
                        ),
                        judgement.warnings
                    )
                )
                parts.append(
                    sentence(
                        choose(
                            "ถ้าตรวจกับแบบสอบถามแล้วว่าถูกต้อง กด “บันทึก” ได้"
                                + " ระเบียนจะระบุจำนวนคำเตือนไว้",
                            "If the questionnaire says so, “Record” goes on; the record tells how many"
                                + " warnings there were."
                        )
                    )
                )
            }
            parts.append(next(form))
            if form.use != .new { parts.append(self.changes(form.changes, id: "entry")) }
            parts.append(indicators(judgement))
        }
        return """
            <div id="told" role="status" tabindex="-1">
            \(parts)</div>

            """
    }

    private func next(_ form: HouseholdForm) -> Markup {
        guard form.judgement.isSound else { return "" }
        guard form.use == .new || !form.changes.isEmpty else {
            return note("\(choose("ยังไม่มีอะไรเปลี่ยน", "Nothing is other than on record."))")
        }
        return note(
            "\(choose("ครบถ้วน พร้อมบันทึก: กด “บันทึก”", "Complete and ready: press “Record”."))"
        )
    }

    private func findings(_ title: String, _ findings: [EntryJudgement.Finding]) -> Markup {
        let items = findings.map { finding -> Markup in
            var words = finding.sentence.text(language)
            if let label = finding.label { words = "\(label.text(language)): \(words)" }
            if case .member = finding.place { words = "\(placeName(finding.place)): \(words)" }
            guard let field = finding.fields.first else { return "\(words)" }
            return "<a href=\"#\(field.name)\">\(words)</a>"
        }
        return "<h2>\(title)</h2>\n\(list(items))"
    }

    /// From what to what, one line an answer.
    func changes(_ changes: [EntryChange], id: String) -> Markup {
        var table = PageTable(
            id: "changes-\(id)",
            caption: choose("คำตอบที่เปลี่ยน", "Answers that change"),
            columns: [
                .init(choose("ที่", "Of")), .init(choose("รายการ", "Field")),
                .init(choose("จาก", "From")), .init(choose("เป็น", "To")),
            ]
        )
        let none = choose("(ไม่มี)", "(none)")
        table.rows = changes.map { change -> [Markup] in
            [
                "\(placeName(change.place))", "\(change.name.text(language))",
                "<del>\(change.old?.text(language) ?? none)</del>",
                "<ins>\(change.new?.text(language) ?? none)</ins>",
            ]
        }
        return self.table(table)
    }

    private func indicators(_ judgement: EntryJudgement) -> Markup {
        let explanation = Explanation(judgement.form, judgement.reading.answers)
        var table = PageTable(
            id: "result-table",
            caption: choose("ผลตามตัวชี้วัด และเหตุผล", "Results by indicator, and why"),
            columns: [
                .init(choose("ที่", "No."), isNumeric: true),
                .init(choose("ตัวชี้วัด", "Indicator")), .init(choose("ผล", "Result")),
                .init(choose("เพราะ", "Because")),
            ]
        )
        table.rows = zip(judgement.derivation.results, judgement.form.indicators).map {
            result,
            rule -> [Markup] in
            [
                "\(rule.number)", "\(rule.name.phrase.text(language))", outcome(result),
                "\(reasons(result, explanation).joined(separator: " · "))",
            ]
        }
        return section("indicators", choose("ตัวชี้วัด", "Indicators"), [self.table(table)])
    }

    private func outcome(_ result: Derivation.Result) -> Markup {
        guard result.isDecided else { return "\(choose("ยังสรุปไม่ได้", "undecided"))" }
        guard result.inScopeCount > 0 else {
            return "\(choose("ไม่มีผู้เข้าเกณฑ์", "nobody in scope"))"
        }
        let passing = result.inScopeCount - result.failingCount
        let share = "\(passing)/\(result.inScopeCount)"
        return result.failingCount == 0
            ? "\(choose("ผ่าน", "passes")) \(share)"
            : "\(late(choose("ไม่ผ่าน", "fails"))) \(share)"
    }

    /// What decided that it fails, or that it cannot be told.
    private func reasons(
        _ result: Derivation.Result,
        _ explanation: Explanation
    ) -> [String] {
        var reasons: [(AnswerPlace, Ground)] = []
        for one in result.cases where one.isPassed != true {
            reasons += one.grounds.map { (one.place, $0) }
        }
        for one in result.undecided { reasons += one.scope.map { (one.place, $0) } }
        var seen: Set<String> = []
        return reasons.compactMap { place, ground in
            let words = explanation.text(ground).phrase.text(language)
            let told = place == .household ? words : "\(placeName(place)): \(words)"
            return seen.insert(told).inserted ? told : nil
        }
    }
}
