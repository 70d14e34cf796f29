import Audit
import AuditTestSupport
import Cryptography
import Foundation
import Ledger
import Survey
import Testing

/// Level 5: whoever can write consistent hashes still cannot write what was not allowed.
@Suite struct RuleTests {
    let collected: ForgedLog
    let certified: ForgedLog

    init() throws {
        collected = try ForgedLog(HonestLog(.collected).records)
        certified = try ForgedLog(HonestLog(.certified).records)
    }

    /// Expects that one more event is refused with that code.
    private func expectRefused(
        _ kind: Event.OneOf_Kind,
        _ code: RejectionCode,
        by user: String = "recorder-1",
        on day: String? = Sample.workday,
        in log: ForgedLog? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var forged = log ?? collected
        forged.append(kind, by: user, on: day)
        let verdict = try verify(forged.records)
        let index = UInt64(forged.entries.count - 1)
        expect(verdict, .rules, index, code.rawValue, sourceLocation: sourceLocation)
        expectOnly(verdict, [.rules], sourceLocation: sourceLocation)
    }

    private var household: HouseholdRecorded {
        get throws {
            let index = try collected.index(of: .householdRecorded)
            var household = try collected.entries[index].event.householdRecorded
            household.household = "h-9"
            return household
        }
    }

    @Test func `An honest event more is admitted`() throws {
        var forged = collected
        forged.append(.householdRecorded(try household))
        #expect(try verify(forged.records).isOK)
    }

    @Test func `A household by somebody without appointment is found`() throws {
        var record = try household
        record.collector = "chair-1"
        try expectRefused(.householdRecorded(record), .collectorNotAppointed)
        record.collector = "nobody"
        try expectRefused(.householdRecorded(record), .collectorNotAppointed)
        let good = try household
        try expectRefused(.householdRecorded(good), .recorderNotAppointed, by: "collector-1")
    }

    @Test func `A household that is dated back before the appointment is found`() throws {
        var record = try household
        record.interviewedOn = "2017-11-30"
        try expectRefused(.householdRecorded(record), .collectorNotAppointed)
        let good = try household
        try expectRefused(.householdRecorded(good), .interviewAfterRecording, on: "2018-01-14")
        var early = good
        early.interviewedOn = "2017-10-01"
        try expectRefused(.householdRecorded(early), .collectorNotAppointed, on: "2017-10-02")
        try expectRefused(.householdRecorded(good), .actInFuture, on: "2018-02-02")
    }

    @Test func `A change of actor in a record that was admitted is found`() throws {
        var forged = collected
        let index = try forged.index(of: .householdCorrected)
        forged.entries[index].envelope.actor.user = "chair-1"
        expect(try verify(forged.records), .rules, UInt64(index), "recorderNotAppointed")
    }

    @Test func `A second live record of one household is found`() throws {
        var record = try household
        record.household = "h-1"
        try expectRefused(.householdRecorded(record), .householdAlreadyRecorded)
    }

    @Test func `A correction of an answer that was not there is found`() throws {
        let index = try collected.index(of: .householdCorrected)
        var correction = try collected.entries[index].event.householdCorrected
        try expectRefused(.householdCorrected(correction), .correctionStale)
        correction.reason = " "
        try expectRefused(.householdCorrected(correction), .reasonMissing)
        correction.household = "h-9"
        try expectRefused(.householdCorrected(correction), .householdNotRecorded)
    }

    @Test func `An old value changed in a correction is found`() throws {
        var forged = collected
        let index = try forged.index(of: .householdCorrected)
        try forged.entries[index].edit { $0.householdCorrected.changes[0].old = "0/0" }
        expect(try verify(forged.records), .rules, UInt64(index), "correctionStale")
    }

    @Test func `Answers that the ages do not allow are found`() throws {
        var record = try household
        record.ages = [37]
        try expectRefused(.householdRecorded(record), .indicatorScopeMismatch)
        record.ages = []
        try expectRefused(.householdRecorded(record), .membersMissing)
        record = try household
        record.failing = String(repeating: "z", count: 31)
        try expectRefused(.householdRecorded(record), .indicatorFailingExceeds)
        record.inScope = "?"
        try expectRefused(.householdRecorded(record), .indicatorDigitsMalformed)
    }

    @Test func `Personal data that was not sealed or not checked is found`() throws {
        var record = try household
        record.clearSealed()
        try expectRefused(.householdRecorded(record), .personalDataMissing)
        record = try household
        record.checkedAtEntry = []
        try expectRefused(.householdRecorded(record), .referenceDateMismatch)
    }

    @Test func `Unknown places and events out of order are found`() throws {
        var record = try household
        record.village = "99019999"
        try expectRefused(.householdRecorded(record), .areaUnknown)
        var visit = Sample.visit("h-4")
        try expectRefused(.householdNotCollected(visit), .householdAlreadyRecorded)
        visit.household = "h-8"
        visit.reason = .unspecified
        try expectRefused(.householdNotCollected(visit), .reasonMissing)
        try expectRefused(.householdWithdrawn(Sample.withdrawal("h-8")), .householdNotRecorded)
        try expectRefused(.ledgerCreated(Sample.created()), .ledgerAlreadyCreated)
        try expectRefused(.areaDefined(Sample.areas[0]), .areaAlreadyDefined)
        try expectRefused(.areaRevised(AreaRevision()), .areaUnknown)
        try expectRefused(.cycleDefined(.defaults2561(province: "99")), .cycleAlreadyDefined)
        try expectRefused(.deadlineChanged(DeadlineChange()), .cycleUnknown)
        try expectRefused(.orderIssued(Sample.orders[0]), .orderAlreadyIssued)
        try expectRefused(.orderAmended(OrderAmendment()), .orderUnknown)
        try expectRefused(.orderRevoked(OrderRevocation()), .orderUnknown)
        try expectRefused(.targetSet(Sample.targets[0]), .targetAlreadySet)
        try expectRefused(.targetRevised(TargetRevision()), .cycleUnknown)
        try expectRefused(.reportSubmitted(Report()), .cycleUnknown)
    }

