import Cryptography
import Ledger
import LedgerReader
import Survey

/// The terms of a person or of an area's offices: which orders appointed, changed and ended them.
struct AppointmentHistory {
    /// Whether an appointment is one of those that are told; with the area that it is for.
    private let isMeant: (Appointment, String) -> Bool
    /// Every order, and whom of those it appoints still.
    private var orders: [String: (order: Order, persons: Set<String>)] = [:]

    private init(_ isMeant: @escaping (Appointment, String) -> Bool) { self.isMeant = isMeant }

    /// A person's terms, between the other records that are about the person.
    static func member(
        _ id: String,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> [ActEntry] {
        let own = try snapshot.records(ofStream: "person/\(id)")
        guard !own.isEmpty else { throw Rejection(.personUnknown, id) }
        var history = AppointmentHistory { appointment, _ in appointment.person == id }
        var entries = own.compactMap(ActEntry.init(person:))
        for record in try snapshot.records(ofKinds: orderKinds + userKinds) {
            if let entry = history.entry(record) ?? ActEntry(user: record, id) {
                entries.append(entry)
            }
        }
        return entries.sorted { $0.envelope.index < $1.envelope.index }
    }

    /// Everybody whom orders gave an office in exactly this area.
    static func office(
        _ area: String,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> [ActEntry] {
        guard try !snapshot.records(ofStream: "area/\(area)").isEmpty else {
            throw Rejection(.areaUnknown, area)
        }
        var history = AppointmentHistory { _, place in place == area }
        return try snapshot.records(ofKinds: orderKinds).compactMap { history.entry($0) }
    }

    private static let orderKinds: [EventKind] = [.orderIssued, .orderAmended, .orderRevoked]
    private static let userKinds: [EventKind] = [
        .userRegistered, .userRegistrationUpdated, .userDisabled,
    ]

    private func meant(_ appointments: [Appointment], _ order: Order) -> [Appointment] {
        appointments.filter { isMeant($0, $0.area.isEmpty ? order.area : $0.area) }
    }

    /// Nil for a record that appoints or removes none of them.
    private mutating func entry(_ record: RecordedEvent) -> ActEntry? {
        switch record.event.kind {
        case .orderIssued(let order):
            let appointed = meant(order.appointments, order)
            orders[order.order] = (order, Set(appointed.map(\.person)))
            guard !appointed.isEmpty else { return nil }
            let facts = ActEntry.facts(of: order) + [ActEntry.appointed(appointed, order)]
            return ActEntry(record, .orderIssued, facts)
        case .orderAmended(let amendment):
            guard let (order, persons) = orders[amendment.order] else { return nil }
            let appointed = meant(amendment.added, order)
            let removed = amendment.removedPersons.filter { persons.contains($0) }
            guard !appointed.isEmpty || !removed.isEmpty else { return nil }
            let left = persons.subtracting(removed).union(appointed.map(\.person))
            orders[order.order] = (order, left)
            let facts =
                ActEntry.facts(of: amendment) + [
                    ActEntry.appointed(appointed, order), ActEntry.removed(removed),
                    .reason(amendment.reason),
                ]
            return ActEntry(record, .orderAmended, facts)
        case .orderRevoked(let revocation):
            guard let (_, persons) = orders[revocation.order], !persons.isEmpty else { return nil }
            let facts =
                ActEntry.facts(of: revocation) + [
                    ActEntry.removed(persons.sorted()), .reason(revocation.reason),
                ]
            return ActEntry(record, .orderRevoked, facts)
        default: return nil
        }
    }
}
