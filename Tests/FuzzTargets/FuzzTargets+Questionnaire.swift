import Survey

extension FuzzTarget {
    /// A document, and what follows from answers to whatever it asks.
    static let questionnaire = FuzzTarget(
        "questionnaire",
        seeds: [Array(QuestionnaireSamples.document.utf8)],
        judge: { bytes in
            let form = try Questionnaire(json: bytes)
            var answers = Answers(members: [[:], [:]])
            for item in form.items {
                let answer = QuestionnaireSamples.answer(item)
                if item.unit == .household {
                    answers.household[item.item] = answer
                } else {
                    answers.members[0][item.item] = answer
                }
            }
            return QuestionnaireSamples.judge(form, answers)
        }
    )

    /// One household's answers to the built-in edition.
    static let answers = FuzzTarget(
        "answers",
        seeds: [Array(QuestionnaireSamples.answers.utf8)],
        judge: { bytes in
            let answers = try Answers(json: bytes, .bmn2560)
            return QuestionnaireSamples.judge(.bmn2560, answers)
        }
    )
}

private enum QuestionnaireSamples {
    /// One of each construct.
    static let document = #"""
        {"edition":"2566","titleTh":"ท","titleEn":"T",
        "categories":[{"category":"c","nameTh":"ก","nameEn":"C"}],
        "choiceLists":[{"list":"color","choices":[{"code":"red","th":"แดง","en":"Red"}]}],
        "items":[{"item":"birthDate","unit":"member","th":"ก","en":"B","day":{}},
        {"item":"a","unit":"household","th":"ก","en":"A","choice":"yesNo"},
        {"item":"b","unit":"household","th":"ก","en":"B","asked":"not a","choice":"color"},
        {"item":"n","unit":"member","th":"ก","en":"N","asked":"age >= 15","personal":true,
        "number":{"minimum":"0","maximum":"100","measure":"g"}},
        {"item":"id","unit":"member","th":"ก","en":"I","optional":true,"citizenId":{}},
        {"item":"t","unit":"member","th":"ก","en":"T","text":{}}],
        "indicators":[{"number":1,"category":"c","unit":"household","nameTh":"ก","nameEn":"I",
        "scope":"memberCount > 0","pass":"(a or b = \"red\") and sum(n * 2 where age > 3) - 1 >= 10",
        "ruleTh":"ก","ruleEn":"R"},
        {"number":3,"category":"c","unit":"member","nameTh":"ก","nameEn":"J",
        "pass":"n in (1, (2 + 3)) or every(answered(t)) or some(n > 1 where not answered(id))",
        "ruleTh":"ก","ruleEn":"R"}],
        "contradictions":[{"contradiction":"x","unit":"household","severity":"warning",
        "found":"not distinct(id) or count(n = 0) != 1","th":"ก","en":"X"}]}
        """#

    static let answers = #"""
        {"household":{"houseNumber":"12/3","q4.1":true,"q22.5":500,"landWorked":"rented"},
        "members":[{"relation":"head","birthDate":"1980-05-31","citizenID":"1-1017-00203-45-0",
        "q20":"occupationAndIncome","q22.1":30000},{}]}
        """#

    /// Something that fits, so that what follows from it is reached.
    static func answer(_ item: Questionnaire.Item) -> Answer {
        switch item.kind {
        case .yesNo: .yesNo(true)
        case .choice(let choices): .choice(choices.first?.code ?? "")
        case .number(let bounds, _): .number(bounds.upperBound)
        case .day: .day(Day(daysSinceEpoch: 0))
        case .text: .text("a")
        case .citizenID: .text("1101700203450")
        }
    }

    /// Where nothing is missing and all fits, everything is decided; everything can be explained.
    static func judge(_ form: Questionnaire, _ answers: Answers) -> String? {
        let referenceDate = Day(daysSinceEpoch: 17_500)
        let derivation = form.derive(answers, referenceDate: referenceDate)
        let explanation = Explanation(form, answers)
        for result in derivation.results {
            for one in result.cases + result.undecided + result.excluded {
                for ground in one.scope + one.grounds where explanation.text(ground).en.isEmpty {
                    return "a reason has no words"
                }
            }
        }
        let fits = form.problems(answers, referenceDate: referenceDate).isEmpty
        let isUndecided = !derivation.results.allSatisfy(\.isDecided)
        return fits && derivation.missing.isEmpty && isUndecided
            ? "it is undecided, and nothing is missing" : nil
    }
}
