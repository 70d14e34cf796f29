import Survey

/// Households that gave their answers.
extension GoldenSamples {
    static let recordedByAnswers: HouseholdRecorded = make {
        $0.cycle = "2561"
        $0.household = "99010101-0003"
        $0.village = "99010101"
        $0.lao = "990151"
        $0.interviewedOn = "2018-01-15"
        $0.collector = "p-4"
        $0.ages = [37, 5]
        $0.inScope = "0011111111111110110101122102211"
        $0.failing = "0010000100000000000000000000000"
        $0.checkedAtEntry = ["citizenId", "agesAtReferenceDate", "answers"]
        $0.sealed = sealed
        $0.synthetic = true
        $0.warningCount = 3
    }

    static let correctedByAnswers: HouseholdCorrected = make {
        $0.cycle = "2561"
        $0.household = "99010101-0003"
        $0.reason = texts[0]
        $0.changes = [
            make { ($0.field, $0.old, $0.new) = ("indicator.4", "1/1", "1/0") },
            make { $0.field = "personal" },
        ]
        $0.checkedAtEntry = ["citizenId", "agesAtReferenceDate", "answers"]
        $0.sealed = sealed
        $0.warningCount = .max
    }
}
