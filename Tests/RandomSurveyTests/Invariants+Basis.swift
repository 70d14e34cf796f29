import Foundation
import Survey

/// Areas, people, orders and targets.
extension Invariants {
    mutating func checkBasis(_ event: Event, _ day: String) {
        switch event.kind {
        case .areaDefined(let area):
            expectFirst("area \(area.code)")
            let parent = facts.areas[area.parentCode]
            expect(parent != nil || area.level == .province, "\(area.code) lies nowhere")
            facts.areas[area.code] = area
        case .areaRevised(let revision):
            expect(facts.areas[revision.code] != nil, "a revision of nothing")
            if revision.hasCovered {
                facts.areas[revision.code]?.coveredCodes = revision.covered.codes
            }
        case .cycleDefined(let cycle):
            expectFirst("cycle \(cycle.cycle)")
            facts.cycles[cycle.cycle] = cycle
        case .personRegistered(let person):
            expectFirst("person \(person.person)")
            expect(person.hasSealed, "a name in the clear")
            facts.people.insert(person.person)
        case .memberKeyRegistered(let key):
            expect(facts.people.contains(key.person), "a key of nobody")
            expectFirst("key \(key.publicKey.base64EncodedString())")
            facts.keys[key.person, default: [:]][key.publicKey] = day
        case .memberKeyRevoked(let revocation):
            let had = facts.keys[revocation.person]?.removeValue(forKey: revocation.publicKey)
            expect(had != nil, "a key is revoked that was none")
        case .passkeyRegistered(let passkey):
            expect(facts.people.contains(passkey.person), "a passkey of nobody")
            expectFirst("passkey \(passkey.credentialID.base64EncodedString())")
            expectFirst("passkey's key \(passkey.publicKey.base64EncodedString())")
            facts.passkeys[passkey.person, default: [:]][passkey.credentialID] = (
                passkey.publicKey, day
            )
        case .passkeyRevoked(let revocation):
            let had = facts.passkeys[revocation.person]?
                .removeValue(forKey: revocation.credentialID)
            expect(had != nil, "a passkey is revoked that was none")
        case .targetSet(let target):
            let cell = CellName(cycle: target.cycle, village: target.village, lao: target.lao)
            expect(facts.targets[cell] == nil, "a second target of \(target.village)")
            set(target.households, cell)
        case .targetRevised(let target):
            let cell = CellName(cycle: target.cycle, village: target.village, lao: target.lao)
            expect(facts.targets[cell] != nil, "a target is revised that was not set")
            set(target.households, cell)
        case .userRegistered(let user):
            let name = "\(user.cycle)/\(user.person)"
            expect(facts.users.insert(name).inserted, "a user twice")
            checkUser(user.cycle, user.person, user.role, user.area, day)
        case .userRegistrationUpdated(let user):
            expect(facts.users.contains("\(user.cycle)/\(user.person)"), "an update of no user")
            checkUser(user.cycle, user.person, user.role, user.area, day)
        case .userDisabled(let user):
            let had = facts.users.remove("\(user.cycle)/\(user.person)")
            expect(had != nil, "a user is disabled who was none")
        default: checkOrder(event, day)
        }
    }

    private mutating func set(_ households: UInt32, _ cell: CellName) {
        expect(households <= 100_000, "a target of \(households)")
        facts.targets[cell] = UInt64(households)
    }

    private mutating func checkUser(
        _ cycle: String,
        _ person: String,
        _ role: String,
        _ area: String,
        _ day: String
    ) {
        guard facts.cycles[cycle]?.registersUsersWithoutAppointment == false else { return }
        let own = facts.offices.filter {
            $0.person == person && $0.cycle == cycle && $0.runs(on: day)
        }
        if role == "committee" {
            let isMember = own.contains { $0.kind == .committee && $0.area == area }
            expect(isMember, "no member: \(person)")
        } else if role == "recorder" {
            expect(own.contains { $0.kind == .recorder }, "no recorder: \(person)")
        }
    }

    private mutating func checkOrder(_ event: Event, _ day: String) {
        switch event.kind {
        case .orderIssued(let order):
            expectFirst("order \(order.order)")
            expect(order.date <= day, "an order of tomorrow")
            facts.orders[order.order] = order
            for appointment in order.appointments {
                appoint(appointment, order, from: order.validFrom)
            }
        case .orderAmended(let amendment):
            guard let order = facts.orders[amendment.order] else {
                return expect(false, "an amendment of no order")
            }
            for person in amendment.removedPersons {
                end(amendment.order, person, before: amendment.effectiveOn)
            }
            for appointment in amendment.added {
                appoint(appointment, order, from: amendment.effectiveOn)
            }
        case .orderRevoked(let revocation):
            expectFirst("revocation of \(revocation.order)")
            end(revocation.order, nil, before: revocation.effectiveOn)
        default: break
        }
    }

    private mutating func appoint(
        _ appointment: Appointment,
        _ order: Order,
        from: String
    ) {
        expect(facts.people.contains(appointment.person), "nobody is appointed")
        let area = appointment.area.isEmpty ? order.area : appointment.area
        facts.offices.append(
            Office(
                order: order.order,
                kind: order.kind,
                cycle: order.cycle,
                area: area,
                person: appointment.person,
                role: appointment.role,
                from: from,
                to: order.validTo
            )
        )
    }

    /// All who are appointed by it, or one of them, from that day on no more.
    private mutating func end(_ order: String, _ person: String?, before day: String) {
        let last = Day(iso: day).map { ($0 - 1).iso } ?? ""
        for offset in facts.offices.indices
        where facts.offices[offset].order == order
            && (person == nil || facts.offices[offset].person == person)
        {
            let end = facts.offices[offset].to
            facts.offices[offset].to = end.isEmpty ? last : min(end, last)
        }
    }
}
