import Cryptography
import Foundation
import Survey

/// People with their keys and certificates, orders with what becomes of them, and users.
extension RandomCommands {
    mutating func makePerson(_ kind: EventKind, _ known: Known) throws -> Command.OneOf_Kind? {
        switch kind {
        case .personRegistered: return .registerPerson(.random(fresh("person")))
        case .memberKeyRegistered:
            return .registerMemberKey(try newKey(of: person(known)))
        case .memberKeyRevoked:
            var revocation = MemberKeyRevocation()
            revocation.person = existing(known.state.persons) { !$0.publicKeys.isEmpty }
            let keys = known.state.persons[revocation.person]?.publicKeys.keys.map(\.self) ?? []
            let key = dice.pick(keys.sorted { $0.lexicographicallyPrecedes($1) }) ?? []
            (revocation.publicKey, revocation.reason) = (Data(key), Self.reason)
            return .revokeMemberKey(revocation)
        case .certificateRootsDefined:
            var roots = CertificateRoots()
            for person in dice.some(identities.keys.sorted(), 1...3) {
                if let identity = identities[person] {
                    roots.certificates.append(Data(identity.certificate.der))
                }
            }
            roots.reason = Self.reason
            return .defineCertificateRoots(roots)
        case .memberCertificateRegistered:
            var registration = MemberCertificate()
            let trusted = known.state.certificateRoots.map(\.sha256)
            let owners = identities.filter { trusted.contains($0.value.certificate.sha256) }
            registration.person = dice.key(of: owners) ?? person(known)
            let identity = identities[registration.person]
            registration.certificate = Data(identity?.certificate.der ?? [])
            return .registerMemberCertificate(registration)
        case .memberCertificateRevoked:
            var revocation = MemberCertificateRevocation()
            revocation.person = existing(known.state.persons) { !$0.certificates.isEmpty }
            let sha256 = known.state.persons[revocation.person]?.certificates.keys.map(\.hex)
            revocation.sha256 = sha256?.sorted().first ?? String(repeating: "0", count: 64)
            revocation.reason = Self.reason
            return .revokeMemberCertificate(revocation)
        case .passkeyRegistered: return .registerPasskey(try newPasskey(of: person(known)))
        case .passkeyRevoked: return .revokePasskey(passkeyRevocation(known))
        case .userRegistered, .userRegistrationUpdated, .userDisabled:
            return makeUser(kind, known)
        default: return makeOrder(kind, known)
        }
    }

    mutating func newKey(of person: String) throws -> MemberKey {
        let name = fresh("key of \(person)")
        let key = try Ed25519PrivateKey(seed: SHA256.hash(Array(name.utf8)).bytes)
        let publicKey = key.publicKey.rawBytes
        privateKeys[publicKey] = key
        var registration = MemberKey()
        registration.person = person
        registration.publicKey = Data(publicKey)
        return registration
    }

    private mutating func makeUser(_ kind: EventKind, _ known: Known) -> Command.OneOf_Kind? {
        let roles = ["recorder", "supervisor", "committee", "auditor", "admin"]
        var user = UserRegistration()
        (user.cycle, user.person) = (cycle(known), person(known))
        (user.role, user.area) = (dice.pick(roles) ?? "admin", area(known, .district, .lao))
        if dice.chance(50) {
            user.person = dice.pick(["recorder-1", "chair-1", "secretary-1"]) ?? user.person
            user.role = user.person == "recorder-1" ? "recorder" : "committee"
        }
        if kind == .userRegistered { return .registerUser(user) }
        let live = known.state.users.values.filter { !$0.isDisabled }.map(\.registration)
            .sorted { ($0.cycle, $0.person) < ($1.cycle, $1.person) }
        if let one = dice.pick(live), dice.chance(90) {
            (user.cycle, user.person) = (one.cycle, one.person)
        }
        if kind == .userDisabled {
            var disabling = UserDisabling()
            (disabling.cycle, disabling.person) = (user.cycle, user.person)
            disabling.reason = Self.reason
            return .disableUser(disabling)
        }
        var update = UserRegistrationUpdate()
        (update.cycle, update.person, update.area) = (user.cycle, user.person, user.area)
        // Mostly a role that needs no appointment, or next to none would be accepted.
        update.role = dice.chance(70) ? "auditor" : user.role
        update.reason = Self.reason
        return .updateUserRegistration(update)
    }

