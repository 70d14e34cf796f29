/// The languages that people are spoken to in.
package enum Language: String, Sendable, CaseIterable {
    case thai = "th"
    case english = "en"
}

/// Why a command was refused; nothing was stored.
///
/// `code` is stable: scripts rely on it. `subject` is the identifier or field at fault, never
/// personal data. Only these two take part in equality.
package struct Rejection: Error, Hashable, Sendable {
    package let code: RejectionCode
    package let subject: String

    package init(_ code: RejectionCode, _ subject: String = "") {
        self.code = code
        // An identifier at fault may be a citizen id that was typed in its place.
        self.subject =
            CitizenID.isWritten(in: subject) ? "(citizen id)" : Rejection.printable(subject)
    }

    /// A subject may come from a forged event: one short line without control characters.
    private static func printable(_ subject: String) -> String {
        let scalars = subject.unicodeScalars
        let isShort = subject.utf8.count <= subjectByteCountMaximum
        if isShort, scalars.allSatisfy(Validation.isPrintable) { return subject }
        var printable = String.UnicodeScalarView()
        var byteCount = 0
        for scalar in scalars {
            let shown = Validation.isPrintable(scalar) ? scalar : "\u{FFFD}"
            byteCount += UTF8.width(shown)
            guard byteCount <= subjectByteCountMaximum else { return String(printable) + "…" }
            printable.append(shown)
        }
        return String(printable)
    }

    private static let subjectByteCountMaximum = 128

    /// One sentence saying what is wrong, where, and what to do.
    package func sentence(_ language: Language) -> String {
        let template = language == .thai ? code.thai : code.english
        return template.split(separator: "{}", omittingEmptySubsequences: false)
            .joined(separator: subject)
    }
}

extension Rejection: CustomStringConvertible {
    package var description: String { "\(code.rawValue): \(sentence(.english))" }
}
