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

    mutating func amend(_ amendment: OrderAmendment, index: UInt64, on actDay: Day) {
        guard let day = Day(iso: amendment.effectiveOn), var order = orders[amendment.order] else {
            return
        }
        for person in amendment.removedPersons {
            end(person, amendment.order, lastDay: day - 1, index: index, on: actDay)
            order.persons.remove(person)
        }
        for appointment in amendment.added {
            order.persons.insert(appointment.person)
            appoint(appointment, order: amendment.order, order, from: day)
        }
        // What is passed on from now is the amended paper, which did not exist before its date.
        order.date = [order.date, Day(iso: amendment.date)].compactMap(\.self).max()
        order.circulatedTo = []
        order.submittedTo = []
        orders[amendment.order] = order
    }

    mutating func revoke(_ revocation: OrderRevocation, index: UInt64, on actDay: Day) {
        guard let day = Day(iso: revocation.effectiveOn), orders[revocation.order] != nil
        else { return }
        // Also of those whom an amendment removes from a later day on: nobody outlasts the order.
        for person in Array(persons.keys) {
            end(person, revocation.order, lastDay: day - 1, index: index, on: actDay)
        }
        orders[revocation.order]?.revokedOn = day
        orders[revocation.order]?.persons = []
    }

    /// Ends the appointments that still run; one that ended before keeps its earlier end.
    private mutating func end(
        _ person: String,
        _ order: String,
        lastDay: Day,
        index: UInt64,
        on actDay: Day
    ) {
        guard let appointments = persons[person]?.appointments else { return }
        for offset in appointments.indices where appointments[offset].order == order {
            let earliest = min(appointments[offset].validTo ?? lastDay, lastDay)
            persons[person]?.appointments[offset].validTo = earliest
            // One that is to end later leaves the time until then.
            if lastDay < actDay, appointments[offset].endedAtIndex == nil {
                persons[person]?.appointments[offset].endedAtIndex = index
            }
        }
    }
}
