import Cryptography

extension Role {
    /// Who may be a user of the recording program.
    ///
    /// The letter asks for the register (1.3) and names no roles, so the set is ours.
    package static let users: Set<String> = [
        "recorder", "supervisor", "committee", "auditor", "admin",
    ]
}

extension Cycle {
    /// Whether only who is appointed is registered as a user in that role.
    ///
    /// Recorders and committees are appointed by the orders of 1.2, and need it unless the cycle says
    /// otherwise; every other role needs it where the cycle names it.
    func needsAppointment(_ role: String) -> Bool {
        appointedUserRoles.contains(role)
            || (["recorder", "committee"].contains(role) && !registersUsersWithoutAppointment)
    }
}

/// Rules of users.
extension State {
    func admitUser(_ user: UserRegistration, _ act: Act) throws(Rejection) {
        try requireRegistrable(user, act)
        guard let known = users[user.stream] else { return }
        guard known.isDisabled else { throw Rejection(.userAlreadyRegistered, user.person) }
        try requireAfter(known, act)
    }

    func admitUserUpdate(_ update: UserRegistrationUpdate, _ act: Act) throws(Rejection) {
        let user = update.registered
        let known = try requireUser(user, act)
        try requireRegistrable(user, act)
        try Validation.reason(update.reason)
        guard known.registration != user else { throw Rejection(.userUnchanged, user.person) }
    }

    func admitDisabling(_ disabling: UserDisabling, _ act: Act) throws(Rejection) {
        try requireUser(disabling.registered, act)
        try Validation.reason(disabling.reason)
    }

    @discardableResult
    private func requireUser(
        _ user: UserRegistration,
        _ act: Act
    ) throws(Rejection) -> UserState {
        guard let known = users[user.stream], !known.isDisabled else {
            throw Rejection(.userUnknown, user.person)
        }
        try requireAfter(known, act)
        return known
    }

    private func requireAfter(_ known: UserState, _ act: Act) throws(Rejection) {
        guard act.day >= known.lastActOn else {
            throw Rejection(.actBeforePrevious, known.lastActOn.iso)
        }
    }

    private func requireRegistrable(_ user: UserRegistration, _ act: Act) throws(Rejection) {
        let cycle = try requireCycle(user.cycle)
        let person = try requirePerson(user.person)
        guard Role.users.contains(user.role) else {
            throw Rejection(.userRoleUnknown, user.role)
        }
        let area = try requireArea(user.area).area
        try requireInside(cycle, user.area)
        try requireMeans(of: user, person)
        guard cycle.cycle.needsAppointment(user.role) else { return }
        let isAppointed = person.appointments.contains { appointment in
            guard appointment.cycle == user.cycle, appointment.isInForce(on: act.day) else {
                return false
            }
            switch user.role {
            case "recorder":
                return appointment.kind == .recorder
                    && areas[appointment.area].map { lies(area, within: $0.area) } ?? false
            case "committee":
                return appointment.kind == .committee && appointment.area == user.area
            // The letter has no orders for them, so any that appoints them there will do.
            default: return areas[appointment.area].map { lies(area, within: $0.area) } ?? false
            }
        }
        guard isAppointed else { throw Rejection(.userNotAppointed, user.person) }
    }

    /// A key or certificate that the register names is the person's own, and in use.
    private func requireMeans(
        of user: UserRegistration,
        _ person: PersonState
    ) throws(Rejection) {
        guard user.publicKey.isEmpty || person.publicKeys[Array(user.publicKey)] != nil else {
            throw Rejection(.keyUnknown, user.person)
        }
        guard !user.certificate.isEmpty else { return }
        guard let sha256 = Digest(hex: user.certificate), person.certificates[sha256] != nil else {
            throw Rejection(.certificateUnknown, user.person)
        }
    }
}
