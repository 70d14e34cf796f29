import Survey
import Testing

/// Why: the answers that decided, and none that did not.
@Suite struct `Explanations` {
    private let form = Questionnaire.bmn2560
    private let head = Household.member(40, relation: "head", sex: "male")

    private func reasons(_ number: Int, _ answers: Answers) -> [String] {
        let derivation = form.derive(answers, referenceDate: Household.referenceDate)
        let explanation = Explanation(form, answers)
        return derivation.results[number - 1].cases.flatMap { one in
            one.grounds.map { explanation.text($0).en }
        }
    }

    @Test func `31: who lives alone fails by what is asked of them, and not by being one`() {
        var alone = Household.answers([head])
        alone.household["q31.5"] = .yesNo(false)
        #expect(reasons(31, alone) == ["Visits or is visited by kin at least once a year: no"])
        var two = Household.answers([head, Household.member(30)])
        two.household["q31.2"] = .yesNo(false)
        #expect(reasons(31, two) == ["Respects one another, with no violent quarrel: no"])
    }

    @Test func `22: income that is left out counts nothing and is no reason to fail`() {
        var answers = Household.answers(
            [Household.member(40, relation: "head", ["q22.1": .number(30_000)])]
        )
        #expect(
            reasons(22, answers) == [
                "Income from the main occupation, a year; Income from other work, a year;"
                    + " Other income, a year; Worth of what is made and used at home, a year;"
                    + " Income of the household that is not one member's, a year: not answered;"
                    + " Number of members (30000 ✗ >= 38000)"
            ]
        )
        answers.household["q22.5"] = .number(8_000)
        #expect(
            reasons(22, answers).first?.hasSuffix(
                "a year: 8000; Number of members (38000 >= 38000)"
            )
                == true
        )
    }

    @Test func `who is left out of an indicator, and who may be, is explained too`() throws {
        var answers = Household.answers([head, Household.member(8)])
        answers.members[1]["birthDate"] = nil
        let derivation = form.derive(answers, referenceDate: Household.referenceDate)
        let explanation = Explanation(form, answers)
        let elderly = derivation.results[20]
        let excluded = try #require(elderly.excluded.first)
        #expect(excluded.place == .member(0) && excluded.grounds.isEmpty)
        #expect(excluded.scope.map { explanation.text($0).en } == ["Age (40 ✗ >= 60)"])
        #expect(excluded.scope.map { explanation.text($0).th } == ["อายุ (40 ✗ >= 60)"])
        let undecided = try #require(elderly.undecided.first)
        #expect(undecided.place == .member(1) && undecided.grounds.isEmpty)
        #expect(undecided.scope.map { explanation.text($0).en } == ["Age: not known"])
        let adult = try #require(derivation.results[5].cases.first)
        #expect(adult.scope.map { explanation.text($0).en } == ["Age (40 >= 35)"])
    }

    @Test func `what is not asked is said to be so, where nothing else decides`() throws {
        let json = """
            {"edition":"2566","titleTh":"ท","titleEn":"T",
            "categories":[{"category":"c","nameTh":"ก","nameEn":"C"}],
            "items":[{"item":"birthDate","unit":"member","th":"ก","en":"Born","day":{}},
            {"item":"w","unit":"member","th":"งาน","en":"Works","choice":"yesNo","asked":"age >= 15"}],
            "indicators":[{"number":1,"category":"c","unit":"member","nameTh":"ก",
            "nameEn":"I","pass":"w","ruleTh":"ก","ruleEn":"R"}]}
            """
        let form = try Questionnaire(json: Array(json.utf8))
        let answers = Answers(members: [["birthDate": .day(Household.day("2012-01-01"))]])
        let derivation = form.derive(answers, referenceDate: Household.referenceDate)
        #expect(derivation.missing == [] && derivation.isSound)
        let one = try #require(derivation.results[0].cases.first)
        #expect(one.isPassed == false)
        let explained = one.grounds.map { Explanation(form, answers).text($0) }
        #expect(explained.map(\.en) == ["Works: not asked"])
        #expect(explained.map(\.th) == ["งาน: ไม่ได้ถาม"])
    }
}
