import Foundation
import Testing

/// `bmn questionnaire`: the form, and what follows from one household's answers.
@Suite struct QuestionnaireCommandTests {
    /// A household of one that can be recorded; it fails 7, 22 and 24.
    static let household = #"""
        {"household":{"houseNumber":"12","q4.1":true,"q4.2":true,"q4.3":true,"q4.4":true,"q5.1":true,"q5.2":true,"q5.3":true,"q5.4":true,"q8.1":true,"q8.2":true,"q9":true,"q10":true,"q11.1":true,"q11.2":true,"q11.3":true,"q11.4":true,"q11.5":true,"q11.6":true,"q11.7":true,"q11.8":true,"q12.1":false,"q12.2":false,"q12.3":false,"q12.4":false,"q12.5":false,"q12.6":false,"q13.1.1":true,"q13.1.2":true,"q13.1.3":true,"q13.1.4":true,"q14.1":false,"q14.2":false,"q14.3":false,"q14.4":false,"q14.5":false,"q23":true,"q30":true,"q31.4":true,"q31.5":true},
        "members":[{"relation":"head","title":"mr","firstName":"ก","lastName":"ข","sex":"male","birthDate":"1980-05-31","occupation":"farmer","education":"primary","studying":false,"religion":"buddhist","disabled":false,"chronicallyIll":false,"informant":true,"q6.1":true,"q7.1":false,"q7.2":false,"q19.1":true,"q19.2":true,"q20":"occupationAndIncome","q22.1":30000,"q22.2":0,"q22.3":0,"q22.4":0,"q24":true,"q25":false,"q26":true}]}
        """#

    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func derive(_ answers: String, _ options: String...) throws -> Run {
        try scratch.write("answers.json", answers)
        let arguments = ["questionnaire", "derive", scratch.path("answers.json")]
        return try Tool.bmn(arguments + ["--reference-date", "2018-01-01"] + options)
    }

    @Test func `derive shows what passes and fails, and the answers that decided`() throws {
        let run = try derive(Self.household, "--lang", "en")
        #expect(run.status == 0, "\(run.error)")
        for line in [
            "4. Household eats hygienic, safe, standard food: passes 1/1",
            "    member 1: Exercises 3 days a week or more, 30 minutes a day: no",
            "24. Household members do not drink alcohol: fails 0/1",
            "21. Persons 60+ have an occupation and income: nobody in scope",
        ] { #expect(run.text.contains(line + "\n"), "\(line)") }
        #expect(run.text.contains("(30000 ✗ >= 38000)"))
        let json = try derive(Self.household, "--json").object()
        let indicators = try #require(json["indicators"] as? [[String: Any]])
        let failing = indicators.filter { $0["failing"] as? Int == 1 }
        #expect(failing.compactMap { $0["number"] as? Int } == [7, 22, 24])
        #expect(json["sound"] as? Bool == true)
    }

    @Test func `what is missing, contradictory or does not fit is told, with exit status 1`() throws
    {
        let contradictory = Self.household.replacing("\"title\":\"mr\"", with: "\"title\":\"mrs\"")
        let run = try derive(contradictory, "--lang", "en")
        #expect(run.status == 1)
        #expect(run.text.contains("error: member 1: title and sex do not go together\n"))
        let missing = Self.household.replacing("\"q9\":true,", with: "")
        #expect(try derive(missing, "--lang", "en").text.contains("not answered: household: q9 "))
        #expect(try derive(missing).status == 1)
        let unasked = Self.household.replacing("\"q9\":true", with: "\"q9\":true,\"q31.6\":true")
        #expect(
            try derive(unasked, "--lang", "en").text
                .contains("error: household: q31.6 is answered and not asked\n")
        )
    }

    @Test func `what is no household or no form is refused without quoting it`() throws {
        let run = try derive("{\"members\":[{\"firstName\":1101700203450}]}", "--lang", "en")
        #expect(run.status == 4)
        #expect(!run.error.contains("1101700203450"))
        try scratch.write("form.json", "{\"edition\":\"66\"}")
        let form = try Tool.bmn(
            "questionnaire",
            "show",
            "--edition",
            scratch.path("form.json"),
            "--json"
        )
        #expect(form.status == 4)
        #expect(try form.errorCode() == "nameWrong")
    }
}
