import Survey
import SwiftProtobuf

extension QuestionnaireDocument {
    /// A small form with something of everything; its number 2 is left out.
    static func sample(_ edition: String = "2566") -> QuestionnaireDocument {
        var document = QuestionnaireDocument()
        document.edition = edition
        document.titleTh = "แบบสอบถาม"
        document.titleEn = "Form"
        document.categories = [
            .with {
                $0.category = "health"
                ($0.nameTh, $0.nameEn) = ("สุขภาพ", "Health")
            }
        ]
        document.choiceLists = [
            .with {
                $0.list = "work"
                $0.choices = [
                    .with { ($0.code, $0.th, $0.en) = ("none", "ไม่มี", "None") },
                    .with { ($0.code, $0.th, $0.en) = ("farmer", "เกษตรกร", "Farmer") },
                ]
            }
        ]
        document.items = [
            item("birthDate", .member) { $0.day = DayDocument() },
            item("work", .member) {
                $0.choice = "work"
                $0.asked = "age >= 15"
                $0.optional = true
                $0.personal = true
            },
            item("clean", .household) { $0.choice = "yesNo" },
            item("income", .household) {
                $0.number.minimum = 1
                $0.number.maximum = 90
                $0.number.measure = "บาท"
            },
            item("note", .household) { $0.text = TextDocument() },
        ]
        document.indicators = [
            indicator(1, .household, "", "clean"),
            indicator(3, .member, "age >= 6", #"work = "farmer""#),
            indicator(4, .household, "some(age >= 60)", "clean"),
            indicator(5, .member, #"age >= 15 and work != "none""#, "income > 10"),
        ]
        document.contradictions = [
            .with {
                ($0.contradiction, $0.unit, $0.severity) = ("poor", .household, .warning)
                ($0.found, $0.th, $0.en) = ("clean and income < 2", "แปลก", "Odd")
            }
        ]
        return document
    }

    private static func item(
        _ name: String,
        _ unit: UnitDocument,
        _ fill: (inout ItemDocument) -> Void
    ) -> ItemDocument {
        .with {
            ($0.item, $0.unit, $0.th, $0.en) = (name, unit, "คำถาม", "Question")
            fill(&$0)
        }
    }

    static func indicator(
        _ number: UInt32,
        _ unit: UnitDocument,
        _ scope: String,
        _ pass: String
    ) -> IndicatorDocument {
        .with {
            ($0.number, $0.category, $0.unit) = (number, "health", unit)
            ($0.nameTh, $0.nameEn) = ("ตัวชี้วัด \(number)", "Indicator \(number)")
            ($0.scope, $0.pass, $0.ruleTh, $0.ruleEn) = (scope, pass, "กติกา", "Rule")
        }
    }
}

extension EditionDefinition {
    static func sample(_ edition: String = "2566") -> EditionDefinition {
        .with {
            $0.document = .sample(edition)
            $0.reason = "a new plan, a new form"
        }
    }
}
