import ArgumentParser
import CertificationsProjection
import Console
import LedgerReader
import ProjectionRuntime
import Survey

/// The command `bmn diff`.
struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "สิ่งที่เปลี่ยน · What changed between two tree sizes or days.",
        usage: "bmn diff LEDGER --from N|DATE [--to N|DATE] [--by LEVEL]",
        discussion: """
            Says what the records from one point to the other changed: households and their fields, \
            the figures of areas, appointments and certifications, also those that ceased to stand \
            because their data changed. A tree size means the records below it; a day those recorded on it and before, so --from and --to one day apart show \
            what one day recorded. Without --to it is up to now. It reads the records after the \
            first point and no personal data; bmn history says who changed a household, and why.

            Examples:
              bmn diff L --from 10
              bmn diff L --from 2018-02-15 --to 2018-02-16 --by lao
              bmn diff L --from 10 --json | jq .households
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Option(help: "ตั้งแต่ขนาดหรือวันที่บันทึก · From a tree size or a day of recording.")
    var from: PointInTime

    @Option(help: "ถึงขนาดหรือวันที่บันทึก · To another (default: now).")
    var to: PointInTime?

    @Option(
        help: "ตัวเลขแยกตาม · Figures by province, district, tambon, village or lao.",
        completion: .list(AreaLevel.allCases.map(\.rawValue))
    )
    var by = AreaLevel.district

    @OptionGroup var output: OutputOptions

    enum AreaLevel: String, CaseIterable, ExpressibleByArgument {
        case province, district, tambon, village, lao

        var level: Area.Level {
            switch self {
            case .province: .province
            case .district: .district
            case .tambon: .tambon
            case .village: .village
            case .lao: .lao
            }
        }
    }

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        // Which record superseded a certification is what the read models of now know of any past.
        let models = try ReadModels(
            directory,
            asOf: nil,
            [CertificationReadModel()],
            output.language
        )
        let start = try models.snapshot.treeSize(asOf: from.asOf)
        let end = try to.map { try models.snapshot.treeSize(asOf: $0.asOf) } ?? models.treeSize
        guard start <= end else {
            throw ValidationError("--from is after --to: exchange them.")
        }
        let bar = ReplayProgress.bar(models.treeSize - start, output.language)
        let difference = try LedgerDifference(start..<end, models.snapshot) { done, total in
            bar?.update(Int(done * 1000 / max(1, total)))
        }
        bar?.finish()
        let certifications = CertificationChange.all(
            difference,
            supersededAt: try models.supersededCertifications()
        )
        let page = Page(output.language, asJSON: output.json)
        try page.difference(difference, certifications, by: by.level)
        try page.flush()
    }
}
