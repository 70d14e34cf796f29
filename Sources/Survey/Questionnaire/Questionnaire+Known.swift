extension Questionnaire {
    /// The form of plan 12's years.
    package static let bmn2560 = read(document2560)

    /// By name, those that every ledger knows; others are defined in it.
    package static let builtIn = [bmn2560.edition: bmn2560]

    private static func read(_ document: String) -> Questionnaire {
        do throws(QuestionnaireError) {
            return try Questionnaire(json: Array(document.utf8))
        } catch {
            preconditionFailure("a built-in questionnaire is wrong: \(error)")
        }
    }
}
