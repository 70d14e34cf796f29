import Console
import Ledger
import LedgerReader
import Survey

/// All that a ledger holds on a household or person.
struct SubjectData {
    /// A record, with what it sealed in the clear.
    struct Record {
        let recorded: RecordedEvent
        /// As it is stored.
        let bytes: [UInt8]
        let personal: [(name: String, value: String)]?
    }

    /// A certification that counts the household, or that the person signed.
    struct Certification {
        let id: String
        let cycle: String
        let area: String
        let index: UInt64
        let status: CertificationState.Status?
        /// The person's, where it is about a person.
        let role: String?
    }

    let subject: Subject
    let origin: String
    let treeSize: UInt64
    let madeAt: RecordTime
    let records: [Record]
    /// Records of other streams that name the person.
    let mentions: [Record]
    let certifications: [Certification]
    let erasure: ErasureNote?

    init(
        _ subject: Subject,
        _ snapshot: borrowing LedgerSnapshot,
        names: Names
    ) throws {
        let recorded = try snapshot.records(ofStream: subject.stream)
        guard !recorded.isEmpty else { throw subject.unknown }
        let state = try snapshot.state()
        self.subject = subject
        origin = state.origin
        treeSize = snapshot.treeSize
        madeAt = Composition.recordTime()
        erasure = ErasureNote(recorded)
        var records: [Record] = []
        for record in recorded {
            let personal: [(name: String, value: String)]? =
                switch subject {
                case .household: try names.household(record).map { PersonalFields.of($0) }
                case .person: try names.person([record]).map { PersonalFields.of($0) }
                }
            let bytes = try snapshot.bytes(record.index)
            records.append(Record(recorded: record, bytes: bytes, personal: personal))
        }
        self.records = records
        switch subject {
        case .household(let cycle, _):
            mentions = []
            certifications = try Self.counting(recorded, cycle, state, snapshot)
        case .person(let id):
            mentions = try Self.mentions(of: id, snapshot)
            certifications = try Self.signed(by: id, state, snapshot)
        }
    }

    /// Those whose figures, at their tree size, have the household in them.
    private static func counting(
        _ records: [RecordedEvent],
        _ cycle: String,
        _ state: State,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> [Certification] {
        try prepared(snapshot).compactMap { index, prepared in
            guard prepared.cycle == cycle, let certification = state.certifications[prepared.id]
            else { return nil }
            var household = HouseholdState()
            for record in records where record.index < prepared.treeSize {
                household.evolve(record.event, on: record.envelope.day)
            }
            let cell = CellKey(cycle: cycle, village: household.village, lao: household.lao)
            let level = certification.level
            guard household.status != .absent,
                state.contains(area: prepared.area, level: level, cell: cell)
            else { return nil }
            return Certification(
                id: prepared.id,
                cycle: cycle,
                area: prepared.area,
                index: index,
                status: certification.status,
                role: nil
            )
        }
    }

    private static func signed(
        by person: String,
        _ state: State,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> [Certification] {
        try snapshot.indexes(ofKind: .certificationSigned).compactMap { index in
            let event = try snapshot.recordedEvent(index)?.event
            guard case .certificationSigned(let signature) = event?.kind,
                signature.person == person
            else { return nil }
            let certification = state.certifications[signature.certification]
            return Certification(
                id: signature.certification,
                cycle: certification?.prepared.cycle ?? "",
                area: certification?.prepared.area ?? "",
                index: index,
                status: certification?.status,
                role: signature.role
            )
        }
    }

    private static func prepared(
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> [(UInt64, CertificationPrepared)] {
        try snapshot.indexes(ofKind: .certificationPrepared).compactMap { index in
            let event = try snapshot.recordedEvent(index)?.event
            guard case .certificationPrepared(let prepared) = event?.kind else { return nil }
            return (index, prepared)
        }
    }

    /// Orders that appoint the person or end that, and what the person is named in by others.
    private static func mentions(
        of person: String,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> [Record] {
        var indexes = try snapshot.indexes(ofKind: .orderIssued)
        indexes += try snapshot.indexes(ofKind: .orderAmended)
        indexes += try snapshot.indexes(ofKind: .certificationSigned)
        return try indexes.sorted().compactMap { index in
            guard let record = try snapshot.recordedEvent(index), record.event.names(person) else {
                return nil
            }
            return Record(recorded: record, bytes: try snapshot.bytes(index), personal: nil)
        }
    }
}

extension Event {
    /// Whether an order or a signature names the person.
    fileprivate func names(_ person: String) -> Bool {
        switch kind {
        case .orderIssued(let order): order.appointments.contains { $0.person == person }
        case .orderAmended(let amendment):
            amendment.removedPersons.contains(person)
                || amendment.added.contains { $0.person == person }
        case .certificationSigned(let signature): signature.person == person
        default: false
        }
    }
}

extension CertificationPrepared {
    fileprivate var id: String { certification }
}

extension LedgerSnapshot {
    fileprivate func bytes(_ index: UInt64) throws -> [UInt8] {
        guard let bytes = try withRecord(index, { $0.byteArray }) else {
            throw LedgerError(.damaged, "the stream index names record \(index), missing")
        }
        return bytes
    }
}
