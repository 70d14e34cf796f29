import Cryptography
import Foundation
import Ledger
import Survey

/// What the acts on orders say.
extension ActEntry {
    static func facts(of order: Order) -> [Fact] {
        [
            .text("order", "คำสั่ง", "order", order.order),
            .text("number", "เลขที่", "number", order.number),
            .day("date", "ลงวันที่", "date", order.date),
            .word("kind", "ชนิด", "kind", order.kind.word),
            .text("cycle", "รอบปี", "cycle", order.cycle),
            .text("area", "พื้นที่", "area", order.area),
            .day("valid_from", "ตั้งแต่", "from", order.validFrom),
            .day("valid_to", "ถึง", "to", order.validTo),
        ]
    }

    static func facts(of amendment: OrderAmendment) -> [Fact] {
        [
            .text("order", "คำสั่ง", "order", amendment.order),
            .text("number", "เลขที่คำสั่งแก้ไข", "number", amendment.number),
            .day("date", "ลงวันที่", "date", amendment.date),
            .day("effective_on", "มีผลวันที่", "effective on", amendment.effectiveOn),
        ]
    }

    static func facts(of revocation: OrderRevocation) -> [Fact] {
        [
            .text("order", "คำสั่ง", "order", revocation.order),
            .day("effective_on", "มีผลวันที่", "effective on", revocation.effectiveOn),
        ]
    }

    /// `chair-1 (chair, 380151), …`; words are those of the records.
    static func appointed(_ appointments: [Appointment], _ order: Order) -> Fact {
        let texts = appointments.map { appointment in
            let area = appointment.area.isEmpty ? order.area : appointment.area
            return "\(appointment.person) (\(appointment.role), \(area))"
        }
        return .text("appointed", "แต่งตั้ง", "appointed", texts.joined(separator: ", "))
    }

    static func removed(_ persons: [String]) -> Fact {
        .text("removed", "พ้นจากตำแหน่ง", "removed", persons.joined(separator: ", "))
    }
}

/// What is known of a person apart from orders.
extension ActEntry {
    /// Nil for what is no act on a person's register: an erasure is told below its own kind.
    init?(person record: RecordedEvent) {
        guard let kind = record.event.eventKind else { return nil }
        switch record.event.kind {
        case .personRegistered: self.init(record, kind, [])
        case .memberKeyRegistered(let key):
            self.init(record, kind, [Self.key(Hex.encode(Array(key.publicKey)))])
        case .memberKeyRevoked(let revocation):
            self.init(
                record,
                kind,
                [Self.key(Hex.encode(Array(revocation.publicKey))), .reason(revocation.reason)]
            )
        case .memberCertificateRegistered(let certificate):
            let digest = SHA256.hash(Array(certificate.certificate)).hex
            self.init(record, kind, [Self.certificate(digest)])
        case .memberCertificateRevoked(let revocation):
            self.init(
                record,
                kind,
                [Self.certificate(revocation.sha256), .reason(revocation.reason)]
            )
        case .passkeyRegistered(let passkey):
            let label: [Fact] =
                passkey.label.isEmpty ? [] : [.text("label", "ชื่อเรียก", "label", passkey.label)]
            let domain = Fact.text("rp_id", "เว็บไซต์", "site", passkey.rpID)
            let id = Self.passkey(Array(passkey.credentialID))
            self.init(record, kind, [id, domain] + label)
        case .passkeyRevoked(let revocation):
            self.init(
                record,
                kind,
                [Self.passkey(Array(revocation.credentialID)), .reason(revocation.reason)]
            )
        case .personalDataErased(let erasure): self.init(record, kind, [.reason(erasure.reason)])
        default: return nil
        }
    }

    private static func passkey(_ credentialID: [UInt8]) -> Fact {
        .text("passkey", "พาสคีย์", "passkey", Base64URL.encode(credentialID))
    }

    private static func key(_ hex: String) -> Fact {
        .text("public_key", "กุญแจสาธารณะ", "public key", hex)
    }

    private static func certificate(_ hex: String) -> Fact {
        .text("certificate", "ใบรับรอง (SHA-256)", "certificate (SHA-256)", hex)
    }

    /// Nil for the registration of somebody else.
    init?(user record: RecordedEvent, _ person: String) {
        switch record.event.kind {
        case .userRegistered(let user) where user.person == person:
            self.init(record, .userRegistered, Self.user(user.cycle, user.role, user.area))
        case .userRegistrationUpdated(let user) where user.person == person:
            let facts = Self.user(user.cycle, user.role, user.area) + [.reason(user.reason)]
            self.init(record, .userRegistrationUpdated, facts)
        case .userDisabled(let user) where user.person == person:
            let facts = Self.user(user.cycle, "", "") + [.reason(user.reason)]
            self.init(record, .userDisabled, facts)
        default: return nil
        }
    }

    private static func user(_ cycle: String, _ role: String, _ area: String) -> [Fact] {
        [
            .text("cycle", "รอบปี", "cycle", cycle), .word("role", "บทบาท", "role", role),
            .text("area", "พื้นที่", "area", area),
        ]
    }
}

extension Order.Kind {
    /// The kind's one name, as in the schema.
    var word: String {
        switch self {
        case .committee: "committee"
        case .collector: "collector"
        case .recorder: "recorder"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}