    private mutating func makeOrder(_ kind: EventKind, _ known: Known) -> Command.OneOf_Kind? {
        switch kind {
        case .orderIssued: return .issueOrder(newOrder(known))
        case .orderAmended: return .amendOrder(amendment(known))
        case .orderRevoked:
            var revocation = OrderRevocation()
            // Those that everything rests on are seldom revoked.
            let later = known.state.orders.filter { $0.key.hasPrefix("order-") }
            revocation.order = existing(dice.chance(90) ? later : known.state.orders) {
                $0.revokedOn == nil
            }
            revocation.effectiveOn = (known.today + dice.number(-5...30)).iso
            revocation.reason = Self.reason
            return .revokeOrder(revocation)
        case .orderCirculated:
            var circulation = OrderCirculation()
            circulation.order = existing(known.state.orders)
            circulation.circulatedOn = pastDay(known)
            circulation.toAreas = dice.some(known.codes(.district, .lao, .tambon), 1...3)
            circulation.documentNumber = fresh("ตย")
            return .circulateOrder(circulation)
        case .orderSubmitted:
            var submission = OrderSubmission()
            submission.order = existing(known.state.orders) { $0.area.count > 2 }
            let area = known.state.orders[submission.order]?.area ?? "9901"
            submission.toArea = dice.chance(70) ? "99" : known.parent(of: area)
            submission.submittedOn = pastDay(known)
            return .submitOrder(submission)
        default: return nil
        }
    }

    private mutating func newOrder(_ known: Known) -> Order {
        var order = Order()
        order.order = fresh("order")
        (order.number, order.date) = ("\(order.order)/2561", pastDay(known))
        let kinds: [Order.Kind] = [.committee, .committee, .collector, .recorder]
        order.kind = dice.pick(kinds) ?? .committee
        order.cycle = cycle(known)
        order.area =
            order.kind == .committee
            ? area(known, .lao, .district, .province) : area(known, .lao, .district, .tambon)
        order.validFrom = (known.today - dice.number(0...20)).iso
        if dice.chance(80) { order.validTo = (known.today + dice.number(5...200)).iso }
        var persons = dice.some(known.people, 1...3)
        if order.cycle != Self.mainCycle, dice.chance(70) {
            // Whoever works in the main cycle, or nobody could record anything in another one.
            order.kind = dice.chance(50) ? .collector : .recorder
            order.area = "99"
            persons = [order.kind == .collector ? "collector-1" : "recorder-1"]
        }
        order.appointments = persons.map { person in
            var appointment = Appointment()
            appointment.person = person
            appointment.role = role(order.kind)
            return appointment
        }
        return order
    }

    private mutating func role(_ kind: Order.Kind) -> String {
        switch kind {
        case .collector: Role.collector
        case .recorder: Role.recorder
        default: dice.pick(Role.committee.sorted()) ?? "member"
        }
    }

    private mutating func amendment(_ known: Known) -> OrderAmendment {
        var amendment = OrderAmendment()
        amendment.order = existing(known.state.orders) { $0.revokedOn == nil }
        (amendment.number, amendment.date) = (fresh("ตย"), pastDay(known))
        amendment.effectiveOn = (known.today + dice.number(-3...10)).iso
        amendment.reason = Self.reason
        let order = known.state.orders[amendment.order]
        let isLater = amendment.order.hasPrefix("order-")
        if dice.chance(isLater ? 50 : 5), let person = dice.pick(order?.persons.sorted() ?? []) {
            amendment.removedPersons = [person]
        } else {
            var added = Appointment()
            added.person = person(known)
            added.role = role(order?.kind ?? .committee)
            amendment.added = [added]
        }
        return amendment
    }
}

extension RegisterPerson {
    static func random(_ person: String) -> RegisterPerson {
        var registration = RegisterPerson()
        registration.person = person
        registration.identity.firstName = "ชื่อของ \(person)"
        registration.synthetic = true
        return registration
    }
}
