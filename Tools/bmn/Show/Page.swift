import Console
import Foundation
import Survey

/// Where `bmn show` writes: fields and tables for people, one object for scripts.
struct Page {
    let language: Language
    let asJSON: Bool
    private let results = Output()

    init(_ language: Language, asJSON: Bool) {
        self.language = language
        self.asJSON = asJSON
    }

    func choose(_ thai: String, _ english: String) -> String {
        Phrase(thai: thai, english: english).text(language)
    }

    func write(_ json: JSON) throws { try results.write(json) }

    func write(_ fields: FieldList) throws {
        try results.write(fields.text(forTerminal: results.isTerminal))
    }

    /// One line by itself.
    func line(_ text: String) throws { try results.write(text + "\n") }

    func write(_ text: String) throws { try results.write(text) }

    /// A table below what was written before.
    func write(_ table: Table) throws {
        try results.write("\n" + table.text(forTerminal: results.isTerminal))
    }

    func flush() throws { try results.flush() }

    func day(_ iso: String?) -> String { iso.map { language.text(isoDay: $0) } ?? "-" }

    /// A level, a kind, a role or a state.
    func word(_ word: String) -> String { Words.text(word, language) }

    func yesNo(_ value: Bool) -> String { value ? choose("ใช่", "yes") : choose("ไม่", "no") }

    /// What stands where personal data is not opened.
    var sealed: String { choose("(ปิดผนึก)", "(sealed)") }

    /// What stands where the vault has no key and no record tells of an erasure.
    var keyMissing: String {
        Phrase.keyMissing.text(language)
    }

    /// What stands where no personal data was taken down.
    var none: String { choose("(ไม่มี)", "(none)") }
}

extension Phrase {
    static let keyMissing = Phrase(
        thai: "(ไม่มีกุญแจในคลัง)",
        english: "(its key is missing from the vault)"
    )
}

extension JSON {
    /// A row of a read model; members in alphabetical order, those without a value left out.
    static func row(_ value: some Encodable) throws -> JSON {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return .raw(Array(try encoder.encode(value)))
    }

    static func rows(_ values: [some Encodable]) throws -> JSON {
        .array(try values.map { try .row($0) })
    }

    static func fields(_ fields: [(name: String, value: String)]) -> JSON {
        .object(fields.map { ($0.name, .string($0.value)) })
    }
}
