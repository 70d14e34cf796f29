/// The roles an appointment can give.
package enum Role {
    /// Who may sit on a committee; the letter names none of them (letter.md 4), so the set is ours.
    package static let committee: Set<String> = [
        "chair", "viceChair", "member", "secretary", "assistantSecretary",
    ]
    package static let collector = "collector"
    package static let recorder = "recorder"

    static func allowed(for kind: Order.Kind) -> Set<String> {
        switch kind {
        case .committee: committee
        case .collector: [collector]
        case .recorder: [recorder]
        case .unspecified, .UNRECOGNIZED: []
        }
    }
}

/// Rules of orders and the targets that go with them.
extension State {
    func admitOrder(_ order: Order, _ act: Act) throws(Rejection) {
        try Validation.identifier(order.order, "order")
        guard orders[order.order] == nil else {
            throw Rejection(.orderAlreadyIssued, order.order)
        }
        try Validation.paperText(order.number, "number")
        try requireDated(order.date, order.order, act)
        let cycle = try requireCycle(order.cycle)
        let from = try Validation.day(order.validFrom, "validFrom")
        let to = try Validation.optionalDay(order.validTo, "validTo")
        try Validation.period(from, to, order.order)
        let area = try requireArea(order.area, on: from).area
        try requireInside(cycle, order.area)
        switch order.kind {
        case .committee, .collector, .recorder: break
        case .unspecified: throw Rejection(.commandIncomplete, "kind")
        case .UNRECOGNIZED: throw Rejection(.valueUnknown, "kind")
        }
        guard !order.appointments.isEmpty else { throw Rejection(.orderEmpty, order.order) }
        try Validation.list(
            order.appointments.count,
            atMost: Limit.appointments,
            "appointments"
        )
        let term = OrderTerm(order: order.order, cycle: order.cycle, from: from, to: to)
        try admitAppointments(
            order.appointments,
            kind: order.kind,
            within: area,
            term,
            present: []
        )
        try requireOneCommittee(order.appointments, kind: order.kind, of: order.area, term)
    }

    /// For how long an order, or an amendment of it, appoints.
    private struct OrderTerm {
        let order: String
        let cycle: String
        let from: Day
        let to: Day?
    }

    /// An area has one committee at a time, and who sits on it is changed by amending its order.
    private func requireOneCommittee(
        _ appointments: [Appointment],
        kind: Order.Kind,
        of outer: String,
        _ term: OrderTerm
    ) throws(Rejection) {
        guard kind == .committee else { return }
        let seats = Set(appointments.map { $0.area.isEmpty ? outer : $0.area })
        var others: Set<String> = []
        for person in persons.values {
            for seat in person.appointments
            where seat.kind == .committee && seat.cycle == term.cycle && seat.order != term.order
                && seats.contains(seat.area) && seat.overlaps(from: term.from, to: term.to)
            {
                others.insert(seat.order)
            }
        }
        if let other = others.min() { throw Rejection(.committeeAlreadyOrdered, other) }
    }

    /// A paper that bears a later date does not exist yet.
    private func requireDated(_ date: String, _ order: String, _ act: Act) throws(Rejection) {
        guard try Validation.day(date, "date") <= act.day else {
            throw Rejection(.orderInFuture, order)
        }
    }

    private func admitAppointments(
        _ appointments: [Appointment],
        kind: Order.Kind,
        within outer: Area,
        _ term: OrderTerm,
        present: Set<String>,
        leaving: Set<String> = []
    ) throws(Rejection) {
        var persons = present
        for appointment in appointments {
            let person = try requirePerson(appointment.person)
            // Whom an earlier amendment removes from a later day on is still there until then.
            let isStillThere =
                !leaving.contains(appointment.person)
                && person.appointments.contains {
                    $0.order == term.order && $0.overlaps(from: term.from, to: term.to)
                }
            guard persons.insert(appointment.person).inserted, !isStillThere else {
                throw Rejection(.appointmentDuplicate, appointment.person)
            }
            guard Role.allowed(for: kind).contains(appointment.role) else {
                throw Rejection(.roleUnknown, appointment.role)
            }
            if !appointment.area.isEmpty {
                let area = try requireArea(appointment.area, on: term.from).area
                guard lies(area, within: outer) else {
                    throw Rejection(.appointmentOutsideArea, area.code)
                }
            }
        }
    }

