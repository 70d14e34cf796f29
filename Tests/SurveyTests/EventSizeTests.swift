import Cryptography
import Survey
import SwiftProtobuf
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The largest event of each kind that the rules admit leaves room for its envelope in a record.
@Suite struct EventSizeTests {
    static let byteCountMaximum = 60_000
    static let identifier = String(repeating: "i", count: 64)
    // A quotation mark takes two bytes in JSON, more than any other character that is admitted.
    static let name = "n" + String(repeating: "\"", count: 399)
    static let reason = "r" + String(repeating: "\"", count: 1999)

    /// Admits the event and checks its size.
    func admit(_ fixture: inout Fixture, _ event: Event) throws {
        try fixture.append(event)
        let byteCount = try event.jsonString().utf8.count
        #expect(byteCount < Self.byteCountMaximum, "\(event.eventKind?.rawValue ?? "")")
    }

    private func largeCycle() -> Cycle {
        var cycle = Cycle.defaults2561(province: "99")
        cycle.cycle = "2562"
        for offset in cycle.certificationRules.indices {
            cycle.certificationRules[offset].requiredRoles = Role.committee.sorted()
        }
        cycle.deadlines = (10..<34).map { number in
            var deadline = cycle.deadlines[4]
            deadline.deadline = "\(Self.identifier.dropLast(2))\(number)"
            deadline.item = String(repeating: "\"", count: 32)
            deadline.titleTh = Self.name
            deadline.titleEn = Self.name
            return deadline
        }
        cycle.committeeLevels = [.district, .tambon, .lao]
        cycle.appointedUserRoles = Role.users.sorted()
        return cycle
    }

    @Test func `The largest areas, cycle and deadline change fit a record`() throws {
        var fixture = try Fixture.defined()
        // Numbers 50 to 59 are those of LAOs.
        let tambons = (10...49).map { "9901\($0)" } + (60...83).map { "9901\($0)" }
        for tambon in tambons {
            try fixture.run(.defineArea(.sample(tambon, .tambon, "9901")))
        }
        var lao = Area.sample("9982", .lao, "9901")
        lao.nameTh = Self.name
        lao.nameEn = Self.name
        lao.laoType = Self.name
        lao.coveredCodes = tambons
        try admit(&fixture, Event(.areaDefined(lao)))
        var revision = AreaRevision()
        revision.code = "9982"
        revision.reason = Self.reason
        revision.nameTh = Self.name
        revision.nameEn = Self.name
        revision.validTo = "2019-12-31"
        revision.covered.codes = lao.coveredCodes
        try admit(&fixture, Event(.areaRevised(revision)))
        try admit(&fixture, Event(.cycleDefined(largeCycle())))
        var change = DeadlineChange()
        change.cycle = "2562"
        change.deadline = "\(Self.identifier.dropLast(2))10"
        change.due = "2018-04-30"
        change.reason = Self.reason
        try admit(&fixture, Event(.deadlineChanged(change)))
    }

    @Test func `The largest questionnaire fits a record`() throws {
        var fixture = try Fixture.created()
        var definition = EditionDefinition.sample()
        definition.reason = Self.reason
        var number = 0
        while try definition.document.jsonString().utf8.count < 55_000 - 1_800 {
            var item = definition.document.items[4]
            (item.item, item.th, item.en) = ("more\(number)", Self.name, Self.name)
            definition.document.items.append(item)
            number += 1
        }
        try admit(&fixture, Event(.editionDefined(definition)))
    }

