import Survey

/// An appointment that began or changed.
struct OfficeChange {
    let person: String
    let order: String
    let kind: Order.Kind
    let role: String
    let area: String
    let validFrom: Day
    /// Nil where it was not there.
    let before: Term?
    let after: Term?

    /// Until when; nil without end.
    struct Term: Equatable {
        let validTo: Day?
    }

    private struct Key: Hashable {
        let person: String
        let order: String
        let role: String
        let area: String
        let validFrom: Day
    }

    static func all(_ before: State, _ after: State) -> [OfficeChange] {
        let (old, new) = (appointments(before), appointments(after))
        return Set(old.keys).union(new.keys)
            .compactMap { key -> OfficeChange? in
                let (before, after) = (old[key], new[key])
                guard let known = after ?? before else { return nil }
                let terms = (
                    before.map { Term(validTo: $0.validTo) },
                    after.map { Term(validTo: $0.validTo) }
                )
                guard terms.0 != terms.1 else { return nil }
                return OfficeChange(
                    person: key.person,
                    order: key.order,
                    kind: known.kind,
                    role: key.role,
                    area: key.area,
                    validFrom: key.validFrom,
                    before: terms.0,
                    after: terms.1
                )
            }
            .sorted { ($0.order, $0.person, $0.area) < ($1.order, $1.person, $1.area) }
    }

    private static func appointments(_ state: State) -> [Key: AppointmentState] {
        var appointments: [Key: AppointmentState] = [:]
        for (person, known) in state.persons {
            for appointment in known.appointments {
                let key = Key(
                    person: person,
                    order: appointment.order,
                    role: appointment.role,
                    area: appointment.area,
                    validFrom: appointment.validFrom
                )
                appointments[key] = appointment
            }
        }
        return appointments
    }
}
