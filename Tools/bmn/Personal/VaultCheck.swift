import ArgumentParser
import Console
import LedgerReader
import Survey

/// The command `bmn vault check`.
struct VaultCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "ตรวจคำตอบที่ปิดผนึก · Derive again from sealed answers what is recorded.",
        usage: "bmn vault check LEDGER [--cycle 2561]",
        discussion: """
            Opens the answers of every household that gave some, derives ages, indicators and \
            warnings from them again, and compares these with the record. bmn-audit cannot: it \
            works without the vault. Corrections are checked like first records. What was erased \
            is counted and not checked. No answer is shown.

            Exit status: 0 when all agrees; 1 with findings.

            Example:
              bmn vault check L
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Option(help: "รอบปี · One cycle alone (default: all).")
    var cycle: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let snapshot = try Composition.reader(directory).snapshot()
        if let cycle { _ = try snapshot.form(ofCycle: cycle) }
        var check = AnswerCheck(try Names(directory, snapshot))
        let bar = ProgressBar(
            Phrase(thai: "ตรวจคำตอบ", english: "deriving").text(output.language),
            total: Int(snapshot.treeSize)
        )
        try check.run(snapshot, cycle: cycle) { bar?.update(Int($0)) }
        bar?.finish()
        let results = Output()
        if output.json {
            try results.write(Self.json(check))
        } else {
            try results.write(Self.text(check, output.language))
        }
        try results.flush()
        if !check.findings.isEmpty { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    private static func json(_ check: AnswerCheck) -> JSON {
        [
            "ok": .bool(check.findings.isEmpty),
            "checked": .number(check.checkedCount),
            "erased": .number(check.erasedCount),
            "findings": .array(
                check.findings.map { finding in
                    [
                        "index": .unsigned(finding.index),
                        "cycle": .string(finding.cycle),
                        "household": .string(finding.household),
                        "field": .string(finding.field),
                        "recorded": .string(finding.recorded),
                        "derived": .string(finding.derived),
                    ]
                }
            ),
        ]
    }

    private static func text(_ check: AnswerCheck, _ language: Language) -> String {
        let lines = check.findings.map { finding in
            Phrase(
                thai:
                    "ระเบียน \(finding.index) ครัวเรือน \(finding.household) รอบปี \(finding.cycle): ",
                english: "record \(finding.index), household \(finding.household) of cycle"
                    + " \(finding.cycle): "
            )
            .text(language) + difference(finding).text(language) + "\n"
        }
        let (checked, erased) = (check.checkedCount, check.erasedCount)
        let summary = Phrase(
            thai: "ตรวจคำตอบ \(checked) ระเบียน ลบแล้ว \(erased) ระเบียน พบข้อผิดพลาด \(lines.count) ข้อ",
            english: "\(checked) records with answers checked, \(erased) erased,"
                + " \(lines.count) findings"
        )
        return lines.joined() + summary.text(language) + "\n"
    }

    private static func difference(_ finding: AnswerCheck.Finding) -> Phrase {
        switch finding.field {
        case "personal":
            Phrase(
                thai: "ข้อมูลที่ปิดผนึกเปิดไม่ได้ด้วยกุญแจของครัวเรือน",
                english: "what is sealed does not open with the household's key"
            )
        case "answers":
            Phrase(
                thai: "คำตอบที่ปิดผนึกไม่มี ไม่ครบ หรือไม่ตรงแบบสอบถาม",
                english: "the sealed answers are none, are not complete or do not fit the form"
            )
        default:
            Phrase(
                thai: "\(finding.field) บันทึกไว้ \(finding.recorded) แต่คำตอบให้ \(finding.derived)",
                english: "\(finding.field) is recorded as \(finding.recorded), the answers give"
                    + " \(finding.derived)"
            )
        }
    }
}
