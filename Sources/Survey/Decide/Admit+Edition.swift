import SwiftProtobuf

/// Rules of editions: which questionnaires a ledger takes.
extension State {
    func admitEdition(_ definition: EditionDefinition) throws(Rejection) {
        let edition = definition.document.edition
        guard editions[edition] == nil else { throw Rejection(.editionAlreadyDefined, edition) }
        let byteCount = definition.document.byteCount
        guard byteCount <= Limit.editionByteCount else {
            throw Rejection(.editionTooLarge, "\(byteCount)")
        }
        do throws(QuestionnaireError) {
            _ = try Questionnaire(definition.document)
        } catch {
            throw Rejection(.editionMalformed, error.reason)
        }
        try Validation.reason(definition.reason)
    }
}

extension QuestionnaireDocument {
    /// As a record holds it.
    fileprivate var byteCount: Int {
        do {
            let bytes: [UInt8] = try jsonUTF8Bytes()
            return bytes.count
        } catch {
            preconditionFailure("a questionnaire could not be encoded: \(error)")
        }
    }
}
