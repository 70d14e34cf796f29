import Foundation
import Survey
import Synchronization
import Testing

/// Documents that would crash, hang or mislead later are refused when they are read.
@Suite struct `What a document may not hold` {
    private static let person = #"{"item":"w","unit":"member","th":"ก","en":"W","choice":"yesNo"}"#
    private static let home = #"{"item":"h","unit":"household","th":"ก","en":"H","choice":"yesNo"}"#

    private static func item(_ name: String, asked: String) -> String {
        #"{"item":"\#(name)","unit":"member","th":"ก","en":"A","choice":"yesNo","asked":"\#(asked)"}"#
    }

    private static func document(
        items: String = "\(person),\(home)",
        birth: String = #"{"item":"birthDate","unit":"member","th":"ก","en":"B","day":{}}"#,
        pass: String = "h",
        category: String = "c",
        list: String = "color",
        name: String = "Name"
    ) -> String {
        """
        {"edition":"2566","titleTh":"ท","titleEn":"T",
        "categories":[{"category":"\(category)","nameTh":"ก","nameEn":"C"}],
        "choiceLists":[{"list":"\(list)","choices":[{"code":"red","th":"แดง","en":"Red"}]}],
        "items":[\(birth),\(items)],
        "indicators":[{"number":1,"category":"\(category)","unit":"household","nameTh":"ก",
        "nameEn":"\(name)","pass":"\(pass)","ruleTh":"ก","ruleEn":"R"}]}
        """
    }

