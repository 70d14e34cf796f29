import Survey

// The acts of the letter around the survey itself, as they are accepted in `Fixture.staffed`.

extension Document {
    static func sample(_ digit: Character = "a") -> Document {
        var document = Document()
        document.sha256 = String(repeating: digit, count: 64)
        document.byteCount = 12_345
        document.mediaType = "application/pdf"
        document.title = "แผนปฏิบัติการ"
        document.number = "1"
        return document
    }
}

extension Reading {
    static func sample(
        _ asRead: String,
        _ asUnderstood: String,
        _ certainty: Certainty = .certain
    ) -> Reading {
        var reading = Reading()
        reading.asRead = asRead
        reading.asUnderstood = asUnderstood
        reading.certainty = certainty
        reading.note = "a scan"
        return reading
    }
}

extension Directive {
    static var sample: Directive {
        var directive = Directive()
        directive.directive = "letter-1"
        directive.cycle = "2561"
        directive.number = .sample("ตย ๐๐๑๙.๔/ ว ๓๘๑", "ตย 0019.4/ว 381", .likely)
        directive.date = .sample("๗๗ ตุลาคม ๒๕๖๐", "2017-10", .unknown)
        directive.fromOffice = "สำนักงานพัฒนาชุมชนจังหวัด"
        directive.subject = "การจัดเก็บข้อมูล จปฐ. ปี 2561"
        directive.fromArea = "99"
        directive.toAreas = ["9901", "9902"]
        directive.signer = "รองผู้ว่าราชการจังหวัด"
        directive.capacity = "ปฏิบัติราชการแทนผู้ว่าราชการจังหวัด"
        directive.documents = [.sample("a"), .sample("b")]
        directive.cites = [.sample("มท ๐๔๐๔.๖/๑๗๓๗", "", .unknown)]
        return directive
    }
}

extension DirectiveReceipt {
    static func sample(_ area: String, on day: String = "2017-10-20") -> DirectiveReceipt {
        var receipt = DirectiveReceipt()
        receipt.directive = "letter-1"
        receipt.area = area
        receipt.receivedOn = day
        receipt.registerNumber = "1234"
        return receipt
    }
}

extension DirectiveRevision {
    /// Reads everything anew.
    static var sample: DirectiveRevision {
        var revision = DirectiveRevision()
        revision.directive = "letter-1"
        revision.number = .sample("ตย ๐๐๑๙.๔/ว ๓๘๑๐", "ตย 0019.4/ว 3810", .likely)
        revision.date = .sample("๑๗ ตุลาคม ๒๕๖๐", "2017-10-17", .likely)
        revision.subject = "การจัดเก็บข้อมูล จปฐ. ประจำปี 2561"
        revision.reason = "read again on the paper"
        return revision
    }
}

extension PaperWithdrawal {
    static func sample(_ kind: Kind, _ paper: String, _ area: String = "") -> PaperWithdrawal {
        var withdrawal = PaperWithdrawal()
        (withdrawal.kind, withdrawal.paper, withdrawal.area) = (kind, paper, area)
        withdrawal.reason = "recorded for another one"
        return withdrawal
    }
}

extension Meeting {
    static func sample(_ meeting: String = "m-1", _ area: String = "9981") -> Meeting {
        var sample = Meeting()
        sample.meeting = meeting
        sample.cycle = "2561"
        sample.area = area
        sample.scheduledOn = "2018-02-05"
        sample.place = "ศาลาประชาคม"
        sample.agenda = "เตรียมความพร้อมและวางแผน"
        sample.noticeNumber = "ตย 1/2561"
        sample.documents = [.sample()]
        return sample
    }
}

