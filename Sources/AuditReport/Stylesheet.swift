import Cryptography

/// How the report looks: dark on white, on paper and on a phone, with the fonts that are there.
enum Stylesheet {
    // Every state has its word and its kind of border, so that nothing hangs on colour.
    static let text: StaticString = """
        body { margin: 0 auto; max-width: 48rem; padding: 1rem; background: #fff; color: #111;
        font: 1rem/1.5 Sarabun, "Noto Sans Thai", "Leelawadee UI", Thonburi, Loma, sans-serif;
        overflow-wrap: anywhere; }
        h1 { font-size: 1.4rem; margin: 0 0 .5rem; }
        h2 { font-size: 1.15rem; margin: 1.2rem 0 .3rem; border-bottom: 1px solid #111; }
        h3 { font-size: 1rem; margin: 1rem 0 .2rem; }
        p, ul, dd { margin: .2rem 0; }
        ul { padding-left: 1.3rem; }
        dt { font-weight: bold; }
        dd { padding-left: 1rem; }
        .verdict { font-size: 1.35rem; font-weight: bold; line-height: 1.35; padding: .7rem 1rem;
        margin: .5rem 0; }
        .passed { border: 3px solid #0b5a2a; }
        .failed { border: 9px double #8a1010; }
        .unreadable { border: 5px dashed #5c4300; }
        .note { border-left: 4px solid #111; padding-left: .7rem; }
        .wrong { font-weight: bold; text-decoration: underline; }
        table { border-collapse: collapse; width: 100%; }
        caption { text-align: left; }
        th, td { border: 1px solid #555; padding: .15rem .45rem; text-align: left;
        vertical-align: top; }
        code, pre { font-family: "Noto Sans Mono", "DejaVu Sans Mono", monospace; font-size: .88em; }
        pre { white-space: pre-wrap; margin: .2rem 0; padding: .3rem .5rem; border: 1px solid #555; }
        @page { size: A4; margin: 13mm; }
        @media print {
        body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.35; }
        h1 { font-size: 14pt; } h2 { font-size: 11pt; margin-top: 2.5mm; } h3 { font-size: 10pt; }
        .verdict { font-size: 13pt; padding: 2mm 3mm; }
        h2, h3, caption { break-after: avoid; }
        tr, li, .verdict { break-inside: avoid; }
        }
        """

    /// What a browser may load for the page: nothing but exactly this style sheet.
    static var contentSecurityPolicy: String {
        let hash = Base64.encode(SHA256.hash(Array("\(text)".utf8)).bytes)
        return "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none';"
            + " form-action 'none'"
    }
}
