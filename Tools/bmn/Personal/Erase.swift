import ArgumentParser
import Console
import Foundation
import Ledger
import LedgerReader
import LedgerWriter
import Survey

/// The command `bmn erase`.
struct Erase: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "ลบข้อมูลบุคคล · Destroy the key of a household's or person's personal data.",
        usage: """
            bmn erase LEDGER household ID --reason TEXT [--cycle 2561] [--ground GROUND]
            bmn erase LEDGER person ID --reason TEXT [--ground GROUND]
            """,
        discussion: """
            Names, citizen ids, addresses and all else that was sealed can be read by nobody any \
            more. The records, answers, ages, figures, certifications and every proof stay as they \
            are, and the ledger tells who erased, when and why. It cannot be undone. The reason is \
            for everybody to read: name nobody in it.

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
        let snapshot = try writer.reader.snapshot()
        let subject = try Subject(kind: rest[0], id: rest[1], cycle: try snapshot.cycle(cycle))
        if !yes { try confirm(subject) }
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
        let outcomes = try writer.append([try writer.prepare(command).get()])
        try report(try outcomes[0].get(), subject)
    }

    /// Asks whoever sits at a terminal; a script has nobody to ask and means what it says.
    private func confirm(_ subject: Subject) throws {
        guard isatty(STDIN_FILENO) == 1 else { return }
        let question = Phrase(
            thai: "จะลบข้อมูลบุคคลของ\(subject.name.thai) อย่างถาวร พิมพ์ \(subject.id) เพื่อยืนยัน: ",
            english: "The personal data of \(subject.name.english) is erased for ever. Type"
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

    private func report(_ receipt: Receipt, _ subject: Subject) throws {
        let results = Output()
        if output.json {
            try results.write(receipt.json)
        } else {
            let phrase = Phrase(
                thai: "ลบข้อมูลบุคคลของ\(subject.name.thai) แล้ว ระเบียนที่ \(receipt.index)"
                    + " \(receipt.leafHashHex)",
                english: "Erased the personal data of \(subject.name.english): record"
                    + " \(receipt.index), \(receipt.leafHashHex)"
            )
            try results.write(phrase.text(output.language) + "\n")
            let remains = Phrase(
                thai: "คำตอบ อายุ ตัวเลข การรับรอง และหลักฐานยังอยู่ครบ"
                    + " สำเนา vault.mdb ที่อื่นยังมีกุญแจ: ต้องลบหรือแทนที่เอง",
                english: "Answers, ages, figures, certifications and proofs stay. Copies of"
                    + " vault.mdb made elsewhere still hold the key: erase or replace them by hand."
            )
            Notice.line(remains.text(output.language))
        }
        try results.flush()
    }
}
