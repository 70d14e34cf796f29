import ArgumentParser
import CalendarProjection
import CertificationsProjection
import Console
import Cryptography
import Foundation
import LMDB
import Ledger
import LedgerReader
import LedgerWriter
import ProjectionCatalog
import ProjectionRuntime
import Survey
import TransparencyLog

/// The command `bmn status`.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "สถานะบัญชี · Sizes, positions, lag, deadlines and certifications.",
        usage: "bmn status LEDGER",
        discussion: """
            The positions are those found; then the projections are brought up to date to say \
            which deadlines are met, late, open or missed today.

            Example:
              bmn status L --json | jq .treeSize
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let note = try HeadFile.readSettled(directory)
        let signed = try SignedHeadFile.readIfPermitted(directory)
        let positions = try StatusReport.positions(directory)
        let models = try ReadModels(
            directory,
            asOf: nil,
            [CalendarReadModel(), CertificationReadModel()],
            output.language
        )
        let report = try StatusReport(directory, models, positions, note: note, signed: signed)
        let page = Page(output.language, asJSON: output.json)
        try output.json ? page.write(report.json) : report.write(page)
        try page.flush()
        // Said last, where it is seen, and by the exit status.
        if let error = report.health.cutBack { throw error }
    }
}

/// What is known of a ledger's state.
struct StatusReport {
    private let directory: LedgerDirectory
    private let head: LedgerHead
    private let created: LedgerCreated
    /// Of the key in force: record 0 names the first one only.
    private let vkey: String
    private let checkpoint: CheckpointSummary?
    private let files: [(name: String, byteCount: Int)]
    private let positions: [ProjectionPosition]
    private let cycles: [(cycle: String, deadlines: [DeadlineSummary])]
    private let certifications: [CertificationRow]
    /// Nil where the vault is not to be read.
    private let vault: VaultInspection?
    let health: StoreHealth

    /// Where the live database stands; empty when there is none.
    static func positions(_ directory: LedgerDirectory) throws -> [ProjectionPosition] {
        guard FileManager.default.fileExists(atPath: directory.surveyFile) else { return [] }
        let database = try SurveyDatabase(path: directory.surveyFile, use: .read)
        return try ProjectionRunner(ProjectionCatalog.all, database).positions()
    }

    init(
        _ directory: LedgerDirectory,
        _ models: borrowing ReadModels,
        _ positions: [ProjectionPosition],
        note: HeadFile?,
        signed: Checkpoint?
    ) throws {
        self.directory = directory
        self.positions = positions
        head = models.snapshot.head
        guard case .ledgerCreated(let created) = try models.snapshot.recordedEvent(0)?.event.kind
        else { throw LedgerError(.damaged, "record 0 does not create a ledger") }
        self.created = created
        vkey = try models.snapshot.logKeys().last?.vkey ?? created.logKey
        checkpoint = try CheckpointSummary(models.snapshot)
        health = try StoreHealth(
            note: note,
            signed: signed,
            models.snapshot,
            origin: created.origin
        )
        vault = VaultInspection(directory, origin: created.origin, models.snapshot)
        files = Self.files(directory)
        let today = models.day
        let calendars: [(cycle: String, entries: [CalendarEntry])]
        (calendars, certifications) = try models.read { db in
            let names = try CalendarReadModel.cycles(db).map(\.cycle)
            let calendars = try names.map { cycle in
                (cycle, try CalendarReadModel.entries(cycle: cycle, on: today, db))
            }
            let certifications = try names.flatMap { cycle in
                try CertificationReadModel.certifications(cycle: cycle, db).map(\.certification)
            }
            return (calendars, certifications)
        }
        var cycles: [(cycle: String, deadlines: [DeadlineSummary])] = []
        for (cycle, entries) in calendars {
            cycles.append((cycle, DeadlineSummary.of(try RecordedEntry.of(entries, models))))
        }
        self.cycles = cycles
    }

    private static func files(_ directory: LedgerDirectory) -> [(name: String, byteCount: Int)] {
        var files: [(name: String, byteCount: Int)] = []
        for path in [directory.ledgerFile, directory.vaultFile, directory.surveyFile] {
            let file = URL(filePath: path).resolvingSymlinksInPath().path
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: file),
                let size = attributes[.size] as? Int
            else { continue }
            files.append((name: (path as NSString).lastPathComponent, byteCount: size))
        }
        return files
    }

    private var hasVault: Bool { FileManager.default.fileExists(atPath: directory.vaultFile) }

    private var lastRecordedAt: String { head.lastRecordedAt?.text ?? "" }

    private func lag(_ position: ProjectionPosition) -> UInt64 {
        head.treeSize - min(head.treeSize, position.treeSize)
    }

    /// How many certifications stand, in which status; and how many no longer do.
    private var certificationCounts: [(String, Int)] {
        let standing = certifications.filter(\.isStanding)
        return [
            ("prepared", standing.count { $0.status == "prepared" }),
            ("issued", standing.count { $0.status == "issued" }),
            ("submitted", standing.count { $0.status == "submitted" }),
            (
                "superseded",
                certifications.count { $0.supersededAtIndex != nil && $0.withdrawnAtIndex == nil }
            ),
            ("withdrawn", certifications.count { $0.withdrawnAtIndex != nil }),
        ]
    }

    var json: JSON {
        [
            "origin": .string(created.origin),
            "vkey": .string(vkey),
            "formatVersion": .number(Int(created.formatVersion)),
            "treeSize": .unsigned(head.treeSize),
            "rootHash": .string(head.range.rootHash.hex),
            "lastRecordedAt": .string(lastRecordedAt),
            "checkpoint": checkpoint.map(\.json) ?? .null,
            "files": .object(files.map { ($0.name, .number($0.byteCount)) }),
            "vault": .bool(hasVault),
            "unfinishedErasures": vault.map { .number($0.unfinishedErasureCount) } ?? .null,
            "vaultLeftovers": .array((vault?.leftovers ?? []).map { .string($0) }),
            "slowReaders": .array(
                health.slowReaders.map {
                    [
                        "process": .number(Int($0.processID)),
                        "commitsBehind": .number($0.commitsBehind),
                    ]
                }
            ),
            "projections": .array(
                positions.map {
                    [
                        "name": .string($0.name), "position": .unsigned($0.treeSize),
                        "lag": .unsigned(lag($0)),
                    ]
                }
            ),
            "cycles": .array(
                cycles.map { cycle in
                    [
                        "cycle": .string(cycle.cycle),
                        "deadlines": .array(cycle.deadlines.map { .object($0.members) }),
                    ]
                }
            ),
            "certifications": .object(certificationCounts.map { ($0.0, .number($0.1)) }),
        ]
    }

    func write(_ page: Page) throws {
        var fields = FieldList()
        fields.append(page.choose("ชื่อต้นทาง", "origin"), created.origin)
        fields.append(page.choose("กุญแจของบัญชี", "vkey"), vkey)
        fields.append(page.choose("ระเบียน", "tree size"), "\(head.treeSize)")
        fields.append(page.choose("ราก", "root hash"), head.range.rootHash.hex)
        if let time = head.lastRecordedAt {
            fields.append(
                page.choose("ระเบียนล่าสุด", "last record"),
                page.language.text(unixMicroseconds: time.unixMicroseconds)
            )
        }
        fields.append(
            page.choose("จุดตรวจล่าสุด", "last checkpoint"),
            checkpoint?.text(page) ?? page.choose("ยังไม่มี", "none yet")
        )
        for file in files {
            let size = file.byteCount.grouped
            fields.append(file.name, page.choose("\(size) ไบต์", "\(size) bytes"))
        }
        for reader in health.slowReaders {
            let behind = reader.commitsBehind.grouped
            fields.append(
                page.choose("ผู้อ่านค้าง", "slow reader"),
                page.choose(
                    "โพรเซส \(reader.processID) ตามหลัง \(behind) ครั้ง",
                    "process \(reader.processID), \(behind) commits behind"
                )
            )
        }
        fields.append(page.choose("คลังกุญแจ", "vault"), page.yesNo(hasVault))
        if hasVault {
            fields.append(
                page.choose("การลบที่ยังไม่เสร็จ", "erasures not carried out"),
                vault.map { "\($0.unfinishedErasureCount)" }
                    ?? page.choose("ไม่ทราบ: อ่านคลังกุญแจไม่ได้", "unknown: the vault cannot be read")
            )
        }
        for file in vault?.leftovers ?? [] {
            fields.append(page.choose("ค้างจากการเขียนคลังกุญแจใหม่", "left by a rewriting"), file)
        }
        fields.append(
            page.choose("การรับรอง", "certifications"),
            certificationCounts.map { "\(page.word($0.0)) \($0.1)" }.joined(separator: ", ")
        )
        try page.write(fields)
        var table = Table([
            .init(page.choose("ตาราง", "projection")),
            .init(page.choose("ถึงระเบียน", "position"), isNumeric: true),
            .init(page.choose("ตามหลัง", "lag"), isNumeric: true),
        ])
        for position in positions {
            table.append([position.name, "\(position.treeSize)", "\(lag(position))"])
        }
        if !positions.isEmpty { try page.write(table) }
        for cycle in cycles { try page.write(DeadlineSummary.table(cycle.deadlines, page)) }
    }
}
