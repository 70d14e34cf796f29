/// A command, with the answers of its household beside it where they were read already.
///
/// An import reads answers into a sheet, which is what they are judged by; as the maps of a command
/// they would be made, hashed and taken apart again for every household.
package struct GivenCommand: Sendable {
    /// Without `answers` where they are beside it.
    package var command: Command
    /// Of a `recordHousehold`.
    package let answers: AnswerSheet?

    package init(_ command: Command, answers: AnswerSheet? = nil) {
        self.command = command
        self.answers = answers
    }

    /// All of it as one command.
    package var whole: Command {
        guard let answers else { return command }
        var whole = command
        whole.recordHousehold.answers = AnswersDocument(answers.answers)
        return whole
    }
}
