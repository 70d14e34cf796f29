import Survey

/// What a household answers to the whole questionnaire: as the published rates have it, item by item.
struct DemoAnswers {
    private(set) var answers: Answers
    private let hardship: Double

    /// - Parameters:
    ///   - household: who answers.
    ///   - houseNumber: of the house.
    ///   - hardship: how much more often than usual this place fails; 1 on average.
    ///   - random: where the answers come from.
    init(
        _ household: DemoHousehold,
        houseNumber: String,
        hardship: Double,
        _ random: inout SeededGenerator
    ) {
        self.hardship = hardship
        answers = Answers(household: ["houseNumber": .text(houseNumber)], members: [])
        for member in household.members { append(member, &random) }
        answerForHouse(&random)
        answerForFamily(household.members.count, &random)
        answerForMoney(&random)
    }

    private func fails(
        _ indicator: Int,
        _ random: inout SeededGenerator,
        times factor: Double = 1
    ) -> Bool {
        random.chance((100 - PassRate.all[indicator - 1].percent) / 100 * hardship * factor)
    }

    // MARK: - Members

    private mutating func append(_ member: DemoMember, _ random: inout SeededGenerator) {
        let isStudying = isStudying(member, &random)
        let occupation = isStudying && member.age >= 6 ? "student" : occupation(member, &random)
        var sheet = roster(member)
        sheet["studying"] = .yesNo(isStudying)
        sheet["occupation"] = .choice(occupation)
        sheet["education"] = .choice(education(member, isStudying: isStudying, &random))
        answerForHealth(of: member, in: &sheet, &random)
        answerForSchool(of: member, isStudying: isStudying, in: &sheet, &random)
        answerForWork(of: member, occupation, in: &sheet, &random)
        answers.members.append(sheet)
    }

    private func roster(_ member: DemoMember) -> [String: Answer] {
        let isDisabled = member.bodyCondition == DemoMember.disabled
        let isIll = member.bodyCondition == DemoMember.chronicallyIll
        let relation = Self.relations[member.relation] ?? "relative"
        return [
            "relation": .choice(relation), "title": .choice(Self.titles[member.title] ?? "other"),
            "firstName": .text(member.firstName), "lastName": .text(member.lastName),
            "sex": .choice(member.isMan ? "male" : "female"),
            "citizenID": .text(member.citizenID), "birthDate": .day(member.birthDate),
            "religion": .choice("buddhist"), "disabled": .yesNo(isDisabled),
            "chronicallyIll": .yesNo(isIll), "informant": .yesNo(relation == "head"),
        ]
    }

    private static let relations = [
        "หัวหน้าครัวเรือน": "head", "คู่สมรส": "spouse", "บุตร": "child", "บิดามารดา": "parent",
        "หลาน": "grandchild",
    ]

    private static let titles = [
        "ด.ช.": "boy", "ด.ญ.": "girl", "นาย": "mr", "นาง": "mrs", "น.ส.": "miss",
    ]

    /// Who fails indicator 16 is of school age and not at school.
    private func isStudying(_ member: DemoMember, _ random: inout SeededGenerator) -> Bool {
        switch member.age {
        case ..<3: false
        case 3...5: true
        case 6...14: !fails(16, &random)
        case 15...17: random.chance(0.85)
        case 18...22: random.chance(0.4)
        default: false
        }
    }

    private func occupation(_ member: DemoMember, _ random: inout SeededGenerator) -> String {
        if member.age < 15 { return "none" }
        let idle = member.age >= 60 ? 0.4 : member.bodyCondition == DemoMember.disabled ? 0.5 : 0.04
        if random.chance(idle) { return "none" }
        return random.pick([
            "farmer", "farmer", "farmer", "labourer", "trader", "employee", "official",
        ])
    }

    private func education(
        _ member: DemoMember,
        isStudying: Bool,
        _ random: inout SeededGenerator
    ) -> String {
        switch member.age {
        case ..<3: "none"
        case 3...5: "preschool"
        case 6...12: "primary"
        case 13...15: "lowerSecondary"
        case 16...17: isStudying ? "upperSecondary" : "lowerSecondary"
        case 18...22 where isStudying: "bachelor"
        case ..<45: random.pick(["primary", "lowerSecondary", "upperSecondary", "bachelor"])
        default: random.chance(0.8) ? "primary" : "lowerSecondary"
        }
    }

    private func answerForHealth(
        of member: DemoMember,
        in sheet: inout [String: Answer],
        _ random: inout SeededGenerator
    ) {
        let months = member.birthDate.wholeMonths(until: DemoHousehold.referenceDate)
        let isDisabled = member.bodyCondition == DemoMember.disabled
        let isIll = member.bodyCondition == DemoMember.chronicallyIll
        if isDisabled || isIll || member.age >= 60 {
            sheet["caresForSelf"] = .yesNo(random.chance(isDisabled ? 0.6 : 0.97))
        }
        if months <= 12 {
            let isLight = fails(1, &random)
            let grams = isLight ? random.integer(in: 1800...2490) : random.integer(in: 2500...3900)
            sheet["q1"] = .number(Int64(grams))
            sheet[months < 6 ? "q2.1" : "q2.2"] = .yesNo(!fails(2, &random))
        }
        if member.age <= 12 { sheet["q3"] = .yesNo(!fails(3, &random)) }
        if member.age >= 35 { sheet["q6.1"] = .yesNo(!fails(6, &random)) }
        if member.age >= 6 {
            let isIdle = fails(7, &random)
            sheet["q7.1"] = .yesNo(!isIdle && random.chance(0.6))
            sheet["q7.2"] = .yesNo(!isIdle && sheet["q7.1"] == .yesNo(false))
            sheet["q26"] = .yesNo(!fails(26, &random))
        }
        // Everybody is asked about drinking and smoking; no child is made to.
        sheet["q24"] = .yesNo(member.age >= 15 && fails(24, &random, times: 1.3))
        sheet["q25"] = .yesNo(member.age >= 15 && fails(25, &random, times: 1.3))
        if member.age >= 60 { sheet["q27"] = .yesNo(!fails(27, &random)) }
        if isDisabled { sheet["q28"] = .yesNo(!fails(28, &random)) }
        if isIll { sheet["q29"] = .yesNo(!fails(29, &random)) }
    }