extension MeetingMinutes {
    /// Of two of the three members, with one who is none.
    static func sample(_ meeting: String = "m-1") -> MeetingMinutes {
        var minutes = MeetingMinutes()
        minutes.meeting = meeting
        minutes.heldOn = "2018-02-05"
        minutes.attendees = ["chair-1", "member-1", "outsider"]
        minutes.guestCount = 4
        var resolution = Resolution()
        resolution.text = "ให้เริ่มจัดเก็บ"
        resolution.forCount = 1
        resolution.againstCount = 1
        resolution.abstainedCount = 0
        var dissent = Dissent()
        dissent.person = "member-1"
        dissent.reason = "ฝนยังตก"
        resolution.dissents = [dissent]
        minutes.resolutions = [resolution]
        minutes.documents = [.sample()]
        return minutes
    }
}

extension MeetingCancellation {
    static func sample(_ meeting: String = "m-1") -> MeetingCancellation {
        var cancellation = MeetingCancellation()
        cancellation.meeting = meeting
        cancellation.reason = "a flood"
        return cancellation
    }
}

extension Training {
    static func sample(_ training: String = "t-1", _ kind: Kind = .collector) -> Training {
        var sample = Training()
        sample.training = training
        sample.cycle = "2561"
        sample.area = "9901"
        sample.kind = kind
        sample.heldOn = "2017-12-20"
        sample.place = "ที่ว่าการอำเภอ"
        sample.trainers = ["chair-2"]
        sample.participants = ["collector-1", "collector-2"]
        sample.documents = [.sample()]
        return sample
    }
}

extension OrderCirculation {
    static func sample(_ areas: [String], on day: String = "2017-11-03") -> OrderCirculation {
        var circulation = OrderCirculation()
        circulation.order = "collectors-1"
        circulation.circulatedOn = day
        circulation.toAreas = areas
        circulation.documentNumber = "ตย 12/2560"
        return circulation
    }
}

extension OrderSubmission {
    static func sample(
        _ order: String = "collectors-1",
        to area: String = "99",
        on day: String = "2017-11-09"
    ) -> OrderSubmission {
        var submission = OrderSubmission()
        submission.order = order
        submission.toArea = area
        submission.documentNumber = "ตย 13/2560"
        submission.submittedOn = day
        return submission
    }
}

extension UserRegistration {
    static func sample(
        _ person: String,
        _ role: String = "recorder",
        _ area: String = "9901"
    ) -> UserRegistration {
        var user = UserRegistration()
        user.cycle = "2561"
        user.person = person
        user.role = role
        user.area = area
        return user
    }
}

extension UserRegistrationUpdate {
    static func sample(
        _ person: String,
        _ role: String = "recorder",
        _ area: String
    ) -> UserRegistrationUpdate {
        var update = UserRegistrationUpdate()
        update.cycle = "2561"
        update.person = person
        update.role = role
        update.area = area
        update.reason = "another tambon"
        return update
    }
}

extension UserDisabling {
    static func sample(_ person: String) -> UserDisabling {
        var disabling = UserDisabling()
        disabling.cycle = "2561"
        disabling.person = person
        disabling.reason = "moved away"
        return disabling
    }
}

extension Fixture {
    /// One event at least of every kind of act.
    mutating func runActs() throws(Rejection) {
        try run(.issueDirective(.sample))
        try run(.receiveDirective(.sample("9901")))
        try run(.callMeeting(.sample()))
        try run(.holdMeeting(.sample()), on: "2018-02-06")
        try run(.callMeeting(.sample("m-2")))
        try run(.cancelMeeting(.sample("m-2")))
        try run(.recordTraining(.sample()))
        try run(.circulateOrder(.sample(["990101", "9981"])))
        try run(.submitOrder(.sample()))
        try run(.registerUser(.sample("recorder-1")))
        try run(.updateUserRegistration(.sample("recorder-1", "recorder", "990101")))
        try run(.disableUser(.sample("recorder-1")))
        try run(.reviseDirective(.sample))
        try run(.withdrawPaper(.sample(.orderCirculation, "collectors-1", "9981")))
        try runProgramme()
    }
}
