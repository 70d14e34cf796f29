import Survey

extension Answers {
    /// A couple's household: a man of 37 and a girl of 5 at the reference date, who pass everything.
    static func sample(
        head: [String: Answer] = [:],
        child: [String: Answer] = [:],
        household: [String: Answer] = [:]
    ) -> Answers {
        var answers = Household.answers([
            Household.member(37, relation: "head", sex: "male", head),
            Household.member(5, relation: "child", child),
        ])
        answers.household.merge(household) { $1 }
        return answers
    }

    /// As many members as a household may have, each answering all that can be asked of a grown-up.
    static func largest(name: String) -> Answers {
        let members = (0..<Questionnaire.memberCountMax).map { number in
            Household.member(
                59,
                relation: number == 0 ? "head" : "relative",
                [
                    "firstName": .text(name), "lastName": .text(name),
                    "citizenID": .text(citizenID(number)), "welfareCard": .yesNo(true),
                    "disabled": .yesNo(true), "chronicallyIll": .yesNo(true),
                    "caresForSelf": .yesNo(true), "q6.2": .yesNo(true),
                    "education": .choice("lowerSecondary"), "q17.1": .yesNo(true),
                    "q17.2": .yesNo(true), "q19.3": .yesNo(false), "q22.2": .number(999_999_999),
                    "q22.3": .number(999_999_999), "q22.4": .number(999_999_999),
                    "q28": .yesNo(true), "q28.2": .yesNo(true), "q29": .yesNo(true),
                ]
            )
        }
        var answers = Household.answers(members)
        answers.household.merge([
            "houseNumber": .text(name), "houseCode": .text("38010000001"),
            "latitude": .number(18_360_000), "longitude": .number(103_650_000),
            "landLivedOn": .choice("own"), "landWorked": .choice("rented"),
            "happiness": .number(7), "q13.2": .yesNo(false), "q13.3": .yesNo(false),
            "q22.5": .number(500), "q23.1": .number(1_000), "q32": .yesNo(false),
            "q33": .yesNo(true),
        ]) { $1 }
        return answers
    }

    private static func citizenID(_ number: Int) -> String {
        let twelve = "1101700203\(number + 10)"
        let digits = (0...9).map { "\(twelve)\($0)" }
        return digits.first { CitizenID.problem(of: $0) == nil } ?? ""
    }
}

extension RecordHousehold {
    static func answered(_ household: String, _ answers: Answers = .sample()) -> RecordHousehold {
        var record = RecordHousehold.sample(household)
        record.indicators = []
        record.clearPersonal()
        record.answers = AnswersDocument(answers)
        return record
    }
}

extension CorrectHousehold {
    static func answered(_ household: String, _ answers: Answers) -> CorrectHousehold {
        var correction = CorrectHousehold.sample(household)
        correction.answers = AnswersDocument(answers)
        return correction
    }
}
