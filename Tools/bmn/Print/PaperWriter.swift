import AreasProjection
import AuditReport
import Console
import Cryptography
import Ledger
import LedgerReader
import ProjectionRuntime
import Survey
import TransparencyLog

/// Which record a paper states, so that anybody can hold it against the ledger.
struct PaperProof {
    let origin: String
    let index: UInt64
    let leafHash: String
    let treeSize: UInt64

    init(_ index: UInt64, _ models: borrowing ReadModels) throws {
        let hash = try models.snapshot.withRecord(index) { MerkleTree.leafHash(of: $0) }
        guard let hash else { throw LedgerError(.damaged, "record \(index) is missing") }
        origin = try models.snapshot.origin()
        self.index = index
        leafHash = hash.hex
        treeSize = models.treeSize
    }

    /// Prints the leaf hash, with programs that everybody has beside bmn log.
    var command: String {
        #"{ printf '\0'; bmn log LEDGER --from \#(index) --to \#(index) | tr -d '\n'; } | sha256sum"#
    }
}

/// The pieces that all papers are made of, in one language.
struct PaperWriter {
    let language: Language

    init(_ language: Language) { self.language = language }

    /// What stands first on a paper that an office has in Thai only.
    var translationNote: [Markup] {
        guard language == .english else { return [] }
        return [note("Translation for information; the Thai text is the official one.")]
    }

    func choose(_ thai: String, _ english: String) -> String {
        Phrase(thai: thai, english: english).text(language)
    }

    /// Text of an official paper: with Thai digits in Thai.
    func digits(_ text: String) -> String {
        language == .thai ? ThaiDate.withThaiDigits(text) : text
    }

    /// `๘ พฤศจิกายน ๒๕๖๐`; text that is no ISO day as it is.
    func day(_ iso: String) -> String { digits(language.text(isoDay: iso)) }

    /// `๘ พฤศจิกายน พ.ศ. ๒๕๖๐`, as the last line of an order has it.
    func dayWithEra(_ iso: String) -> String {
        let words = day(iso).split(separator: " ")
        guard language == .thai, words.count == 3 else { return day(iso) }
        return "\(words[0]) \(words[1]) พ.ศ. \(words[2])"
    }

    func word(_ word: String) -> String { Words.text(word, language) }

    func paragraph(_ text: String) -> Markup { "<p class=\"body\">\(text)</p>\n" }

    func note(_ text: String) -> Markup { "<p class=\"note\">\(text)</p>\n" }

    /// What warns of people and places that were made up.
    var syntheticNote: Markup {
        note(choose("ข้อมูลสมมติ ไม่ใช่ข้อมูลจริง", "SYNTHETIC: not about real people"))
    }

    func table(_ titles: [String], _ rows: [[String]]) -> Markup {
        let head = titles.map { title -> Markup in "<th scope=\"col\">\(title)</th>" }
        let body = rows.map { row -> Markup in
            let cells = row.map { cell -> Markup in "<td>\(cell)</td>" }
            return "<tr>\(cells)</tr>\n"
        }
        return """
            <table>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(body)</tbody>
            </table>

            """
    }

    /// Dotted where nobody said it: the ledger does not record who signed a paper.
    func signature(_ signer: PaperSigner) -> Markup {
        let dots = "......................................................"
        let name = signer.name ?? dots
        let position = signer.position.map { digits($0) } ?? dots
        let acting: Markup =
            signer.actingFor.map { office -> Markup in
                "<br />\(choose("ปฏิบัติราชการแทน", "acting for ") + digits(office))"
            } ?? ""
        return """
            <p class="signature">\(choose("(ลงชื่อ)", "(signed)")) \(dots)<br />\
            (\(name))<br />\(position)\(acting)</p>

            """
    }

    func footer(_ proof: PaperProof, _ recorded: String) -> Markup {
        let title = choose("พิมพ์จากบัญชีข้อมูล จปฐ.", "Printed from the BMN ledger")
        let check = choose("ตรวจด้วย", "Check with")
        let prints = choose("ซึ่งพิมพ์ค่าใบไม้ และ", "which prints the leaf hash, and")
        return """
            <footer>\(title) <bdi>\(proof.origin)</bdi> · \
            \(choose("ระเบียนที่", "record")) <code>\("\(proof.index)")</code> · \
            \(choose("ค่าใบไม้", "leaf hash")) <code>\(proof.leafHash)</code> · \
            \(choose("ขนาดบัญชี", "tree size")) <code>\("\(proof.treeSize)")</code><br />\
            \(check) <code>\(proof.command)</code> \(prints) \
            <code>bmn-audit prove LEDGER \("\(proof.index)")</code><br />
            \(recorded)</footer>

            """
    }
}

/// Who signs a paper, as whoever prints it says.
struct PaperSigner {
    let name: String?
    let position: String?
    /// The office that the signer stands in for.
    let actingFor: String?
}

extension PaperWriter {
    /// `อำเภอเมืองบึงกาฬ`: the level and the name; an LAO's name says what it is.
    func place(_ area: AreaRow?, _ code: String) -> String {
        guard let area else { return digits(code) }
        if language == .english {
            return "\(area.nameEn ?? area.nameTh) (\(area.level) \(code))"
        }
        let prefix = ["province": "จังหวัด", "district": "อำเภอ", "tambon": "ตำบล"][area.level] ?? ""
        // Names of some villages and offices begin with what they are.
        return area.nameTh.hasPrefix(prefix) ? area.nameTh : prefix + area.nameTh
    }
}