    /// A village may lie in an LAO in part only, so nothing but the LAO itself is surely inside it.
    func lies(_ area: Area, within outer: Area) -> Bool {
        if area.code == outer.code { return true }
        if outer.level == .lao { return false }
        return (area.level == .lao ? area.parentCode : area.code).hasPrefix(outer.code)
    }

    func admitAmendment(_ amendment: OrderAmendment, _ act: Act) throws(Rejection) {
        let order = try requireOrderInForce(amendment.order)
        try Validation.paperText(amendment.number, "number")
        try requireDated(amendment.date, amendment.order, act)
        let day = try Validation.day(amendment.effectiveOn, "effectiveOn")
        try Validation.period(order.validFrom, day, amendment.order)
        try Validation.period(day, order.validTo, amendment.order)
        try Validation.reason(amendment.reason)
        guard !amendment.added.isEmpty || !amendment.removedPersons.isEmpty else {
            throw Rejection(.orderEmpty, amendment.order)
        }
        try Validation.list(
            amendment.added.count + amendment.removedPersons.count,
            atMost: Limit.appointments,
            "appointments"
        )
        var remaining = order.persons
        for person in amendment.removedPersons {
            guard remaining.remove(person) != nil else {
                throw Rejection(.personNotInOrder, person)
            }
        }
        let term = OrderTerm(
            order: amendment.order,
            cycle: order.cycle,
            from: day,
            to: order.validTo
        )
        try admitAppointments(
            amendment.added,
            kind: order.kind,
            within: try requireArea(order.area).area,
            term,
            present: remaining,
            leaving: Set(amendment.removedPersons)
        )
        try requireOneCommittee(amendment.added, kind: order.kind, of: order.area, term)
    }

    func admitRevocation(_ revocation: OrderRevocation) throws(Rejection) {
        let order = try requireOrderInForce(revocation.order)
        let day = try Validation.day(revocation.effectiveOn, "effectiveOn")
        try Validation.period(order.validFrom, day, revocation.order)
        try Validation.period(day, order.validTo, revocation.order)
        try Validation.reason(revocation.reason)
    }

    func requireOrderInForce(_ name: String) throws(Rejection) -> OrderState {
        guard let order = orders[name] else { throw Rejection(.orderUnknown, name) }
        guard order.revokedOn == nil else { throw Rejection(.orderRevoked, name) }
        return order
    }

    func admitTarget(_ target: Target, _ act: Act) throws(Rejection) {
        try requirePlace(target.cell, on: act.day)
        guard targets[target.cell] == nil else {
            throw Rejection(.targetAlreadySet, target.village)
        }
        try requirePlausible(target)
    }

    private func requirePlausible(_ target: Target) throws(Rejection) {
        guard max(target.households, target.questionnaires) <= Limit.targetCount else {
            throw Rejection(.targetTooLarge, target.village)
        }
    }

    func admitTargetRevision(_ revision: TargetRevision) throws(Rejection) {
        try requireCycle(revision.cycle)
        guard let target = targets[revision.target.cell] else {
            throw Rejection(.targetNotSet, revision.village)
        }
        try Validation.reason(revision.reason)
        guard target != revision.target else {
            throw Rejection(.targetUnchanged, revision.village)
        }
        try requirePlausible(revision.target)
    }
}

extension Target {
    package var cell: CellKey { CellKey(cycle: cycle, village: village, lao: lao) }
}

extension TargetRevision {
    /// The target as it is after the revision.
    package var target: Target {
        var target = Target()
        target.cycle = cycle
        target.village = village
        target.lao = lao
        target.households = households
        target.questionnaires = questionnaires
        return target
    }
}
