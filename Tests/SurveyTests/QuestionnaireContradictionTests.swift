import Survey
import Testing

/// Checks across answers: each contradiction of the edition is found where it is, and not elsewhere.
@Suite struct `Contradictions among a household's answers` {
    private let form = Questionnaire.bmn2560
    private let head = Household.member(40, relation: "head", sex: "male")

    private func found(_ answers: Answers) -> [String] {
        form.derive(answers, referenceDate: Household.referenceDate).contradictions
            .map(\.contradiction.contradiction)
    }

    private func member(_ age: Int, _ changes: [String: Answer]) -> Answers {
        Household.answers([head, Household.member(age, changes)])
    }

    private var cases: [String: Answers] {
        let id = Answer.text("1101700203450")
        let penniless: [String: Answer] = [
            "q20": .choice("noIncome"), "occupation": .choice("none"), "q22.1": .number(0),
        ]
        let savings = Household.answers(
            [Household.member(40, relation: "head", penniless), Household.member(20, penniless)]
        )
        return [
            "notBornYet": member(0, ["birthDate": .day(Household.day("2018-01-02"))]),
            "childTooOld": Household.answers(
                [head, Household.member(29, relation: "child")]
            ),
            "tooOld": member(111, [:]),
            "noHead": Household.answers([Household.member(40, ["informant": .yesNo(true)])]),
            "headIsChild": Household.answers(
                [Household.member(14, relation: "head", ["informant": .yesNo(false)])]
                    + [Household.member(40, ["informant": .yesNo(true)])]
            ),
            "twoSpouses": Household.answers(
                [head] + [38, 39].map { Household.member($0, relation: "spouse") }
            ),
            "noInformant": Household.answers(
                [Household.member(40, relation: "head", ["informant": .yesNo(false)])]
            ),
            "informantIsChild": member(14, ["informant": .yesNo(true)]),
            "sameCitizenID": Household.answers(
                [Household.member(40, relation: "head", ["citizenID": id])]
                    + [Household.member(20, ["citizenID": id])]
            ),
            "titleAndSex": member(30, ["title": .choice("mr")]),
            "childTitleOfAdult": member(15, ["title": .choice("girl")]),
            "smallChildAtWork": member(4, ["occupation": .choice("farmer")]),
            "childAtWork": member(14, ["occupation": .choice("trader")]),
            "smallChildEducated": member(4, ["education": .choice("primary")]),
            "degreeTooEarly": member(15, ["education": .choice("bachelor")]),
            "studentNotStudying": member(
                20,
                [
                    "occupation": .choice("student"), "studying": .yesNo(false),
                    "q20": .choice("incomeOnly"),
                ]
            ),
            "schoolAgeWithoutSchool": member(
                10,
                ["education": .choice("none"), "studying": .yesNo(false)]
            ),
            "occupationAndIncomeDiffer": member(20, ["occupation": .choice("none")]),
            "incomeWithoutIncome": member(
                20,
                ["q20": .choice("noIncome"), "occupation": .choice("none")]
            ),
            "noAmountOfIncome": member(20, ["q22.1": .number(0)]),
            "savingsWithoutIncome": savings,
            "smallChildDrinksOrSmokes": member(6, ["q25": .yesNo(true)]),
            "newbornHeavy": member(0, ["q1": .number(5_501)]),
        ]
    }

    @Test func `has one for each that the edition names`() {
        #expect(Set(cases.keys) == Set(form.contradictions.map(\.contradiction)))
        #expect(form.contradictions.count == cases.count)
    }

    @Test func `each is found with the answers that show it, once, and nothing else is`() throws {
        for (name, answers) in cases {
            let all = form.derive(answers, referenceDate: Household.referenceDate).contradictions
            #expect(all.map(\.contradiction.contradiction) == [name])
            let hit = try #require(all.first)
            #expect(!hit.grounds.isEmpty && hit.grounds.allSatisfy { $0.holds != nil })
        }
    }

    @Test func `savings may come from the household's own income`() {
        var answers = cases["savingsWithoutIncome"] ?? Answers()
        answers.household["q22.5"] = .number(1)
        #expect(!found(answers).contains("savingsWithoutIncome"))
        answers.household["q22.5"] = .number(0)
        #expect(found(answers).contains("savingsWithoutIncome"))
    }

    @Test func `income without an occupation, and an occupation, differ`() {
        #expect(
            found(member(20, ["q20": .choice("incomeOnly")])) == ["occupationAndIncomeDiffer"]
        )
        let student: [String: Answer] = [
            "q20": .choice("incomeOnly"), "occupation": .choice("student"),
            "studying": .yesNo(true),
        ]
        #expect(found(member(20, student)) == [])
    }

    @Test func `a child of the head is 12 years younger, and of a head only`() {
        func ages(_ child: Int, _ relation: String = "child") -> [String] {
            found(Household.answers([head, Household.member(child, relation: relation)]))
        }
        #expect(ages(28) == [] && ages(29) == ["childTooOld"] && ages(41) == ["childTooOld"])
        #expect(ages(29, "sibling") == [])
        let headless = Household.answers([
            Household.member(40, ["informant": .yesNo(true)]),
            Household.member(30, relation: "child"),
        ])
        #expect(found(headless) == ["noHead"])
    }

    @Test func `who is of school age is in school by both answers, or by neither`() {
        func school(_ isIn: Bool, _ studying: Bool, _ education: String, age: Int = 10) -> [String]
        {
            found(
                member(
                    age,
                    [
                        "q16.1": .yesNo(isIn), "studying": .yesNo(studying),
                        "education": .choice(education),
                    ]
                )
            )
        }
        #expect(school(true, false, "none") == ["schoolAgeWithoutSchool"])
        #expect(school(false, true, "primary") == ["schoolAgeWithoutSchool"])
        #expect(school(false, false, "primary") == [] && school(true, true, "primary") == [])
        // Done with it, and in the kindergarten at six.
        #expect(school(true, false, "lowerSecondary", age: 14) == [])
        #expect(school(false, true, "preschool", age: 6) == [])
    }

    @Test func `a household without contradictions shows none`() {
        #expect(found(Household.answers([head, Household.member(20)])) == [])
        #expect(found(member(15, [:])) == [])
        #expect(found(member(110, [:])) == [])
        #expect(found(member(7, [:])) == [])
    }

    @Test func `an error keeps a household from being sound, a warning does not`() {
        let warned = form.derive(
            member(20, ["occupation": .choice("none")]),
            referenceDate: Household.referenceDate
        )
        #expect(warned.contradictions.map(\.contradiction.severity) == [.warning])
        #expect(warned.isSound)
        let refused = form.derive(
            member(30, ["title": .choice("mr")]),
            referenceDate: Household.referenceDate
        )
        #expect(refused.contradictions.map(\.contradiction.severity) == [.error])
        #expect(!refused.isSound)
    }
}
