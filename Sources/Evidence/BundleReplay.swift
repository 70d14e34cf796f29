import Audit
import Cryptography
import Ledger
import Survey
import TransparencyLog

/// Tells the records of a bundle as a story, and says where it breaks.
///
/// The rules need the whole ledger for most events. Of the streams that a bundle holds whole, those
/// about keys, certificates and certifications need nothing else: they are asked as an audit asks them.
struct BundleReplay {
    private(set) var findings = FindingList()
    private(set) var signatureCount: UInt64 = 0
    private(set) var subject: BundleSubject?
    private let records: [BundleReading.Record]
    private let head: TreeHead
    private var state = State()
    private var household = HouseholdState()

    init(_ records: [BundleReading.Record], _ head: TreeHead) {
        self.records = records
        self.head = head
    }

    var origin: String? { state.origin.isEmpty ? nil : state.origin }

    func logKey(treeSize: UInt64) -> String? { state.logKey(treeSize: treeSize) }

    /// What became of the certification, as far as the records tell.
    var certificationStatus: CertificationState.Status? {
        guard case .certification(let id) = subject else { return nil }
        return state.certifications[id]?.status
    }

    mutating func run(heartbeat: () -> Void) {
        checkStreams()
        checkScope()
        for record in records {
            heartbeat()
            replay(record)
        }
        finish()
    }

    private mutating func add(_ code: FindingCode, _ index: UInt64?, _ reason: String) {
        findings.add(code, index, reason)
    }

    /// Versions from 0 without a gap, in the order of the log; times that do not go back.
    private mutating func checkStreams() {
        var versions: [String: UInt32] = [:]
        var lastTime: RecordTime?
        for record in records {
            let envelope = record.recorded.envelope
            let due = versions[envelope.stream, default: 0]
            if envelope.streamVersion != due {
                add(
                    .recordsMissing,
                    envelope.index,
                    "version \(due) of \(envelope.stream) is missing before version"
                        + " \(envelope.streamVersion)"
                )
            }
            versions[envelope.stream] = envelope.streamVersion &+ 1
            if envelope.stream != record.recorded.event.stream {
                add(.streamMismatch, envelope.index, "its event belongs to another stream")
            }
            if let last = lastTime, envelope.recordedAt < last {
                add(.timeGoesBack, envelope.index, "it was recorded before the record before it")
            }
            lastTime = envelope.recordedAt
        }
    }

    /// Exactly the streams that evidence of this subject takes.
    private mutating func checkScope() {
        let streams = Set(records.map(\.recorded.envelope.stream))
        let subjects = streams.compactMap(BundleSubject.init(stream:))
        guard let subject = subjects.first, subjects.count == 1 else {
            return add(.recordsMissing, nil, "the records are of \(subjects.count) subjects")
        }
        self.subject = subject
        let events = records.map(\.recorded.event)
        let scope = BundleScope(subject, events: events.filter { $0.stream == subject.stream })
        let due = scope.streams.union(scope.furtherStreams(events))
        for stream in due.subtracting(streams).sorted() {
            add(.recordsMissing, nil, "the records of \(stream) are missing")
        }
        for record in records where !due.contains(record.recorded.envelope.stream) {
            add(.fileWrong, record.recorded.index, "its stream does not belong to this subject")
        }
    }

    private mutating func replay(_ record: BundleReading.Record) {
        let event = record.recorded.event
        let envelope = record.recorded.envelope
        switch event.kind {
        case .certificationPrepared(let prepared): check(prepared, record)
        case .resultsPresented(let presentation):
            checkTreeHead(presentation.treeSize, presentation.rootHash, record)
        case .certificationSigned:
            signatureCount += 1
            admit(record)
        case .ledgerCreated, .logKeyRotated, .certificateRootsDefined, .personRegistered,
            .memberKeyRegistered, .memberKeyRevoked, .memberCertificateRegistered,
            .memberCertificateRevoked, .passkeyRegistered, .passkeyRevoked, .editionDefined,
            .certificationIssued, .certificationSubmitted, .certificationWithdrawn:
            admit(record)
        case .householdRecorded, .householdCorrected, .householdNotCollected,
            .householdWithdrawn:
            checkHousehold(event, envelope.index)
            household.evolve(event, on: envelope.day)
        case .householdReinterviewed: household.evolve(event, on: envelope.day)
        case .personalDataErased where event.isOfHousehold:
            checkHousehold(event, envelope.index)
            household.evolve(event, on: envelope.day)
        case .personalDataErased: admit(record)
        // The rules of areas, cycles and orders ask for areas and people beyond this bundle.
        default: break
        }
        // The household's sums are of no use here.
        if !event.isOfHousehold {
            state.evolve(event, index: envelope.index, on: envelope.day)
        }
    }

