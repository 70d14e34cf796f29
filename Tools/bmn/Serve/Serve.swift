import Access
import ArgumentParser
import Configuration
import Console
import Glibc
import Ledger
import LedgerReader
import LedgerWriter
import Logging
import NIOSSL
import Pages
import ProjectionRuntime
import Service
import ServiceLifecycle
import Survey
import UnixSignals
import WebAuthn

/// The command `bmn serve`.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "ให้บริการ · Answer over HTTP: commands, records, proofs, read models.",
        usage: """
            bmn serve LEDGER [--listen HOST:PORT] [--tls-certificate FILE --tls-key FILE] \
            [--trusted-proxy ADDRESS]... [--public-log] [--web-origin URL]... [--rp-id NAME] \
            [--config FILE] [--check-config]
            """,
        discussion: """
            Answers until SIGTERM or SIGINT; what was accepted is on disk before the process ends. \
            Who may do what is in the ledger's own register of users; programs show a token (bmn \
            token create), people sign in with a passkey (bmn passkey link). /openapi.json lists \
            what programs can ask.

            Passkeys are bound to the name of the site: --web-origin is its address as browsers \
            show it (default: http://localhost:PORT), --rp-id the name if it is not that of the \
            address. Neither can change without new passkeys.

            Only this machine is answered unless there is TLS (--tls-certificate and --tls-key), \
            or a proxy with TLS in front is named (--trusted-proxy), who is the only one answered \
            then. Records are read with a token, unless --public-log says otherwise. Settings come from flags, \
            then variables such as BMN_LISTEN, then the JSON file; --check-config prints those in \
            force and where each is from. The log goes to standard error, one JSON object a line, \
            without personal data.

            Examples:
              bmn serve L --check-config
              timeout -s TERM 3 bmn serve L --listen 127.0.0.1:0 || test $? -eq 124
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Option(help: "ที่อยู่ · Where to listen (default: 127.0.0.1:8080); port 0 takes a free one.")
    var listen: String?

    @Option(help: "ใบรับรอง · The TLS certificate and its chain, PEM.", completion: .file())
    var tlsCertificate: String?

    @Option(help: "กุญแจ · The TLS certificate's private key, PEM.", completion: .file())
    var tlsKey: String?

    @Option(help: "พร็อกซี · Address or CIDR of a proxy with TLS, whose X-Forwarded-For is taken.")
    var trustedProxy: [String] = []

    @Option(help: "ที่อยู่เว็บ · The address of the pages, such as https://bmn.example.th.")
    var webOrigin: [String] = []

    @Option(
        name: .customLong("rp-id"),
        help: "ชื่อเว็บ · What passkeys are bound to (default: the name in --web-origin)."
    )
    var rpID: String?

    @Flag(help: "เปิดบัญชีต่อสาธารณะ · Let anybody read all records below /log/, without a token.")
    var publicLog = false

    @Option(help: "แฟ้มตั้งค่า · A JSON file of settings.", completion: .file())
    var config: String?

    @Flag(help: "ตรวจการตั้งค่า · Print the settings in force, check them, and end.")
    var checkConfig = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let environment = Invocation.current.environment
        let (flags, file) = (flags, config ?? environment["BMN_CONFIG"])
        let settings = try Waiting.run {
            try await ServeSettings(flags: flags, environment: environment, file: file)
        }
        let address = try ServeAddress(settings)
        let web = try settings.web(address)
        if checkConfig { return try write(settings) }
        try serve(directory, settings, address, web)
    }

    private var flags: [String: ConfigValue] {
        var flags: [String: ConfigValue] = [:]
        for (name, value) in [
            ("listen", listen), ("tlsCertificate", tlsCertificate), ("tlsKey", tlsKey),
            ("rpId", rpID),
        ] {
            flags[name] = value.map { ConfigValue(.string($0), isSecret: false) }
        }
        if publicLog { flags["publicLog"] = ConfigValue(.string("true"), isSecret: false) }
        if !trustedProxy.isEmpty {
            flags["trustedProxies"] = ConfigValue(.stringArray(trustedProxy), isSecret: false)
        }
        if !webOrigin.isEmpty {
            flags["webOrigins"] = ConfigValue(.stringArray(webOrigin), isSecret: false)
        }
        return flags
    }

    private func write(_ settings: ServeSettings) throws {
        let page = Page(output.language, asJSON: output.json)
        if output.json {
            let members = settings.effective.map { setting -> (String, JSON) in
                (
                    setting.setting.name,
                    [
                        "value": .string(setting.value),
                        "source": .string(setting.source.rawValue),
                    ]
                )
            }
            try page.write(.object(members))
        } else {
            var table = Table([
                .init(page.choose("ค่า", "setting")), .init(page.choose("ตั้งไว้", "value")),
                .init(page.choose("จาก", "from")), .init(page.choose("ความหมาย", "meaning")),
            ])
            for setting in settings.effective {
                table.append([
                    setting.setting.name, setting.value, setting.source.rawValue,
                    setting.setting.meaning.text(output.language),
                ])
            }
            try page.write(table)
        }
        try page.flush()
    }

    private func serve(
        _ directory: LedgerDirectory,
        _ settings: ServeSettings,
        _ address: ServeAddress,
        _ web: WebSettings
    ) throws {
        let writer = try Composition.writer(directory)
        let survey = try SurveyDatabase(path: directory.surveyFile, use: .live)
        let isTLS = address.tls != nil
        var parts = ServiceParts(
            writer: writer,
            survey: survey,
            access: try Composition.access(directory),
            drafts: try Composition.drafts(
                directory,
                writer.vault,
                days: settings.number("draftDays")
            ),
            pages: try Pages(
                survey: survey,
                reader: writer.reader,
                origin: try writer.reader.snapshot().origin(),
                address: web.party(port: address.name.port, isTLS: isTLS).origins.first ?? ""
            ),
            web: web,
            clock: { Composition.now() },
            limits: settings.limits,
            logger: Self.logger
        )
        parts.isLogPublic = settings["publicLog"] == "true"
        let (name, scheme) = (address.name, isTLS ? "https" : "http")
        let service = LedgerService(
            parts,
            at: ServiceAddress(
                host: name.host,
                port: name.port,
                tls: address.tls,
                trustedProxies: address.trustedProxies
            ),
            onListening: { port in
                Notice.line("listening on \(scheme)://\(name.authority(port: port))")
                let site = web.party(port: port, isTLS: isTLS)
                Notice.line("pages at \(site.origins.first ?? "")/")
            }
        )
        do {
            try Waiting.run {
                let outcome: Result<Void, any Error>
                do {
                    outcome = .success(
                        try await service.group(stoppingOn: [.sigterm, .sigint]).run()
                    )
                } catch {
                    outcome = .failure(error)
                }
                try await service.end()
                try outcome.get()
            }
        } catch {
            throw Failure(
                "cannotServe",
                thai: "ให้บริการที่ \(name.authority(port: name.port)) ไม่ได้: \(error)",
                english: "\(name.authority(port: name.port)) cannot be served: \(error).",
                exit: .ledgerFailed
            )
        }
        try parts.writer.requireErasuresDone()
    }

    private static var logger: Logger {
        var logger = Logger(label: "bmn") { _ in
            JSONLogHandler(
                time: { Composition.recordTime().text },
                write: { Notice.write($0) }
            )
        }
        logger.logLevel = .info
        return logger
    }
}
