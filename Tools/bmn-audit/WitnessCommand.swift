import ArgumentParser
import Console
import Foundation
import LedgerAudit
import LedgerReader
import Logging
import Survey
import TransparencyLog
import Witness
import WitnessService

struct WitnessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: "Cosign checkpoints of logs, over HTTP. / ร่วมลงนามหัวบัญชีที่ต่อจากเดิมเท่านั้น",
        discussion: """
            Cosigns a log's checkpoint only if it goes on from the last one (C2SP tlog-witness).
            POLICY has a line "log VKEY" for each log; its witness and quorum lines do not matter.
            Prints its verifier key, then answers until SIGTERM or SIGINT.

              bmn-audit witness --new-key --name auditor.example.th/w1 \\
                  --key w1.pem --state w1 --policy logs.policy
              bmn-audit witness --key w1.pem --state w1 --policy logs.policy

            A key keeps its state folder for life: never copy back an older one. Plain HTTP; put a
            proxy with TLS in front of what others than this machine shall reach.
            Exit codes: 0 stopped, 2 wrong usage, 3 could not be read or listened to.
            """
    )

    @Option(help: "The key file: PKCS#8 PEM, mode 0600.", completion: .file())
    var key: String

    @Option(help: "The trust policy with the logs' keys (C2SP tlog-policy).", completion: .file())
    var policy: String

    @Option(help: "The folder of what was cosigned last.", completion: .directory)
    var state: String

    @Option(help: "Where to listen; port 0 takes a free one.")
    var listen = "127.0.0.1:8123"

    @Option(help: "The witness's name; needed with --new-key, else only compared.")
    var name: String?

    @Flag(help: "First make the key file and the state folder, which may be there if it is empty.")
    var newKey = false

    @Option(help: "th or en; default by locale.")
    var lang: String?

    private var language: Language {
        Language.choose(option: lang, environment: ProcessInfo.processInfo.environment)
    }

    func validate() throws {
        if let lang, Language(rawValue: lang) == nil {
            throw ValidationError("--lang takes th or en.")
        }
        if newKey, name == nil {
            throw ValidationError("--new-key needs --name, such as auditor.example.th/w1.")
        }
        if ListenAddress(listen) == nil {
            throw ValidationError("--listen takes HOST:PORT, such as 127.0.0.1:8123 or [::1]:0.")
        }
    }

    func run() throws {
        BrokenPipe.becomesAnError()
        do {
            try serve()
        } catch let failure as Failure {
            Notice.write(failure.message(language, asJSON: false))
            throw ExitCode(failure.exitStatus)
        }
    }

    private func serve() throws {
        guard let address = ListenAddress(listen) else { throw ExitCode.wrongUsage }
        let witness = try open()
        let output = Output()
        try output.write(witness.verifierKey.vkey + "\n")
        try output.flush()
        if !address.isLoopback { Notice.line(Self.exposedWarning.text(language)) }
        let service = WitnessService(
            witness,
            host: address.host,
            port: address.port,
            clock: { UInt64(max(0, Date().timeIntervalSince1970)) },
            logger: Logger(label: "witness") { StreamLogHandler.standardError(label: $0) },
            onListening: { Notice.line("listening on http://\(address.authority(port: $0))") }
        )
        do {
            try Waiting.run { try await service.runUntilSignalled() }
        } catch {
            throw Failure(
                "cannotListen",
                thai: "เปิดรับที่ \(listen) ไม่ได้: \(error)",
                english: "\(listen) cannot be listened to: \(error).",
                exitStatus: ExitStatus.unreadable
            )
        }
    }

    private func open() throws -> Witness {
        let logs = try PolicyFile(policy).policy.logs.map(\.key)
        do {
            if newKey, let name {
                try Witness.create(keyFile: key, stateFolder: state, name: name)
            }
            let witness = try Witness(keyFile: key, stateFolder: state, logs: logs)
            let ownName = witness.verifierKey.name
            guard name.map({ $0.utf8.elementsEqual(ownName.utf8) }) ?? true else {
                throw Failure(
                    "wrongUsage",
                    thai: "พยานนี้ชื่อ \(ownName) ไม่ใช่ชื่อใน --name",
                    english: "This witness's name is \(ownName), not that of --name.",
                    exitStatus: ExitStatus.wrongUsage
                )
            }
            return witness
        } catch let error as WitnessError {
            throw Failure(error)
        }
    }

    private static let exposedWarning = Phrase(
        thai: "คำเตือน: เปิดรับจากเครื่องอื่นโดยไม่เข้ารหัส ควรมีพร็อกซี TLS คั่น",
        english:
            "warning: listening to other machines without encryption; put a TLS proxy before it"
    )
}

extension Failure {
    fileprivate init(_ error: WitnessError) {
        let thai =
            switch error.code {
            case .alreadyExists: "มีอยู่แล้ว ไม่เขียนทับ"
            case .busy: "มีโปรเซสอื่นใช้อยู่นานเกินไป"
            case .diskFull: "เนื้อที่ดิสก์เต็ม"
            case .keyExposed: "ผู้อื่นอ่านหรือเขียนไฟล์กุญแจได้: ใช้ chmod 600"
            case .keyMissing: "ไม่มีไฟล์กุญแจ: สร้างด้วย --new-key"
            case .keyUnusable: "ใช้ไฟล์กุญแจนี้ไม่ได้"
            case .nameInvalid: "ชื่อใช้ไม่ได้"
            case .noLogs: "นโยบายไม่มีบัญชีใดให้ร่วมลงนาม"
            case .stateDamaged: "สิ่งที่จำไว้เสียหาย: ห้ามลงนามต่อ"
            case .stateMissing: "ไม่มีโฟลเดอร์สิ่งที่จำไว้: ตรวจดิสก์ หรือสร้างกุญแจใหม่"
            case .stateOfAnother: "โฟลเดอร์นี้เป็นของกุญแจอื่น"
            case .notAccessible: "อ่านหรือเขียนไม่ได้"
            }
        self.init(
            error.code.rawValue,
            thai: "\(thai) (\(error.reason))",
            english: error.reason + ".",
            exitStatus: error.code == .nameInvalid
                ? ExitStatus.wrongUsage : ExitStatus.unreadable
        )
    }
}
