package import Survey
import Synchronization

/// Members who look like one person: nothing is refused for it, as the form may be right.
///
/// It names places and households, never what is sealed there.
package enum PersonWarning: Sendable, Hashable {
    /// Two members of a household have one name and one birth date, and nothing tells them apart.
    case memberRepeated(first: Int, second: Int)
    /// A member has the citizen id of one of another household of the cycle.
    case citizenIDElsewhere(member: Int, household: String)

    package var code: String {
        switch self {
        case .memberRepeated: "memberRepeated"
        case .citizenIDElsewhere: "citizenIdElsewhere"
        }
    }

    package var sentence: Phrase {
        switch self {
        case .memberRepeated(let first, let second):
            Phrase(
                thai: "members[\(first)] กับ members[\(second)] ชื่อ สกุล และวันเกิดเดียวกัน"
                    + " ไม่มีเลขประจำตัวประชาชนที่แยกได้: คนเดียวกันหรือไม่",
                english: "members[\(first)] and members[\(second)] have one name and one birth"
                    + " date, and no citizen ids that tell them apart: are they one person?"
            )
        case .citizenIDElsewhere(let member, let household):
            Phrase(
                thai: "เลขประจำตัวประชาชนของ members[\(member)] มีอยู่ในครัวเรือน \(household) ด้วย:"
                    + " คนเดียวกันหรือไม่",
                english: "The citizen id of members[\(member)] is in household \(household), too:"
                    + " are they one person?"
            )
        }
    }

    package func json(_ language: Language) -> JSON {
        ["code": .string(code), "message": .string(sentence.text(language))]
    }
}

/// The members of a command's household, read before the data is sealed.
package struct GivenMembers: Sendable {
    private let cycle: String
    private let household: String
    private let repeated: [PersonWarning]
    private let citizenIDs: [(member: Int, id: UInt64)]

    /// Nil where the command gives no members.
    package init?(_ given: GivenCommand) {
        guard let (cycle, household) = given.householdWithMembers else { return nil }
        (self.cycle, self.household) = (cycle, household)
        let identities = given.memberIdentities
        var repeated: [PersonWarning] = []
        for (second, identity) in identities.enumerated() {
            // Households are small: comparing takes less than a set would.
            let first = identities[..<second].firstIndex { $0.looksLike(identity) }
            guard let first else { continue }
            repeated.append(.memberRepeated(first: first + 1, second: second + 1))
        }
        self.repeated = repeated
        citizenIDs = identities.enumerated().compactMap { offset, identity in
            identity.citizenID.map { (member: offset + 1, id: $0) }
        }
    }

    /// What there is to warn of; from now on these members are known in `seen`.
    fileprivate func warnings(_ seen: inout [String: [UInt64: String]]) -> [PersonWarning] {
        var warnings = repeated
        for (member, id) in citizenIDs {
            let known = seen[cycle, default: [:]][id]
            if let known, known != household {
                warnings.append(.citizenIDElsewhere(member: member, household: known))
            } else if known == nil {
                seen[cycle, default: [:]][id] = household
            }
        }
        return warnings
    }
}

/// The citizen ids of the households that one run or one file recorded: those in the ledger are
/// sealed, each household by itself, and nobody can look for one among them.
package final class SeenMembers: Sendable {
    private let households = Mutex<[String: [UInt64: String]]>([:])

    package init() {}

    package func warnings(_ members: GivenMembers) -> [PersonWarning] {
        households.withLock { members.warnings(&$0) }
    }
}
