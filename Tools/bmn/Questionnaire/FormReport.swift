import Console
import Survey

/// An edition of the form, whole, for people and for programs.
struct FormReport {
    private let form: Questionnaire

    init(_ form: Questionnaire) { self.form = form }

    func text(_ language: Language) -> String {
        var lines = ["\(form.edition) \(form.title.text(language))", ""]
        for item in form.items {
            let properties = properties(item).map { $0.text(language) }.joined(separator: ", ")
            lines.append("\(item.item)  [\(properties)] \(item.wording.text(language))")
            if case .choice(let choices) = item.kind {
                let codes = choices.map { "\($0.code) \($0.wording.text(language))" }
                lines.append("    \(codes.joined(separator: ", "))")
            }
            lines += condition(item.asked, Self.asked, language)
        }
        for category in form.categories {
            lines += ["", category.name.text(language)]
            for rule in form.indicators where rule.category == category.category {
                let unit = unit(rule.unit).text(language)
                lines.append("\(rule.number). [\(unit)] \(rule.name.text(language))")
                lines.append("    \(rule.rule.text(language))")
                lines += condition(rule.scope, Self.scope, language)
                lines += condition(rule.pass, Self.pass, language)
            }
        }
        lines += ["", Self.contradictions.text(language)]
        for one in form.contradictions {
            let unit = unit(one.unit).text(language)
            let severity = severity(one.severity).text(language)
            lines.append(
                "\(one.contradiction)  [\(unit), \(severity)] \(one.wording.text(language))"
            )
            lines += condition(one.found, Self.found, language)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func condition(
        _ condition: Expression,
        _ label: Phrase,
        _ language: Language
    ) -> [String] {
        condition == .truth(true) ? [] : ["    \(label.text(language)): \(condition.text)"]
    }

    private func properties(_ item: Questionnaire.Item) -> [Phrase] {
        var properties = [unit(item.unit), kind(item.kind)]
        if item.isOptional { properties.append(Phrase(thai: "ไม่บังคับ", english: "optional")) }
        if item.isPersonal {
            properties.append(Phrase(thai: "ข้อมูลส่วนบุคคล", english: "personal"))
        }
        return properties
    }

    private func unit(_ unit: Questionnaire.Unit) -> Phrase {
        switch unit {
        case .household: Phrase(thai: "ครัวเรือน", english: "household")
        case .member: Phrase(thai: "คน", english: "member")
        }
    }

    private func kind(_ kind: Questionnaire.Item.Kind) -> Phrase {
        switch kind {
        case .yesNo: return Phrase(thai: "ใช่หรือไม่ใช่", english: "yes or no")
        case .choice: return Phrase(thai: "เลือกหนึ่งข้อ", english: "one choice")
        case .number(let bounds, let measure):
            let (least, most) = (bounds.lowerBound, bounds.upperBound)
            let unit = measure.isEmpty ? "" : " \(measure)"
            return Phrase(
                thai: "จำนวนเต็ม \(least) ถึง \(most)\(unit)",
                english: "whole number \(least) to \(most)\(unit)"
            )
        case .day: return Phrase(thai: "วันที่", english: "day")
        case .text: return Phrase(thai: "ข้อความ", english: "text")
        case .citizenID: return Phrase(thai: "เลขประจำตัวประชาชน", english: "citizen id")
        }
    }

    private func severity(_ severity: Questionnaire.Contradiction.Severity) -> Phrase {
        switch severity {
        case .error: Phrase(thai: "ผิดพลาด", english: "error")
        case .warning: Phrase(thai: "คำเตือน", english: "warning")
        }
    }

    private static let asked = Phrase(thai: "ถามเมื่อ", english: "asked if")
    private static let scope = Phrase(thai: "ผู้เข้าเกณฑ์", english: "in scope if")
    private static let pass = Phrase(thai: "ผ่านเมื่อ", english: "passes if")
    private static let found = Phrase(thai: "พบเมื่อ", english: "found if")
    private static let contradictions = Phrase(thai: "คำตอบที่ขัดแย้งกัน", english: "Contradictions")

    var json: JSON {
        [
            "edition": .string(form.edition), "title": words(form.title),
            "categories": .array(
                form.categories.map { category in
                    ["category": .string(category.category), "name": words(category.name)]
                }
            ),
            "items": .array(form.items.map(json)),
            "indicators": .array(
                form.indicators.map { rule in
                    [
                        "number": .number(rule.number), "category": .string(rule.category),
                        "unit": .string(rule.unit.rawValue), "th": .string(rule.name.th),
                        "en": .string(rule.name.en), "scope": .string(rule.scope.text),
                        "pass": .string(rule.pass.text), "rule": words(rule.rule),
                    ]
                }
            ),
            "contradictions": .array(
                form.contradictions.map { one in
                    [
                        "contradiction": .string(one.contradiction),
                        "unit": .string(one.unit.rawValue),
                        "severity": .string(one.severity.rawValue),
                        "found": .string(one.found.text), "th": .string(one.wording.th),
                        "en": .string(one.wording.en),
                    ]
                }
            ),
        ]
    }

    private func json(_ item: Questionnaire.Item) -> JSON {
        var members: [(String, JSON)] = [
            ("item", .string(item.item)), ("unit", .string(item.unit.rawValue)),
            ("th", .string(item.wording.th)), ("en", .string(item.wording.en)),
        ]
        switch item.kind {
        case .yesNo: members.append(("kind", .string("yesNo")))
        case .day: members.append(("kind", .string("day")))
        case .text: members.append(("kind", .string("text")))
        case .citizenID: members.append(("kind", .string("citizenId")))
        case .number(let bounds, let measure):
            members += [
                ("kind", .string("number")), ("minimum", .number(Int(bounds.lowerBound))),
                ("maximum", .number(Int(bounds.upperBound))), ("measure", .string(measure)),
            ]
        case .choice(let choices):
            let listed = choices.map { choice -> JSON in
                [
                    "code": .string(choice.code), "th": .string(choice.wording.th),
                    "en": .string(choice.wording.en),
                ]
            }
            members += [("kind", .string("choice")), ("choices", .array(listed))]
        }
        members += [
            ("asked", .string(item.asked.text)), ("optional", .bool(item.isOptional)),
            ("personal", .bool(item.isPersonal)),
        ]
        return .object(members)
    }

    private func words(_ wording: Questionnaire.Wording) -> JSON {
        ["th": .string(wording.th), "en": .string(wording.en)]
    }
}
