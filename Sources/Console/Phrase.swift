package import Survey

/// One sentence in both languages.
package struct Phrase: Sendable, Hashable {
    package let thai: String
    package let english: String

    package init(thai: String, english: String) {
        self.thai = thai
        self.english = english
    }

    package func text(_ language: Language) -> String {
        switch language {
        case .thai: thai
        case .english: english
        }
    }
}
