import Audit
import Console
import Cryptography
import Ledger
import Survey

/// What was checked, when, with what, and how far.
extension VerificationReport {
    func facts(_ verdict: Verdict?, _ bundle: Bundle? = nil) -> Markup {
        var facts: [(name: String, value: Markup)] = [
            (pick("ตรวจเมื่อ", "Verified"), time),
            (
                bundle == nil ? pick("โฟลเดอร์ที่ตรวจ", "Folder") : pick("แฟ้มที่ตรวจ", "File"),
                "<code>\(foreign(circumstances.ledgerPath))</code>"
            ),
        ]
        if let verdict {
            facts += bundle.map { self.facts(of: verdict, $0) } ?? self.facts(of: verdict)
        }
        facts.append(
            (pick("โปรแกรม", "Program"), "bmn-audit \(circumstances.programVersion)")
        )
        return """
            <h2>\(pick("สิ่งที่ตรวจ", "What was checked"))</h2>
            <table>
            <tbody>
            \(rows(facts))</tbody>
            </table>

            """
    }

    private func facts(of verdict: Verdict, _ bundle: Bundle) -> [(name: String, value: Markup)] {
        let own: [(name: String, value: Markup)] = [
            (pick("เรื่อง", "About"), foreign(bundle.subject)),
            (pick("จำนวนระเบียนในแฟ้ม", "Records in it"), "\(bundle.recordCount.grouped)"),
        ]
        return own + self.facts(of: verdict).prefix(3)
    }

    private func facts(of verdict: Verdict) -> [(name: String, value: Markup)] {
        let none = pick("ไม่มี", "none")
        return [
            (pick("ชื่อบัญชี", "Ledger's name"), verdict.origin.map(foreign) ?? "\(none)"),
            (
                pick("จำนวนระเบียน", "Number of records"), "\(verdict.treeSize.grouped)"
            ),
            (
                pick("ค่าราก (root hash)", "Root hash"),
                verdict.rootHash.map(fingerprint) ?? "\(pick("ไม่ได้คำนวณ", "not computed"))"
            ),
            (
                pick("แฮชของระเบียนสุดท้าย", "Last leaf hash"),
                verdict.headHash.map(fingerprint) ?? "\(none)"
            ),
            (pick("เทียบจำนวนระเบียนกับ", "Number compared with"), witnesses(verdict)),
        ]
    }

    private func witnesses(_ verdict: Verdict) -> Markup {
        guard !verdict.witnesses.isEmpty else {
            let nothing = pick(
                "ไม่มีสิ่งใดนอกไฟล์บัญชี: หากท้ายบัญชีถูกตัดออกจะไม่ปรากฏ",
                "nothing outside: a tail cut off would not show"
            )
            return "\(nothing)"
        }
        var names: [Markup] = []
        // There may be any number of them; the page is for people.
        for witness in verdict.witnesses.prefix(20) {
            names.append(names.isEmpty ? foreign(witness) : ", \(foreign(witness))")
        }
        return "\(names)"
    }

    private var time: Markup {
        let instant = circumstances.verifiedAt
        let iso = String(instant.text.prefix(19)) + "Z"
        let words = language.text(unixMicroseconds: instant.unixMicroseconds)
        let place = pick("", " Bangkok time")
        return "\(words)\(place) (<time datetime=\"\(iso)\">\(iso)</time>)"
    }

    /// A hash in groups of eight, for the eye that compares.
    private func fingerprint(_ hash: Digest) -> Markup {
        let digits = Array(hash.hex)
        let groups = stride(from: 0, to: digits.count, by: 8).map { start in
            String(digits[start..<min(start + 8, digits.count)])
        }
        return "<code>\(groups.joined(separator: " "))</code>"
    }

    func levels(_ verdict: Verdict) -> Markup {
        let results = Dictionary(
            verdict.checks.map { ($0.check, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let lines: [Markup] = Check.allCases.map { check in
            """
            <tr><th scope="row">\(check.level.grouped) \(text(check.title))</th>\
            <td>\(text(check.protection))</td><td>\(state(results[check]))</td></tr>

            """
        }
        return """
            <h2>\(pick("ระดับการตรวจ", "Levels"))</h2>
            <table>
            <thead><tr><th scope="col">\(pick("ระดับ", "Level"))</th>\
            <th scope="col">\(pick("ป้องกันเรื่องใด", "Protects against"))</th>\
            <th scope="col">\(pick("ผล", "Result"))</th></tr></thead>
            <tbody>
            \(lines)</tbody>
            </table>

            """
    }

    private func state(_ result: CheckResult?) -> Markup {
        guard let result else { return "\(pick("ไม่ได้ตรวจ", "not run"))" }
        let number = text(result.check.counted(result.checkedCount))
        let counted = pick("ตรวจ \(number)", "\(number) checked")
        guard !result.isOK else { return "\(pick("ผ่าน", "ok")) (\(counted))" }
        let count = result.findingCount.grouped
        let word = pick("พบ \(count) ข้อ", "findings: \(count)")
        return "<span class=\"wrong\">\(word)</span> (\(counted))"
    }
}