    @Test func `People and keys that were not registered are found`() throws {
        var person = PersonRegistration()
        person.person = "chair-1"
        try expectRefused(.personRegistered(person), .personAlreadyRegistered)
        person.person = "somebody"
        try expectRefused(.personRegistered(person), .personalDataMissing)
        try expectRefused(.memberKeyRegistered(Sample.key("chair-1")), .keyAlreadyRegistered)
        var key = try Sample.key("chair-1")
        key.person = "nobody"
        try expectRefused(.memberKeyRegistered(key), .personUnknown)
        key = try Sample.key("chair-1")
        key.publicKey = Data([1, 2, 3])
        try expectRefused(.memberKeyRegistered(key), .keyMalformed)
        let revocation = try Sample.keyRevocation("recorder-1")
        try expectRefused(.memberKeyRevoked(revocation), .keyUnknown)
    }

    @Test func `A district that certifies before its LAOs is found`() throws {
        // Everything is true of this event but that it may be now.
        var script = Script.collected
        script.add(.reviseTarget(Sample.targetRevision))
        var log = try HonestLog(script)
        let prepared = try log.preparation("2561-9901-1", "9901")
        var forged = try ForgedLog(log.records)
        forged.append(.certificationPrepared(prepared))
        let verdict = try verify(forged.records)
        expect(verdict, .rules, UInt64(log.records.count), "lowerCertificationMissing")
        expectOnly(verdict, [.rules])
    }

    @Test func `A certification's life out of order is found`() throws {
        let other = "2561-9981-2"
        try expectRefused(.certificationIssued(Sample.issue(other)), .alreadyIssued, in: certified)
        try expectRefused(
            .certificationIssued(Sample.issue("2561-9981-1")),
            .certificationWithdrawn,
            in: certified
        )
        try expectRefused(.certificationIssued(Sample.issue("x")), .certificationUnknown)
        let area = Sample.areas[5]
        let submission = Sample.submission(other, area)
        try expectRefused(.certificationSubmitted(submission), .alreadySubmitted, in: certified)
        let withdrawal = Sample.certificationWithdrawal("2561-9981-1")
        try expectRefused(
            .certificationWithdrawn(withdrawal),
            .certificationWithdrawn,
            in: certified
        )
    }

    @Test func `A signature, a submission or a withdrawal that is dated back is found`() throws {
        var script = Script.collected
        script.prepare("2561-9981-1", "9981")
        let log = try HonestLog(script)
        let statement = log.state.certifications["2561-9981-1"]?.prepared.statement ?? ""
        let signature = try Sample.signature("2561-9981-1", "chair-1", over: statement)
        let prepared = try ForgedLog(log.records)
        try expectRefused(
            .certificationSigned(signature),
            .actBeforePrevious,
            on: "2018-01-31",
            in: prepared
        )
        let withdrawal = Sample.certificationWithdrawal("2561-9981-2")
        try expectRefused(
            .certificationWithdrawn(withdrawal),
            .actBeforePrevious,
            on: "2018-01-31",
            in: certified
        )
        let household = Sample.withdrawal("h-1")
        try expectRefused(.householdWithdrawn(household), .actBeforePrevious, on: "2018-01-31")
    }

    @Test func `A signature by somebody who is not on the committee is found`() throws {
        var script = Script.collected
        script.prepare("2561-9981-1", "9981")
        let log = try HonestLog(script)
        let statement = log.state.certifications["2561-9981-1"]?.prepared.statement ?? ""
        let signature = try Sample.signature("2561-9981-1", "chair-2", over: statement)
        let forged = try ForgedLog(log.records)
        try expectRefused(.certificationSigned(signature), .signerNotOnCommittee, in: forged)
        var role = try Sample.signature("2561-9981-1", "chair-1", over: statement)
        role.role = "secretary"
        try expectRefused(.certificationSigned(role), .signerNotOnCommittee, in: forged)
        let good = try Sample.signature("2561-9981-1", "chair-1", over: statement)
        var signed = forged
        signed.append(.certificationSigned(good))
        #expect(try verify(signed.records).isOK)
        try expectRefused(.certificationSigned(good), .alreadySigned, in: signed)
        let late = certified
        let old = try Sample.signature("2561-9981-2", "chair-1", over: statement)
        var forgedLate = late
        forgedLate.append(.certificationSigned(old))
        let verdict = try verify(forgedLate.records)
        expect(verdict, .rules, UInt64(forgedLate.entries.count - 1), "alreadyIssued")
    }

    @Test func `A log that does not begin with its creation is found`() throws {
        var forged = collected
        forged.entries.removeFirst()
        let verdict = try verify(forged.records)
        expect(verdict, .rules, 0, "ledgerNotCreated")
        #expect(verdict.origin == nil)
    }
}

extension HonestLog {
    /// The certification that would be prepared now, whether or not the rules allow it.
    mutating func preparation(_ id: String, _ area: String) throws -> CertificationPrepared {
        let range = try verify(records, only: .tree)
        let root = range.rootHash
        var command = Command()
        command.kind = .prepareCertification(Sample.preparation(id, area))
        let position = LogPosition(treeSize: UInt64(records.count)) { root ?? .zero }
        let day = Day(bangkokDayOfUnixSeconds: Sample.start / 1_000_000)
        return try state.draft(
            command,
            household: HouseholdState(),
            position: position,
            on: day
        ).event.certificationPrepared
    }
}
