import Audit
import Console

/// The verdict in one big sentence.
extension VerificationReport {
    /// The levels that every verification has unless only one was asked for.
    private static let usualChecks = Set(Check.allCases).subtracting([.projections])

    func headline(_ verdict: Verdict) -> Markup {
        guard verdict.isOK else { return failure(verdict) }
        guard Self.usualChecks.isSubset(of: verdict.checks.map(\.check)) else {
            return verdictLine(
                "passed",
                pick("ผ่านเฉพาะระดับที่ตรวจ", "Passed as far as it was checked"),
                pick(
                    "ไม่พบสิ่งผิดปกติในระดับที่ตรวจ แต่ยังไม่ได้ตรวจครบทุกระดับ",
                    "Nothing wrong at the levels that were run, but others were not run."
                )
            )
        }
        return verdictLine(
            "passed",
            pick("ผ่าน", "Passed"),
            pick(
                "ไม่พบว่ามีระเบียนใดถูกแก้ไข ลบ แทรก สลับ หรือลงเวลาย้อนหลัง",
                "No sign that any record was altered, removed, inserted, reordered or dated back."
            )
        )
    }

    func bundleHeadline(_ verdict: Verdict) -> Markup {
        guard verdict.isOK else { return failure(verdict) }
        return verdictLine(
            "passed",
            pick("ผ่าน", "Passed"),
            pick(
                "ทุกระเบียนในแฟ้มอยู่ในบัญชีที่ลงนามไว้ และไฟล์อื่นทั้งหมดตรงกับระเบียน",
                "Every record in it is in the log that was signed, and all else follows from them."
            )
        )
    }

    private func failure(_ verdict: Verdict) -> Markup {
        let count = verdict.findingCount.grouped
        return verdictLine(
            "failed",
            pick("ไม่ผ่าน", "Not passed"),
            pick(
                "พบสิ่งผิดปกติ \(count) ข้อ อย่าใช้ข้อมูลนี้อ้างอิงจนกว่าจะทราบสาเหตุ",
                "\(count) findings. Do not rely on these data until the cause is known."
            )
        )
    }

    func unreadable(_ reason: String) -> Markup {
        let explanation = FindingCode.couldNotRead.explanation
        return """
            \(verdictLine(
                "unreadable",
                pick("อ่านบัญชีไม่ได้", "The ledger could not be read"),
                pick(
                    "จึงยังไม่มีผลการตรวจสอบ ไม่ว่าผ่านหรือไม่ผ่าน",
                    "There is no verdict, neither passed nor failed."
                )
            ))<h2>\(pick("สิ่งที่เกิดขึ้น", "What happened"))</h2>
            <p>\(text(explanation.meaning))</p>
            <p>\(pick("เหตุที่โปรแกรมแจ้ง", "The program says")): \
            <span lang="en">\(foreign(reason))</span></p>
            \(causes(explanation))
            """
    }

    func syntheticNote(_ verdict: Verdict) -> Markup {
        guard verdict.isSynthetic else { return "" }
        let note = pick(
            "บัญชีนี้ระบุว่าเป็นข้อมูลสมมติ ไม่ใช่ข้อมูลครัวเรือนจริง",
            "This ledger says that its data are SYNTHETIC: not about real households."
        )
        return "<p class=\"note\"><strong>\(note)</strong></p>\n"
    }

    private func verdictLine(_ kind: String, _ word: String, _ sentence: String) -> Markup {
        "<p class=\"verdict \(kind)\">\(word): \(sentence)</p>\n"
    }
}

extension Verdict {
    /// All findings, also those that are not kept.
    var findingCount: Int { checks.reduce(0) { $0 + $1.findingCount } }
}
