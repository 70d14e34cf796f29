import Access
import ArgumentParser
import Console
import Cryptography
import Foundation
import LMDB
import Ledger
import LedgerReader
import LogClient
import PostgreSQL
import ProjectionRuntime
import Survey
import TransparencyLog

/// One run of the tool: its arguments and environment, and how it ends.
struct Invocation: Sendable {
    let arguments: [String]
    let environment: [String: String]

    static let current = Invocation(
        arguments: Array(CommandLine.arguments.dropFirst()),
        environment: ProcessInfo.processInfo.environment
    )

    /// Known before and without parsing, since a wrong argument is also spoken about.
    var language: Language {
        Language.choose(option: value(of: "--lang"), environment: environment)
    }

    private var wantsJSON: Bool {
        arguments.prefix { $0 != "--" }.contains("--json")
    }

    private func value(of option: String) -> String? {
        let options = arguments.prefix { $0 != "--" }
        if let joined = options.last(where: { $0.hasPrefix(option + "=") }) {
            return String(joined.dropFirst(option.count + 1))
        }
        guard let place = options.lastIndex(of: option), place + 1 < options.endIndex else {
            return nil
        }
        return options[place + 1]
    }

    /// Runs the command; returns the exit status.
    func run() -> Int32 {
        BrokenPipe.becomesAnError()
        do {
            try checkLanguage()
            try checkCommandName()
            try runCommand()
            return ExitStatus.done.rawValue
        } catch let code as ExitCode {
            return code.rawValue
        } catch {
            return status(afterTelling: error)
        }
    }

    /// A language that is misspelt must not silently be English.
    private func checkLanguage() throws(Failure) {
        guard let name = environment["BMN_LANG"], !Language.isKnown(name) else { return }
        throw Failure(
            "wrongUsage",
            thai: "ตัวแปร BMN_LANG ต้องเป็น th หรือ en",
            english: "The variable BMN_LANG must be th or en.",
            exit: .wrongUsage
        )
    }

    /// The parser would complain of the options after an unknown command instead.
    private func checkCommandName() throws(Failure) {
        guard let name = arguments.first, !name.hasPrefix("-"), !Bmn.commandNames.contains(name)
        else { return }
        throw Failure(
            "wrongUsage",
            thai: "ไม่มีคำสั่ง \(name): ดูคำสั่งทั้งหมดด้วย bmn --help",
            english: "There is no command \(name): bmn --help lists them.",
            exit: .wrongUsage
        )
    }

    private func runCommand() throws {
        var command = try Bmn.parseAsRoot(arguments)
        try command.run()
    }

    private func status(afterTelling error: any Error) -> Int32 {
        if error is OutputClosed { BrokenPipe.end() }
        if let failure = failure(for: error) {
            Notice.write(failure.message(language, asJSON: wantsJSON))
            return failure.exitStatus
        }
        // Help, the version and completion scripts arrive as errors too.
        if Bmn.exitCode(for: error) == .success {
            return status(afterPrinting: Bmn.fullMessage(for: error))
        }
        if Bmn.exitCode(for: error) != .validationFailure {
            // Nothing that the command line could have said otherwise.
            let phrase = Phrase(thai: "\(error)", english: "\(error)")
            let failure = Failure("unexpected", phrase, exit: .ledgerFailed)
            Notice.write(failure.message(language, asJSON: wantsJSON))
            return failure.exitStatus
        }
        if wantsJSON {
            let usage = Bmn.message(for: error)
            let phrase = Phrase(thai: usage, english: usage)
            let failure = Failure("wrongUsage", phrase, exit: .wrongUsage)
            Notice.write(failure.message(language, asJSON: true))
        } else {
            Notice.line(Bmn.fullMessage(for: error))
        }
        return ExitStatus.wrongUsage.rawValue
    }

    private func status(afterPrinting text: String) -> Int32 {
        do {
            let results = Output()
            try results.write(text.hasSuffix("\n") ? text : text + "\n")
            try results.flush()
            return ExitStatus.done.rawValue
        } catch {
            return status(afterTelling: error)
        }
    }

    /// Nil for errors of the command line itself.
    func failure(for error: any Error) -> Failure? {
        switch error {
        case let failure as Failure: failure
        case let error as LedgerError:
            Failure(
                error,
                exitStatus: error.code == .wrongPassphrase
                    ? ExitStatus.badInput.rawValue : ExitStatus.ledgerFailed.rawValue
            )
        case is LMDBError, is RecordError, is EventError:
            Failure(LedgerError(caught: error), exitStatus: ExitStatus.ledgerFailed.rawValue)
        case let error as ProjectionError:
            Failure(
                error.code.rawValue,
                thai: "ตารางสรุป: \(error.place)\(error.reason)",
                english: "\(error.place)\(error.reason)",
                exit: error.code == .treeSizeBeyondLedger ? .wrongUsage : .ledgerFailed
            )
        case let error as PostgreSQLError:
            Failure(
                error.code.rawValue,
                thai: "PostgreSQL: \(error.reason)",
                english: "PostgreSQL: \(error.reason)",
                exit: error.code == .databaseURLMalformed ? .wrongUsage : .ledgerFailed
            )
        case let error as AccessError:
            Failure(
                error.code.rawValue,
                thai: error.code == .tokenUnknown
                    ? "ไม่มีโทเคนนี้: ดูด้วย bmn token list" : "สิทธิ์ใช้บริการ: \(error.reason)",
                english: "\(error.reason).",
                exit: error.code == .tokenUnknown ? .refused : .ledgerFailed
            )
        case let rejection as Rejection:
            Failure(rejection, exitStatus: ExitStatus.refused.rawValue)
        case let error as CryptographyError:
            Failure(
                error.code.rawValue,
                Phrase(thai: error.reason, english: error.reason),
                exit: .badInput
            )
        case let error as LogClientError:
            Failure(error.code.rawValue, thai: error.thai, english: error.english, exit: .refused)
        case let error as TransparencyLogError:
            Failure(
                error.code.rawValue,
                Phrase(thai: error.reason, english: error.reason),
                exit: .refused
            )
        default: nil
        }
    }
}

extension Failure {
    init(_ code: String, _ sentence: Phrase, exit: ExitStatus) {
        self.init(code, sentence, exitStatus: exit.rawValue)
    }

    init(_ code: String, thai: String, english: String, exit: ExitStatus) {
        self.init(code, Phrase(thai: thai, english: english), exitStatus: exit.rawValue)
    }
}

extension ProjectionError {
    /// The record at fault, where there is one.
    fileprivate var place: String { index.map { "record \($0): " } ?? "" }
}
