import ArgumentParser
import Console
import Ledger
import LedgerReader
import Survey

/// Whose personal data a command is about.
enum Subject {
    case household(cycle: String, id: String)
    case person(String)

    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case household, person
    }

    /// From the words of a command line; a household needs a cycle, a person has none.
    init(
        kind: String,
        id: String,
        cycle: @autoclosure () throws -> String
    ) throws {
        switch Kind(rawValue: kind) {
        case .household: self = .household(cycle: try cycle(), id: id)
        case .person: self = .person(id)
        case nil: throw ValidationError("\"\(kind)\" is none of household, person.")
        }
    }

    var id: String {
        switch self {
        case .household(_, let id), .person(let id): id
        }
    }

    var stream: String {
        switch self {
        case .household(let cycle, let id): Event.stream(cycle, id)
        case .person(let id): "person/\(id)"
        }
    }

    /// What it is called where a sentence goes on.
    var name: Phrase {
        switch self {
        case .household(let cycle, let id):
            Phrase(
                thai: "ครัวเรือน \(id) รอบปี \(cycle)",
                english: "household \(id) of cycle \(cycle)"
            )
        case .person(let id): Phrase(thai: "บุคคล \(id)", english: "person \(id)")
        }
    }

    /// The household's; a person has none.
    var cycle: String? {
        guard case .household(let cycle, _) = self else { return nil }
        return cycle
    }

    /// Refused where the ledger has never heard of it.
    var unknown: Rejection {
        switch self {
        case .household(_, let id): Rejection(.householdNotRecorded, id)
        case .person(let id): Rejection(.personUnknown, id)
        }
    }
}

extension LedgerSnapshot {
    /// The cycles that have records of a household, earliest first; with `isHeld` those where its
    /// personal data was not erased.
    func cycles(ofHousehold id: String, isHeld: Bool = false) throws -> [String] {
        var cycles: Set<String> = []
        for index in try indexes(ofKind: .cycleDefined) {
            guard case .cycleDefined(let defined) = try recordedEvent(index)?.event.kind else {
                continue
            }
            let records = try records(ofStream: Event.stream(defined.cycle, id))
            let holds = records.contains { $0.event.sealed != nil } && ErasureNote(records) == nil
            if isHeld ? holds : !records.isEmpty { cycles.insert(defined.cycle) }
        }
        return cycles.sorted()
    }
}
