import ArgumentParser
import Console
import Foundation
import Ledger
import LedgerReader
import Survey

/// The command `bmn export`.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "สำเนาข้อมูลของเจ้าของข้อมูล · All that is held on a household or person.",
        usage: """
            bmn export LEDGER household ID -o FILE [--cycle 2561] [--lang th|en]
            bmn export LEDGER person ID -o FILE [--lang th|en]
            """,
        discussion: """
            For whoever asks what is known of them (PDPA, section 30): every record of the \
            household or person with its personal data opened, who acted when and in what \
            capacity, the certifications that count the household or that the person signed, all \
            other records that name the person, and what was erased. Of a household that the person \
            collected or recorded it tells the act and not the household's data, which is others'. \
            Other cycles that have the household are named: each is exported by itself. Writes a new file for its owner \
            alone (0600), in JSON; with --lang a text for people. The personal data goes nowhere \
            else.

            Examples:
              bmn export L household 38010101-0001 -o household.export.json
              bmn export L person chair-380151 -o person.txt --lang th
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Argument(
        help: "ชนิด · household or person.",
        completion: .list(Subject.Kind.allCases.map(\.rawValue))
    )
    var kind: String?

    @Argument(help: "รหัส · Its id.")
    var id: String?

    @Option(name: [.customShort("o"), .customLong("output")], help: "ไฟล์ใหม่ · The new file.")
    var file: String

    @Option(help: "รอบปี · The household's cycle (default: the latest with data).")
    var cycle: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, rest) = try ledger.resolve(
            [directory, kind, id].compactMap(\.self),
            restCount: 2
        )
        let snapshot = try Composition.reader(directory).snapshot()
        let subject = try Subject(kind: rest[0], id: rest[1], cycle: try snapshot.cycle(cycle))
        let held = try SubjectData(
            subject,
            snapshot,
            names: try Names(directory, snapshot),
            output.language
        )
        // Whoever names a language wants to read it.
        let isForPeople = output.lang != nil && !output.json
        var bytes: [UInt8] = []
        if isForPeople {
            bytes = Array(SubjectText(output.language).text(held).utf8)
        } else {
            held.json.append(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        try Files.create(file, bytes, mode: 0o600)
        let results = Output()
        if output.json {
            try results.write([
                "file": .string(file), "records": .number(held.records.count),
                "alsoRecordedIn": .array(held.otherCycles.map { .string($0) }),
            ])
        } else {
            try results.write(file + "\n")
        }
        try results.flush()
        tell(held.otherCycles, subject, directory)
    }

    private func tell(_ others: [String], _ subject: Subject, _ directory: LedgerDirectory) {
        guard !others.isEmpty, !output.json else { return }
        let head = Phrase(
            thai: "ยังมีครัวเรือนนี้ในรอบปีอื่น: \(others.joined(separator: ", "))",
            english: "Other cycles have this household, too: \(others.joined(separator: ", "))"
        )
        Notice.line(head.text(output.language))
        for cycle in others {
            Notice.line(
                "  bmn export \(directory.path) household \(subject.id) --cycle \(cycle) -o …"
            )
        }
    }
}
