import ArgumentParser
import Console
import Foundation
import LedgerAudit
import LedgerReader
import ProjectionRuntime
import Survey

struct Recompute: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "คำนวณตัวเลข ณ ขนาดใดก็ได้ · Figures and digests at any tree size, from the records.",
        usage: "bmn-audit recompute LEDGER [AREA] [--cycle 2561] [--as-of N|DATE] [--projections]",
        discussion: """
            อ่านระเบียนทั้งหมดที่ต่ำกว่าขนาดนั้น แล้วคำนวณค่าราก ตัวเลขของพื้นที่ และค่าย่อยของตาราง
            Reads the records below that tree size and nothing that was derived from them: the root
            hash; with AREA its figures in the form that a certification states (their SHA-256 is the
            figures digest); with --projections what every read model comes to (bmn replay --as-of
            prints the same). It judges nothing: bmn-audit verify does.

            Examples:
              bmn-audit recompute D
              bmn-audit recompute D 3801 --cycle 2561
              bmn-audit recompute D --as-of 20 --projections --json

            Exit codes: 0 done, 2 wrong usage, 3 could not be read, or there is no such area, cycle
            or size.
            """
    )

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger directory.", completion: .directory)
    var ledger: String

    @Argument(help: "รหัสพื้นที่ · The code of an area.")
    var area: String?

    @Option(help: "รอบปี · The cycle (default: the latest that is defined).")
    var cycle: String?

    @Option(help: "ณ ขนาดหรือวันที่บันทึก · As of a tree size or a day of recording.")
    var asOf: String?

    @Flag(help: "ค่าย่อยของตาราง · Also the digests of all read models.")
    var projections = false

    @Flag(help: "ผลเป็น JSON · One JSON object instead of text.")
    var json = false

    @OptionGroup var options: EvidenceOptions

    func validate() throws {
        guard asOf == nil || point != nil else {
            throw ValidationError("--as-of takes a tree size or a day.")
        }
        guard cycle == nil || area != nil else {
            throw ValidationError("--cycle is about the figures of an AREA: name one.")
        }
    }

    private var point: AsOf? {
        guard let asOf else { return nil }
        if asOf.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return UInt64(asOf).map { .treeSize($0) }
        }
        return (try? ThaiDate.parse(asOf)).map { .day($0) }
    }

    func run() throws {
        try options.run {
            let watched = Watched(
                language: options.language,
                ledger: LedgerDirectory(ledger),
                label: Phrase(thai: "คำนวณ", english: "recomputing")
            )
            let text = try watched.output { snapshot in
                if case .treeSize(let size) = point, size > snapshot.treeSize {
                    throw Failure(
                        "treeSizeBeyondLedger",
                        thai: "บัญชีมี \(snapshot.treeSize) ระเบียน น้อยกว่าที่ --as-of ระบุ",
                        english:
                            "The ledger has \(snapshot.treeSize) records: give --as-of no more.",
                        exitStatus: ExitStatus.unreadable
                    )
                }
                let treeSize = try point.map { try snapshot.treeSize(asOf: $0) }
                var result = try Recomputation(
                    snapshot,
                    treeSize: treeSize ?? snapshot.treeSize
                ) { Supervisor.report($0, of: $1) }
                if projections {
                    try result.addProjections(snapshot) { Supervisor.report($0, of: $1) }
                }
                let figures = try area.map { try result.figures(area: $0, cycle: cycle) }
                let text =
                    json ? result.json(figures).text + "\n" : result.text(figures)
                return Array(text.utf8)
            }
            try EvidenceOptions.write(text, to: nil)
            return .verified
        }
    }
}
