import AppointmentsProjection
import DirectivesProjection
import HouseholdsProjection
import MeetingsProjection
import ProjectionRuntime
import Survey
import Testing
import TrainingsProjection
import UsersProjection

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
        (dissent.person, dissent.reason) = ("recorder-1", "too early")
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
            #expect(dissents.map(\.person) == ["recorder-1"])
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
    }

    @Test
    func `Trainings tell who took part, and beside them on which days recorders worked`() throws {
        var world = try World.staffed()
        var training = Training()
        (training.training, training.cycle, training.area) = ("t-1", World.cycle, "99")
        (training.kind, training.heldOn, training.place) = (.recorder, "2018-02-01", "the hall")
        (training.trainers, training.participants) = (["chair-1"], ["recorder-1", "member-1"])
        try world.run(.recordTraining(training), on: "2018-02-01")
        try world.record("h-1", 0, on: "2018-01-31")
        try world.record("h-2", 0, on: "2018-02-01")
        try world.notCollected("h-3", 0, on: "2018-02-01")
        try world.withdraw("h-1", on: "2018-02-02")
        let database = try world.readModels([TrainingReadModel(), HouseholdReadModel()])
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
            let recorded = try TrainingReadModel.recorderDays(person: "recorder-1", db)
            #expect(recorded.map(\.day) == ["2018-01-31", "2018-02-01", "2018-02-02"])
            #expect(recorded.map(\.actCount) == [1, 2, 1])
            // What was withdrawn is no collector's work.
            let collected = try HouseholdReadModel.collectorDays(person: "collector-1", db)
            #expect(collected.map(\.day) == ["2018-01-15", "2018-01-16"])
            #expect(collected.map(\.householdCount) == [1, 1])
        }
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

    @Test
    func `A user's row is the registration as it stands`() throws {
        var world = try World.staffed()
        var user = UserRegistration()
        (user.cycle, user.person) = (World.cycle, "recorder-1")
        (user.role, user.area) = ("recorder", "99")
        func row() throws -> UserRow? {
            try world.readModels([UserReadModel()]).read { db in
                try UserReadModel.user("recorder-1", cycle: World.cycle, db)
            }
        }
        try world.run(.registerUser(user), on: "2018-02-01")
        #expect(try row()?.role == "recorder")
        var update = UserRegistrationUpdate()
        (update.cycle, update.person) = (World.cycle, "recorder-1")
        (update.role, update.area, update.reason) = ("supervisor", "9901", "promoted")
        try world.run(.updateUserRegistration(update), on: "2018-02-02")
        let updated = try #require(try row())
        #expect(
            [updated.role, updated.area, updated.reason] == ["supervisor", "9901", "promoted"]
        )
        #expect([updated.registeredOn, updated.changedOn] == ["2018-02-01", "2018-02-02"])
        var disabling = UserDisabling()
        (disabling.cycle, disabling.person) = (World.cycle, "recorder-1")
        disabling.reason = "moved away"
        try world.run(.disableUser(disabling), on: "2018-02-03")
        #expect(try row()?.disabledOn == "2018-02-03")
        try world.run(.registerUser(user), on: "2018-02-04")
        let again = try #require(try row())
        #expect(again.disabledOn == nil)
        #expect([again.role, again.registeredOn] == ["recorder", "2018-02-04"])
    }
}
