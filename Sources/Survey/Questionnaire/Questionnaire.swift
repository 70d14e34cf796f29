/// An edition of the form as data: what is asked, of whom, and what follows from the answers.
///
/// Read from a document (QUESTIONNAIRE.md), so that a later edition needs no code. A class, because
/// every household is judged by one: handing it on is one reference.
package final class Questionnaire: Sendable {
    /// As cycles name it: "2560-2564".
    package let edition: String
    /// The Buddhist Era years it is for, read from its name.
    package let years: ClosedRange<Int>
    package let title: Wording
    package let categories: [Category]
    /// In the order of the form; names are unique.
    package let items: [Item]
    /// Their numbers grow.
    package let indicators: [Indicator]
    package let contradictions: [Contradiction]

    /// The highest number of an indicator: counts and figures have a place for each up to it.
    package let numberMax: Int

    /// What judging looks at.
    let compiled: CompiledForm
    private let scopes: ScopeTable

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
            /// Thirteen digits of the civil register, answered as a text.
            case citizenID
        }
    }

    package struct Choice: Sendable, Hashable {
        package let code: String
        package let wording: Wording
    }

    /// What an indicator asks for; its counts follow from the answers.
    package struct Indicator: Sendable, Hashable {
        /// As printed; one may be left out.
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

    init(
        edition: String,
        years: ClosedRange<Int>,
        title: Wording,
        categories: [Category],
        items: [Item],
        indicators: [Indicator],
        contradictions: [Contradiction]
    ) {
        self.edition = edition
        self.years = years
        self.title = title
        self.categories = categories
        self.items = items
        self.indicators = indicators
        self.contradictions = contradictions
        let numberMax = indicators.last?.number ?? 0
        self.numberMax = numberMax
        scopes = ScopeTable(indicators, numberMax: numberMax)
        compiled = CompiledForm(
            items: items,
            indicators: indicators,
            contradictions: contradictions
        )
    }

    package func item(_ name: String) -> Item? { compiled.place(name).map { items[$0] } }

    package func indicator(_ number: Int) -> Indicator? {
        indicators.first { $0.number == number }
    }

    /// The fewest and the most members in an indicator's scope that ages allow; of a household
    /// indicator 1, or 0 to 1 where its scope asks for more.
    package func inScope(_ number: Int, ages: [UInt32]) -> ClosedRange<Int> {
        scopes.bounds(number, ages: ages)
    }

    /// The first indicator whose in-scope count contradicts the members' ages.
    package func scopeProblem(of counts: IndicatorCounts, ages: [UInt32]) -> Int? {
        for number in 1...numberMax
        where !scopes.bounds(number, ages: ages).contains(counts.inScope(number)) {
            return number
        }
        return nil
    }
}