    private mutating func admit(_ record: BundleReading.Record) {
        let (envelope, head, proof) = (record.recorded.envelope, head, record.proof)
        let position = LogPosition(treeSize: envelope.index) {
            proof.rootHashOfEntriesBefore(in: head)
        }
        do throws(Rejection) {
            try state.admit(record.recorded.event, act: envelope.act, position: position)
        } catch {
            let code = FindingCode(error, of: record.recorded.event.eventKind)
            add(code, envelope.index, "not allowed then: \(error)")
        }
    }

    /// The statement, the figures and the tree head that it names; all follow from the records here
    /// but the figures themselves.
    private mutating func check(
        _ prepared: CertificationPrepared,
        _ record: BundleReading.Record
    ) {
        let index = record.recorded.index
        let digest = prepared.figures.digest(cycle: prepared.cycle, area: prepared.area)
        if prepared.figuresDigest != digest.hex {
            add(.figuresWrong, index, "the figures digest is not that of its figures")
        }
        checkTreeHead(prepared.treeSize, prepared.rootHash, record)
        guard let area = state.areas[prepared.area]?.area, let cycle = state.cycles[prepared.cycle]
        else { return add(.notAllowed, index, "its area or cycle was not defined before it") }
        let day = record.recorded.envelope.day.iso
        if !prepared.preparedOn.isEmpty, prepared.preparedOn != day {
            add(.notAllowed, index, "it states another day than that of the act")
        }
        if prepared.statement != state.statement(of: prepared) {
            add(.notAllowed, index, "its statement is not the one of its fields")
        }
        if cycle.rule(of: area.level) == nil {
            add(.notAllowed, index, "nobody certifies areas of this level in its cycle")
        }
        if state.certifications[prepared.certification] != nil {
            add(.notAllowed, index, "it was prepared before")
        }
        if cycle.cycle.requiresConfirmedPresentation {
            let day = state.confirmedOn(prepared)
            if day.map({ record.recorded.envelope.day < $0 }) ?? true {
                add(.notAllowed, index, "its figures were not presented and confirmed before it")
            }
        }
    }

    /// The proof of this record holds, and so what follows from it.
    private mutating func checkTreeHead(
        _ treeSize: UInt64,
        _ rootHash: String,
        _ record: BundleReading.Record
    ) {
        let index = record.recorded.index
        if treeSize != index || rootHash != record.proof.rootHashOfEntriesBefore(in: head).hex {
            add(.certifiedTreeHeadWrong, index, "it names another tree than the one before it")
        }
    }

    private mutating func checkHousehold(_ event: Event, _ index: UInt64) {
        let isInOrder =
            switch event.kind {
            case .householdRecorded: household.status != .recorded
            case .householdNotCollected: household.status == .absent
            case .householdWithdrawn: household.status != .absent
            case .personalDataErased(let erasure): household.keyID == erasure.keyID
            default: household.status == .recorded
            }
        if !isInOrder { add(.notAllowed, index, "the household was not in the state for it") }
        guard case .householdCorrected(let correction) = event.kind else { return }
        for change in correction.changes {
            guard let field = HouseholdField(name: change.field),
                household.value(of: field) == change.old
            else {
                add(.notAllowed, index, "\(change.field) had not the value that it corrects")
                continue
            }
        }
    }

    private mutating func finish() {
        if state.origin.isEmpty { add(.recordsMissing, 0, "record 0 is missing") }
        guard case .certification(let id) = subject else { return }
        switch state.certifications[id]?.status {
        case .issued, .submitted, .withdrawn: break
        case .prepared: add(.signatureMissing, nil, "\(id) has not been issued")
        case nil: add(.recordsMissing, nil, "\(id) was not prepared")
        }
    }
}
