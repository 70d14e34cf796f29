import AuditReport
import Cryptography
import Survey

/// A paper as an office prints and signs it: one page of HTML that needs nothing else.
///
/// It runs no script and loads nothing; whatever records say is text in it, never markup.
struct Paper {
    let language: Language
    let title: String
    let body: [Markup]

    /// What every paper begins with, so that one can be told from any other file.
    static let beginning = "<!DOCTYPE html>\n<!-- bmn paper -->\n"

    var html: String {
        let page: Markup = """
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8" />
            <meta http-equiv="Content-Security-Policy" content="\(PaperStyle.policy)" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="referrer" content="no-referrer" />
            <title>\(title)</title>
            <style>\(Markup(stringLiteral: PaperStyle.text))</style>
            </head>
            <body>
            \(body)</body>
            </html>

            """
        return Self.beginning + page.text
    }
}

/// How a paper looks: one column of black on white, A4, in the fonts that offices have.
enum PaperStyle {
    static let text: StaticString = """
        body { margin: 0 auto; max-width: 46rem; padding: 1rem; background: #fff; color: #000;
        font: 1.05rem/1.5 "TH Sarabun New", "TH SarabunPSK", Sarabun, "Noto Sans Thai", Loma,
        sans-serif; overflow-wrap: anywhere; }
        h1 { font-size: 1.3rem; text-align: center; margin: .6rem 0 0; }
        h2 { font-size: 1.1rem; margin: 1rem 0 .2rem; }
        p { margin: .4rem 0; }
        .centre { text-align: center; }
        .body { text-indent: 2.5cm; }
        .note { border: 2px solid #000; padding: .3rem .6rem; }
        .signature { margin: 2.2rem 0 0 45%; text-align: center; }
        table { border-collapse: collapse; width: 100%; margin: .4rem 0; }
        th, td { border: 1px solid #000; padding: .1rem .4rem; text-align: left;
        vertical-align: top; }
        pre { white-space: pre-wrap; margin: .4rem 0; font: inherit; }
        footer { margin-top: 1.6rem; border-top: 1px solid #000; font-size: .72rem;
        line-height: 1.35; }
        code { font-family: "Noto Sans Mono", "DejaVu Sans Mono", monospace; font-size: .95em; }
        @page { size: A4; margin: 20mm 15mm 15mm 25mm; }
        @media print {
        body { max-width: none; padding: 0; font-size: 15pt; line-height: 1.3; }
        h1 { font-size: 18pt; } h2 { font-size: 15pt; }
        footer { font-size: 8pt; }
        tr, .signature, footer, .note { break-inside: avoid; }
        thead { display: table-header-group; }
        }
        """

    /// What a browser may load for the page: nothing but exactly this style sheet.
    static var policy: String {
        let hash = Base64.encode(SHA256.hash(Array("\(text)".utf8)).bytes)
        return "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none';"
            + " form-action 'none'"
    }
}
