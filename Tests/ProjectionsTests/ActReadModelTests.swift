import AppointmentsProjection
import DirectivesProjection
import HouseholdsProjection
import MeetingsProjection
import ProjectionRuntime
import Survey
import Testing
import TrainingsProjection

/// The acts of the letter around the survey itself.
struct ActReadModelTests {
    private static func document(_ digit: Character) -> Document {
        var document = Document()
        document.sha256 = String(repeating: digit, count: 64)
        (document.byteCount, document.mediaType) = (77, "application/pdf")
        document.number = "4"
        return document
    }

    @Test
    func `A directive keeps what was read apart from what is understood, and who received it`()
        throws
    {
        var world = try World.staffed()
        var directive = Directive()
        (directive.directive, directive.cycle) = ("letter", World.cycle)
        (directive.number.asRead, directive.number.asUnderstood) = ("ว ๓๘๑", "ว 381")
        (directive.number.certainty, directive.number.note) = (.likely, "a digit may be lost")
        (directive.date.asRead, directive.date.certainty) = ("๗๗ ตุลาคม", .unknown)
        (directive.fromOffice, directive.subject) = ("the province", "BMN 2561")
        (directive.fromArea, directive.toAreas) = ("99", ["9902", "9901"])
        directive.capacity = "acting for the governor"
        var cited = Reading()
        (cited.asRead, cited.certainty) = ("มท ๐๔๐๔.๖/๑๗๓๗", .unknown)
        directive.cites = [cited]
        directive.documents = [Self.document("b"), Self.document("a")]
        try world.run(.issueDirective(directive))
        var receipt = DirectiveReceipt()
        (receipt.directive, receipt.area) = ("letter", "9901")
        (receipt.receivedOn, receipt.registerNumber) = ("2017-10-20", "77")
        try world.run(.receiveDirective(receipt))
        let database = try world.readModels([DirectiveReadModel()])
        try database.read { db in
            let row = try #require(try DirectiveReadModel.directive("letter", db))
            #expect(
                [row.numberAsRead, row.number, row.numberNote] == [
                    "ว ๓๘๑", "ว 381", "a digit may be lost",
                ]
            )
            #expect(
                [row.dateAsRead, row.date, row.dateCertainty] == [
                    "๗๗ ตุลาคม", nil, "unknown",
                ]
            )
            #expect(row.capacity == "acting for the governor")
            #expect(row.signer == nil)
            let addressees = try DirectiveReadModel.addressees(of: "letter", db)
            #expect(addressees.map(\.area) == ["9901", "9902"])
            #expect(addressees.map(\.receivedOn) == ["2017-10-20", nil])
            #expect(addressees.map(\.registerNumber) == ["77", nil])
            #expect(try DirectiveReadModel.citations(of: "letter", db).map(\.asUnderstood) == [nil])
            let documents = try DirectiveReadModel.documents(of: "letter", db)
            #expect(documents.map { $0.sha256.prefix(1) } == ["b", "a"])
            #expect(documents.map(\.number) == ["4", "4"])
            #expect(try DirectiveReadModel.directive("none", db) == nil)
        }
    }

    @Test
    func `A new reading of a directive takes the place of the old one, which stays beside it`()
        throws
    {
        var world = try World.staffed()
        var directive = Directive()
        (directive.directive, directive.cycle) = ("letter", World.cycle)
        (directive.number.asRead, directive.number.certainty) = ("ว ๓๘๑", .unknown)
        (directive.date.asRead, directive.date.certainty) = ("๗๗ ตุลาคม", .unknown)
        (directive.fromOffice, directive.subject) = ("the province", "BMN 2561")
        (directive.fromArea, directive.toAreas) = ("99", ["9901"])
        try world.run(.issueDirective(directive))
        var revision = DirectiveRevision()
        (revision.directive, revision.reason) = ("letter", "the paper came")
        (revision.date.asRead, revision.date.asUnderstood) = ("๑๗ ตุลาคม ๒๕๖๐", "2017-10-17")
        revision.date.certainty = .certain
        try world.run(.reviseDirective(revision), on: "2018-02-02")
        revision.clearDate()
        (revision.subject, revision.reason) = ("BMN of 2561", "a slip")
        try world.run(.reviseDirective(revision), on: "2018-02-03")
        var receipt = DirectiveReceipt()
        (receipt.directive, receipt.area, receipt.receivedOn) = ("letter", "9901", "2017-10-20")
        try world.run(.receiveDirective(receipt))
        let withdrawal = Self.withdrawal(.directiveReceipt, "letter", "9901")
        try world.run(.withdrawPaper(withdrawal))
        try world.readModels([DirectiveReadModel()]).read { db in
            let row = try #require(try DirectiveReadModel.directive("letter", db))
            #expect([row.numberAsRead, row.number] == ["ว ๓๘๑", nil])
            #expect(
                [row.dateAsRead, row.date, row.dateCertainty] == [
                    "๑๗ ตุลาคม ๒๕๖๐", "2017-10-17", "certain",
                ]
            )
            #expect(row.subject == "BMN of 2561")
            let former = try DirectiveReadModel.revisions(of: "letter", db)
            #expect(former.map(\.field) == ["date", "subject"])
            #expect(former.map(\.asRead) == ["๗๗ ตุลาคม", "BMN 2561"])
            #expect(former.map(\.certainty) == ["unknown", nil])
            #expect(former.map(\.revisedOn) == ["2018-02-02", "2018-02-03"])
            #expect(former.map(\.reason) == ["the paper came", "a slip"])
            let addressees = try DirectiveReadModel.addressees(of: "letter", db)
            #expect(addressees.map(\.receivedOn) == [nil])
            #expect(try DirectiveReadModel.withdrawals(of: "letter", db).map(\.area) == ["9901"])
        }
    }

    private static func call(_ world: inout World, _ id: String) throws {
        var meeting = Meeting()
        (meeting.meeting, meeting.cycle, meeting.area) = (id, World.cycle, "9981")
        (meeting.scheduledOn, meeting.place) = ("2018-02-05", "the hall")
        meeting.agenda = "to plan"
        meeting.documents = [document("a")]
        try world.run(.callMeeting(meeting))
    }

    @Test
    func `A meeting is called, held with its quorum counted, or cancelled`() throws {
        var world = try World.staffed()
        for id in ["m-1", "m-2", "m-3"] { try Self.call(&world, id) }
        var minutes = MeetingMinutes()
        (minutes.meeting, minutes.heldOn, minutes.guestCount) = ("m-1", "2018-02-06", 9)
        minutes.attendees = ["secretary-1", "chair-1", "recorder-1"]
        var (first, second) = (Resolution(), Resolution())
        (first.text, first.forCount, first.againstCount) = ("to begin", 1, 1)
        var dissent = Dissent()
        (dissent.person, dissent.reason) = ("secretary-1", "too early")
        first.dissents = [dissent]
        (second.text, second.abstainedCount) = ("to end", 2)
        minutes.resolutions = [first, second]
        minutes.documents = [Self.document("a")]
        try world.run(.holdMeeting(minutes), on: "2018-02-07")
        var cancellation = MeetingCancellation()
        (cancellation.meeting, cancellation.reason) = ("m-2", "a flood")
        try world.run(.cancelMeeting(cancellation), on: "2018-02-03")
        let database = try world.readModels([MeetingReadModel()])
        try database.read { db in
            let held = try #require(try MeetingReadModel.meeting("m-1", db))
            #expect(
                [held.status, held.heldOn, held.calledOn] == [
                    "held", "2018-02-06", "2018-02-01",
                ]
            )
            #expect([held.memberCount, held.presentCount, held.quorumCount] == [3, 2, 2])
            #expect(held.hasQuorum == true)
            #expect(held.guestCount == 9)
            #expect(
                try MeetingReadModel.attendees(of: "m-1", db) == [
                    "chair-1", "recorder-1", "secretary-1",
                ]
            )
            let resolutions = try MeetingReadModel.resolutions(of: "m-1", db)
            #expect(resolutions.map(\.position) == [1, 2])
            #expect(resolutions.map(\.againstCount) == [1, 0])
            #expect(resolutions.map(\.abstainedCount) == [0, 2])
            let dissents = try MeetingReadModel.dissents(of: "m-1", db)
            #expect(dissents.map(\.person) == ["secretary-1"])
            #expect(dissents.map(\.position) == [1])
            // One paper may be the notice's and the minutes'.
            #expect(
                try MeetingReadModel.documents(of: "m-1", db).map(\.paper) == [
                    "meetingCalled", "meetingHeld",
                ]
            )
            let cancelled = try #require(try MeetingReadModel.meeting("m-2", db))
            #expect(cancelled.status == "cancelled")
            #expect(cancelled.cancellationReason == "a flood")
            #expect(cancelled.hasQuorum == nil)
            #expect(try MeetingReadModel.meeting("m-3", db)?.status == "called")
        }
        try world.run(.withdrawPaper(Self.withdrawal(.minutes, "m-1")), on: "2018-02-08")
        try world.readModels([MeetingReadModel()]).read { db in
            let reopened = try #require(try MeetingReadModel.meeting("m-1", db))
            #expect(reopened.status == "called")
            #expect(reopened.hasQuorum == nil)
            #expect(reopened.heldOn == nil)
            #expect(try MeetingReadModel.attendees(of: "m-1", db) == [])
            #expect(try MeetingReadModel.resolutions(of: "m-1", db) == [])
            #expect(try MeetingReadModel.dissents(of: "m-1", db) == [])
            #expect(
                try MeetingReadModel.documents(of: "m-1", db).map(\.paper) == ["meetingCalled"]
            )
            let withdrawn = try MeetingReadModel.withdrawals(of: "m-1", db)
            #expect(withdrawn.map(\.kind) == ["minutes"])
            #expect(withdrawn.map(\.reason) == ["of another one"])
        }
    }

    private static func training(
        _ id: String,
        _ kind: Training.Kind,
        _ participants: [String]
    ) -> Training {
        var training = Training()
        (training.training, training.cycle, training.area) = (id, World.cycle, "99")
        (training.kind, training.heldOn, training.place) = (kind, "2018-02-01", "the hall")
        (training.trainers, training.participants) = (["chair-1"], participants)
        return training
    }

    static func withdrawal(
        _ kind: PaperWithdrawal.Kind,
        _ paper: String,
        _ area: String = ""
    ) -> PaperWithdrawal {
        var withdrawal = PaperWithdrawal()
        (withdrawal.kind, withdrawal.paper, withdrawal.area) = (kind, paper, area)
        withdrawal.reason = "of another one"
        return withdrawal
    }

    @Test
    func `Trainings tell who took part, and nobody did in one that is withdrawn`() throws {
        var world = try World.staffed()
        let people = ["recorder-1", "member-1"]
        try world.run(.recordTraining(Self.training("t-1", .recorder, people)))
        try world.run(.recordTraining(Self.training("t-2", .collector, ["member-1"])))
        try world.run(.withdrawPaper(Self.withdrawal(.training, "t-2")), on: "2018-02-03")
        let database = try world.readModels([TrainingReadModel()])
        try database.read { db in
            let row = try #require(try TrainingReadModel.training("t-1", db))
            #expect([row.kind, row.heldOn, row.place] == ["recorder", "2018-02-01", "the hall"])
            let persons = try TrainingReadModel.persons(of: "t-1", db)
            #expect(persons.map(\.part) == ["trainer", "participant", "participant"])
            #expect(persons.map(\.person) == ["chair-1", "member-1", "recorder-1"])
            #expect(try TrainingReadModel.trainings(person: "member-1", db) == [row])
            // Who gave a training was not trained by it.
            #expect(try TrainingReadModel.trainings(person: "chair-1", db) == [])
            #expect(try TrainingReadModel.trainings(person: "collector-1", db) == [])
            #expect(try TrainingReadModel.training("t-2", db)?.kind == "collector")
            #expect(try TrainingReadModel.withdrawals(of: "t-1", db) == [])
            let withdrawn = try TrainingReadModel.withdrawals(of: "t-2", db)
            #expect(withdrawn.map(\.withdrawnOn) == ["2018-02-03"])
            #expect(withdrawn.map(\.reason) == ["of another one"])
        }
    }

    @Test
    func `The days on which people worked are those of households that are not withdrawn`() throws {
        var world = try World.staffed()
        try world.record("h-1", 0, on: "2018-01-31")
        try world.record("h-2", 0, on: "2018-02-01")
        try world.notCollected("h-3", 0, on: "2018-02-01")
        try world.correct("h-1", on: "2018-02-01") { $0.interviewedOn = "2018-01-14" }
        try world.correct("h-2", on: "2018-02-03") { $0.interviewedOn = "2018-01-14" }
        try world.correct("h-2", on: "2018-02-03") { $0.interviewedOn = "2018-01-15" }
        func days() throws -> (recorded: [RecorderDayRow], collected: [CollectorDayRow]) {
            try world.readModels([HouseholdReadModel()]).read { db in
                (
                    try HouseholdReadModel.recorderDays(person: "recorder-1", db),
                    try HouseholdReadModel.collectorDays(person: "collector-1", db)
                )
            }
        }
        let before = try days().recorded
        #expect(before.map(\.day) == ["2018-01-31", "2018-02-01", "2018-02-03"])
        #expect(before.map(\.actCount) == [1, 3, 2])
        try world.withdraw("h-1", on: "2018-02-04")
        let (recorded, collected) = try days()
        #expect(recorded.map(\.day) == ["2018-02-01", "2018-02-03"])
        #expect(recorded.map(\.actCount) == [2, 2])
        #expect(collected.map(\.day) == ["2018-01-15", "2018-01-16"])
        #expect(collected.map(\.householdCount) == [1, 1])
        // Recorded anew, it is work again, and what was corrected before is not.
        try world.record("h-1", 0, on: "2018-02-05")
        #expect(try days().recorded.map(\.actCount) == [2, 2, 1])
    }

    @Test
    func `An order's row tells where its paper went`() throws {
        var world = try World.staffed()
        var circulation = OrderCirculation()
        (circulation.order, circulation.circulatedOn) = ("collectors", "2017-11-03")
        circulation.toAreas = ["9981", "9901"]
        try world.run(.circulateOrder(circulation))
        circulation.toAreas = ["9902"]
        circulation.circulatedOn = "2017-11-02"
        circulation.documentNumber = "12"
        try world.run(.circulateOrder(circulation))
        var submission = OrderSubmission()
        (submission.order, submission.toArea) = ("committee-9981", "99")
        (submission.submittedOn, submission.documentNumber) = ("2017-11-09", "13")
        try world.run(.submitOrder(submission))
        let database = try world.readModels([AppointmentReadModel()])
        try database.read { db in
            let circulations = try AppointmentReadModel.circulations(order: "collectors", db)
            #expect(circulations.map(\.area) == ["9902", "9901", "9981"])
            #expect(circulations.map(\.documentNumber) == ["12", nil, nil])
            #expect(try AppointmentReadModel.order("collectors", db)?.submittedTo == nil)
            let submitted = try #require(try AppointmentReadModel.order("committee-9981", db))
            #expect(
                [submitted.submittedTo, submitted.submittedOn, submitted.submissionNumber] == [
                    "99", "2017-11-09", "13",
                ]
            )
        }
    }

    @Test func `What was sent before an amendment is told apart from what stands`() throws {
        var world = try World.staffed()
        func submit(_ day: String) throws {
            var submission = OrderSubmission()
            (submission.order, submission.toArea) = ("committee-9981", "99")
            submission.submittedOn = day
            try world.run(.submitOrder(submission))
        }
        try submit("2017-11-09")
        var amendment = OrderAmendment()
        (amendment.order, amendment.number) = ("committee-9981", "9/2560")
        (amendment.date, amendment.effectiveOn) = ("2017-12-01", "2017-12-02")
        (amendment.reason, amendment.removedPersons) = ("moved", ["member-1"])
        try world.run(.amendOrder(amendment))
        func rows() throws -> (OrderRow?, [String]) {
            try world.readModels([AppointmentReadModel()]).read { db in
                (
                    try AppointmentReadModel.order("committee-9981", db),
                    try AppointmentReadModel.submissions(order: "committee-9981", db)
                        .map { "\($0.submittedOn) \($0.amendmentCount)" }
                )
            }
        }
        #expect(try rows().0?.submittedTo == nil)
        #expect(try rows().1 == ["2017-11-09 0"])
        // Two levels above it may have it: the second addressee leaves the first one's row.
        try submit("2017-12-04")
        var district = OrderSubmission()
        (district.order, district.toArea) = ("committee-9981", "9901")
        district.submittedOn = "2017-12-05"
        try world.run(.submitOrder(district))
        #expect(try rows().0?.submittedTo == "9901")
        #expect(try rows().1 == ["2017-11-09 0", "2017-12-04 1", "2017-12-05 1"])
    }

    @Test
    func `What was withdrawn of an order is taken out, and what came before it stays`() throws {
        var world = try World.staffed()
        var circulation = OrderCirculation()
        (circulation.order, circulation.circulatedOn) = ("collectors", "2017-11-03")
        circulation.toAreas = ["9981", "9901"]
        try world.run(.circulateOrder(circulation))
        var submission = OrderSubmission()
        (submission.order, submission.toArea) = ("committee-9981", "9901")
        submission.submittedOn = "2017-11-08"
        try world.run(.submitOrder(submission))
        (submission.toArea, submission.submittedOn) = ("99", "2017-11-09")
        try world.run(.submitOrder(submission))
        try world.run(
            .withdrawPaper(Self.withdrawal(.orderSubmission, "committee-9981", "99"))
        )
        try world.run(.withdrawPaper(Self.withdrawal(.orderCirculation, "collectors", "9981")))
        let database = try world.readModels([AppointmentReadModel()])
        try database.read { db in
            let circulations = try AppointmentReadModel.circulations(order: "collectors", db)
            #expect(circulations.map(\.area) == ["9901"])
            let order = try AppointmentReadModel.order("committee-9981", db)
            #expect([order?.submittedTo, order?.submittedOn] == ["9901", "2017-11-08"])
            let withdrawn = try AppointmentReadModel.withdrawals(order: "collectors", db)
            #expect(withdrawn.map(\.kind) == ["order_circulation"])
            #expect(withdrawn.map(\.area) == ["9981"])
        }
    }
}