    private func answerForSchool(
        of member: DemoMember,
        isStudying: Bool,
        in sheet: inout [String: Answer],
        _ random: inout SeededGenerator
    ) {
        if (3...5).contains(member.age) { sheet["q15"] = .yesNo(!fails(15, &random)) }
        if (6...14).contains(member.age) { sheet["q16.1"] = .yesNo(isStudying) }
        let education = sheet["education"]
        if education == .choice("lowerSecondary") || education == .choice("upperSecondary") {
            let hasJustFinished = (15...16).contains(member.age) && isStudying
            sheet["q17.1"] = .yesNo(hasJustFinished)
            if hasJustFinished { sheet["q17.2"] = .yesNo(!fails(17, &random)) }
        }
        let isIdle = !isStudying && sheet["occupation"] == .choice("none")
        if education == .choice("lowerSecondary"), isIdle {
            sheet["q18"] = .yesNo(!fails(18, &random))
        }
        if (15...59).contains(member.age) {
            let readsAndCounts = !fails(19, &random)
            sheet["q19.1"] = .yesNo(readsAndCounts)
            sheet["q19.2"] = .yesNo(readsAndCounts)
        }
    }

    private func answerForWork(
        of member: DemoMember,
        _ occupation: String,
        in sheet: inout [String: Answer],
        _ random: inout SeededGenerator
    ) {
        guard member.age >= 15 else { return }
        var amounts = (work: 0, other: 0)
        if occupation == "none" || occupation == "student" {
            // Of those without work most have an allowance; a fifth is what the rates leave.
            let hasNone = occupation == "student" || random.chance(0.2)
            sheet["q20"] = .choice(hasNone ? "noIncome" : "incomeOnly")
            if !hasNone { amounts.other = 600 * 12 + 100 * random.integer(in: 0...200) }
        } else {
            sheet["q20"] = .choice("occupationAndIncome")
            amounts.work = 1000 * random.integer(in: 30...180)
        }
        sheet["q22.1"] = .number(Int64(amounts.work))
        sheet["q22.2"] = .number(0)
        sheet["q22.3"] = .number(Int64(amounts.other))
        sheet["q22.4"] = .number(0)
    }

    // MARK: - The household

    /// Sub-items of which one is answered the wrong way where the household fails.
    private mutating func answer(
        _ indicator: Int,
        _ items: [String],
        passing: Bool = true,
        _ random: inout SeededGenerator
    ) {
        let wrong = fails(indicator, &random) ? random.pick(items) : nil
        for item in items { answers.household[item] = .yesNo((item == wrong) != passing) }
    }

    private mutating func answerForHouse(_ random: inout SeededGenerator) {
        answer(4, (1...4).map { "q4.\($0)" }, &random)
        answer(5, (1...4).map { "q5.\($0)" }, &random)
        answer(8, ["q8.1", "q8.2"], &random)
        answer(9, ["q9"], &random)
        answer(10, ["q10"], &random)
        answer(11, (1...8).map { "q11.\($0)" }, &random)
        answer(12, (1...6).map { "q12.\($0)" }, passing: false, &random)
        answer(13, (1...4).map { "q13.1.\($0)" }, &random)
        answer(14, (1...5).map { "q14.\($0)" }, passing: false, &random)
        answers.household["landLivedOn"] = .choice(random.pick(["own", "own", "own", "state"]))
        answers.household["landWorked"] = .choice(random.pick(["own", "own", "rented", "none"]))
        answers.household["happiness"] = .number(Int64(random.integer(in: 5...10)))
    }

    private mutating func answerForFamily(
        _ memberCount: Int,
        _ random: inout SeededGenerator
    ) {
        answer(30, ["q30"], &random)
        if memberCount >= 2 {
            answer(31, ["q31.1", "q31.2", "q31.3"], &random)
        } else {
            answers.household["q31.4"] = .yesNo(true)
            answers.household["q31.5"] = .yesNo(!fails(31, &random))
        }
    }

    /// Whoever earns too little alone is helped, unless the household fails.
    private mutating func answerForMoney(_ random: inout SeededGenerator) {
        let earned = answers.members.reduce(0) { sum, sheet in
            sum + Self.number(sheet["q22.1"]) + Self.number(sheet["q22.3"])
        }
        let missing = 38_000 * Int64(answers.members.count) - earned
        if missing > 0, !fails(22, &random) {
            answers.household["q22.5"] = .number((missing + 999) / 1000 * 1000)
        }
        answer(23, ["q23"], &random)
        if answers.household["q23"] == .yesNo(true) {
            answers.household["q23.1"] = .number(Int64(random.integer(in: 1...60) * 1000))
        }
    }

    private static func number(_ answer: Answer?) -> Int64 {
        if case .number(let number) = answer { return number }
        return 0
    }
}
