import Audit
import AuditReport
import Console
import Cryptography
import Survey

extension String {
    /// A name that somebody else chose, on one line that steers no terminal.
    var shown: String { printable(byteCountMaximum: 300) }
}

/// A verdict in words, for people.
struct VerdictText {
    let verdict: Verdict
    let language: Language
    /// Of an evidence bundle: then most records of the log are elsewhere.
    var isOfBundle = false

    var text: String {
        var lines: [String] = []
        if let origin = verdict.origin?.shown {
            lines.append(pick("บัญชี: \(origin)", "Ledger: \(origin)"))
        }
        let size = verdict.treeSize
        lines.append(
            isOfBundle
                ? pick(
                    "ระเบียนของบัญชี ณ จุดตรวจ: \(size)",
                    "Records of the log at the checkpoint: \(size)"
                )
                : pick("จำนวนระเบียน: \(size)", "Records: \(size)")
        )
        if let root = verdict.rootHash {
            lines.append(pick("รากของต้นไม้: \(root.hex)", "Root hash: \(root.hex)"))
        }
        if let head = verdict.headHash {
            lines.append(pick("แฮชของระเบียนสุดท้าย: \(head.hex)", "Last leaf hash: \(head.hex)"))
        }
        if !isOfBundle { lines.append(boundLine) }
        if let seal = verdict.seal { lines += sealLines(seal) }
        if verdict.namedDocumentCount > 0 { lines.append(attachmentLine) }
        for result in verdict.checks { lines.append(line(result)) }
        for finding in verdict.findings { lines.append(line(finding)) }
        let total = verdict.checks.reduce(0) { $0 + $1.findingCount }
        if total > verdict.findings.count {
            let more = total - verdict.findings.count
            lines.append(pick("… และอีก \(more) ข้อ", "… and \(more) more"))
        }
        lines.append(
            verdict.isOK
                ? pick("ผล: ตรวจสอบแล้ว ไม่พบสิ่งผิดปกติ", "Verdict: verified, nothing wrong found")
                : pick("ผล: พบสิ่งผิดปกติ \(total) ข้อ", "Verdict: \(total) findings")
        )
        return lines.joined(separator: "\n") + "\n"
    }

    /// What bounds the number of records from below.
    private var boundLine: String {
        let witnesses = verdict.witnesses.joined(separator: ", ").printable(byteCountMaximum: 1000)
        return witnesses.isEmpty
            ? pick(
                "ไม่มีสิ่งใดนอกบัญชียืนยันจำนวนระเบียน: หากท้ายบัญชีถูกตัดจะไม่ปรากฏ",
                "Nothing outside says how many there must be: a tail cut off would not show"
            )
            : pick("จำนวนอย่างน้อยตาม: \(witnesses)", "At least as many as say: \(witnesses)")
    }

    private func signedLine(_ seal: Seal) -> String {
        let size = verdict.treeSize
        if isOfBundle {
            return seal.signedTreeSize == 0
                ? pick("จุดตรวจไม่มีลายมือชื่อของบัญชี", "The log has not signed the checkpoint")
                : pick("จุดตรวจลงนามด้วยกุญแจของบัญชี", "The log has signed the checkpoint")
        }
        return seal.signedTreeSize == 0
            ? pick("บัญชียังไม่มีจุดตรวจที่ลงนาม", "The log has signed no checkpoint")
            : pick(
                "จุดตรวจที่ลงนามครอบคลุม \(seal.signedTreeSize) จาก \(size) ระเบียน",
                "Signed checkpoints cover \(seal.signedTreeSize) of \(size) records"
            )
    }

    /// How much is under signatures, and whose.
    private func sealLines(_ seal: Seal) -> [String] {
        var lines = [signedLine(seal)]
        if let endorsed = seal.endorsedTreeSize {
            let names = seal.witnesses.map(\.name.shown).joined(separator: ", ")
            lines.append(
                names.isEmpty
                    ? pick(
                        "ตามนโยบายแล้ว \(endorsed) ระเบียน ซึ่งไม่ต้องมีพยาน",
                        "Meeting the policy, which asks for no witness: \(endorsed) records"
                    )
                    : pick(
                        "ตามนโยบายแล้ว \(endorsed) ระเบียน พยาน: \(names)",
                        "Meeting the policy: \(endorsed) records; witnesses: \(names)"
                    )
            )
        }
        if let stamp = seal.timestamp {
            let time = language.text(unixMicroseconds: stamp.unixMicroseconds)
            let authority = stamp.authority.shown
            let trusted = pick("ไม่ได้ตรวจใบรับรองถึงราก", "its certificate not checked to a root")
            lines.append(
                pick(
                    "ประทับเวลา \(stamp.treeSize) ระเบียน เมื่อ \(time) โดย \(authority)",
                    "Time-stamped: \(stamp.treeSize) records on \(time) by \(authority)"
                ) + (stamp.isTrusted ? "" : " (\(trusted))")
            )
        }
        return lines
    }

    private var attachmentLine: String {
        let named = verdict.namedDocumentCount
        let checked = verdict.attachmentCount
        return checked == named
            ? pick("เอกสารที่ระเบียนอ้างถึง: \(named)", "Documents that records name: \(named)")
            : pick(
                "เอกสารที่ระเบียนอ้างถึง: \(named) ซึ่งไม่ได้ตรวจ",
                "Documents that records name: \(named), not looked at"
            )
    }

    private func line(_ result: CheckResult) -> String {
        let mark =
            result.isOK
            ? pick("ผ่าน", "ok")
            : pick("พบ \(result.findingCount) ข้อ", "FINDINGS: \(result.findingCount)")
        let name = result.check.title.text(language)
        return "  \(result.check.level) \(name): \(mark) (\(result.checkedCount))"
    }

    private func line(_ finding: Finding) -> String {
        let place =
            finding.index.map { pick("ระเบียน \($0)", "record \($0)") }
            ?? (isOfBundle ? pick("ทั้งแฟ้ม", "whole bundle") : pick("ทั้งบัญชี", "whole ledger"))
        // Reasons are English: the title tells those who read Thai what kind of thing it is.
        let kind = pick(finding.code.explanation.title.thai, finding.check.rawValue + ",")
        return "  ! \(kind) \(place): \(finding.reason)"
    }

    private func pick(_ thai: String, _ english: String) -> String {
        language == .thai ? thai : english
    }
}
