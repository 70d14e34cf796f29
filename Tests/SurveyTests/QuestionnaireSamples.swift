import Survey

/// Answers that pass everything, to change one at a time.
enum Household {
    static let referenceDate = day("2018-01-01")

    static func day(_ iso: String) -> Day {
        guard let day = Day(iso: iso) else { preconditionFailure("\(iso) is no day") }
        return day
    }

    /// A member of an age in whole years at the reference date, who passes.
    static func member(
        _ age: Int,
        relation: String = "relative",
        sex: String = "female",
        _ changes: [String: Answer] = [:]
    ) -> [String: Answer] {
        var answers: [String: Answer] = [
            "relation": .choice(relation), "sex": .choice(sex),
            "title": .choice(
                sex == "male" ? (age < 15 ? "boy" : "mr") : (age < 15 ? "girl" : "mrs")
            ),
            "firstName": .text("ก"), "lastName": .text("ข"),
            "birthDate": .day(day("\(2017 - age)-06-01")),
            "occupation": .choice(age < 15 ? "none" : "farmer"),
            "education": .choice(age < 5 ? "none" : "primary"),
            "studying": .yesNo(age >= 5 && age < 15), "religion": .choice("buddhist"),
            "disabled": .yesNo(false), "chronicallyIll": .yesNo(false),
            "informant": .yesNo(relation == "head"), "q24": .yesNo(false), "q25": .yesNo(false),
        ]
        if age <= 12 { answers["q3"] = .yesNo(true) }
        if age >= 3, age <= 5 { answers["q15"] = .yesNo(true) }
        if age >= 6 { answers.merge(yes("q7.1", "q7.2", "q26")) { $1 } }
        if age >= 6, age <= 14 { answers["q16.1"] = .yesNo(true) }
        if age >= 15, age <= 59 { answers.merge(yes("q19.1", "q19.2")) { $1 } }
        if age >= 15 {
            answers["q20"] = .choice("occupationAndIncome")
            answers["q22.1"] = .number(120_000)
            for item in ["q22.2", "q22.3", "q22.4"] { answers[item] = .number(0) }
        }
        if age >= 35 { answers["q6.1"] = .yesNo(true) }
        if age >= 60 { answers.merge(yes("q27", "caresForSelf")) { $1 } }
        return answers.merging(changes) { $1 }
    }

    static func answers(_ members: [[String: Answer]]) -> Answers {
        var household = yes(
            "q4.1",
            "q4.2",
            "q4.3",
            "q4.4",
            "q5.1",
            "q5.2",
            "q5.3",
            "q5.4",
            "q8.1",
            "q8.2",
            "q9",
            "q10",
            "q11.1",
            "q11.2",
            "q11.3",
            "q11.4",
            "q11.5",
            "q11.6",
            "q11.7",
            "q11.8",
            "q13.1.1",
            "q13.1.2",
            "q13.1.3",
            "q13.1.4",
            "q23",
            "q30"
        )
        household["houseNumber"] = .text("1")
        for number in 1...6 { household["q12.\(number)"] = .yesNo(false) }
        for number in 1...5 { household["q14.\(number)"] = .yesNo(false) }
        if members.count == 1 {
            household.merge(yes("q31.4", "q31.5")) { $1 }
        } else {
            household.merge(yes("q31.1", "q31.2", "q31.3")) { $1 }
        }
        return Answers(household: household, members: members)
    }

    static func yes(_ items: String...) -> [String: Answer] {
        Dictionary(items.map { ($0, Answer.yesNo(true)) }, uniquingKeysWith: { $1 })
    }
}
