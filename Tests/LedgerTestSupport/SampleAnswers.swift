package import Ledger
package import Survey

/// A household that gave its answers.
extension Sample {
    /// A farmer of 37 who lives alone and passes everything, with changes to what he says of himself.
    package static func answers(_ changes: [String: Answer] = [:]) -> Answers {
        var household: [String: Answer] = ["houseNumber": .text("12/3")]
        for item in [
            "q4.1", "q4.2", "q4.3", "q4.4", "q5.1", "q5.2", "q5.3", "q5.4", "q8.1", "q8.2", "q9",
            "q10", "q11.1", "q11.2", "q11.3", "q11.4", "q11.5", "q11.6", "q11.7", "q11.8",
            "q13.1.1", "q13.1.2", "q13.1.3", "q13.1.4", "q23", "q30", "q31.4", "q31.5",
        ] { household[item] = .yesNo(true) }
        for number in 1...6 { household["q12.\(number)"] = .yesNo(false) }
        for number in 1...5 { household["q14.\(number)"] = .yesNo(false) }
        var head: [String: Answer] = [
            "relation": .choice("head"), "title": .choice("mr"), "firstName": .text("สมมุติ"),
            "lastName": .text("ตัวอย่าง"), "sex": .choice("male"),
            "birthDate": .day(Day(year: 1980, month: 5, day: 5) ?? Day(daysSinceEpoch: 0)),
            "occupation": .choice("farmer"), "education": .choice("primary"),
            "religion": .choice("buddhist"), "q20": .choice("occupationAndIncome"),
            "q22.1": .number(120_000), "q22.2": .number(0), "q22.3": .number(0),
            "q22.4": .number(0),
        ]
        for item in ["informant", "q6.1", "q7.1", "q7.2", "q19.1", "q19.2", "q26"] {
            head[item] = .yesNo(true)
        }
        for item in ["studying", "disabled", "chronicallyIll", "q24", "q25"] {
            head[item] = .yesNo(false)
        }
        return Answers(household: household, members: [head.merging(changes) { $1 }])
    }

    package static func record(
        _ household: String,
        answers: Answers,
        id: CommandID = .fresh()
    ) -> Command {
        var command = record(household, id: id)
        command.recordHousehold.indicators = []
        command.recordHousehold.clearPersonal()
        command.recordHousehold.answers = AnswersDocument(answers)
        return command
    }

    package static func correct(
        _ household: String,
        answers: Answers,
        id: CommandID = .fresh()
    ) -> Command {
        var command = correct(household, failing: 0, id: id)
        command.correctHousehold.indicators = []
        command.correctHousehold.answers = AnswersDocument(answers)
        return command
    }
}