    @Test func `The largest order and amendment fit a record`() throws {
        var fixture = try Fixture.defined()
        let people = (100..<900).map { "\(Self.identifier.dropLast(3))\($0)" }
        for person in people { try fixture.run(.registerPerson(.sample(person))) }
        var order = Order.sample(Self.identifier, .committee, "99", "")
        order.number = Self.name
        order.appointments = people.prefix(400).map {
            .sample($0, "assistantSecretary", "99010101")
        }
        try admit(&fixture, Event(.orderIssued(order)))
        var amendment = OrderAmendment.sample(Self.identifier, on: "2018-01-10")
        amendment.number = Self.name
        amendment.reason = Self.reason
        amendment.added = people.suffix(400).map {
            .sample($0, "assistantSecretary", "99010101")
        }
        try admit(&fixture, Event(.orderAmended(amendment)))
        amendment.removedPersons = [people[0]]
        #expect(
            rejection(fixture.state, Event(.orderAmended(amendment)))
                == Rejection(.listTooLong, "appointments")
        )
    }

    @Test func `The largest household and correction fit a record`() throws {
        var fixture = try Fixture.targeted()
        try fixture.run(.registerPerson(.sample(Self.identifier)))
        var order = Order.sample("o", .collector, "99", "collector-1")
        order.appointments = [.sample(Self.identifier, "collector", "")]
        try fixture.run(.issueOrder(order))
        try fixture.run(.issueOrder(.sample("p", .recorder, "99", "recorder-1")))
        let births = Array(repeating: "1890-01-01", count: 61)
        let draft = RecordHousehold.sample(Self.identifier, births: births)
        var record = try fixture.run(.recordHousehold(draft)).householdRecorded
        try fixture.run(.withdrawHousehold(.sample(Self.identifier)))
        record.sealed.ciphertext = Data(count: 32_768)
        record.sealed.keyID = .max
        try admit(&fixture, Event(.householdRecorded(record)))

        var correction = CorrectHousehold.sample(Self.identifier)
        correction.village = "99020101"
        correction.lao = "990251"
        correction.interviewedOn = "2018-01-20"
        correction.collector = Self.identifier
        let older = Array(repeating: "1889-01-01", count: 61)
        correction.personal = .sample(births: older)
        let failing = Dictionary(uniqueKeysWithValues: (1...31).map { ($0, UInt32(60)) })
        correction.indicators = IndicatorCount.fitting(births: older, failing: failing)
        correction.reason = Self.reason
        var command = Command()
        command.kind = .correctHousehold(correction)
        var event = try fixture.state.draft(
            command,
            household: fixture.household(Self.identifier),
            position: fixture.position,
            on: Fixture.act().day
        ).event
        var sealed = record.sealed
        sealed.nonce = Data(repeating: 0xFF, count: 12)
        event.seal(sealed)
        #expect(event.householdCorrected.changes.count > 20)
        try admit(&fixture, event)
        var withdrawal = HouseholdWithdrawn.sample(Self.identifier)
        withdrawal.reason = Self.reason
        try admit(&fixture, Event(.householdWithdrawn(withdrawal)))
    }

    @Test func `The largest list of roots, certificate and CMS fit a record`() throws {
        // What is not read here has no say in the size: only bytes are counted.
        var roots = CertificateRoots()
        // The smallest certificates make the most of quotation marks and padding.
        let der = try Fixture.newIdentity("x").certificate.der
        roots.certificates = Array(repeating: Data(der), count: 40_000 / der.count)
        roots.reason = Self.reason
        var fixture = try Fixture.collected()
        try admit(&fixture, Event(.certificateRootsDefined(roots)))
        var registration = MemberCertificate()
        registration.person = Self.identifier
        registration.certificate = Data(count: 16_384)
        var signature = CertificationSignature()
        signature.certification = Self.identifier
        signature.person = Self.identifier
        signature.role = Self.identifier
        signature.cms = Data(count: 40_000)
        for event in [
            Event(.memberCertificateRegistered(registration)),
            Event(.certificationSigned(signature)),
        ] {
            #expect(try event.jsonString().utf8.count < Self.byteCountMaximum)
        }
    }

    /// With as much text as all documents of one paper may have, and every other field as long as can be.
    func documents() -> [Document] {
        (10..<60).map { number in
            var document = Document()
            document.sha256 = String(repeating: "a", count: 62) + "\(number)"
            document.byteCount = 1 << 30
            document.mediaType = "a/" + String(repeating: "b", count: 98)
            document.title = "t" + String(repeating: "\"", count: 79)
            document.number = String(repeating: "\"", count: 32)
            return document
        }
    }

    func reading(_ text: String) -> Reading {
        var reading = Reading()
        reading.asRead = text
        reading.asUnderstood = text
        reading.certainty = .certain
        reading.note = text
        return reading
    }

    @Test func `The largest directive and circulation fit a record`() throws {
        var fixture = try Fixture.defined()
        let tambons = ["990101", "990102", "990201"]
        let villages = tambons.flatMap { tambon in (10..<76).map { "\(tambon)\($0)" } }
        for village in villages {
            try fixture.run(.defineArea(.sample(village, .village, String(village.prefix(6)))))
        }
        var directive = Directive.sample
        directive.directive = Self.identifier
        directive.number = reading(Self.name)
        directive.date.asRead = Self.name
        directive.date.note = Self.name
        directive.fromOffice = Self.name
        directive.subject = Self.name
        directive.signer = Self.name
        directive.capacity = Self.name
        directive.toAreas = villages + tambons.prefix(2)
        directive.documents = documents()
        directive.cites = Array(
            repeating: reading("c" + String(repeating: "\"", count: 65)),
            count: 20
        )
        try admit(&fixture, Event(.directiveIssued(directive)))
        directive.directive = "letter-2"
        directive.documents[0].title += "\""
        #expect(
            rejection(fixture.state, Event(.directiveIssued(directive)))
                == Rejection(.listTooLong, "documents")
        )
        try fixture.run(.registerPerson(.sample("collector-1")))
        try fixture.run(.issueOrder(.sample(Self.identifier, .collector, "9901", "collector-1")))
        var circulation = OrderCirculation.sample(villages)
        circulation.order = Self.identifier
        circulation.documentNumber = Self.name
        try admit(&fixture, Event(.orderCirculated(circulation)))
    }

    @Test func `The largest meeting, minutes and training fit a record`() throws {
        var fixture = try Fixture.defined()
        let all = (100..<550).map { "\(Self.identifier.dropLast(3))\($0)" }
        for person in all { try fixture.run(.registerPerson(.sample(person))) }
        let people = Array(all.prefix(400))
        var order = Order.committee("9981", [])
        order.appointments = people.prefix(200).map { .sample($0, "member", "") }
        try fixture.run(.issueOrder(order))
        var meeting = Meeting.sample(Self.identifier)
        meeting.place = Self.name
        meeting.agenda = Self.reason
        meeting.noticeNumber = Self.name
        meeting.documents = documents()
        try admit(&fixture, Event(.meetingCalled(meeting)))
        var minutes = MeetingMinutes()
        minutes.meeting = Self.identifier
        minutes.heldOn = Fixture.workday
        minutes.attendees = Array(people.prefix(200))
        minutes.guestCount = 10_000
        minutes.documents = documents()
        (minutes.memberCount, minutes.presentCount, minutes.quorumCount) = (200, 200, 100)
        minutes.resolutions = (0..<50).map { number in
            var resolution = Resolution()
            resolution.text = "r" + String(repeating: "\"", count: 39)
            resolution.forCount = 100
            resolution.againstCount = 50
            resolution.abstainedCount = 50
            var dissent = Dissent()
            dissent.person = people[number]
            dissent.reason = resolution.text
            resolution.dissents = [dissent]
            return resolution
        }
        try admit(&fixture, Event(.meetingHeld(minutes)))
        var training = Training.sample(Self.identifier)
        training.place = Self.name
        training.trainers = Array(all.suffix(50))
        training.participants = people
        training.documents = documents()
        try admit(&fixture, Event(.trainingHeld(training)))
        training.training = "t-2"
        training.participants += [people[0]]
        #expect(
            rejection(fixture.state, Event(.trainingHeld(training)))
                == Rejection(.listTooLong, "participants")
        )
    }

    @Test func `The largest review, objection, check and interview fit a record`() throws {
        var fixture = try Fixture.collected()
        let people = (100..<300).map { "\(Self.identifier.dropLast(3))\($0)" }
        for person in people { try fixture.run(.registerPerson(.sample(person))) }
        var presentation = ResultsPresentation.sample(Self.identifier)
        (presentation.place, presentation.presenter) = (Self.name, people[0])
        presentation.documents = documents()
        let presented = try fixture.run(.presentResults(presentation))
        #expect(try presented.jsonString().utf8.count < Self.byteCountMaximum)
        var review = PublicReview.sample(Self.identifier)
        let kinds = Attendance.Kind.allCases.filter { $0 != .unspecified }
        review.attendance = kinds.map { .sample($0, 10_000) }
        (review.persons, review.documents) = (people, documents())
        try admit(&fixture, Event(.publicReviewHeld(review)))
        var objection = Objection.full
        (objection.objection, objection.presentation) = (Self.identifier, Self.identifier)
        (objection.text, objection.household) = (Self.reason, Self.identifier)
        try admit(&fixture, Event(.objectionRaised(objection)))
        var resolution = ObjectionResolution.sample(Self.identifier)
        (resolution.reason, resolution.households) = (Self.reason, Array(people.prefix(50)))
        try admit(&fixture, Event(.objectionResolved(resolution)))
        var announcement = SampleAnnouncement.sample(perMille: 500)
        announcement.checkers = Array(people.prefix(50))
        let announced = try fixture.run(.announceSample(announcement))
        #expect(try announced.jsonString().utf8.count < Self.byteCountMaximum)
        let drawn = try fixture.run(.drawSample(.named("2561-9901-1")))
        #expect(try drawn.jsonString().utf8.count < Self.byteCountMaximum)
        var check = QualityCheck.sample(Self.identifier, sample: "2561-9901-1")
        check.checkers = Array(people.prefix(50))
        (check.findings, check.documents) = (Self.reason, documents())
        try admit(&fixture, Event(.qualityCheckDone(check)))
        var interview = Reinterview.sample("h-1", people[0], check: Self.identifier)
        interview.indicators = (1...31).map { .one($0, 61, 61) }
        interview.differing = Array(1...31)
        try admit(&fixture, Event(.householdReinterviewed(interview)))
        var defect = Defect.full
        (defect.defect, defect.check) = (Self.identifier, Self.identifier)
        (defect.text, defect.household) = (Self.reason, Self.identifier)
        try admit(&fixture, Event(.defectFound(defect)))
        var mending = DefectResolution.sample(Self.identifier)
        mending.reason = Self.reason
        try admit(&fixture, Event(.defectResolved(mending)))
    }

    @Test func `The largest certification fits a record`() throws {
        var fixture = try Fixture.collected()
        var revision = AreaRevision()
        revision.code = "9981"
        revision.reason = "a long name"
        revision.nameTh = Self.name
        revision.nameEn = Self.name
        try fixture.run(.reviseArea(revision))
        var command = PrepareCertification.sample("9981")
        command.certification = Self.identifier
        let event = try fixture.run(.prepareCertification(command))
        // Counts of twenty digits in 62 places and in the statement cannot add more than this.
        let byteCount = try event.jsonString().utf8.count + 31 * 6 * 20
        #expect(byteCount < Self.byteCountMaximum)
        var withdrawal = CertificationWithdrawn.sample(Self.identifier)
        withdrawal.reason = Self.reason
        try admit(&fixture, Event(.certificationWithdrawn(withdrawal)))
    }
}
