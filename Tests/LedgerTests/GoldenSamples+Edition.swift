import Survey

extension GoldenSamples {
    static let edition: EditionDefinition = make {
        $0.document = document
        $0.reason = texts[4]
    }

    private static let document: QuestionnaireDocument = make {
        $0.edition = "2566"
        $0.titleTh = "แบบสอบถาม \"2566\""
        $0.titleEn = "Form"
        $0.categories = [
            make { ($0.category, $0.nameTh, $0.nameEn) = ("health", "สุขภาพ", "Health") }
        ]
        $0.choiceLists = [
            make {
                $0.list = "work"
                $0.choices = [
                    make { ($0.code, $0.th, $0.en) = ("none", "ไม่มี", "None") },
                    make { ($0.code, $0.th, $0.en) = ("farmer", "เกษตรกร", "Farmer") },
                ]
            }
        ]
        $0.items = items
        $0.indicators = [
            make {
                ($0.number, $0.category, $0.unit) = (1, "health", .member)
                ($0.nameTh, $0.nameEn) = ("มีอาชีพ", "Has work")
                ($0.scope, $0.pass) = ("age >= 15", "work = \"farmer\"")
                ($0.ruleTh, $0.ruleEn) = ("มีอาชีพ", "has work")
            },
            make {
                ($0.number, $0.category, $0.unit) = (40, "health", .household)
                ($0.nameTh, $0.nameEn) = ("มีรายได้", "Has income")
                $0.pass = "income > 0"
                ($0.ruleTh, $0.ruleEn) = ("มีรายได้", "has income")
            },
        ]
        $0.contradictions = [
            make {
                ($0.contradiction, $0.unit, $0.severity) = ("odd", .household, .warning)
                ($0.found, $0.th, $0.en) = ("income < 0", "แปลก", "Odd")
            }
        ]
    }

    private static let items: [ItemDocument] = [
        make {
            ($0.item, $0.unit, $0.th, $0.en) = ("birthDate", .member, "วันเกิด", "Born")
            $0.personal = true
            $0.day = DayDocument()
        },
        make {
            ($0.item, $0.unit, $0.th, $0.en) = ("work", .member, "อาชีพ", "Work")
            $0.asked = "age >= 15"
            $0.optional = true
            $0.choice = "work"
        },
        make {
            ($0.item, $0.unit, $0.th, $0.en) = ("income", .household, "รายได้", "Income")
            $0.number.minimum = -1
            $0.number.maximum = 9_007_199_254_740_993
            $0.number.measure = "บาท"
        },
        make {
            ($0.item, $0.unit, $0.th, $0.en) = ("note", .household, "หมายเหตุ", "Note")
            $0.text = TextDocument()
        },
    ]
}
