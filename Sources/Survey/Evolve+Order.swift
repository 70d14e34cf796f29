/// What orders do to the state.
extension State {
    mutating func issue(_ order: Order) {
        guard let from = Day(iso: order.validFrom) else { return }
        let state = OrderState(
            kind: order.kind,
            cycle: order.cycle,
            area: order.area,
            date: Day(iso: order.date),
            validFrom: from,
            validTo: Day(iso: order.validTo),
            persons: Set(order.appointments.map(\.person))
        )
        orders[order.order] = state
        for appointment in order.appointments {
            appoint(appointment, order: order.order, state, from: from)
        }
    }

    private mutating func appoint(
        _ appointment: Appointment,
        order: String,
        _ state: OrderState,
        from: Day
    ) {
        let area = appointment.area.isEmpty ? state.area : appointment.area
        persons[appointment.person]?.appointments.append(
            AppointmentState(
                order: order,
                kind: state.kind,
                cycle: state.cycle,
                role: appointment.role,
                area: area,
                areaIsLAO: areas[area]?.area.level == .lao,
                validFrom: from,
                validTo: state.validTo
            )
        )
    }

    mutating func amend(_ amendment: OrderAmendment) {
        guard let day = Day(iso: amendment.effectiveOn), var order = orders[amendment.order] else {
            return
        }
        for person in amendment.removedPersons {
            end(person: person, order: amendment.order, lastDay: day - 1)
            order.persons.remove(person)
        }
        for appointment in amendment.added {
            order.persons.insert(appointment.person)
            appoint(appointment, order: amendment.order, order, from: day)
        }
        order.circulatedTo = []
        order.submittedTo = []
        orders[amendment.order] = order
    }

    mutating func revoke(_ revocation: OrderRevocation) {
        guard let day = Day(iso: revocation.effectiveOn), let order = orders[revocation.order]
        else { return }
        for person in order.persons {
            end(person: person, order: revocation.order, lastDay: day - 1)
        }
        orders[revocation.order]?.revokedOn = day
        orders[revocation.order]?.persons = []
    }

    /// Ends the appointments that still run; one that ended before keeps its earlier end.
    private mutating func end(person: String, order: String, lastDay: Day) {
        guard let appointments = persons[person]?.appointments else { return }
        for offset in appointments.indices where appointments[offset].order == order {
            let earliest = min(appointments[offset].validTo ?? lastDay, lastDay)
            persons[person]?.appointments[offset].validTo = earliest
        }
    }
}
