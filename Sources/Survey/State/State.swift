package import Cryptography

/// Everything the rules need to know, rebuilt by `evolve` from the events alone.
///
/// Bounded by areas, people and orders, never by households: one household's own state is the fold
/// of its stream (`HouseholdState`), and of all households only the sums per village and LAO are
/// kept (`Cell`).
package struct State: Sendable {
    package internal(set) var origin = ""
    /// Which key signs the checkpoints of which sizes, the first first.
    package internal(set) var logKeys: [LogKeyTerm] = []
    package internal(set) var areas: [String: AreaState] = [:]
    /// The questionnaires that a cycle may name.
    package internal(set) var editions = Questionnaire.builtIn
    package internal(set) var cycles: [String: CycleState] = [:]
    package internal(set) var persons: [String: PersonState] = [:]
    /// Who registered a public key first; a key belongs to one person for ever.
    package internal(set) var keyOwners: [[UInt8]: String] = [:]
    /// What members' certificates must lead to now.
    package internal(set) var certificateRoots: [Certificate] = []
    /// Who registered a certificate of a public key, by the key's SHA-256; for ever as well.
    package internal(set) var certificateOwners: [Digest: String] = [:]
    /// Who registered a passkey, by its credential id and by its public key; for ever as well.
    package internal(set) var passkeyOwners: [[UInt8]: String] = [:]
    package internal(set) var orders: [String: OrderState] = [:]
    package internal(set) var targets: [CellKey: Target] = [:]
    package var cells: [CellKey: Cell] = [:]
    package internal(set) var certifications: [String: CertificationState] = [:]
    /// The certification of an area in a cycle that stands or is under way.
    package internal(set) var currentCertifications: [CycleArea: String] = [:]
    package internal(set) var reports: Set<String> = []
    package internal(set) var directives: [String: DirectiveState] = [:]
    package internal(set) var meetings: [String: MeetingState] = [:]
    package internal(set) var trainings: Set<String> = []
    package internal(set) var withdrawnTrainings: Set<String> = []
    package internal(set) var presentations: [String: PresentationState] = [:]
    package internal(set) var objections: [String: ConcernState] = [:]
    package internal(set) var samples: [String: SampleState] = [:]
    package internal(set) var checks: [String: CheckState] = [:]
    package internal(set) var defects: [String: ConcernState] = [:]
    /// How many of them each area has, since a record is for ever.
    package internal(set) var areaCounts: [AreaCount: Int] = [:]
    /// By their streams.
    package internal(set) var users: [String: UserState] = [:]
    /// Co-operation, plans, typed progress and awards.
    package internal(set) var programme = ProgrammeState()

    package init() {}
}

/// One area of one cycle.
package struct CycleArea: Hashable, Sendable {
    package let cycle: String
    package let area: String

    package init(cycle: String, area: String) {
        self.cycle = cycle
        self.area = area
    }
}

/// The smallest place that figures are summed for: the part of a village that lies in one LAO.
package struct CellKey: Hashable, Sendable {
    package let cycle: String
    package let village: String
    package let lao: String

    package init(cycle: String, village: String, lao: String) {
        self.cycle = cycle
        self.village = village
        self.lao = lao
    }
}

package struct CycleState: Sendable {
    package let cycle: Cycle
    package let questionnaire: Questionnaire
    package let referenceDate: Day
    package internal(set) var deadlines: [String: Deadline]
}

package struct PersonState: Sendable {
    /// The vault key of the person's sealed identity; nil when nothing was sealed or it was erased.
    package internal(set) var keyID: UInt64?
    package internal(set) var isErased = false
    /// Public keys that may sign now, each with the day it was registered.
    package internal(set) var publicKeys: [[UInt8]: Day] = [:]
    /// Certificates that may sign now, by their SHA-256, each with the day it was registered.
    package internal(set) var certificates: [Digest: Day] = [:]
    /// Passkeys that may sign now, by their credential ids.
    package internal(set) var passkeys: [[UInt8]: PasskeyState] = [:]
    package internal(set) var appointments: [AppointmentState] = []
}

package struct OrderState: Sendable {
    package let kind: Order.Kind
    package let cycle: String
    package let area: String
    /// The day that the paper bears, or its last amendment.
    package internal(set) var date: Day?
    package let validFrom: Day
    package let validTo: Day?
    package internal(set) var revokedOn: Day?
    /// Where it was made known as it stands: an amendment has to be made known again.
    package internal(set) var circulatedTo: Set<String> = []
    /// The areas it was sent to as it stands.
    package internal(set) var submittedTo: Set<String> = []
    /// Everybody this order appoints now.
    package internal(set) var persons: Set<String>
}

/// One person's place in one order; days are inclusive.
package struct AppointmentState: Sendable {
    package let order: String
    package let kind: Order.Kind
    package let cycle: String
    package let role: String
    package let area: String
    package let areaIsLAO: Bool
    package let validFrom: Day
    package internal(set) var validTo: Day?
    /// The record that ended it, where it had ended by the day of that act.
    package internal(set) var endedAtIndex: UInt64?

    func isInForce(on day: Day) -> Bool {
        day >= validFrom && validTo.map { day <= $0 } ?? true
    }

    /// One that ended before it began has no day at all.
    func overlaps(from first: Day, to last: Day?) -> Bool {
        (validTo.map { $0 >= max(first, validFrom) } ?? true)
            && (last.map { validFrom <= $0 } ?? true)
    }

    /// Codes nest (38 → 3801 → 380101 → 38010101), except an LAO's, which stands for itself.
    func covers(village: String, lao: String) -> Bool {
        areaIsLAO ? area == lao : village.hasPrefix(area)
    }
}

extension State {
    /// Whether `person` may collect or record in that place on that day.
    func holdsAppointment(
        _ kind: Order.Kind,
        person: String,
        cycle: String,
        village: String,
        lao: String,
        on day: Day
    ) -> Bool {
        guard let appointments = persons[person]?.appointments else { return false }
        return appointments.contains {
            $0.kind == kind && $0.cycle == cycle && $0.isInForce(on: day)
                && $0.covers(village: village, lao: lao)
        }
    }

    /// Whether `person` sits on the committee of exactly that area in that role on that day, and no
    /// record below the tree size had ended that by then.
    ///
    /// Whoever was gone when the tree had that size cannot have seen it in office, whatever day is
    /// stated.
    func sitsOnCommittee(
        of area: String,
        person: String,
        role: String,
        cycle: String,
        on day: Day,
        treeSize: UInt64
    ) -> Bool {
        guard let appointments = persons[person]?.appointments else { return false }
        return appointments.contains {
            $0.kind == .committee && $0.cycle == cycle && $0.area == area && $0.role == role
                && $0.isInForce(on: day) && $0.endedAtIndex.map { $0 >= treeSize } ?? true
        }
    }
}
