/// Why a questionnaire is none, or answers do not fit it.
package struct QuestionnaireError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The document is not JSON of the expected form.
        case documentMalformed
        /// Two things of the document have one name, or a name is not allowed.
        case nameWrong
        /// A condition cannot be read.
        case expressionMalformed
        /// A condition names what is not there, or compares what cannot be compared.
        case expressionWrong
        /// An item, choice or indicator contradicts itself.
        case definitionWrong
        /// An answer to something that is not asked, or not of this kind.
        case answerWrong
    }

    package let code: Code
    /// What, where and what to do, in one sentence.
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package var description: String { "\(code.rawValue): \(reason)" }
}
