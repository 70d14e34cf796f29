import Survey
import Testing

/// The defects that reading the field app of 2020-2022 showed, each absent here.
@Suite struct `Deriving the indicators of 2560-2564` {
    private let form = Questionnaire.bmn2560

    private func derive(_ answers: Answers) -> Derivation {
        form.derive(answers, referenceDate: Household.referenceDate)
    }

    private func result(_ number: Int, _ members: [[String: Answer]]) -> Derivation.Result {
        derive(Household.answers(members)).results[number - 1]
    }

    private let head = Household.member(40, relation: "head", sex: "male")

    @Test func `a household that passes everything has nothing missing and nothing contradicted`() {
        let members = [head] + [70, 34, 16, 14, 10, 5, 4].map { Household.member($0) }
        let answers = Household.answers(members)
        #expect(form.problems(answers, referenceDate: Household.referenceDate) == [])
        let derivation = derive(answers)
        #expect(derivation.missing == [])
        #expect(derivation.contradictions == [])
        #expect(derivation.isSound)
        for result in derivation.results { #expect(result.failingCount == 0, "\(result.number)") }
        let counts = derivation.results.map(\.inScopeCount)
        // Persons by age, the household where it is asked as one.
        #expect(counts[3] == 1 && counts[6] == 6 && counts[23] == 8 && counts[18] == 3)
        #expect(counts[0] == 0 && counts[1] == 0 && counts[20] == 1 && counts[26] == 1)
    }

    @Test func `7: members may split between exercise and exertion, and ages 6+ are counted`() {
        let split = [
            Household.member(40, relation: "head", ["q7.2": .yesNo(false)]),
            Household.member(30, ["q7.1": .yesNo(false)]),
            Household.member(6), Household.member(5),
        ]
        #expect(result(7, split).inScopeCount == 3)
        #expect(result(7, split).failingCount == 0)
        let neither =
            split + [Household.member(20, ["q7.1": .yesNo(false), "q7.2": .yesNo(false)])]
        #expect(result(7, neither).failingCount == 1)
    }

    @Test func `7: its answers are its own and change nothing of 6`() {
        for value in [false, true] {
            let members = [
                Household.member(
                    40,
                    relation: "head",
                    ["q6.1": .yesNo(true), "q7.1": .yesNo(value), "q7.2": .yesNo(value)]
                )
            ]
            #expect(result(6, members).failingCount == 0)
            #expect(result(7, members).failingCount == (value ? 0 : 1))
        }
    }

    @Test func `14: every answer it reads is asked, so it can pass, and each crime fails it`() {
        let answers = Household.answers([head])
        #expect(derive(answers).results[13].failingCount == 0)
        for item in form.indicators[13].pass.itemNames {
            #expect(form.item(item)?.unit == .household)
            var changed = answers
            changed.household[item] = .yesNo(true)
            #expect(derive(changed).results[13].failingCount == 1, "\(item)")
        }
        #expect(form.indicators[13].pass.itemNames.count == 5)
    }

    @Test func `20: students without work and who cannot care for themselves are left out`() {
        let none: [String: Answer] = [
            "q20": .choice("noIncome"), "q22.1": .number(0), "occupation": .choice("none"),
        ]
        let idle = Household.member(30, none)
        let student = Household.member(17, none.merging(["studying": .yesNo(true)]) { $1 })
        let working = Household.member(18, ["studying": .yesNo(true)])
        let disabled = Household.member(
            30,
            none.merging(
                ["disabled": .yesNo(true), "caresForSelf": .yesNo(false), "q28": .yesNo(true)]
            ) { $1 }
        )
        let able = Household.member(
            30,
            none.merging(
                ["disabled": .yesNo(true), "caresForSelf": .yesNo(true), "q28": .yesNo(true)]
            ) { $1 }
        )
        let found = result(20, [head, idle, student, working, disabled, able])
        #expect(found.cases.map(\.place) == [.member(0), .member(1), .member(3), .member(5)])
        #expect(
            found.cases.filter { $0.isPassed == false }.map(\.place) == [.member(1), .member(5)]
        )
    }

    @Test func `23: any amount of savings passes`() {
        var answers = Household.answers([head])
        answers.household["q23.1"] = .number(1)
        #expect(derive(answers).results[22].failingCount == 0)
        answers.household["q23"] = .yesNo(false)
        answers.household["q23.1"] = nil
        #expect(derive(answers).results[22].failingCount == 1)
    }

