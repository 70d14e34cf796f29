import Foundation
import Survey
import Testing

@Suite struct `The document of an edition` {
    /// One indicator over one item, to change.
    private static func document(
        edition: String = "2566",
        items: String = #"{"item":"a","unit":"household","th":"ก","en":"A","choice":"yesNo"}"#,
        pass: String = "a",
        scope: String = "",
        contradictions: String = ""
    ) -> String {
        """
        {"edition":"\(edition)","titleTh":"ท","titleEn":"T",
        "categories":[{"category":"c","nameTh":"ก","nameEn":"C"}],
        "choiceLists":[{"list":"color","choices":[{"code":"red","th":"แดง","en":"Red"}]}],
        "items":[{"item":"birthDate","unit":"member","th":"เกิด","en":"Born","day":{}},\(items)],
        "indicators":[{"number":1,"category":"c","unit":"household","nameTh":"ก","nameEn":"I",
        "scope":"\(scope)","pass":"\(pass)","ruleTh":"ก","ruleEn":"R"}],
        "contradictions":[\(contradictions)]}
        """
    }

    private func refusal(_ json: String) -> QuestionnaireError? {
        do throws(QuestionnaireError) {
            _ = try Questionnaire(json: Array(json.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test func `a small one is read`() throws {
        let form = try Questionnaire(json: Array(Self.document().utf8))
        #expect(form.edition == "2566" && form.items.count == 2 && form.indicators.count == 1)
        let derivation = form.derive(
            Answers(household: ["a": .yesNo(false)], members: [[:]]),
            referenceDate: Household.referenceDate
        )
        #expect(derivation.results[0].failingCount == 1)
    }

    @Test(
        arguments: [
            ("{", QuestionnaireError.Code.documentMalformed),
            ("{\"edition\":\"2566\",\"surprise\":1}", .documentMalformed),
            (document(edition: "66"), .nameWrong), (document(edition: "2564-2560"), .nameWrong),
            (
                document(items: #"{"item":"and","unit":"household","th":"ก","en":"A","text":{}}"#),
                .nameWrong
            ),
            (
                document(items: #"{"item":"age","unit":"household","th":"ก","en":"A","text":{}}"#),
                .nameWrong
            ),
            (
                document(items: #"{"item":"a b","unit":"household","th":"ก","en":"A","text":{}}"#),
                .nameWrong
            ),
            (
                document(items: #"{"item":"a","unit":"household","th":"ก","en":"A"}"#),
                .definitionWrong
            ),
            (document(items: #"{"item":"a","th":"ก","en":"A","text":{}}"#), .definitionWrong),
            (
                document(items: #"{"item":"a","unit":"household","th":"","en":"A","text":{}}"#),
                .definitionWrong
            ),
            (
                document(
                    items: #"{"item":"a","unit":"household","th":"ก","en":"A","choice":"shape"}"#
                ),
                .definitionWrong
            ),
            (
                document(
                    items:
                        #"{"item":"a","unit":"household","th":"ก","en":"A","number":{"minimum":2,"maximum":1}}"#
                ),
                .definitionWrong
            ),
            (
                document(
                    items:
                        #"{"item":"birthDate","unit":"member","th":"ก","en":"A","day":{}},{"item":"a","unit":"household","th":"ก","en":"A","choice":"yesNo"}"#
                ),
                .nameWrong
            ),
            (document(pass: "b"), .expressionWrong),
            (document(pass: "birthDate"), .expressionWrong),
            (document(pass: "1 + 1"), .expressionWrong),
            (document(pass: "a = 1"), .expressionWrong),
            (document(pass: "age > 3"), .expressionWrong),
            (document(pass: "every(a > 3)"), .expressionWrong),
            (document(pass: "a and"), .expressionMalformed),
            (document(pass: "(a"), .expressionMalformed),
            (document(pass: "a a"), .expressionMalformed),
            (document(pass: "a ; b"), .expressionMalformed),
            (document(pass: "forall(a)"), .expressionMalformed),
            (document(pass: "a and 99999999999999999999 = 1"), .expressionMalformed),
            (document(scope: "nothing"), .expressionWrong),
            (
                document(
                    contradictions:
                        #"{"contradiction":"x","unit":"household","found":"a","th":"ก","en":"X"}"#
                ),
                .definitionWrong
            ),
        ] as [(String, QuestionnaireError.Code)]
    )
    func `what is wrong in it is refused, with its place`(
        json: String,
        code: QuestionnaireError.Code
    ) throws {
        let error = try #require(refusal(json))
        #expect(error.code == code, "\(error)")
        #expect(error.reason.count > 10)
    }

    @Test func `deep, long and large conditions are refused and not followed`() {
        let deep = String(repeating: "(", count: 200) + "a" + String(repeating: ")", count: 200)
        #expect(refusal(Self.document(pass: deep))?.code == .expressionMalformed)
        let nots = String(repeating: "not ", count: 900) + "a"
        #expect(refusal(Self.document(pass: nots)) == nil)
        let long = String(repeating: "a or ", count: 1000) + "a"
        #expect(refusal(Self.document(pass: long))?.code == .expressionMalformed)
        let large = Self.document() + String(repeating: " ", count: 1024 * 1024)
        #expect(refusal(large)?.code == .documentMalformed)
    }

    @Test func `choices are compared with choices that there are`() {
        let items = #"{"item":"a","unit":"household","th":"ก","en":"A","choice":"color"}"#
        #expect(refusal(Self.document(items: items, pass: #"a = \"red\""#)) == nil)
        #expect(refusal(Self.document(items: items, pass: #"a in (\"red\")"#)) == nil)
        for pass in [#"a = \"blue\""#, #"a < \"red\""#, "a", "a = 1", #"\"red\" = a"#] {
            #expect(
                refusal(Self.document(items: items, pass: pass))?.code == .expressionWrong,
                "\(pass)"
            )
        }
    }
}
