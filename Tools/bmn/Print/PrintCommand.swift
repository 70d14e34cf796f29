import ArgumentParser
import Console
import LedgerReader
import ProjectionRuntime
import Survey

/// The command `bmn print`.
struct PrintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "print",
        abstract: "พิมพ์ · An order, certification or meeting as a paper to print and sign.",
        usage:
            "bmn print LEDGER order|certification|meeting ID [-o FILE.html] [--signer NAME] [--position TEXT] [--acting-for OFFICE] [--office NAME] [--with-names]",
        discussion: """
            Writes one page of HTML for A4 that runs no script and loads nothing: to standard output, \
            or with -o to a new file. In Thai with Thai digits and the years of the Buddhist Era; \
            --lang en gives a translation that is marked as one.

            An order cites the last directive that its area was sent before it, and is headed by the \
            district (or --office says by whom). The ledger does not record who signed a paper: \
            --signer, --position and --acting-for fill the block for the signature, which is dotted \
            without them. Persons stand by their identifiers unless --with-names opens their names \
            through the vault; a file with names is for its owner alone (0600). The foot names the \
            record, its leaf hash, the ledger's size and the command that checks them.

            Examples:
              bmn print L order 3801-col-2561 --lang th > order.html
              bmn print L order 3801-col-2561 -o order-names.html --with-names \\
                --position "ปลัดอำเภอ" --acting-for "นายอำเภอ"
            """
    )

    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case order, certification, meeting
    }

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Argument(
        help: "ชนิด · order, certification or meeting.",
        completion: .list(Kind.allCases.map(\.rawValue))
    )
    var kind: String?

    @Argument(help: "รหัส · Its id.")
    var id: String?

    @Option(name: [.customShort("o"), .customLong("output")], help: "ไฟล์ใหม่ · The new file.")
    var file: String?

    @Option(help: "ชื่อผู้ลงนาม · Name of who signs.")
    var signer: String?

    @Option(help: "ตำแหน่งผู้ลงนาม · Position of who signs.")
    var position: String?

    @Option(help: "ปฏิบัติราชการแทน · The office that the signer acts for.")
    var actingFor: String?

    @Option(help: "ผู้ออกคำสั่ง · The office that heads an order.")
    var office: String?

    @Flag(help: "เปิดชื่อ · Open names through the vault.")
    var withNames = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, rest) = try ledger.resolve(
            [directory, kind, id].compactMap(\.self),
            restCount: 2
        )
        guard let kind = Kind(rawValue: rest[0]) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\"\(rest[0])\" is none of \(known).")
        }
        try check(kind)
        let models = try ReadModels(directory, asOf: nil, kind.projections, output.language)
        let names = withNames ? try Names(directory, models.snapshot) : nil
        let signer = PaperSigner(name: signer, position: position, actingFor: actingFor)
        let html: String
        switch kind {
        case .order:
            let paper = try OrderPaper(rest[1], models, names, output.language)
            html = paper.html(office: office, signer)
        case .certification:
            html = try CertificationPaper(rest[1], models, output.language).html
        case .meeting:
            html = try MeetingPaper(rest[1], models, names, output.language).html(signer)
        }
        try write(html, kind, rest[1])
    }

    /// An option that would do nothing is a mistake of whoever typed it.
    private func check(_ kind: Kind) throws {
        if office != nil, kind != .order { throw ValidationError("--office goes with order.") }
        let isSigned = signer != nil || position != nil || actingFor != nil
        if kind == .certification, isSigned || withNames {
            throw ValidationError("A certification's signatures are those of the ledger.")
        }
    }

    private func write(_ html: String, _ kind: Kind, _ id: String) throws {
        let results = Output()
        if let file {
            try Files.create(file, Array(html.utf8), mode: withNames ? 0o600 : 0o644)
        }
        if output.json {
            try results.write([
                "kind": .string(kind.rawValue), "id": .string(id),
                "file": file.map { .string($0) } ?? .null,
                "html": file == nil ? .string(html) : .null,
            ])
        } else {
            try results.write(file.map { $0 + "\n" } ?? html)
        }
        try results.flush()
    }
}

extension PrintCommand.Kind {
    /// What must be built where the live read models cannot be written.
    fileprivate var projections: [any Projection] {
        switch self {
        case .order: OrderPaper.projections
        case .certification: CertificationPaper.projections
        case .meeting: MeetingPaper.projections
        }
    }
}
