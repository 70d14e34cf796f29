import ArgumentParser
import Console
import Ledger
import LedgerReader
import LedgerWriter
import Survey
import SwiftProtobuf

/// The command `bmn questionnaire define`.
struct QuestionnaireDefine: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "define",
        abstract: "กำหนดแบบสอบถามในบัญชี · Let cycles of a ledger ask another questionnaire.",
        usage: "bmn questionnaire define LEDGER FILE --reason TEXT",
        discussion: """
            Appends the whole document under the name of its edition, for ever: correct it before, \
            with bmn questionnaire show --edition FILE. A cycle names it then \
            (bmn submit: defineCycle), and bmn import households takes its columns. As JSON it may \
            have 55,000 bytes.

            Example:
              bmn questionnaire define L 2566.json --reason "แบบสอบถามตามแผนฉบับใหม่"
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Argument(
        help: "แฟ้มแบบสอบถาม · The document, or - for standard input.",
        completion: .file(extensions: ["json"])
    )
    var file: String?

    @Option(help: "เหตุผล · Why, for everybody to read.")
    var reason: String

    @OptionGroup var actor: ActorOptions

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, rest) = try ledger.resolve(
            [directory, file].compactMap(\.self),
            restCount: 1
        )
        let limit = Questionnaire.documentByteCountMax
        let bytes = try Files.readAll(rest[0], byteCountMaximum: limit)
        var definition = EditionDefinition()
        definition.reason = reason
        do throws(QuestionnaireError) {
            definition.document = try QuestionnaireDocument(reading: bytes)
            // The rules would say it too, but cut a long reason short.
            _ = try Questionnaire(definition.document)
        } catch {
            throw Failure(error, of: rest[0])
        }
        var command = Command()
        command.id = Composition.newCommandID().text
        command.actor = actor.actor
        command.kind = .defineEdition(definition)
        let writer = try Composition.writer(directory)
        let outcomes = try writer.append([try writer.prepare(command).get()])
        let index = try outcomes[0].get().index
        let edition = definition.document.edition
        let results = Output()
        if output.json {
            try results.write(["edition": .string(edition), "index": .unsigned(index)])
        } else {
            try results.write(edition + "\n")
        }
        try results.flush()
        try writer.requireErasuresDone()
    }
}
