/// A user's registration in one cycle.
package struct UserState: Sendable {
    package internal(set) var registration: UserRegistration
    package internal(set) var isDisabled = false
    package internal(set) var lastActOn: Day
}

extension UserRegistration {
    var registered: UserRegistration { self }

    /// The user's stream, which is also the identity.
    var stream: String { "user/\(cycle)/\(person)" }
}

extension UserRegistrationUpdate {
    /// The registration as it is after the update.
    var registered: UserRegistration {
        var registration = UserRegistration()
        registration.cycle = cycle
        registration.person = person
        registration.role = role
        registration.area = area
        registration.publicKey = publicKey
        registration.certificate = certificate
        return registration
    }
}

extension UserDisabling {
    /// Of whom, without role and area.
    var registered: UserRegistration {
        var registration = UserRegistration()
        registration.cycle = cycle
        registration.person = person
        return registration
    }
}
