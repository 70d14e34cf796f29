import Cryptography
import Foundation
package import Survey

/// The acts of the letter around the survey itself.
extension Script {
    /// One event at least of every kind of act, while the collectors' order is in force.
    package mutating func addActs() {
        add(.issueDirective(Sample.directive))
        add(.receiveDirective(Sample.receipt))
        for meeting in ["meeting-1", "meeting-2"] { add(.callMeeting(Sample.meeting(meeting))) }
        add(.holdMeeting(Sample.minutes("meeting-1")))
        add(.cancelMeeting(Sample.cancellation("meeting-2")))
        add(.recordTraining(Sample.training))
        add(.circulateOrder(Sample.circulation))
        add(.submitOrder(Sample.orderSubmission))
        add(.registerUser(Sample.user))
        add(.updateUserRegistration(Sample.userUpdate))
        add(.disableUser(Sample.disabling))
        add(.reviseDirective(Sample.directiveRevision))
        add(.withdrawPaper(Sample.receiptWithdrawal))
        addProgramme()
    }
}

extension Sample {
    /// The one document that acts name: these bytes lie in the attachments of a whole ledger.
    package static let paper = Array("the paper".utf8)

    private static var document: Document {
        var document = Document()
        document.sha256 = SHA256.hash(paper).hex
        (document.byteCount, document.mediaType) = (UInt64(paper.count), "application/pdf")
        return document
    }

    /// Puts that document into a ledger's folder of attachments.
    package static func attachPaper(_ attachmentsFolder: String) throws {
        let url = URL(fileURLWithPath: attachmentsFolder).appending(path: document.sha256)
        try Data(paper).write(to: url)
    }

    package static var directive: Directive {
        var directive = Directive()
        (directive.directive, directive.cycle) = ("letter-1", "2561")
        directive.number.asRead = "ตย ๐๐๑๙.๔/ ว ๓๘๑"
        directive.number.certainty = .unknown
        (directive.date.asRead, directive.date.asUnderstood) = ("๗๗ ตุลาคม ๒๕๖๐", "2017-10")
        directive.date.certainty = .likely
        (directive.fromOffice, directive.subject) = ("the province", "BMN 2561")
        (directive.fromArea, directive.toAreas) = ("99", ["9901"])
        directive.documents = [document]
        return directive
    }

    package static var receipt: DirectiveReceipt {
        var receipt = DirectiveReceipt()
        (receipt.directive, receipt.area) = ("letter-1", "9901")
        receipt.receivedOn = "2017-10-20"
        return receipt
    }

    package static var directiveRevision: DirectiveRevision {
        var revision = DirectiveRevision()
        (revision.directive, revision.reason) = ("letter-1", "read again on the paper")
        (revision.date.asRead, revision.date.asUnderstood) = ("๑๗ ตุลาคม ๒๕๖๐", "2017-10-17")
        revision.date.certainty = .certain
        return revision
    }

    package static var receiptWithdrawal: PaperWithdrawal {
        var withdrawal = PaperWithdrawal()
        (withdrawal.kind, withdrawal.paper) = (.directiveReceipt, "letter-1")
        (withdrawal.area, withdrawal.reason) = ("9901", "another letter was received")
        return withdrawal
    }

    package static func meeting(_ id: String) -> Meeting {
        var meeting = Meeting()
        (meeting.meeting, meeting.cycle, meeting.area) = (id, "2561", "9981")
        (meeting.scheduledOn, meeting.place) = (workday, "the hall")
        meeting.agenda = "to plan the collecting"
        return meeting
    }

    package static func minutes(_ meeting: String) -> MeetingMinutes {
        var minutes = MeetingMinutes()
        (minutes.meeting, minutes.heldOn) = (meeting, workday)
        minutes.attendees = ["chair-1", "member-1"]
        var resolution = Resolution()
        (resolution.text, resolution.forCount) = ("to begin", 2)
        minutes.resolutions = [resolution]
        return minutes
    }

    package static func cancellation(_ meeting: String) -> MeetingCancellation {
        var cancellation = MeetingCancellation()
        (cancellation.meeting, cancellation.reason) = (meeting, "a flood")
        return cancellation
    }

    package static var training: Training {
        var training = Training()
        (training.training, training.cycle, training.area) = ("training-1", "2561", "9901")
        (training.kind, training.heldOn) = (.collector, "2017-12-20")
        (training.place, training.participants) = ("the district office", ["collector-1"])
        return training
    }

    package static var circulation: OrderCirculation {
        var circulation = OrderCirculation()
        (circulation.order, circulation.circulatedOn) = ("collectors", "2017-11-03")
        circulation.toAreas = ["9981", "990151"]
        return circulation
    }

    package static var orderSubmission: OrderSubmission {
        var submission = OrderSubmission()
        (submission.order, submission.toArea) = ("collectors", "99")
        submission.submittedOn = "2017-11-09"
        return submission
    }

    package static var user: UserRegistration {
        var user = UserRegistration()
        (user.cycle, user.person) = ("2561", "recorder-1")
        (user.role, user.area) = ("recorder", "9901")
        return user
    }

    package static var userUpdate: UserRegistrationUpdate {
        var update = UserRegistrationUpdate()
        (update.cycle, update.person) = ("2561", "recorder-1")
        (update.role, update.area, update.reason) = ("supervisor", "9901", "promoted")
        return update
    }

    package static var disabling: UserDisabling {
        var disabling = UserDisabling()
        (disabling.cycle, disabling.person) = ("2561", "recorder-1")
        disabling.reason = "moved away"
        return disabling
    }
}
