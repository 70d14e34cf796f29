package import Survey

extension Sample {
    /// A form with one question and one indicator, which cycles from 2566 on may ask.
    package static var editionDefinition: EditionDefinition {
        var definition = EditionDefinition()
        definition.reason = "a new form"
        definition.document.edition = "2566"
        (definition.document.titleTh, definition.document.titleEn) = ("แบบสอบถาม", "Form")
        var category = CategoryDocument()
        (category.category, category.nameTh, category.nameEn) = ("all", "ทั้งหมด", "All")
        definition.document.categories = [category]
        var birthDate = ItemDocument()
        (birthDate.item, birthDate.unit) = ("birthDate", .member)
        (birthDate.th, birthDate.en, birthDate.day) = ("วันเกิด", "Born", DayDocument())
        var clean = ItemDocument()
        (clean.item, clean.unit, clean.choice) = ("clean", .household, "yesNo")
        (clean.th, clean.en) = ("สะอาด", "Clean")
        definition.document.items = [birthDate, clean]
        var indicator = IndicatorDocument()
        (indicator.number, indicator.category, indicator.unit) = (1, "all", .household)
        (indicator.nameTh, indicator.nameEn) = ("บ้านสะอาด", "Clean house")
        (indicator.pass, indicator.ruleTh, indicator.ruleEn) = ("clean", "สะอาด", "clean")
        definition.document.indicators = [indicator]
        return definition
    }
}
