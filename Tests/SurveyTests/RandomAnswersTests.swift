import Survey
import Testing

/// Random answers, fit or not: deriving ends with a result and agrees with what was answered.
@Suite struct `Deriving from random answers` {
    private let form = Questionnaire.bmn2560

    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private func answer(_ item: Questionnaire.Item, _ random: inout Generator) -> Answer {
        switch item.kind {
        case .yesNo: .yesNo(.random(using: &random))
        case .choice(let choices): .choice(choices.randomElement(using: &random)?.code ?? "")
        case .number(let bounds, _): .number(.random(in: bounds, using: &random))
        case .day:
            .day(Household.referenceDate + Int.random(in: -40_000...100, using: &random))
        case .text: .text("ก\(Int.random(in: 0...9, using: &random))")
        case .citizenID:
            .text(["1101700203450", "3380100000012"].randomElement(using: &random) ?? "")
        }
    }

    private func answers(_ random: inout Generator) -> Answers {
        var answers = Answers()
        let memberCount = Int.random(in: 1...8, using: &random)
        answers.members = Array(repeating: [:], count: memberCount)
        for item in form.items where Int.random(in: 0...19, using: &random) > 0 {
            if item.unit == .household {
                answers.household[item.item] = answer(item, &random)
            } else {
                for index in 0..<memberCount {
                    answers.members[index][item.item] = answer(item, &random)
                }
            }
        }
        return answers
    }

    @Test(arguments: 0..<300)
    func `has counts within the household, and an explanation for each case`(seed: UInt64) {
        var random = Generator(state: seed)
        let answers = answers(&random)
        let derivation = form.derive(answers, referenceDate: Household.referenceDate)
        let explanation = Explanation(form, answers)
        for (result, rule) in zip(derivation.results, form.indicators) {
            let most = rule.unit == .household ? 1 : answers.members.count
            #expect(result.inScopeCount + result.undecided.count <= most, "seed \(seed)")
            #expect(result.failingCount <= result.inScopeCount, "seed \(seed)")
            let whole = result.cases.count + result.undecided.count + result.excluded.count
            #expect(whole == most, "seed \(seed)")
            for one in result.undecided { #expect(one.scope.contains { $0.holds == nil }) }
            for one in result.excluded {
                #expect(!one.scope.isEmpty && one.scope.allSatisfy { $0.holds != nil })
            }
            for one in result.cases {
                #expect(!one.grounds.isEmpty, "seed \(seed), indicator \(rule.number)")
                #expect(one.grounds.allSatisfy { !explanation.text($0).th.isEmpty })
                // Undecided because something is unknown, decided because nothing needed is.
                #expect(one.grounds.contains { $0.holds == nil } == (one.isPassed == nil))
            }
        }
    }

    /// What is known stays true whatever is answered later, and when all is, all is known.
    @Test(arguments: 0..<40)
    func `never takes back what it knew, and knows all once nothing is missing`(seed: UInt64) {
        var random = Generator(state: seed)
        var answers = answers(&random)
        for item in form.items where Int.random(in: 0...3, using: &random) == 0 {
            if !item.isOptional { answers.forget(item) }
        }
        var derivation = form.derive(answers, referenceDate: Household.referenceDate)
        while let missing = derivation.missing.randomElement(using: &random) {
            guard let item = form.item(missing.item) else { break }
            answers[missing.place, item.item] = answer(item, &random)
            let next = form.derive(answers, referenceDate: Household.referenceDate)
            for (earlier, later) in zip(derivation.results, next.results) {
                for one in earlier.cases where one.isPassed != nil {
                    let still = later.cases.first { $0.place == one.place }
                    #expect(still?.isPassed == one.isPassed, "seed \(seed), \(earlier.number)")
                }
                let places = Set(later.excluded.map(\.place))
                #expect(places.isSuperset(of: earlier.excluded.map(\.place)), "seed \(seed)")
            }
            derivation = next
        }
        let undecided = derivation.results.filter { !$0.isDecided }.map(\.number)
        #expect(undecided == [], "seed \(seed)")
    }

    /// A second way to say it, for those indicators where it is a line.
    @Test(arguments: 0..<300)
    func `agrees with the rules spelled out in code`(seed: UInt64) {
        var random = Generator(state: seed)
        let answers = answers(&random)
        let results = form.derive(answers, referenceDate: Household.referenceDate).results
        let exercise = answers.members.filter { member in
            guard case .day(let born) = member["birthDate"] else { return false }
            return born.wholeYears(until: Household.referenceDate) >= 6
                && member["q7.1"] == .yesNo(false) && member["q7.2"] == .yesNo(false)
        }
        #expect(results[6].failingCount == exercise.count, "seed \(seed)")
        let drinkers = answers.members.count { $0["q24"] == .yesNo(true) }
        #expect(results[23].failingCount == drinkers, "seed \(seed)")
        let crimes = (1...5).contains { answers.household["q14.\($0)"] == .yesNo(true) }
        #expect((results[13].failingCount == 1) == crimes, "seed \(seed)")
        let homes = (1...8).contains { answers.household["q11.\($0)"] == .yesNo(false) }
        #expect((results[10].failingCount == 1) == homes, "seed \(seed)")
    }

    @Test(arguments: 0..<100)
    func `what does not fit is named, never trapped on`(seed: UInt64) {
        var random = Generator(state: seed)
        var answers = answers(&random)
        let items = form.items.shuffled(using: &random)
        answers.household[items[0].item] = answer(items[1], &random)
        answers.members[0][items[2].item] = answer(items[3], &random)
        answers.household["nothing"] = .yesNo(true)
        let problems = form.problems(answers, referenceDate: Household.referenceDate)
        #expect(problems.contains { $0.item == "nothing" && $0.code == .unknownItem })
        _ = form.derive(answers, referenceDate: Household.referenceDate)
    }
}

extension Answers {
    fileprivate mutating func forget(_ item: Questionnaire.Item) {
        household[item.item] = nil
        for index in members.indices { members[index][item.item] = nil }
    }

    fileprivate subscript(place: AnswerPlace, item: String) -> Answer? {
        get { self[item, place] }
        set {
            switch place {
            case .household: household[item] = newValue
            case .member(let index): members[index][item] = newValue
            }
        }
    }
}
