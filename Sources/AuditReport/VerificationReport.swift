package import Audit
package import Console
package import Ledger
package import Survey

/// A verification told to people who are not engineers: one page of HTML that needs nothing else.
///
/// The page can be printed, read on a phone and read aloud. It runs no script and loads nothing.
package struct VerificationReport: Sendable {
    package enum Outcome: Sendable {
        case judged(Verdict)
        /// An evidence bundle instead of a ledger; levels that it has no records for were not run.
        case judgedBundle(Verdict, Bundle)
        /// The ledger could not be read, so there is no verdict.
        case unreadable(reason: String)
    }

    /// What an evidence bundle is about.
    package struct Bundle: Sendable {
        /// The stream of the certification or household.
        package let subject: String
        package let recordCount: Int
        /// What a bundle like this cannot show.
        package let limits: [Phrase]

        package init(subject: String, recordCount: Int, limits: [Phrase]) {
            self.subject = subject
            self.recordCount = recordCount
            self.limits = limits
        }
    }

    /// How the verification came about.
    package struct Circumstances: Sendable {
        /// The directory or file as it was named.
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

    private var title: String {
        if case .judgedBundle = outcome {
            return pick(
                "รายงานผลการตรวจสอบแฟ้มหลักฐานข้อมูล จปฐ.",
                "Verification report of BMN evidence"
            )
        }
        return pick(
            "รายงานผลการตรวจสอบบัญชีข้อมูล จปฐ.",
            "Verification report of a BMN ledger"
        )
    }

    private var body: [Markup] {
        switch outcome {
        case .judged(let verdict):
            [
                headline(verdict), syntheticNote(verdict), facts(verdict), levels(verdict),
                findings(verdict), limits(limits(of: verdict)), repetition,
            ]
        case .judgedBundle(let verdict, let bundle):
            [
                bundleHeadline(verdict), syntheticNote(verdict), facts(verdict, bundle),
                levels(verdict),
                findings(verdict), limits(bundle.limits.map(text)), repetition,
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
