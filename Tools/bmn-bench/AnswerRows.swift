import Survey
import SurveyImport

/// Invented households by their answers to the whole questionnaire, as rows of a CSV file; the same
/// for the same serial number.
///
/// They are sound: nothing is missing and nothing contradicts, so all of them are recorded.
struct AnswerRows {
    private let columns = ImportKind.answers.columns.map(\.name)
    /// Recorders work through a village; see `Households`.
    private static let runLength = 200
    private static let reference = Day(iso: "2018-01-01") ?? Day(daysSinceEpoch: 0)

    var header: String { line(columns) }

    /// A row for each member; the first also has what is of the house.
    func rows(serial: Int) -> String {
        var random = SplitMix(state: UInt64(serial))
        let memberCount = Self.memberCount(random.below(100))
        let run = serial / Self.runLength
        let village = Province.village(run % Province.villageCount)
        let house = run / Province.villageCount * Self.runLength + serial % Self.runLength + 1
        let household = "\(village)-\(house + 100_000)"
        var text = ""
        for number in 0..<memberCount {
            var row = member(number, of: memberCount, &random)
            if number == 0 {
                row.merge(dwelling(memberCount, house: house, &random)) { $1 }
                row["village"] = village
                row["lao"] = Province.lao(ofVillage: run % Province.villageCount)
                row["interviewed_on"] = "15/1/2561"
                row["collector"] = Province.collector
                row["synthetic"] = "true"
                row["occurred_on"] = "17/1/2561"
                row["address"] = "หมู่ 4 ถนนสมมุติ"
            }
            row["cycle"] = Province.cycle
            row["household"] = household
            text += line(columns.map { row[$0] ?? "" })
        }
        return text
    }

    private func line(_ fields: [String]) -> String {
        fields.map(CSVWriter.field).joined(separator: ",") + "\n"
    }

    /// 2.9 on average, as the country has (domain.md: 36.6 million persons, 12.9 million households).
    private static func memberCount(_ percent: UInt64) -> Int {
        switch percent {
        case ..<18: 1
        case ..<43: 2
        case ..<69: 3
        case ..<87: 4
        case ..<96: 5
        default: 6
        }
    }

    private func dwelling(
        _ memberCount: Int,
        house: Int,
        _ random: inout SplitMix
    ) -> [String: String] {
        var row = [
            "houseNumber": "\(house)/1", "houseCode": random.digits(11),
            "latitude": "18\(random.digits(6))", "longitude": "103\(random.digits(6))",
            "landLivedOn": "own", "landWorked": "rented",
            "happiness": "\(5 + random.below(6))", "q22.5": "0", "q23": "yes", "q23.1": "5000",
        ]
        for item in [
            "q4.1", "q4.2", "q4.3", "q4.4", "q5.1", "q5.2", "q5.3", "q5.4", "q8.1", "q8.2", "q9",
            "q10", "q11.1", "q11.2", "q11.3", "q11.4", "q11.5", "q11.6", "q11.7", "q11.8",
            "q11.5.1", "q11.5.2", "q11.5.3", "q11.5.4", "q13.1.1", "q13.1.2", "q13.1.3",
            "q13.1.4", "q13.2", "q13.3", "q30", "q32", "q33",
        ] { row[item] = random.below(30) == 0 ? "no" : "yes" }
        for item in [
            "q12.1", "q12.2", "q12.3", "q12.4", "q12.5", "q12.6", "q14.1", "q14.2", "q14.3",
            "q14.4", "q14.5",
        ] { row[item] = random.below(60) == 0 ? "yes" : "no" }
        if memberCount == 1 {
            row["q31.4"] = "yes"
            row["q31.5"] = random.below(20) == 0 ? "no" : "yes"
        } else {
            for item in ["q31.1", "q31.2", "q31.3"] {
                row[item] = random.below(40) == 0 ? "no" : "yes"
            }
        }
        return row
    }

    private func member(
        _ number: Int,
        of memberCount: Int,
        _ random: inout SplitMix
    ) -> [String: String] {
        let isGrown = number < 2
        let dayCount = isGrown ? 14_000 + random.below(12_000) : random.below(8_000)
        let birth = Self.reference - Int(dayCount)
        let age = birth.wholeYears(until: Self.reference)
        let isMale = number == 0 || number > 1 && random.below(2) == 0
        let studies = age >= 3 && age < 18
        var row = [
            "relation": number == 0 ? "head" : number == 1 ? "spouse" : "child",
            "title": age < 15 ? isMale ? "boy" : "girl" : isMale ? "mr" : "mrs",
            "firstName": isMale ? "สมมุติ" : "สมหญิง", "lastName": "ตัวอย่าง",
            "sex": isMale ? "male" : "female", "citizenID": random.citizenID(),
            "birthDate": "\(birth.day)/\(birth.month)/\(birth.year + ThaiDate.buddhistOffset)",
            "occupation": studies ? "student" : age < 18 ? "none" : "farmer",
            "studying": studies ? "yes" : "no", "education": Self.education(age),
            "religion": "buddhist", "informant": number == 0 ? "yes" : "no",
            "welfareCard": age >= 18 ? "yes" : "no",
            "disabled": "no", "chronicallyIll": age > 50 && random.below(5) == 0 ? "yes" : "no",
            "q24": age >= 18 && random.below(5) == 0 ? "yes" : "no",
            "q25": age >= 18 && random.below(6) == 0 ? "yes" : "no",
        ]
        row.merge(byAge(age, birth, &random)) { $1 }
        if row["chronicallyIll"] == "yes" {
            (row["caresForSelf"], row["q29"]) = ("yes", "yes")
        }
        if row["education"] == "upperSecondary" { (row["q17.1"], row["q17.2"]) = ("yes", "yes") }
        return row
    }

    private static func education(_ age: Int) -> String {
        switch age {
        case ..<3: "none"
        case ..<6: "preschool"
        case ..<16: "primary"
        case ..<22: "upperSecondary"
        default: "primary"
        }
    }

    /// What the form asks of some ages only.
    private func byAge(
        _ age: Int,
        _ birth: Day,
        _ random: inout SplitMix
    ) -> [String: String] {
        var row: [String: String] = [:]
        let months = birth.wholeMonths(until: Self.reference)
        func ask(_ isAsked: Bool, _ items: String...) {
            guard isAsked else { return }
            for item in items { row[item] = random.below(25) == 0 ? "no" : "yes" }
        }
        if months <= 12 { row["q1"] = "\(2_400 + random.below(1_500))" }
        ask(months < 6, "q2.1")
        ask(months >= 6 && months <= 12, "q2.2")
        ask(age <= 12, "q3")
        ask(age >= 35, "q6.1", "q6.2")
        ask(age >= 6, "q7.1", "q7.2", "q26")
        ask(age >= 3 && age <= 5, "q15")
        if age >= 6 && age <= 14 { row["q16.1"] = "yes" }
        ask(age >= 15 && age <= 59, "q19.1", "q19.2", "q19.3")
        ask(age >= 60, "caresForSelf", "q27")
        guard age >= 15 else { return row }
        let earns = age >= 18
        row["q20"] = earns ? "occupationAndIncome" : "noIncome"
        row["q22.1"] = earns ? "\(40_000 + random.below(90_000))" : "0"
        for item in ["q22.2", "q22.3", "q22.4"] { row[item] = "0" }
        return row
    }
}
