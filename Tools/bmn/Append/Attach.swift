import ArgumentParser
import Console
import Cryptography
import DurableFiles
import LedgerReader
import LedgerWriter
import Survey

/// The command `bmn attach`.
struct Attach: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "แนบเอกสาร · Keep documents beside the ledger, for commands that name them.",
        usage: "bmn attach LEDGER FILE… [--media-type TYPE] [--title TITLE] [--number N]",
        discussion: """
            Copies each file to the ledger's folder attachments, under the SHA-256 of its bytes, and \
            prints what a command says of it in its list "documents": one JSON object a line. \
            Nothing is recorded yet; a command that names a document which is not there is refused. \
            A file that is there already stays as it is, so this can be done again at any time. \
            Documents are kept as they are: what is personal in them is not sealed.

            The media type follows from the ending (pdf, jpg, png, txt, csv, html, json, docx, xlsx, \
            odt, ods, zip) unless --media-type says it. --title and --number are for one file.

            Example:
              bmn attach L letter.pdf --title "หนังสือจังหวัด" --number 6
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(
        help: "ไดเรกทอรีบัญชี แล้วแฟ้มเอกสาร · The ledger's directory, and files.",
        completion: .file()
    )
    var names: [String] = []

    @Option(help: "ชนิดสื่อ · The media type, such as application/pdf.")
    var mediaType: String?

    @Option(help: "ชื่อเอกสาร · The document's title.")
    var title: String?

    @Option(help: "สิ่งที่ส่งมาด้วยลำดับที่ · Its number as an attachment of the paper it came with.")
    var number: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, files) = try ledger.resolveFiles(names)
        guard files.count == 1 || title == nil && number == nil else {
            throw ValidationError("--title and --number are for one file.")
        }
        // A directory that is no ledger shall get no folder.
        _ = try Composition.reader(directory)
        let folder = AttachmentFolder(directory)
        let results = Output()
        for file in files {
            let mediaType = try mediaType ?? Self.mediaType(of: file)
            let content = try Self.content(of: file)
            // What no command may name is not kept either.
            try document(content, mediaType).check()
            try folder.store(file, content)
            try results.write(json(content, mediaType))
        }
        try results.flush()
    }

    private func document(
        _ content: AttachmentFolder.Content,
        _ mediaType: String
    ) -> Document {
        var document = Document()
        document.sha256 = content.sha256.hex
        document.byteCount = content.byteCount
        document.mediaType = mediaType
        document.title = title ?? ""
        document.number = number ?? ""
        return document
    }

    private func json(_ content: AttachmentFolder.Content, _ mediaType: String) -> JSON {
        var members: [(String, JSON)] = [
            ("sha256", .string(content.sha256.hex)),
            // As protobuf's JSON has 64 bits.
            ("byteCount", .string("\(content.byteCount)")),
            ("mediaType", .string(mediaType)),
        ]
        if let title { members.append(("title", .string(title))) }
        if let number { members.append(("number", .string(number))) }
        return .object(members)
    }

    private static func content(of file: String) throws(Failure) -> AttachmentFolder.Content {
        do throws(FileError) {
            guard let content = try AttachmentFolder.content(of: file) else {
                throw FileError(.missing, "\(file) is missing")
            }
            guard content.byteCount > 0 else { throw FileError(.notRegular, "\(file) is empty") }
            return content
        } catch {
            throw Failure(
                "fileUnreadable",
                thai: "อ่านไฟล์ \(file) ไม่ได้ (\(error.reason))",
                english: "\(error.reason): name a regular file with something in it.",
                exit: .badInput
            )
        }
    }

    private static func mediaType(of file: String) throws(Failure) -> String {
        let ending = file.split(separator: "/").last?.split(separator: ".").dropFirst().last
        guard let type = mediaTypes[ending?.lowercased() ?? ""] else {
            throw Failure(
                "mediaTypeUnknown",
                thai: "ไม่รู้ชนิดสื่อของ \(file): โปรดระบุด้วย --media-type",
                english: "The media type of \(file) does not follow from its name: give"
                    + " --media-type.",
                exit: .wrongUsage
            )
        }
        return type
    }

    private static let mediaTypes = [
        "pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png",
        "txt": "text/plain", "csv": "text/csv", "html": "text/html", "json": "application/json",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt": "application/vnd.oasis.opendocument.text",
        "ods": "application/vnd.oasis.opendocument.spreadsheet", "zip": "application/zip",
    ]
}
