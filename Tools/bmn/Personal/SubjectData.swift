import Console
import Ledger
import LedgerReader
import Survey

/// All that a ledger holds on a household or person.
struct SubjectData {
    /// A record, with what it sealed in the clear.
    struct Record {
        let recorded: RecordedEvent
        /// As it is stored; nil where it tells of others.
        let bytes: [UInt8]?
        let personal: Opened<[(name: String, value: String)]>
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
    /// Records of other streams that name the person or household.
    let mentions: [Record]
    let certifications: [Certification]
    let erasure: ErasureNote?
    /// Where else the household is recorded.
    let otherCycles: [String]
    /// How answers read; nil of a person.
    let words: AnswerFields?

    init(
        _ subject: Subject,
        _ snapshot: borrowing LedgerSnapshot,
        names: Names,
        _ language: Language
    ) throws {
        let recorded = try snapshot.records(ofStream: subject.stream)
        guard !recorded.isEmpty else { throw subject.unknown }
        let state = try snapshot.state()
        self.subject = subject
        origin = state.origin
        treeSize = snapshot.treeSize
        madeAt = Composition.recordTime()
        erasure = ErasureNote(recorded)
        let words: AnswerFields? =
            switch subject {
            case .household(let cycle, _):
                AnswerFields(form: try snapshot.form(ofCycle: cycle).questionnaire)
            case .person: nil
            }
        self.words = words
        var records: [Record] = []
        for record in recorded {
            let personal: Opened<[(name: String, value: String)]> =
                switch subject {
                case .household:
                    try names.household(record, snapshot).map {
                        words?.of($0) ?? PersonalFields.of($0)
                    }
                case .person: try names.person([record], snapshot).map { PersonalFields.of($0) }
                }
            let bytes = try snapshot.bytes(record.index)
            records.append(Record(recorded: record, bytes: bytes, personal: personal))
        }
        self.records = records
        switch subject {
        case .household(let cycle, let id):
            var mentions: [Record] = []
            for record in try snapshot.mentions(ofHousehold: id, cycle: cycle, language) {
                let bytes = try snapshot.bytes(record.index)
                mentions.append(Record(recorded: record, bytes: bytes, personal: .absent))
            }
            self.mentions = mentions
            otherCycles = try snapshot.cycles(ofHousehold: id).filter { $0 != cycle }
            certifications = try Self.counting(recorded, cycle, state, snapshot)
        case .person(let id):
            mentions = try Self.mentions(of: id, snapshot, language)
            otherCycles = []
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

    private static func mentions(
        of person: String,
        _ snapshot: borrowing LedgerSnapshot,
        _ language: Language
    ) throws -> [Record] {
        let indexes = try snapshot.indexes(naming: person, language)
        return try indexes.compactMap { index in
            guard let record = try snapshot.recordedEvent(index),
                record.envelope.stream != Subject.person(person).stream
            else { return nil }
            return Record(
                recorded: record,
                bytes: record.event.isOfHousehold ? nil : try snapshot.bytes(index),
                personal: .absent
            )
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
