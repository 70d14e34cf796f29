import SwiftProtobuf

extension Questionnaire {
    /// The most bytes of a document.
    package static let documentByteCountMax = 1024 * 1024

    /// Reads a document (QUESTIONNAIRE.md) and checks all of it: no condition can fail later.
    package convenience init(json: [UInt8]) throws(QuestionnaireError) {
        try self.init(QuestionnaireDocument(reading: json))
    }

    /// The same of a document that was read already.
    package convenience init(_ document: QuestionnaireDocument) throws(QuestionnaireError) {
        guard let years = Name.years(ofEdition: document.edition) else {
            throw QuestionnaireError(.nameWrong, "the edition is named like 2560-2564 or 2566")
        }
        let categories = try Self.categories(document)
        let items = try Self.items(document)
        let check = ExpressionCheck(
            items: Dictionary(items.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first })
        )
        for item in items {
            try Self.at("the item \(item.item)") { () throws(QuestionnaireError) in
                try check.condition(item.asked, of: item.unit)
            }
        }
        try Self.checkOrder(items)
        let names = Set(categories.map(\.category))
        self.init(
            edition: document.edition,
            years: years,
            title: try Self.wording(document.titleTh, document.titleEn, "the title"),
            categories: categories,
            items: items,
            indicators: try Self.indicators(document, names, check),
            contradictions: try Self.contradictions(document, check)
        )
    }

    private static func categories(
        _ document: QuestionnaireDocument
    ) throws(QuestionnaireError) -> [Category] {
        var categories: [Category] = []
        for (index, category) in document.categories.enumerated() {
            guard Name.isCode(category.category) else {
                throw QuestionnaireError(
                    .nameWrong,
                    "category number \(index + 1): a name is letters and digits"
                )
            }
            let name = try wording(
                category.nameTh,
                category.nameEn,
                "category \(category.category)"
            )
            guard Name.isCode(category.category) else {
                throw QuestionnaireError(.nameWrong, "a category is named by letters and digits")
            }
            categories.append(Category(category: category.category, name: name))
        }
        try requireDistinct(categories.map(\.category), "categories")
        return categories
    }

    private static func indicators(
        _ document: QuestionnaireDocument,
        _ categories: Set<String>,
        _ check: ExpressionCheck
    ) throws(QuestionnaireError) -> [Indicator] {
        let numberMax = IndicatorCounts.numberMax
        guard (1...numberMax).contains(document.indicators.count) else {
            throw QuestionnaireError(
                .definitionWrong,
                "an edition has 1 to \(numberMax) indicators"
            )
        }
        var indicators: [Indicator] = []
        for (index, indicator) in document.indicators.enumerated() {
            let place = "indicator \(indicator.number)"
            // An edition may leave a number out, as that of 2566 does.
            guard indicator.number > indicators.last?.number ?? 0, indicator.number <= numberMax
            else {
                throw QuestionnaireError(
                    .nameWrong,
                    "\(place) stands at place \(index + 1): numbers grow, and are \(numberMax) at most"
                )
            }
            guard categories.contains(indicator.category) else {
                throw QuestionnaireError(
                    .definitionWrong,
                    "\(place) is of a category that there is not"
                )
            }
            let unit = try unit(indicator.unit, place)
            indicators.append(
                Indicator(
                    number: Int(indicator.number),
                    category: indicator.category,
                    name: try wording(indicator.nameTh, indicator.nameEn, place),
                    unit: unit,
                    scope: try condition(indicator.scope, unit, check, "the scope of \(place)"),
                    pass: try condition(indicator.pass, unit, check, "the pass rule of \(place)"),
                    rule: try wording(indicator.ruleTh, indicator.ruleEn, "the rule of \(place)")
                )
            )
        }
        return indicators
    }

    private static func contradictions(
        _ document: QuestionnaireDocument,
        _ check: ExpressionCheck
    ) throws(QuestionnaireError) -> [Contradiction] {
        var found: [Contradiction] = []
        for (index, contradiction) in document.contradictions.enumerated() {
            let place = "the contradiction \(contradiction.contradiction)"
            guard Name.isItem(contradiction.contradiction), !contradiction.found.isEmpty else {
                throw QuestionnaireError(
                    .nameWrong,
                    "contradiction number \(index + 1) needs a name and a condition"
                )
            }
            let severity: Contradiction.Severity
            switch contradiction.severity {
            case .error: severity = .error
            case .warning: severity = .warning
            default:
                throw QuestionnaireError(.definitionWrong, "\(place) is neither error nor warning")
            }
            let unit = try unit(contradiction.unit, place)
            found.append(
                Contradiction(
                    contradiction: contradiction.contradiction,
                    unit: unit,
                    severity: severity,
                    found: try condition(contradiction.found, unit, check, place),
                    wording: try wording(contradiction.th, contradiction.en, place)
                )
            )
        }
        try requireDistinct(found.map(\.contradiction), "contradictions")
        return found
    }

    private static func condition(
        _ text: String,
        _ unit: Unit,
        _ check: ExpressionCheck,
        _ place: String
    ) throws(QuestionnaireError) -> Expression {
        try at(place) { () throws(QuestionnaireError) in
            let expression = text.isEmpty ? .truth(true) : try ExpressionParser.parse(text)
            try check.condition(expression, of: unit)
            return expression
        }
    }
}

extension QuestionnaireDocument {
    /// What a file holds; whether it is a questionnaire is not asked yet.
    package init(reading json: [UInt8]) throws(QuestionnaireError) {
        guard json.count <= Questionnaire.documentByteCountMax else {
            throw QuestionnaireError(
                .documentMalformed,
                "the document is larger than \(Questionnaire.documentByteCountMax) bytes"
            )
        }
        do {
            self = try QuestionnaireDocument(jsonUTF8Bytes: json, options: .flat)
        } catch JSONDecodingError.unknownField(let name) where Questionnaire.Name.isCode(name) {
            throw QuestionnaireError(.documentMalformed, "a document has no field \(name)")
        } catch {
            throw QuestionnaireError(
                .documentMalformed,
                "the document is no JSON of the form that QUESTIONNAIRE.md describes (\(error))"
            )
        }
    }
}
