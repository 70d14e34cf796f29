import SwiftProtobuf

/// Rules of editions: which questionnaires a ledger takes.
extension State {
    func admitEdition(_ definition: EditionDefinition) throws(Rejection) {
        let edition = definition.document.edition
        guard editions[edition] == nil else { throw Rejection(.editionAlreadyDefined, edition) }
        let json = definition.document.json
        guard json.utf8.count <= Limit.editionByteCount else {
            throw Rejection(.editionTooLarge, "\(json.utf8.count)")
        }
        // Its texts are many, and each of them is there for everybody to read.
        guard !CitizenID.isFound(in: json) else {
            throw Rejection(.textHoldsCitizenId, "document")
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
    fileprivate var json: String {
        do {
            return try jsonString()
        } catch {
            preconditionFailure("a questionnaire could not be encoded: \(error)")
        }
    }
}
