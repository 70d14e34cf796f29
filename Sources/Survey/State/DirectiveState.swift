/// A directive as it is read now, and who has received it.
package struct DirectiveState: Sendable, Equatable {
    package let toAreas: Set<String>
    package internal(set) var number: Reading
    package internal(set) var date: Reading
    package internal(set) var subject: String
    /// By area.
    package internal(set) var receivedOn: [String: Day] = [:]
}

extension DirectiveState {
    mutating func apply(_ revision: DirectiveRevision) {
        if revision.hasNumber { number = revision.number }
        if revision.hasDate { date = revision.date }
        if revision.hasSubject { subject = revision.subject }
    }
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
