import ArgumentParser
import Console
import Survey

extension Output {
    /// Prints a verdict; returns its exit code, or another where it could not be written: that must
    /// not look like one.
    ///
    /// A reader that goes away changes neither the verdict nor its exit code.
    static func put(_ bytes: [UInt8], _ status: ExitCode, _ language: Language) -> ExitCode {
        let output = Output()
        do {
            try output.write(bytes)
            try output.flush()
            return status
        } catch is OutputClosed {
            return status
        } catch let failure as Failure {
            Notice.write(failure.message(language, asJSON: false))
            return .unreadable
        } catch {
            Notice.line("outputFailed: \(error)")
            return .unreadable
        }
    }

    static func put(_ text: String, _ status: ExitCode, _ language: Language) -> ExitCode {
        put(Array(text.utf8), status, language)
    }
}
