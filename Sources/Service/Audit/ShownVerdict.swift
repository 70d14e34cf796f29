import Access
import Audit
import AuditReport
import Console
import Foundation
import Ledger
import Survey

/// A verdict as `bmn-audit verify --json` writes it, as far as a page shows it.
struct ShownVerdict: Decodable, Sendable {
    struct Result: Decodable, Sendable {
        let name: String
        let ok: Bool
        let checked: UInt64
        let findings: Int

        var check: Check? { Check(rawValue: name) }
    }

    struct Found: Decodable, Sendable {
        let check: String
        let code: String
        /// Nil for the ledger as a whole.
        let index: UInt64?
        let reason: String

        /// Nil where the program beside this one is newer.
        var explanation: FindingExplanation? { FindingCode(rawValue: code)?.explanation }

        /// In words: what it is, what it means, how it may have come about, and what to do now.
        func words(_ language: Language) -> Words? {
            guard let explanation else { return nil }
            return Words(
                title: explanation.title.text(language),
                meaning: explanation.meaning.text(language),
                innocentCause: explanation.innocentCause.text(language),
                maliciousCause: explanation.maliciousCause.text(language),
                action: explanation.action.text(language)
            )
        }
    }

    struct Words {
        let title: String
        let meaning: String
        let innocentCause: String
        let maliciousCause: String
        let action: String
    }

    let ok: Bool
    let size: UInt64?
    let root: String?
    let checks: [Result]
    let findings: [Found]

    /// Nil where there is none, or another program wrote it.
    init?(_ stored: StoredVerification) {
        guard let found = try? JSONDecoder().decode(Self.self, from: Data(stored.verdict)) else {
            return nil
        }
        self = found
    }

    /// All findings, also those that are not listed.
    var findingCount: Int { checks.reduce(0) { $0 + $1.findings } }
}

extension ShownVerdict {
    /// What programs are told of it.
    var json: JSON {
        [
            "ok": .bool(ok), "size": size.map { .unsigned($0) } ?? .null,
            "root": root.map { .string($0) } ?? .null,
            "checks": .array(
                checks.map { result in
                    [
                        "name": .string(result.name), "ok": .bool(result.ok),
                        "checked": .unsigned(result.checked),
                        "findings": .number(result.findings),
                    ]
                }
            ),
            "findings": .array(
                findings.map { found in
                    [
                        "check": .string(found.check), "code": .string(found.code),
                        "index": found.index.map { .unsigned($0) } ?? .null,
                        "reason": .string(found.reason),
                    ]
                }
            ),
        ]
    }
}

extension Int64 {
    /// Microseconds since 1970 as ISO 8601; "" for a time that no clock of ours says.
    var iso: String { RecordTime(unixMicroseconds: self)?.text ?? "" }
}

/// A verification in words: for the page, and as a text to keep.
struct VerificationWords {
    let stored: StoredVerification
    let verdict: ShownVerdict?
    let language: Language

    init(_ stored: StoredVerification, _ language: Language) {
        self.stored = stored
        self.language = language
        verdict = ShownVerdict(stored)
    }

    func pick(_ thai: String, _ english: String) -> String { language == .thai ? thai : english }

    /// Whether there is a verdict, and it is good.
    var isGood: Bool { stored.ending == "verified" && verdict?.ok == true }

    var headline: String {
        guard let ending = LedgerVerification.Ending(rawValue: stored.ending) else {
            return pick("ไม่ทราบผล", "The outcome is not known.")
        }
        switch ending {
        case .verified:
            return pick(
                "ผ่าน: ไม่พบว่ามีระเบียนใดถูกแก้ไข ลบ แทรก สลับ หรือลงเวลาย้อนหลัง",
                "Passed: no sign that any record was altered, removed, inserted, reordered or"
                    + " dated back."
            )
        case .findings:
            let count = (verdict?.findingCount ?? 0).grouped
            return pick(
                "ไม่ผ่าน: พบสิ่งผิดปกติ \(count) ข้อ อย่าใช้ข้อมูลนี้อ้างอิงจนกว่าจะทราบสาเหตุ",
                "Not passed: \(count) findings. Do not rely on these data until the cause is known."
            )
        case .unreadable, .killed, .stalled:
            return pick(
                "อ่านบัญชีไม่ได้ จึงไม่มีผลว่าผ่านหรือไม่ผ่าน: แจ้งผู้ดูแลเครื่องและเก็บไฟล์ไว้โดยไม่แก้ไข",
                "The ledger could not be read, so there is no verdict: tell the machine's operator,"
                    + " and keep the files as they are."
            )
        case .stopped:
            return pick(
                "ยังไม่มีผล: ระบบหยุดทำงานก่อนตรวจเสร็จ ให้ตรวจใหม่",
                "No verdict: the service stopped before the end. Verify again."
            )
        case .notStarted:
            return pick(
                "ยังไม่มีผล: เริ่มโปรแกรม bmn-audit ไม่ได้ ให้ผู้ดูแลเครื่องติดตั้งไว้ข้าง bmn",
                "No verdict: bmn-audit could not be run. Have the operator install it beside bmn."
            )
        }
    }

    private func state(_ check: Check) -> String {
        guard let result = verdict?.checks.first(where: { $0.check == check }) else {
            return pick("ไม่ได้ตรวจ", "not run")
        }
        let counted = check.counted(result.checked).text(language)
        return result.ok
            ? pick("ผ่าน (ตรวจ \(counted))", "ok (\(counted) checked)")
            : pick(
                "พบ \(result.findings.grouped) ข้อ (ตรวจ \(counted))",
                "findings: \(result.findings.grouped) (\(counted) checked)"
            )
    }

    /// A row for each level: its name, what it protects against, how it ended.
    var levels: [(name: String, protection: String, state: String, isGood: Bool)] {
        Check.allCases.map { check in
            let result = verdict?.checks.first { $0.check == check }
            return (
                "\(check.level.grouped) \(check.title.text(language))",
                check.protection.text(language), state(check), result?.ok ?? true
            )
        }
    }

    /// Everything as lines of text.
    var text: String {
        var lines = [
            pick("ผลการตรวจสอบบัญชีข้อมูล จปฐ.", "Verification of a BMN ledger"),
            "\(pick("ตรวจเสร็จเมื่อ", "Ended")) \(language.text(unixMicroseconds: stored.endedAt))",
            headline,
        ]
        if let verdict {
            if let size = verdict.size {
                lines.append("\(pick("จำนวนระเบียน", "Records")): \(size.grouped)")
            }
            if let root = verdict.root {
                lines.append("\(pick("ค่าราก (root hash)", "Root hash")): \(root)")
            }
            lines += levels.map { "\($0.name): \($0.state)" }
            for found in verdict.findings { lines += self.lines(found) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(_ found: ShownVerdict.Found) -> [String] {
        let place =
            found.index.map { "\(pick("ระเบียน", "record")) \($0)" }
            ?? pick("ทั้งบัญชี", "the whole ledger")
        let head = "\(found.code), \(place): \(found.reason)"
        guard let words = found.words(language) else { return ["", head] }
        return [
            "", "\(words.title) – \(head)", words.meaning,
            "\(pick("สิ่งที่ควรทำตอนนี้", "What to do now")): \(words.action)",
        ]
    }
}
