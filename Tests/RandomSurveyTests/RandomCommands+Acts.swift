import Survey

/// Letters, meetings and trainings.
extension RandomCommands {
    mutating func makeAct(_ kind: EventKind, _ known: Known) -> Command.OneOf_Kind? {
        switch kind {
        case .directiveIssued: return .issueDirective(directive(known))
        case .directiveReceived:
            var receipt = DirectiveReceipt()
            receipt.directive = existing(known.state.directives) {
                $0.receivedOn.count < $0.toAreas.count
            }
            let addressees = known.state.directives[receipt.directive]?.toAreas ?? []
            receipt.area = dice.pick(addressees.sorted()) ?? "9901"
            if dice.chance(10) { receipt.area = area(known) }
            receipt.receivedOn = pastDay(known)
            return .receiveDirective(receipt)
        case .meetingCalled:
            var meeting = Meeting()
            (meeting.meeting, meeting.cycle) = (fresh("meeting"), cycle(known))
            meeting.area = area(known, .lao, .district)
            meeting.scheduledOn = (known.today + dice.number(0...14)).iso
            (meeting.place, meeting.agenda) = ("ศาลาประชาคม", "เตรียมความพร้อม")
            meeting.documents = documents()
            return .callMeeting(meeting)
        case .meetingHeld: return .holdMeeting(minutes(known))
        case .meetingCancelled:
            var cancellation = MeetingCancellation()
            cancellation.meeting = existing(known.state.meetings) { !$0.isClosed }
            cancellation.reason = "a flood"
            return .cancelMeeting(cancellation)
        case .trainingHeld:
            var training = Training()
            (training.training, training.cycle) = (fresh("training"), cycle(known))
            training.area = area(known)
            training.kind = dice.chance(50) ? .collector : .recorder
            (training.heldOn, training.place) = (pastDay(known), "ที่ว่าการอำเภอ")
            let persons = dice.some(known.people, 2...6)
            training.trainers = Array(persons.prefix(1))
            training.participants = Array(persons.dropFirst(dice.chance(95) ? 1 : 0))
            training.documents = documents()
            return .recordTraining(training)
        case .directiveRevised:
            var revision = DirectiveRevision()
            revision.directive = existing(known.state.directives)
            (revision.subject, revision.reason) = (fresh("การจัดเก็บข้อมูล"), Self.reason)
            return .reviseDirective(revision)
        case .paperWithdrawn: return .withdrawPaper(withdrawal(known))
        default: return nil
        }
    }

    private mutating func directive(_ known: Known) -> Directive {
        var directive = Directive()
        (directive.directive, directive.cycle) = (fresh("letter"), cycle(known))
        directive.number = reading("ตย ๐๐๑๙.๔/ ว ๓๘๑", "ตย 0019.4/ว 381", .likely)
        directive.date = reading("๗๗ ตุลาคม ๒๕๖๐", "2017-10", .unknown)
        if dice.chance(30) { directive.date = reading("วันนี้", known.today.iso, .certain) }
        (directive.fromOffice, directive.subject) = ("สำนักงานพัฒนาชุมชน", "การจัดเก็บข้อมูล")
        directive.fromArea = "99"
        directive.toAreas = dice.some(known.codes(.district, .lao), 1...3)
        directive.documents = documents()
        directive.cites = [reading("มท ๐๔๐๔.๖/๑๗๓๗", "", .unknown)]
        return directive
    }

    func reading(
        _ asRead: String,
        _ asUnderstood: String,
        _ certainty: Reading.Certainty
    ) -> Reading {
        var reading = Reading()
        (reading.asRead, reading.asUnderstood) = (asRead, asUnderstood)
        reading.certainty = certainty
        return reading
    }

    private mutating func minutes(_ known: Known) -> MeetingMinutes {
        var minutes = MeetingMinutes()
        minutes.meeting = existing(known.state.meetings) { !$0.isClosed }
        minutes.heldOn = known.today.iso
        var members: [String] = []
        if let meeting = known.state.meetings[minutes.meeting] {
            let place = CycleArea(cycle: meeting.cycle, area: meeting.area)
            members = Set(known.committee(of: place).map(\.person)).sorted()
        }
        let present = dice.some(members, 0...3)
        let others = dice.some(known.people.filter { !members.contains($0) }, 0...2)
        minutes.attendees = present + others
        minutes.guestCount = dice.number(0...9)
        var resolution = Resolution()
        resolution.text = "ให้เริ่มจัดเก็บ"
        resolution.forCount = UInt32(present.count)
        if dice.chance(10) { resolution.abstainedCount = 1 }
        if let person = dice.pick(minutes.attendees), dice.chance(30) {
            var dissent = Dissent()
            (dissent.person, dissent.reason) = (person, "ฝนยังตก")
            resolution.dissents = [dissent]
        }
        minutes.resolutions = [resolution]
        minutes.documents = documents()
        return minutes
    }
}
