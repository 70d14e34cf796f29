import ArgumentParser
import Console
import DurableFiles
import Foundation
import LedgerAudit
import LedgerReader
import Survey
import TransparencyLog

/// The options that the commands about evidence share.
struct EvidenceOptions: ParsableArguments {
    @Option(help: "ภาษา · th or en; default by locale.")
    var lang: String?

    var language: Language {
        Language.choose(option: lang, environment: ProcessInfo.processInfo.environment)
    }

    func validate() throws {
        if let lang, Language(rawValue: lang) == nil {
            throw ValidationError("--lang takes th or en.")
        }
    }

    /// Runs a command; what it throws becomes a sentence on standard error and an exit code.
    ///
    /// With `json` the object that scripts read goes to standard output as well.
    func run(json: Bool = false, _ body: () throws -> ExitCode) throws {
        BrokenPipe.becomesAnError()
        let code: ExitCode
        do {
            code = try body()
        } catch let exit as ExitCode {
            code = exit
        } catch is OutputClosed {
            // What was asked for did not arrive.
            code = .unreadable
        } catch {
            let failure = Failure(evidence: error)
            Notice.write(failure.message(language, asJSON: false))
            // Whoever cannot read standard output has the exit code and standard error.
            if json { _ = Output.put(failure.verdictJSON.text + "\n", .unreadable, language) }
            code =
                failure.exitStatus == Output.failureExitStatus
                ? .unreadable : ExitCode(failure.exitStatus)
        }
        throw code
    }

    /// Writes a result to a new file, or to standard output.
    static func write(_ bytes: [UInt8], to path: String?) throws {
        guard let path, path != "-" else {
            let output = Output()
            try output.write(bytes)
            return try output.flush()
        }
        do throws(FileError) {
            try DurableFile.create(path, bytes, mode: 0o644)
        } catch {
            guard error.code == .alreadyExists else {
                throw Failure(
                    "outputFailed",
                    thai: "เขียนไม่ได้: \(error.reason)",
                    english: "\(error.reason).",
                    exitStatus: ExitStatus.unreadable
                )
            }
            throw Failure(
                "alreadyExists",
                thai: "\(path) มีอยู่แล้ว ไม่เขียนทับ: ใช้ชื่ออื่น",
                english: "\(path) exists already and is not overwritten: name another file.",
                exitStatus: ExitStatus.unreadable
            )
        }
    }
}

extension Failure {
    /// In the place of a verdict that there is not.
    fileprivate var verdictJSON: JSON {
        ["ok": false, "code": .string(code), "reason": .string(sentence.english)]
    }
}
