import Cryptography
import Survey

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

// Values that are accepted as they stand in a fixture; tests change one thing at a time.

extension LogKeyRotation {
    /// From one key to the next, endorsed by the first.
    static func sample(from former: UInt8 = 1, to next: UInt8 = 2) throws -> LogKeyRotation {
        var rotation = LogKeyRotation()
        rotation.logKey = LedgerCreated.vkey(of: LedgerCreated.logKey(next))
        rotation.reason = "a new operator"
        let text = endorsedText(
            origin: "example.org/bmn/99",
            from: LedgerCreated.vkey(of: LedgerCreated.logKey(former)),
            to: rotation.logKey
        )
        rotation.endorsement = Data(try LedgerCreated.logKey(former).sign(Array(text.utf8)))
        return rotation
    }
}

extension LedgerCreated {
    static var sample: LedgerCreated {
        var created = LedgerCreated()
        created.origin = "example.org/bmn/99"
        created.logKey = vkey(of: logKey(1))
        created.formatVersion = 1
        return created
    }

    /// The log's first key, and those that follow it.
    static func logKey(_ number: UInt8) -> Ed25519PrivateKey {
        guard let key = try? Ed25519PrivateKey(seed: [UInt8](repeating: number, count: 32)) else {
            preconditionFailure("a seed has 32 bytes")
        }
        return key
    }

    static func vkey(of key: Ed25519PrivateKey) -> String {
        let typed = [1] + key.publicKey.rawBytes
        let id = SHA256.hash(Array("example.org/bmn/99\n".utf8) + typed).hex.prefix(8)
        return "example.org/bmn/99+\(id)+\(Base64.encode(typed))"
    }
}

extension Area {
    static func sample(
        _ code: String,
        _ level: Area.Level,
        _ parent: String,
        covering: [String] = []
    ) -> Area {
        var area = Area()
        area.code = code
        area.level = level
        area.parentCode = parent
        area.nameTh = "พื้นที่ \(code)"
        area.nameEn = "Area \(code)"
        area.validFrom = "2017-01-01"
        area.validTo = "2020-12-31"
        area.coveredCodes = covering
        if level == .lao { area.laoType = "TAO" }
        area.synthetic = true
        return area
    }
}

extension RegisterPerson {
    static func sample(_ person: String) -> RegisterPerson {
        var registration = RegisterPerson()
        registration.person = person
        registration.identity.firstName = person
        registration.synthetic = true
        return registration
    }
}

extension MemberKey {
    static func sample(_ person: String) throws(Rejection) -> MemberKey {
        var key = MemberKey()
        key.person = person
        do {
            key.publicKey = Data(try Fixture.key(of: person).publicKey.rawBytes)
        } catch {
            throw Rejection(.keyMalformed, person)
        }
        return key
    }
}

extension Order {
    static func sample(
        _ order: String,
        _ kind: Order.Kind,
        _ area: String,
        _ person: String
    ) -> Order {
        var sample = Order()
        sample.order = order
        sample.number = "\(order)/2560"
        sample.date = "2017-11-01"
        sample.kind = kind
        sample.cycle = "2561"
        sample.area = area
        sample.validFrom = "2017-12-01"
        sample.validTo = "2018-03-31"
        sample.appointments = [.sample(person, String(person.prefix { $0 != "-" }), area)]
        return sample
    }

    static func committee(_ area: String, _ persons: [String]) -> Order {
        var order = Order.sample("committee-\(area)", .committee, area, "chair-1")
        order.appointments = persons.map { .sample($0, String($0.prefix { $0 != "-" }), "") }
        return order
    }
}

extension Appointment {
    static func sample(_ person: String, _ role: String, _ area: String) -> Appointment {
        var appointment = Appointment()
        appointment.person = person
        appointment.role = role
        appointment.area = area
        return appointment
    }
}

extension OrderAmendment {
    static func sample(_ order: String, on day: String) -> OrderAmendment {
        var amendment = OrderAmendment()
        amendment.order = order
        amendment.number = "2"
        amendment.date = "2018-01-05"
        amendment.effectiveOn = day
        amendment.reason = "a change of staff"
        return amendment
    }
}

extension OrderRevocation {
    static func sample(_ order: String, on day: String) -> OrderRevocation {
        var revocation = OrderRevocation()
        revocation.order = order
        revocation.effectiveOn = day
        revocation.reason = "replaced"
        return revocation
    }
}

extension Target {
    static func sample(_ village: String, _ lao: String, _ households: UInt32) -> Target {
        var target = Target()
        target.cycle = "2561"
        target.village = village
        target.lao = lao
        target.households = households
        target.questionnaires = households + 1
        return target
    }
}

extension TargetRevision {
    static func sample(_ village: String, _ lao: String, _ households: UInt32) -> TargetRevision {
        var revision = TargetRevision()
        revision.cycle = "2561"
        revision.village = village
        revision.lao = lao
        revision.households = households
        revision.questionnaires = households + 1
        revision.reason = "counted again"
        return revision
    }
}

extension PrepareCertification {
    static func sample(_ area: String) -> PrepareCertification {
        var command = PrepareCertification()
        command.cycle = "2561"
        command.area = area
        return command
    }
}

extension CertificationIssued {
    static func sample(_ id: String) -> CertificationIssued {
        var issue = CertificationIssued()
        issue.certification = id
        return issue
    }
}

extension CertificationSubmitted {
    static func sample(_ id: String, to area: String) -> CertificationSubmitted {
        var submission = CertificationSubmitted()
        submission.certification = id
        submission.toArea = area
        submission.documentNumber = "ตย 0019/1"
        return submission
    }
}

extension CertificationWithdrawn {
    static func sample(_ id: String) -> CertificationWithdrawn {
        var withdrawal = CertificationWithdrawn()
        withdrawal.certification = id
        withdrawal.reason = "an error was found"
        return withdrawal
    }
}

extension Report {
    static func sample(_ deadline: String, _ area: String) -> Report {
        var report = Report()
        report.cycle = "2561"
        report.deadline = deadline
        report.area = area
        report.documentNumber = "ตย 0019/2"
        return report
    }
}
