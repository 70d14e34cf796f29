import Console
import ProjectionRuntime

/// What letters and papers have in common: readings, citations, documents, and that they are withdrawn.
extension Page {
    /// As read, and beside it what it is understood to be where that is not the same.
    func reading(
        _ asRead: String,
        _ understood: String?,
        _ certainty: String,
        _ note: String?
    ) -> String {
        guard certainty != "certain" || understood != asRead || note != nil else { return asRead }
        let meaning = [understood, word(certainty), note].compactMap(\.self)
        return "\(asRead) (\(meaning.joined(separator: "; ")))"
    }

    func append(_ citations: [CitationRow], to fields: inout FieldList) {
        for cited in citations {
            fields.append(
                choose("อ้างถึง", "cites"),
                reading(cited.asRead, cited.asUnderstood, cited.certainty, cited.note)
            )
        }
    }

    func append(_ documents: [DocumentRow], to fields: inout FieldList) {
        for document in documents {
            let name = [document.number, document.title].compactMap(\.self)
            let facts = name + [document.mediaType, "\(document.byteCount)", document.sha256]
            fields.append(choose("เอกสาร", "document"), facts.joined(separator: " "))
        }
    }

    /// What counts no more, and why.
    func append(_ withdrawals: [WithdrawalRow], to fields: inout FieldList) {
        for row in withdrawals {
            let what = [word(row.kind), row.part, row.area, day(row.withdrawnOn)].compactMap(\.self)
            fields.append(
                choose("ถอนแล้ว", "withdrawn"),
                "\(what.joined(separator: " ")): \(row.reason)"
            )
        }
    }
}
