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
    func run(_ body: () throws -> ExitCode) throws {
        BrokenPipe.becomesAnError()
        let code: ExitCode
        do {
            code = try body()
        } catch let exit as ExitCode {
            code = exit
        } catch is OutputClosed {
            code = .verified
        } catch {
            let failure = Failure(evidence: error)
            Notice.write(failure.message(language, asJSON: false))
            code =
                failure.exitStatus == Output.failureExitStatus
                ? .unreadable : ExitCode(failure.exitStatus)
        }
        throw code
    }

    /// Reads whose keys count.
    static func policy(_ path: String) throws -> LogPolicy {
        let bytes = try InputFile.bytes(path, byteCountMaximum: LogPolicy.byteCountMax)
        do throws(TransparencyLogError) {
            return try LogPolicy(bytes: bytes)
        } catch {
            throw Failure(
                error.code.rawValue,
                thai: "อ่านนโยบาย \(path) ไม่ได้: \(error.reason)",
                english: "The policy \(path) cannot be read: \(error.reason)",
                exitStatus: ExitStatus.unreadable
            )
        }
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
