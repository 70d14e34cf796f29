import ArgumentParser
import Console
import Foundation
import Ledger
import LedgerReader
import LedgerWriter
import Service
import Survey

/// The command `bmn erase`.
struct Erase: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "ลบข้อมูลบุคคล · Destroy the key of a household's or person's personal data.",
        usage: """
            bmn erase LEDGER household ID --reason TEXT [--cycle 2561 | --all-cycles] [--ground GROUND]
            bmn erase LEDGER person ID --reason TEXT [--ground GROUND]
            """,
        discussion: """
            Names, citizen ids, addresses and all else that was sealed can be read by nobody any \
            more. The records, answers, ages, figures, certifications and every proof stay as they \
            are, and the ledger tells who erased, when and why. It cannot be undone. The reason is \
            for everybody to read: name nobody in it. What objections and defects say of a \
            household is not sealed and stays, too: their records are named.

            A household is recorded anew in each cycle, under a key of its own. One cycle is erased, \
            and the others that still hold it are named, each with its command; --all-cycles \
            erases every one.

            Copies of vault.mdb made elsewhere still hold the key: erase or replace them by hand.

            GROUND is request_of_subject, retention_over, collected_wrongly, order_of_authority \
            or other (the default).

            Example:
              bmn erase L household 38010101-0001 --yes --user admin-1 \\
                --ground request_of_subject --reason "ผู้ให้ข้อมูลขอให้ลบ" --document "บก 0019/12"
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

    @Option(help: "เหตุผล · Why, for everybody to read.")
    var reason: String

    @Option(
        help: "ฐาน · The ground, see above.",
        completion: .list(Erasure.Ground.all.map(\.word))
    )
    var ground = "other"

    @Option(help: "รอบปี · The household's cycle (default: the latest with data).")
    var cycle: String?

    @Flag(help: "ทุกรอบปี · The household in every cycle that holds it.")
    var allCycles = false

    @Option(help: "เลขที่เอกสาร · The number of the request or order.")
    var document: String?

    @Flag(help: "ไม่ต้องถาม · Do not ask at the terminal first.")
    var yes = false

    @OptionGroup var actor: ActorOptions

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, rest) = try ledger.resolve(
            [directory, kind, id].compactMap(\.self),
            restCount: 2
        )
        guard let ground = Erasure.Ground.all.first(where: { $0.word == ground }) else {
            let known = Erasure.Ground.all.map(\.word).joined(separator: ", ")
            throw ValidationError("\"\(self.ground)\" is none of \(known).")
        }
        let writer = try Composition.writer(directory)
        let subjects = try subjects(kind: rest[0], id: rest[1], writer)
        let others = try subjects.flatMap { try self.others(than: $0, writer) }
        tell(others, rest[1], directory)
        let mentions = try subjects.flatMap { try self.mentions(of: $0, writer) }
        tell(mentions)
        if !yes { try confirm(subjects) }
        let results = Output()
        for subject in subjects {
            let outcomes = try writer.append([try writer.prepare(command(subject, ground)).get()])
            switch outcomes[0] {
            case .success(let receipt):
                try report(receipt, subject, others, mentions, writer, results)
            case .failure(let rejection):
                // Recorded before, and more to the point than that it was.
                if rejection.code == .personalDataErased { try writer.requireErasuresDone() }
                throw rejection
            }
        }
        // Where nobody ever served the ledger there are none.
        if InputFile.exists(Composition.draftsFile(directory)) {
            try Composition.drafts(directory, writer.vault)
                .carryOutErasures(of: writer.reader, now: Composition.now())
        }
        try writer.requireErasuresDone()
    }

    func validate() throws {
        guard allCycles else { return }
        if cycle != nil { throw ValidationError("Give --cycle or --all-cycles, not both.") }
        if ![kind, directory].contains(Subject.Kind.household.rawValue) {
            throw ValidationError("--all-cycles goes with household.")
        }
    }

    private func subjects(kind: String, id: String, _ writer: LedgerWriter) throws -> [Subject] {
        let snapshot = try writer.reader.snapshot()
        let subject = try Subject(kind: kind, id: id, cycle: try snapshot.cycle(cycle))
        guard allCycles else { return [subject] }
        let cycles = try snapshot.cycles(ofHousehold: id, isHeld: true)
        guard !cycles.isEmpty else { throw Rejection(.personalDataMissing, id) }
        return cycles.map { .household(cycle: $0, id: id) }
    }

    /// The other cycles that hold the household, where those are not to be erased anyway.
    private func others(than subject: Subject, _ writer: LedgerWriter) throws -> [String] {
        guard !allCycles, let cycle = subject.cycle else { return [] }
        return try writer.reader.snapshot().cycles(ofHousehold: subject.id, isHeld: true)
            .filter { $0 != cycle }
    }

    private func command(_ subject: Subject, _ ground: Erasure.Ground) -> Command {
        var erasure = Erasure()
        switch subject {
        case .household(let cycle, let id): (erasure.cycle, erasure.household) = (cycle, id)
        case .person(let id): erasure.person = id
        }
        (erasure.ground, erasure.reason) = (ground, reason)
        erasure.documentNumber = document ?? ""
        var command = Command()
        command.id = Composition.newCommandID().text
        command.actor = actor.actor
        command.kind = .erasePersonalData(erasure)
        return command
    }

    /// Before anything else: whoever erases one cycle must not believe that it was all.
    private func tell(_ others: [String], _ household: String, _ directory: LedgerDirectory) {
        guard !others.isEmpty else { return }
        let head = Phrase(
            thai: "ยังมีข้อมูลของครัวเรือนนี้ในรอบปีอื่น: \(others.joined(separator: ", "))",
            english: "Other cycles hold this household, too: \(others.joined(separator: ", "))"
        )
        Notice.line(head.text(output.language))
        for cycle in others {
            var words = ["bmn", "erase", directory.path, "household", household]
            words += ["--cycle", cycle, "--ground", ground, "--reason", reason]
            if let document { words += ["--document", document] }
            Notice.line("  " + words.map(Self.quoted).joined(separator: " "))
        }
    }

    /// What others said of a household, in objections and defects, is theirs and stays.
    private func mentions(of subject: Subject, _ writer: LedgerWriter) throws -> [UInt64] {
        guard let cycle = subject.cycle else { return [] }
        return try writer.reader.snapshot()
            .mentions(ofHousehold: subject.id, cycle: cycle, output.language)
            .map(\.envelope.index)
    }

    private func tell(_ mentions: [UInt64]) {
        guard !mentions.isEmpty else { return }
        let indexes = mentions.map(String.init).joined(separator: ", ")
        let phrase = Phrase(
            thai: "ข้อความเปิดเผยในข้อคัดค้านหรือข้อบกพร่องที่ระบุครัวเรือนนี้จะยังอ่านได้"
                + " (ระเบียนที่ \(indexes)): โปรดตรวจว่ามีข้อมูลบุคคลหรือไม่",
            english: "Objections or defects that name the household stay readable"
                + " (records \(indexes)): look whether their texts tell of persons."
        )
        Notice.line(phrase.text(output.language))
    }

    /// As a shell reads it as one word.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            UInt8(ascii: "+")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "_")
                || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        }
        return isPlain && !word.isEmpty
            ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }

    /// Asks whoever sits at a terminal; a script has nobody to ask and means what it says.
    private func confirm(_ subjects: [Subject]) throws {
        guard isatty(STDIN_FILENO) == 1, let subject = subjects.first else { return }
        let thai = subjects.map(\.name.thai).joined(separator: ", ")
        let english = subjects.map(\.name.english).joined(separator: ", ")
        let question = Phrase(
            thai: "จะลบข้อมูลบุคคลของ\(thai) อย่างถาวร พิมพ์ \(subject.id) เพื่อยืนยัน: ",
            english: "The personal data of \(english) is erased for ever. Type"
                + " \(subject.id) to confirm: "
        )
        Notice.write(question.text(output.language))
        guard readLine() == subject.id else {
            throw Failure(
                "cancelled",
                thai: "ยกเลิกแล้ว ไม่มีอะไรถูกลบ",
                english: "Cancelled; nothing was erased.",
                exit: .wrongUsage
            )
        }
    }

    private func report(
        _ receipt: Receipt,
        _ subject: Subject,
        _ others: [String],
        _ mentions: [UInt64],
        _ writer: LedgerWriter,
        _ results: Output
    ) throws {
        guard !output.json else {
            try results.write(receipt.json(alsoHeldIn: others, namedBy: mentions))
            return try results.flush()
        }
        let isDone = writer.unfinishedErasure == nil
        let place = "\(receipt.index), \(receipt.leafHashHex)"
        let done = Phrase(
            thai: "ลบข้อมูลบุคคลของ\(subject.name.thai) แล้ว ระเบียนที่ \(place)",
            english: "Erased the personal data of \(subject.name.english): record \(place)"
        )
        let recorded = Phrase(
            thai: "บันทึกการลบข้อมูลบุคคลของ\(subject.name.thai) แล้ว ระเบียนที่ \(place)",
            english: "Recorded the erasure of \(subject.name.english): record \(place)"
        )
        try results.write((isDone ? done : recorded).text(output.language) + "\n")
        try results.flush()
        guard isDone else { return }
        let remains = Phrase(
            thai: "คำตอบ อายุ ตัวเลข การรับรอง และหลักฐานยังอยู่ครบ"
                + " สำเนา vault.mdb ที่อื่นยังมีกุญแจ: ต้องลบหรือแทนที่เอง",
            english: "Answers, ages, figures, certifications and proofs stay. Copies of"
                + " vault.mdb made elsewhere still hold the key: erase or replace them by hand."
        )
        Notice.line(remains.text(output.language))
    }
}

extension Receipt {
    fileprivate func json(alsoHeldIn cycles: [String], namedBy records: [UInt64]) -> JSON {
        guard case .object(var members) = json else { return json }
        if !cycles.isEmpty {
            members.append(("alsoHeldIn", .array(cycles.map { .string($0) })))
        }
        if !records.isEmpty {
            members.append(("namedBy", .array(records.map { .unsigned($0) })))
        }
        return .object(members)
    }
}
