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
        var savings = member(20, ["q22.1": .number(0), "q20": .choice("incomeOnly")])
        savings.members[0]["q22.1"] = .number(0)
        return [
            "notBornYet": member(0, ["birthDate": .day(Household.day("2018-01-02"))]),
            "tooOld": member(111, [:]),
            "noHead": Household.answers([Household.member(40, ["informant": .yesNo(true)])]),
            "headIsChild": Household.answers(
                [Household.member(14, relation: "head"), Household.member(40)]
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
                ["occupation": .choice("student"), "studying": .yesNo(false)]
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

    @Test func `each is found, with the answers that show it`() throws {
        for (name, answers) in cases {
            let derivation = form.derive(answers, referenceDate: Household.referenceDate)
            let all = derivation.contradictions
            let hit = try #require(
                all.first { $0.contradiction.contradiction == name },
                "\(name) was not found"
            )
            #expect(!hit.grounds.isEmpty && hit.grounds.allSatisfy { $0.holds != nil })
            #expect(
                derivation.isSound || hit.contradiction.severity == .error
                    || !derivation.missing.isEmpty || !derivation.results.allSatisfy(\.isDecided)
                    || all.contains { $0.contradiction.severity == .error }
            )
        }
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
