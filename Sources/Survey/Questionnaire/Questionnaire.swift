/// An edition of the form as data: what is asked, of whom, and what follows from the answers.
///
/// Read from a document (QUESTIONNAIRE.md), so that a later edition needs no code.
package struct Questionnaire: Sendable, Hashable {
    /// As cycles name it: "2560-2564".
    package let edition: String
    package let title: Wording
    package let categories: [Category]
    /// In the order of the form; names are unique.
    package let items: [Item]
    package let indicators: [IndicatorRule]
    package let contradictions: [Contradiction]

    private let itemIndexes: [String: Int]

    /// What people read, in both languages.
    package struct Wording: Sendable, Hashable {
        package let th: String
        package let en: String
    }

    package struct Category: Sendable, Hashable {
        package let category: String
        package let name: Wording
    }

    /// Whom a question or an indicator is about.
    package enum Unit: String, Sendable, Hashable {
        case household
        case member
    }

    /// One question, or one field of the roster.
    package struct Item: Sendable, Hashable {
        package let item: String
        package let unit: Unit
        package let kind: Kind
        package let wording: Wording
        /// When it is asked at all.
        package let asked: Expression
        /// May be left out even when it is asked.
        package let isOptional: Bool
        /// Sealed in the record (design.md 8).
        package let isPersonal: Bool

        package enum Kind: Sendable, Hashable {
            case yesNo
            case choice([Choice])
            /// A whole number within bounds, of a unit such as "g" or "baht".
            case number(ClosedRange<Int64>, measure: String)
            case day
            case text
        }
    }

    package struct Choice: Sendable, Hashable {
        package let code: String
        package let wording: Wording
    }

    /// What an indicator asks for; its counts follow from the answers.
    package struct IndicatorRule: Sendable, Hashable {
        /// As printed; they grow, and one may be left out.
        package let number: Int
        package let category: String
        package let name: Wording
        package let unit: Unit
        package let scope: Expression
        package let pass: Expression
        /// The pass rule in words.
        package let rule: Wording
    }

    /// Answers that cannot, or hardly can, all be true.
    package struct Contradiction: Sendable, Hashable {
        package let contradiction: String
        package let unit: Unit
        package let severity: Severity
        /// Holds where something is wrong.
        package let found: Expression
        package let wording: Wording

        package enum Severity: String, Sendable, Hashable {
            /// The household is refused.
            case error
            /// It is recorded, and reports show it.
            case warning
        }
    }

    package init(
        edition: String,
        title: Wording,
        categories: [Category],
        items: [Item],
        indicators: [IndicatorRule],
        contradictions: [Contradiction]
    ) {
        self.edition = edition
        self.title = title
        self.categories = categories
        self.items = items
        self.indicators = indicators
        self.contradictions = contradictions
        itemIndexes = Dictionary(
            items.indices.map { (items[$0].item, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    package func item(_ name: String) -> Item? { itemIndexes[name].map { items[$0] } }

    package func indicator(_ number: Int) -> IndicatorRule? {
        indicators.first { $0.number == number }
    }
}
