extension Questionnaire {
    /// The form of plan 12's years.
    package static let bmn2560 = builtIn(document2560)

    private static func builtIn(_ document: String) -> Questionnaire {
        do throws(QuestionnaireError) {
            return try Questionnaire(json: Array(document.utf8))
        } catch {
            preconditionFailure("a built-in questionnaire is wrong: \(error)")
        }
    }
}
