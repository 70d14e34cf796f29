/// A directive, and who has received it.
package struct DirectiveState: Sendable {
    package let toAreas: Set<String>
    /// The first day that its date can mean; nil where nobody can say.
    package let earliestDay: Day?
    package internal(set) var receivedBy: Set<String> = []
}

extension Reading.Certainty {
    /// The certainty's one name, as in the schema.
    package var name: String {
        switch self {
        case .certain: "certain"
        case .likely: "likely"
        case .unknown: "unknown"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}

extension Reading {
    /// The first day that a date can mean: of a year and month alone the first of the month.
    var earliestDay: Day? {
        switch asUnderstood.utf8.count {
        case 4: Day(iso: asUnderstood + "-01-01")
        case 7: Day(iso: asUnderstood + "-01")
        default: Day(iso: asUnderstood)
        }
    }
}
