package import Cryptography
import Foundation
package import Survey
package import TransparencyLog

/// Values in a synthetic province 99: one district, one tambon with two villages, two LAOs.
package enum Sample {
    package static let origin = "example.org/bmn/99"
    /// A day on which everybody appointed below may work.
    package static let workday = "2018-02-01"
    /// 2018-02-01T02:00:00Z, a morning in Bangkok.
    package static let start: Int64 = 1_517_450_400_000_000
    package static let places = [("99010101", "9981"), ("99010102", "990151")]
    package static let signers = ["chair-1", "member-1", "secretary-1", "chair-2", "secretary-2"]
    package static let people = signers + ["collector-1", "recorder-1", "stand-in-1"]

    package static let areas: [Area] = [
        area("99", .province, ""), area("9901", .district, "99"),
        area("990101", .tambon, "9901"), area("99010101", .village, "990101"),
        area("99010102", .village, "990101"),
        area("9981", .lao, "9901", covering: ["990101"]),
        area("990151", .lao, "9901", covering: ["990101"]),
    ]

    private static func area(
        _ code: String,
        _ level: Area.Level,
        _ parent: String,
        covering: [String] = []
    ) -> Area {
        var area = Area()
        (area.code, area.level, area.parentCode) = (code, level, parent)
        area.nameTh = "พื้นที่ \(code)"
        area.coveredCodes = covering
        area.synthetic = true
        return area
    }

    /// The log's signer under an origin; always the same key, or another with `number`.
    package static func logSigner(_ origin: String = origin, number: UInt8 = 1) -> NoteSigner {
        let seed = [UInt8](repeating: number, count: 32)
        guard let key = try? Ed25519PrivateKey(seed: seed),
            let signer = try? NoteSigner(name: origin, privateKey: key)
        else { preconditionFailure("a seed of 32 bytes and a plain name make a signer") }
        return signer
    }

    /// To the log's second key, endorsed by the first.
    package static func keyRotation() -> LogKeyRotation {
        var rotation = LogKeyRotation()
        rotation.logKey = logSigner(number: 2).verifierKey.vkey
        rotation.reason = "a new operator"
        let text = LogKeyRotation.endorsedText(
            origin: origin,
            from: logSigner().verifierKey.vkey,
            to: rotation.logKey
        )
        guard let endorsement = try? logSigner().endorse(text) else {
            preconditionFailure("signing a short text does not fail")
        }
        rotation.endorsement = Data(endorsement)
        return rotation
    }

    package static func created(_ origin: String = origin) -> LedgerCreated {
        var created = LedgerCreated()
        created.origin = origin
        created.logKey = logSigner(origin).verifierKey.vkey
        created.formatVersion = 1
        return created
    }

    package static func registration(_ person: String) -> RegisterPerson {
        var registration = RegisterPerson()
        registration.person = person
        registration.identity.firstName = "Name of \(person)"
        registration.synthetic = true
        return registration
    }

    /// A member's own key, the same in every run.
    package static func privateKey(_ person: String) throws -> Ed25519PrivateKey {
        try Ed25519PrivateKey(seed: SHA256.hash(Array("key of \(person)".utf8)).bytes)
    }

    package static func key(_ person: String) throws -> MemberKey {
        var key = MemberKey()
        key.person = person
        key.publicKey = Data(try privateKey(person).publicKey.rawBytes)
        return key
    }

    package static func keyRevocation(_ person: String) throws -> MemberKeyRevocation {
        var revocation = MemberKeyRevocation()
        revocation.person = person
        revocation.publicKey = try key(person).publicKey
        revocation.reason = "lost"
        return revocation
    }

    package static let orders: [Order] = [
        order("collectors", .collector, "9901", ["collector-1"]),
        order("recorders", .recorder, "9901", ["recorder-1"]),
        order("committee-9981", .committee, "9981", ["chair-1", "member-1", "secretary-1"]),
        order("committee-990151", .committee, "990151", ["chair-1", "member-1", "secretary-1"]),
        order("committee-9901", .committee, "9901", ["chair-2", "secretary-2"]),
    ]

    private static func order(
        _ id: String,
        _ kind: Order.Kind,
        _ area: String,
        _ persons: [String]
    ) -> Order {
        var order = Order()
        (order.order, order.number, order.date) = (id, "\(id)/2560", "2017-11-01")
        (order.kind, order.cycle, order.area) = (kind, "2561", area)
        (order.validFrom, order.validTo) = ("2017-12-01", "2018-03-31")
        order.appointments = persons.map { person in
            appointment(person, String(person.prefix { $0 != "-" }))
        }
        return order
    }

    private static func appointment(_ person: String, _ role: String) -> Appointment {
        var appointment = Appointment()
        (appointment.person, appointment.role) = (person, role)
        return appointment
    }

    package static var amendment: OrderAmendment {
        var amendment = OrderAmendment()
        (amendment.order, amendment.number, amendment.date) = ("recorders", "2", "2018-02-01")
        (amendment.effectiveOn, amendment.reason) = ("2018-02-02", "a change of staff")
        amendment.added = [appointment("stand-in-1", "recorder")]
        amendment.removedPersons = ["recorder-1"]
        return amendment
    }

    package static var orderRevocation: OrderRevocation {
        var revocation = OrderRevocation()
        (revocation.order, revocation.effectiveOn) = ("collectors", "2018-03-01")
        revocation.reason = "collecting is done"
        return revocation
    }

    package static let targets: [Target] = [
        target("99010101", "9981", 3), target("99010102", "990151", 2),
    ]

    private static func target(
        _ village: String,
        _ lao: String,
        _ households: UInt32
    ) -> Target {
        var target = Target()
        (target.cycle, target.village, target.lao) = ("2561", village, lao)
        (target.households, target.questionnaires) = (households, households + 1)
        return target
    }

    package static var targetRevision: TargetRevision {
        var revision = TargetRevision()
        (revision.cycle, revision.village, revision.lao) = ("2561", "99010102", "990151")
        (revision.households, revision.questionnaires) = (1, 1)
        revision.reason = "counted twice"
        return revision
    }
}
