import ArgumentParser
import Audit
import Console
import Foundation
import LedgerAudit
import Survey

/// What an auditor remembers of a log between two verifications.
struct StateOptions: ParsableArguments {
    @Option(
        name: .customLong("state"),
        help: "Remember the last checkpoint in this file and compare with it (made when missing)."
    )
    var file: String?

    @Flag(help: "With --state: only structure, chain and tree of the records since then.")
    var newOnly = false

    func validate() throws {
        guard file?.isEmpty != true else { throw ValidationError("--state takes a file.") }
        guard file != nil || !newOnly else {
            throw ValidationError("--new-only needs --state FILE to know what is new.")
        }
    }

    /// Without a file nothing is known that new records could follow.
    func requireFile() throws {
        guard newOnly, let file, !FileManager.default.fileExists(atPath: file) else { return }
        throw ValidationError("There is no \(file) yet: verify once without --new-only.")
    }

    /// The verdict's object with what became of the remembered checkpoint.
    func adding(_ change: CheckpointMemory.Change?, to json: JSON) -> JSON {
        guard let change, case .object(let members) = json else { return json }
        let state: JSON = [
            "change": .string(change.kind.rawValue),
            "from": change.from.map { .unsigned($0) } ?? .null,
            "to": change.to.map { .unsigned($0) } ?? .null,
            "newOnly": .bool(newOnly),
        ]
        return .object(members + [("state", state)])
    }

    /// The same in words, after the verdict.
    func text(
        _ change: CheckpointMemory.Change?,
        _ verdict: Verdict,
        _ language: Language
    ) -> String {
        guard let change, let file else { return "" }
        let isUnsigned = verdict.findings.contains {
            $0.code == .checkpointUnsigned && $0.witness == file
        }
        let lines = [
            newOnly ? Self.limits(change, verdict) : nil,
            change.kind == .notRemembered && isUnsigned
                ? Self.unsigned(file) : Self.phrase(change, file),
        ]
        return lines.compactMap { $0.map { $0.text(language) + "\n" } }.joined()
    }

    private static func limits(_ change: CheckpointMemory.Change, _ verdict: Verdict) -> Phrase {
        let from = change.from ?? 0
        let count = verdict.treeSize - min(verdict.treeSize, from)
        return Phrase(
            thai: "ตรวจเฉพาะระเบียนใหม่ \(count) ระเบียน: ไม่ได้ตรวจกติกา ลายมือชื่อคำรับรอง"
                + " ลายมือชื่อพยาน ตราประทับเวลา ตัวเลข และคำสั่งซ้ำ",
            english: "Only the \(count) new records: rules, signatures of certifications,"
                + " cosignatures, time-stamps, figures and repeated commands were NOT checked"
        )
    }

    private static func unsigned(_ file: String) -> Phrase {
        Phrase(
            thai: "\(file): ไม่มีกุญแจใดของบัญชีลงนามสิ่งที่ไฟล์นี้จดจำไว้: ไฟล์ถูกแก้ไข"
                + " หรือบัญชีเปลี่ยนกุญแจ ให้เทียบกับสำเนา ไม่ได้จดจำสิ่งใด",
            english: "\(file): no key of the log signed what it remembers: either the file was"
                + " altered or the log has other keys than then; compare it with a copy; nothing"
                + " was remembered"
        )
    }

    private static func phrase(_ change: CheckpointMemory.Change, _ file: String) -> Phrase {
        let from = change.from.map { "\($0)" } ?? "0"
        let to = change.to.map { "\($0)" } ?? "0"
        return switch change.kind {
        case .first:
            Phrase(
                thai: "\(file): จดจำจุดตรวจเป็นครั้งแรก \(to) ระเบียน",
                english: "\(file): first checkpoint remembered, \(to) records"
            )
        case .grown:
            Phrase(
                thai: "\(file): บัญชีเพิ่มจาก \(from) เป็น \(to) ระเบียน",
                english: "\(file): grown from \(from) to \(to) records"
            )
        case .unchanged:
            Phrase(
                thai: "\(file): ไม่มีจุดตรวจใหม่ (\(from) ระเบียน)",
                english: "\(file): no newer checkpoint than that of \(from) records"
            )
        case .rollback:
            Phrase(
                thai: "\(file): บัญชีถูกย้อนกลับ เคยมี \(from) ระเบียน",
                english: "\(file): ROLLBACK, the log had \(from) records; nothing was remembered"
            )
        case .fork:
            Phrase(
                thai: "\(file): บัญชีแตกเป็นสองประวัติ \(from) ระเบียนแรกเคยเป็นอย่างอื่น",
                english: "\(file): FORK, the first \(from) records were others; nothing was"
                    + " remembered"
            )
        case .otherLog:
            Phrase(
                thai: "\(file): เป็นของบัญชีอื่น จึงไม่จดจำสิ่งใด",
                english: "\(file): ANOTHER LOG, it is of one with another name; nothing was"
                    + " remembered"
            )
        case .notRemembered:
            Phrase(
                thai: "\(file): พบสิ่งผิดปกติ จึงไม่จดจำจุดตรวจใหม่",
                english: "\(file): there are findings, so nothing was remembered"
            )
        }
    }
}
