internal import Survey

/// A couple who pass every indicator; cells are written as people may write them.
extension ImportKind {
    static var exampleAnswers: [[String: String]] {
        let yes = [
            "q4.1", "q4.2", "q4.3", "q4.4", "q5.1", "q5.2", "q5.3", "q5.4", "q8.1", "q8.2", "q9",
            "q10", "q11.1", "q11.2", "q11.3", "q11.4", "q11.5", "q11.6", "q11.7", "q11.8",
            "q13.1.1", "q13.1.2", "q13.1.3", "q13.1.4", "q23", "q30", "q31.1", "q31.2", "q31.3",
        ]
        let no = [
            "q12.1", "q12.2", "q12.3", "q12.4", "q12.5", "q12.6", "q14.1", "q14.2", "q14.3",
            "q14.4", "q14.5",
        ]
        var house = [
            "household": "38010101-0002", "houseNumber": "12/4", "landLivedOn": "own",
            "happiness": "8", "q23.1": "5000",
        ]
        for item in yes { house[item] = "ใช่" }
        for item in no { house[item] = "ไม่ใช่" }
        let head = member([
            "relation": "head", "title": "นาย", "firstName": "สมชาย", "sex": "male",
            "birthDate": "20/3/2520", "occupation": "farmer", "informant": "yes",
            "q22.1": "90000",
        ])
        // What is of the house stands in its first row.
        let rest = Dictionary(
            [
                "village", "lao", "interviewed_on", "collector", "address", "synthetic",
                "occurred_on",
            ]
            .map { ($0, "") },
            uniquingKeysWith: { first, _ in first }
        )
        let spouse = member([
            "household": "38010101-0002", "relation": "spouse", "title": "นาง",
            "firstName": "สมศรี", "sex": "female", "birthDate": "17/8/2525",
            "occupation": "trader", "informant": "no", "q22.1": "60000",
        ])
        return [
            house.merging(head) { $1 },
            rest.merging(spouse) { $1 },
        ]
        .map { row in
            // An item's own example is none of this couple's.
            Questionnaire.bmn2560.items.reduce(into: row) { row, item in
                row[item.item] = row[item.item] ?? ""
            }
        }
    }

    /// Somebody between 35 and 59 years old.
    private static func member(_ values: [String: String]) -> [String: String] {
        var member = [
            "lastName": "ตัวอย่าง", "education": "primary", "religion": "buddhist",
            "q20": "occupationAndIncome", "q22.2": "0", "q22.3": "0", "q22.4": "0",
        ]
        for item in ["q6.1", "q7.1", "q7.2", "q19.1", "q19.2", "q26"] { member[item] = "yes" }
        for item in ["studying", "disabled", "chronicallyIll", "q24", "q25"] {
            member[item] = "no"
        }
        return member.merging(values) { $1 }
    }
}