    private static func refusal(_ json: String) -> QuestionnaireError? {
        do throws(QuestionnaireError) {
            _ = try Questionnaire(json: Array(json.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test func `an item is asked depending on what stands before it, so no cycle is followed`() {
        #expect(Self.refusal(Self.document()) == nil)
        let inOrder = [Self.person, Self.item("a", asked: "w"), Self.item("b", asked: "a")]
        let read = Self.refusal(Self.document(items: inOrder.joined(separator: ","), pass: "true"))
        #expect(read == nil)
        for items in [
            [Self.item("a", asked: "b"), Self.item("b", asked: "a")], [Self.item("a", asked: "a")],
            [Self.item("a", asked: "w"), Self.person],
        ] {
            let document = Self.document(items: items.joined(separator: ","), pass: "true")
            #expect(Self.refusal(document)?.code == .definitionWrong)
        }
        // Ages follow from the birth date, which is due of everybody and comes before.
        let early = Self.document(
            items: #"{"item":"birthDate","unit":"member","th":"ก","en":"B","day":{}}"#,
            birth: Self.item("a", asked: "age > 3"),
            pass: "true"
        )
        #expect(Self.refusal(early)?.reason.contains("birthDate") == true)
        for extra in [#""optional":true,"#, #""asked":"false","#] {
            let birth = #"{"item":"birthDate","unit":"member","th":"ก","en":"B",\#(extra)"day":{}}"#
            #expect(Self.refusal(Self.document(birth: birth))?.code == .definitionWrong)
        }
    }

    @Test func `a long chain of items asked by one another needs no deep stack`() throws {
        var items = [Self.item("a0", asked: "")]
        for number in 1..<3_000 { items.append(Self.item("a\(number)", asked: "a\(number - 1)")) }
        let json = Self.document(items: items.joined(separator: ","), pass: "every(a2999)")
        #expect(isUsableOnSmallStack(json))
    }

    @Test(arguments: [
        "every(some(w))", "some(count(w) = 1)", "count(every(w))", "sum(sum(age)) > 1",
        "sum(age where count(w) = 1) > 1", "every(w where some(w))", "every(distinct(w))",
        "distinct(h)", "distinct(age)", "answered(age)", "answered(memberCount)",
        "memberCount in (h)", "sum(w) = 1", "sum(age where age) = 1", "age = 1",
    ])
    func `no condition about members stands in another, and none asks what has no meaning`(
        pass: String
    ) {
        #expect(Self.refusal(Self.document(pass: pass))?.code == .expressionWrong)
    }

    /// Checked for each value anew, this would take forty to the power of eight steps.
    @Test func `the left side of in is checked once, however deep it stands`() {
        let values = Array(repeating: "1", count: 40).joined(separator: ", ")
        var nested = "w"
        for _ in 0..<8 { nested = "count(\(nested)) in (\(values))" }
        #expect(Self.refusal(Self.document(pass: nested))?.code == .expressionWrong)
        let wide = "count(w) + memberCount in (\(values))"
        #expect(Self.refusal(Self.document(pass: wide)) == nil)
    }

    @Test(
        arguments: [
            (document(category: "a b"), "category number 1"), (document(category: ""), "category"),
            (document(list: "a\\u202e"), "choice list number 1"),
            (document(name: " "), "indicator 1"), (document(name: "-"), "indicator 1"),
            (document(name: "a\\u202eb"), "cannot be seen"),
            (document(name: "a\\nb"), "cannot be seen"),
            (document(name: String(repeating: "a", count: 501)), "500 bytes"),
            (
                document(
                    items: #"{"item":"\u202e","unit":"household","th":"ก","en":"A","text":{}}"#
                ),
                "item number 2"
            ),
            (
                document(
                    items:
                        #"{"item":"n","unit":"household","th":"ก","en":"A","number":{"maximum":"9007199254740992"}}"#
                ),
                "9007199254740991"
            ),
            (
                document(
                    items:
                        #"{"item":"n","unit":"household","th":"ก","en":"A","number":{"measure":"\u0007"}}"#
                ),
                "measure"
            ),
            (document(items: #"{"item":"n","colour":1}"#), "colour"),
        ] as [(String, String)]
    )
    func `names and words are refused with their place, and never quoted when they cannot be shown`(
        json: String,
        place: String
    ) throws {
        let error = try #require(Self.refusal(json))
        #expect(error.reason.contains(place), "\(error)")
        #expect(!error.reason.unicodeScalars.contains("\u{202E}"), "\(error)")
    }

    /// One condition at every limit, the most deeply nested first.
    private static let atTheLimit: [String] = {
        let chain = Array(repeating: "1", count: 41).joined(separator: " + ")
        let functions = "count(" + parentheses("w", 19) + ") = 1"
        return [
            parentheses("h", 20), "not " + parentheses("not h", 20), "\(chain) = 41",
            functions, "\(parentheses(chain, 20)) = 41",
            Array(repeating: "h", count: 800).joined(separator: " or "),
            "memberCount in (\(Array(repeating: "1", count: 1_300).joined(separator: ", ")))",
            nested("(1 + ", 20) + " = 21",
            nested("(h and not ", 20, "h"), nested("(1 - ", 20) + " < 5",
        ]
    }()

    private static func parentheses(_ inner: String, _ count: Int) -> String {
        String(repeating: "(", count: count) + inner + String(repeating: ")", count: count)
    }

    private static func nested(_ start: String, _ count: Int, _ inner: String = "1") -> String {
        String(repeating: start, count: count) + inner + String(repeating: ")", count: count)
    }

    @Test func `what is at the limit of depth and length is read and derived on a small stack`() {
        for pass in Self.atTheLimit {
            #expect(Self.refusal(Self.document(pass: pass)) == nil, "\(pass.prefix(60))")
            #expect(isUsableOnSmallStack(Self.document(pass: pass)))
        }
    }

    @Test(arguments: [
        parentheses("h", 21), nested("count(", 21, "w") + " = 1",
        nested("sum(", 21, "age") + " = 1",
        Array(repeating: "1", count: 42).joined(separator: " + ") + " = 1",
        Array(repeating: "1", count: 42).joined(separator: " * ") + " = 1",
        Array(repeating: "1", count: 42).joined(separator: " - ") + " = 1",
        "memberCount in (" + nested("sum(", 21, "age") + ")",
        String(repeating: "(", count: 4_000), String(repeating: "sum(", count: 1_000),
        String(repeating: "not(", count: 1_000), String(repeating: "h in (", count: 600),
    ])
    func `what is beyond the limit is refused`(pass: String) {
        #expect(Self.refusal(Self.document(pass: pass))?.code == .expressionMalformed)
        #expect(!isUsableOnSmallStack(Self.document(pass: pass)))
    }

    @Test func `answers and documents nested without end are refused on a small stack`() throws {
        let deep = String(repeating: #"{"a":"#, count: 20_000)
        #expect(!isUsableOnSmallStack(deep) && !isUsableOnSmallStack(#"{"items":\#(deep)"#))
        let answers = #"{"household":{"houseNumber":\#(deep)"#
        #expect(throws: QuestionnaireError.self) {
            try Answers(json: Array(answers.utf8), .bmn2560)
        }
    }
}

/// Whether a document is read, and derives, explains and writes, where threads have little stack.
///
/// With less stack than that needs, the test's whole process ends.
private func isUsableOnSmallStack(_ json: String) -> Bool {
    let isRead = Mutex(false)
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
        if let form = try? Questionnaire(json: Array(json.utf8)) {
            let born = ["birthDate": Answer.day(Household.day("1980-01-01"))]
            let answers = Answers(members: [born, born])
            let derivation = form.derive(answers, referenceDate: Household.referenceDate)
            let explanation = Explanation(form, answers)
            for one in derivation.results.flatMap(\.cases) {
                for ground in one.grounds { _ = explanation.text(ground) }
            }
            _ = form.indicators.map(\.pass.text)
            _ = form.problems(answers, referenceDate: Household.referenceDate)
            isRead.withLock { $0 = true }
        }
        done.signal()
    }
    thread.stackSize = 512 * 1024
    thread.start()
    done.wait()
    return isRead.withLock(\.self)
}
