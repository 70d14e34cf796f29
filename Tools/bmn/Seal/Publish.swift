import ArgumentParser
import Console
import Cryptography
import LedgerAudit
import LedgerReader
import Survey
import TransparencyLog

/// The command `bmn publish`.
struct Publish: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "เผยแพร่บัญชี · Write the log as static files for any web server.",
        usage: "bmn publish LEDGER DIR",
        discussion: """
            เขียนระเบียนทั้งหมดถึงหัวบัญชีที่ลงนามล่าสุดเป็นไฟล์ (C2SP tlog-tiles) ใครก็ตรวจได้ด้วย \
            bmn-audit verify DIR ข้อมูลส่วนบุคคลถูกปิดผนึกไว้ในระเบียน ไฟล์จึงเปิดเผยได้ \
            คำสั่งนี้ไม่ลงนามเอง

            Writes the records up to the latest signed checkpoint as files (C2SP tlog-tiles), which \
            anybody can verify with bmn-audit verify DIR. It signs nothing itself: run bmn \
            checkpoint before. Personal data is sealed inside the records, so the files are made \
            readable for everybody (0644).

            Run it as often as you like: only what grew is written, and the checkpoint last. Killed \
            at any point, the next run completes it. A directory that shows another history is \
            refused (publishedFork). PUBLISHED.md says how to serve it.

            Example:
              bmn checkpoint L > checkpoint.txt && bmn publish L public
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Argument(help: "ไดเรกทอรีที่เผยแพร่ · Where the files go.", completion: .directory)
    var destination: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, rest) = try ledger.resolve(
            [directory, destination].compactMap(\.self),
            restCount: 1
        )
        let ledger = try Composition.reader(directory)
        let label = output.language == .thai ? "เผยแพร่" : "publishing"
        var bar: ProgressBar?
        defer { bar?.finish() }
        do {
            let report = try TilePublisher(PublishedLog(rest[0])).publish(ledger) { done, total in
                bar = bar ?? ProgressBar(label, total: Int(clamping: total))
                bar?.update(Int(clamping: done))
            }
            bar?.finish()
            try write(report)
        } catch let error as PublishError {
            throw Failure(error)
        }
    }

    private func write(_ report: PublishReport) throws {
        let head = report.checkpoint.treeHead
        let results = Output()
        if output.json {
            try results.write([
                "origin": .string(report.checkpoint.origin),
                "size": .unsigned(head.treeSize),
                "root": .string(head.rootHash.hex),
                "files": .number(report.fileCount),
                "bytes": .number(report.byteCount),
            ])
        } else {
            let (size, files) = (head.treeSize.grouped, report.fileCount.grouped)
            let bytes = report.byteCount.grouped
            let phrase = Phrase(
                thai: "เผยแพร่แล้ว \(size) ระเบียน ราก \(head.rootHash.hex)"
                    + " (เขียน \(files) ไฟล์ \(bytes) ไบต์)",
                english: "Published \(size) records, root \(head.rootHash.hex)"
                    + " (wrote \(files) files, \(bytes) bytes)"
            )
            try results.write(phrase.text(output.language) + "\n")
        }
        try results.flush()
    }
}

extension Failure {
    fileprivate init(_ error: PublishError) {
        let (thai, status): (String, ExitStatus) =
            switch error.code {
            case .noCheckpoint: ("ยังไม่มีหัวบัญชีที่ลงนาม: ใช้ bmn checkpoint ก่อน", .ledgerFailed)
            case .publishedFork: ("ที่เผยแพร่ไว้ไม่ใช่ประวัติเดียวกับบัญชีนี้", .ledgerFailed)
            case .publishedDamaged: ("ไฟล์ checkpoint ที่เผยแพร่ไว้เสียหาย", .badInput)
            case .publishBusy: ("มีโพรเซสอื่นกำลังเผยแพร่อยู่: ลองใหม่ภายหลัง", .outputFailed)
            case .fileUnwritable: ("เขียนไฟล์ไม่ได้", .outputFailed)
            case .diskFull: ("เนื้อที่ดิสก์เต็ม", .outputFailed)
            }
        self.init(
            error.code.rawValue,
            thai: "\(thai) (\(error.reason))",
            english: "\(error.reason).",
            exit: status
        )
    }
}
