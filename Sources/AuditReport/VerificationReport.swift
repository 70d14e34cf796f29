package import Audit
import Console
package import Ledger
package import Survey

/// A verification told to people who are not engineers: one page of HTML that needs nothing else.
///
/// The page can be printed, read on a phone and read aloud. It runs no script and loads nothing.
package struct VerificationReport: Sendable {
    package enum Outcome: Sendable {
        case judged(Verdict)
        /// The ledger could not be read, so there is no verdict.
        case unreadable(reason: String)
    }

    /// How the verification came about.
    package struct Circumstances: Sendable {
        /// The directory as it was named.
        package let ledgerPath: String
        /// The words of the command line, without the program's name.
        package let arguments: [String]
        package let verifiedAt: RecordTime
        package let programVersion: String

        package init(
            ledgerPath: String,
            arguments: [String],
            verifiedAt: RecordTime,
            programVersion: String
        ) {
            self.ledgerPath = ledgerPath
            self.arguments = arguments
            self.verifiedAt = verifiedAt
            self.programVersion = programVersion
        }
    }

    /// What every report begins with, so that one can be told from any other file.
    package static let beginning = "<!DOCTYPE html>\n<!-- bmn-audit report -->\n"

    let outcome: Outcome
    let circumstances: Circumstances
    let language: Language

    package init(_ outcome: Outcome, _ circumstances: Circumstances, language: Language) {
        self.outcome = outcome
        self.circumstances = circumstances
        self.language = language
    }

    package var html: String {
        let title = pick(
            "รายงานผลการตรวจสอบบัญชีข้อมูล จปฐ.",
            "Verification report of a BMN ledger"
        )
        let page: Markup = """
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8" />
            <meta http-equiv="Content-Security-Policy" content="\(Stylesheet.contentSecurityPolicy)" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="referrer" content="no-referrer" />
            <title>\(title)</title>
            <style>\(Markup(stringLiteral: Stylesheet.text))</style>
            </head>
            <body>
            <main>
            <h1>\(title)</h1>
            \(body)</main>
            </body>
            </html>

            """
        return Self.beginning + page.text
    }

    private var body: [Markup] {
        switch outcome {
        case .judged(let verdict):
            [
                headline(verdict), syntheticNote(verdict), facts(verdict), levels(verdict),
                findings(verdict), limits(verdict), repetition,
            ]
        case .unreadable(let reason): [unreadable(reason), facts(nil), repetition]
        }
    }

    func pick(_ thai: String, _ english: String) -> String {
        language == .thai ? thai : english
    }

    func text(_ phrase: Phrase) -> String { phrase.text(language) }

    /// Text that is not ours: it must not turn the direction of what stands around it.
    func foreign(_ text: String) -> Markup { "<bdi>\(text)</bdi>" }

    func rows(_ rows: [(name: String, value: Markup)]) -> [Markup] {
        rows.map { "<tr><th scope=\"row\">\($0.name)</th><td>\($0.value)</td></tr>\n" }
    }
}
