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
        // Everything that the text leaves out is there: who is in scope, by what, and who is not.
        let exercise = try #require((indicators[6]["cases"] as? [[String: Any]])?.first)
        #expect(exercise["member"] as? Int == 1 && exercise["passed"] as? Bool == false)
        let scope = try #require((exercise["scope"] as? [[String: Any]])?.first)
        #expect(scope["comparison"] as? String == "age >= 6" && scope["left"] as? Int == 37)
        let grounds = try #require(exercise["grounds"] as? [[String: Any]])
        #expect(grounds.map { $0["comparison"] as? String } == ["q7.1", "q7.2"])
        #expect(grounds.allSatisfy { $0["holds"] as? Bool == false && $0["member"] as? Int == 1 })
        let elderly = try #require((indicators[20]["notApplicable"] as? [[String: Any]])?.first)
        #expect(elderly["member"] as? Int == 1)
        #expect(
            (elderly["scope"] as? [[String: Any]])?.first?["en"] as? String == "Age (37 ✗ >= 60)"
        )
        let food = try #require((indicators[3]["cases"] as? [[String: Any]])?.first)
        #expect(food["member"] is NSNull && food["passed"] as? Bool == true)
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
        let undecided = try derive(missing, "--lang", "en").text
        #expect(undecided.contains("    household: undecided: Enough clean drinking water"))
        let told = try #require(
            try derive(missing, "--json").object()["missing"] as? [[String: Any]]
        )
        #expect(told.map { $0["item"] as? String } == ["q9"] && told[0]["member"] is NSNull)
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

    @Test func `with --all what passes and who is not in scope is explained as well`() throws {
        let lines = [
            "    household: passes: Meat is cooked before it is eaten: yes",
            "    member 1: not in scope: Age (37 ✗ >= 60)",
        ]
        let few = try derive(Self.household, "--lang", "en").text
        let all = try derive(Self.household, "--lang", "en", "--all").text
        for line in lines { #expect(all.contains(line + "\n") && !few.contains(line), "\(line)") }
    }

    @Test func `a wrong citizen id is told, and not shown`() throws {
        let wrong = Self.household.replacing(
            "\"relation\":\"head\"",
            with: "\"relation\":\"head\",\"citizenID\":\"1-1017-00203-45-1\""
        )
        let run = try derive(wrong, "--lang", "en")
        #expect(run.status == 1 && !run.text.contains("00203"))
        #expect(run.text.contains("error: member 1: citizenID is no citizen id\n"))
        let right = wrong.replacing("45-1\"", with: "45-0\"")
        #expect(try derive(right).status == 0)
    }

    @Test func `show tells all that a document holds`() throws {
        let text = try Tool.bmn("questionnaire", "show", "--lang", "en").text
        for line in [
            "2560-2564 Basic minimum needs questionnaire, 2560-2564",
            "q1  [member, whole number 300 to 8000 g, personal] Weight at birth",
            "    asked if: ageMonths <= 12",
            "citizenID  [member, citizen id, optional, personal] Citizen id",
            "q4.1  [household, yes or no] Packaged food carries the FDA mark",
            "    male Male, female Female", "1. [member] Newborns weigh 2,500 g or more",
            "    in scope if: ageMonths <= 12", "    passes if: q1 >= 2500",
            "notBornYet  [member, error] was born after the reference date",
            "    found if: ageMonths < 0",
        ] { #expect(text.contains(line + "\n"), "\(line)") }
        let json = try Tool.bmn("questionnaire", "show", "--json").object()
        let items = try #require(json["items"] as? [[String: Any]])
        let weight = try #require(items.first { $0["item"] as? String == "q1" })
        #expect(weight["kind"] as? String == "number" && weight["measure"] as? String == "g")
        #expect(weight["minimum"] as? Int == 300 && weight["maximum"] as? Int == 8_000)
        let sex = try #require(items.first { $0["item"] as? String == "sex" })
        #expect(
            (sex["choices"] as? [[String: Any]])?.map { $0["code"] as? String } == [
                "male", "female",
            ]
        )
        #expect((json["title"] as? [String: Any])?["en"] is String)
        #expect((json["categories"] as? [[String: Any]])?.count == 5)
        let indicators = try #require(json["indicators"] as? [[String: Any]])
        #expect(indicators.allSatisfy { $0["rule"] is [String: Any] && $0["category"] is String })
        let contradictions = try #require(json["contradictions"] as? [[String: Any]])
        #expect(contradictions.allSatisfy { $0["found"] is String && $0["severity"] is String })
    }

    @Test func `a refusal is a sentence in Thai as well, with its place`() throws {
        try scratch.write("form.json", "{\"edition\":\"66\"}")
        let arguments = ["questionnaire", "show", "--edition", scratch.path("form.json")]
        let run = try Tool.bmn(arguments + ["--lang", "th"])
        #expect(run.status == 4)
        #expect(run.error.contains("ใช้ไม่ได้: มีชื่อซ้ำ หรือชื่อที่ใช้ไม่ได้ (the edition is named like"))
    }

    @Test func `another edition is shown and derived by its document alone`() throws {
        let edition = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "SurveyTests/Editions/2566.json").path
        let form = try Tool.bmn("questionnaire", "show", "--edition", edition, "--json").object()
        #expect(form["edition"] as? String == "2566")
        let items = try #require(form["items"] as? [[String: Any]])
        let household = items.filter { $0["unit"] as? String == "household" }
            .compactMap { $0["item"] as? String }.map { "\"\($0)\":\"pass\"" }
        let answers = """
            {"household":{\(household.joined(separator: ","))},"members":[\
            {"birthDate":"1980-05-31","q9":false,"q12":true,"q25":true,"q27":true},\
            {"birthDate":"2010-05-31","q9":true,"q23":true}]}
            """
        let run = try derive(answers, "--edition", edition, "--json")
        #expect(run.status == 0, "\(run.text)\(run.error)")
        let results = try #require(try run.object()["indicators"] as? [[String: Any]])
        #expect(results.count == 37 && results.last?["number"] as? Int == 38)
        let failing = results.filter { $0["failing"] as? Int != 0 }
        #expect(failing.map { $0["number"] as? Int } == [9])
        #expect(failing.first?["inScope"] as? Int == 2)
    }
}
