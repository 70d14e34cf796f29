import ArgumentParser
import Console
import Cryptography
import Foundation
import LedgerReader
import PostgreSQL
import PostgreSQLSink
import ProjectionCatalog
import ProjectionRuntime
import Survey

/// The command `bmn projections`.
struct ProjectionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "projections",
        abstract: "สถานะตารางสรุป · Version, position, lag and digest of each projection.",
        usage: "bmn projections LEDGER [--digests] [--into URL]",
        discussion: """
            Changes nothing. The lag is in records. A version other than the program's is rebuilt \
            by the next command that reads it. --digests reads every row. With --into the rows \
            that a PostgreSQL database has of this ledger are set beside; with both, the exit \
            status is 1 where digests of one version at one position differ.

            Example:
              bmn projections L --digests
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Flag(help: "ค่าย่อย · Digests too, which reads every row.")
    var digests = false

    @Option(help: "ฐานข้อมูลอื่น · A PostgreSQL database to set beside (postgresql://…).")
    var into: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let snapshot = try Composition.reader(directory).snapshot()
        let copies = try Copies(
            directory,
            origin: try snapshot.origin(),
            url: into,
            withDigests: digests
        )
        let lines = ProjectionCatalog.all.map { projection in
            ProjectionLine(
                name: projection.name,
                version: projection.version,
                treeSize: snapshot.treeSize,
                live: copies.live[projection.name],
                sink: copies.sink[projection.name]
            )
        }
        let page = Page(output.language, asJSON: output.json)
        if page.asJSON {
            for line in lines { try page.write(line.json) }
        } else {
            try page.projections(lines, withDigests: digests, withSink: into != nil)
        }
        try page.flush()
        guard lines.allSatisfy(\.isConsistent) else {
            throw Failure(
                "digestsDiffer",
                thai: "ค่าย่อยของ survey.sqlite กับ PostgreSQL ต่างกันที่ตำแหน่งเดียวกัน:"
                    + " ใช้ bmn replay ทั้งสองที่",
                english: "The digests of survey.sqlite and PostgreSQL differ at one position:"
                    + " bmn replay tells which of them the records give.",
                exit: .refused
            )
        }
    }
}

/// A projection's rows somewhere: where they stand, and what they come to.
private struct ProjectionCopy {
    let version: Int
    let treeSize: UInt64
    let digest: ProjectionDigest?

    func json(_ treeSize: UInt64) -> JSON {
        [
            "version": .number(version),
            "position": .unsigned(self.treeSize),
            "lag": .unsigned(treeSize - min(treeSize, self.treeSize)),
            "digest": digest.map { .string($0.digest.hex) } ?? .null,
        ]
    }
}

/// The copies of all projections by their names.
private struct Copies {
    private(set) var live: [String: ProjectionCopy] = [:]
    private(set) var sink: [String: ProjectionCopy] = [:]

    init(
        _ directory: LedgerDirectory,
        origin: String,
        url: String?,
        withDigests: Bool
    ) throws {
        if FileManager.default.fileExists(atPath: directory.surveyFile) {
            let database = try SurveyDatabase(path: directory.surveyFile, use: .read)
            let positions = try ProjectionRunner(ProjectionCatalog.all, database).positions()
            // Of another version there may be other tables.
            let known = ProjectionCatalog.all.filter { projection in
                positions.contains {
                    $0.name == projection.name && $0.version == projection.version
                }
            }
            let digests = try withDigests ? ProjectionRunner(known, database).digests() : []
            live = Self.copies(positions, digests)
        }
        guard let url else { return }
        let reader = SinkReader(try Connection(url: url))
        let digests = try withDigests ? reader.digests(of: origin, ProjectionCatalog.all) : []
        sink = Self.copies(try reader.positions(of: origin), digests)
    }

    private static func copies(
        _ positions: [ProjectionPosition],
        _ digests: [ProjectionDigest]
    ) -> [String: ProjectionCopy] {
        Dictionary(
            positions.map { position in
                (
                    position.name,
                    ProjectionCopy(
                        version: position.version,
                        treeSize: position.treeSize,
                        digest: digests.first {
                            $0.name == position.name && $0.treeSize == position.treeSize
                        }
                    )
                )
            }
        ) { first, _ in first }
    }
}

/// One projection as the program has it, and its copies.
private struct ProjectionLine {
    let name: String
    let version: Int
    let treeSize: UInt64
    let live: ProjectionCopy?
    let sink: ProjectionCopy?

    /// False where both copies speak of the same records and say different things.
    var isConsistent: Bool {
        guard let live = live?.digest, let sink = sink?.digest, live.treeSize == sink.treeSize
        else { return true }
        return live == sink
    }

    var json: JSON {
        [
            "name": .string(name),
            "version": .number(version),
            "live": live?.json(treeSize) ?? .null,
            "postgresql": sink?.json(treeSize) ?? .null,
        ]
    }
}

extension Page {
    fileprivate func projections(
        _ lines: [ProjectionLine],
        withDigests: Bool,
        withSink: Bool
    ) throws {
        func columns(_ suffix: String) -> [Table.Column] {
            [
                .init(choose("รุ่น", "version") + suffix, isNumeric: true),
                .init(choose("ถึงระเบียน", "position") + suffix, isNumeric: true),
                .init(choose("ตามหลัง", "lag") + suffix, isNumeric: true),
            ] + (withDigests ? [.init(choose("ค่าย่อย", "digest") + suffix)] : [])
        }
        func cells(_ copy: ProjectionCopy?, _ treeSize: UInt64) -> [String] {
            guard let copy else { return withDigests ? ["-", "-", "-", "-"] : ["-", "-", "-"] }
            let lag = treeSize - min(treeSize, copy.treeSize)
            return ["\(copy.version)", "\(copy.treeSize)", "\(lag)"]
                + (withDigests ? [copy.digest?.digest.hex ?? "-"] : [])
        }
        var table = Table(
            [
                .init(choose("ตาราง", "projection")),
                .init(choose("รุ่นของโปรแกรม", "program's version"), isNumeric: true),
            ] + columns("") + (withSink ? columns(" (PostgreSQL)") : [])
        )
        for line in lines {
            table.append(
                [line.name, "\(line.version)"] + cells(line.live, line.treeSize)
                    + (withSink ? cells(line.sink, line.treeSize) : [])
            )
        }
        try write(table)
    }
}