    @Test func `22: all income is divided by all members`() {
        let child = Household.member(10)
        func failing(_ baht: Int64, _ others: [[String: Answer]], shared: Int64? = nil) -> Int {
            var answers = Household.answers(
                [Household.member(40, relation: "head", ["q22.1": .number(baht)])] + others
            )
            answers.household["q22.5"] = shared.map { .number($0) }
            return derive(answers).results[21].failingCount
        }
        #expect(failing(38_000, []) == 0)
        #expect(failing(37_999, []) == 1)
        #expect(failing(75_999, [child]) == 1)
        #expect(failing(76_000, [child]) == 0)
        #expect(failing(75_999, [child], shared: 1) == 0)
        #expect(failing(75_998, [child], shared: 1) == 1)
    }

    @Test func `31: a household of one has a result, and of more needs all three`() {
        for (kin, visits, happy, fails) in [
            (true, true, nil, 0), (true, false, nil, 1), (false, nil, true, 0),
            (false, nil, false, 1),
        ] as [(Bool, Bool?, Bool?, Int)] {
            var answers = Household.answers([head])
            answers.household["q31.4"] = .yesNo(kin)
            answers.household["q31.5"] = visits.map { .yesNo($0) }
            answers.household["q31.6"] = happy.map { .yesNo($0) }
            #expect(derive(answers).results[30].isDecided)
            #expect(derive(answers).results[30].failingCount == fails)
        }
        for item in ["q31.1", "q31.2", "q31.3"] {
            var answers = Household.answers([head, Household.member(30)])
            #expect(derive(answers).results[30].failingCount == 0)
            answers.household[item] = .yesNo(false)
            #expect(derive(answers).results[30].failingCount == 1, "\(item)")
        }
    }

    @Test func `ages are those at the reference date, whatever the day it is asked`() {
        let born = Household.day("2012-01-01")
        let member = Household.member(6, ["birthDate": .day(born)])
        let answers = Household.answers([head, member])
        let first = form.derive(answers, referenceDate: Household.day("2017-12-31"))
        let second = form.derive(answers, referenceDate: Household.day("2018-01-01"))
        #expect(first.results[6].inScopeCount == 1 && second.results[6].inScopeCount == 2)
    }

    @Test func `17 and 18: who finished M.3 continues, or is trained`() {
        let leaver: [String: Answer] = [
            "education": .choice("lowerSecondary"), "q17.1": .yesNo(true), "q17.2": .yesNo(false),
            "occupation": .choice("none"), "q20": .choice("incomeOnly"), "q18": .yesNo(false),
        ]
        let members = [head, Household.member(16, leaver)]
        #expect(result(17, members).failingCount == 1 && result(18, members).failingCount == 1)
        #expect(result(17, [head]).inScopeCount == 0 && result(18, [head]).inScopeCount == 0)
    }

    @Test func `what is not answered leaves undecided what needs it, and only that`() {
        var answers = Household.answers([head, Household.member(8)])
        answers.members[1]["birthDate"] = nil
        answers.household["q9"] = nil
        let derivation = derive(answers)
        #expect(!derivation.isSound)
        #expect(!derivation.results[8].isDecided && derivation.results[9].isDecided)
        #expect(derivation.results[6].undecided.map(\.place) == [.member(1)])
        #expect(derivation.missing.map(\.item) == ["birthDate", "q9"])
        #expect(derivation.missing.map(\.place) == [.member(1), .household])
        // One that fails already cannot be saved by an answer that is missing.
        answers.household["q4.1"] = nil
        answers.household["q4.2"] = .yesNo(false)
        #expect(derive(answers).results[3].failingCount == 1)
    }

    @Test func `an explanation quotes the answers that decided`() throws {
        var answers = Household.answers([head, Household.member(0, ["q1": .number(2_300)])])
        answers.household["q4.3"] = .yesNo(false)
        let explanation = Explanation(form, answers)
        let derivation = derive(answers)
        let food = try #require(derivation.results[3].cases.first)
        #expect(
            food.grounds.map { explanation.text($0).en }
                == ["Vegetables are washed well or free of toxins: no"]
        )
        let weight = try #require(derivation.results[0].cases.first)
        #expect(
            weight.grounds.map { explanation.text($0).en } == [
                "Weight at birth: 2300 (2300 ✗ >= 2500)"
            ]
        )
        #expect(
            weight.grounds.map { explanation.text($0).th }
                == ["น้ำหนักแรกเกิด: 2300 (2300 ✗ >= 2500)"]
        )
    }
}
