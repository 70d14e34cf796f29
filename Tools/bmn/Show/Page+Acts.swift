import AppointmentsProjection
import Console
import DirectivesProjection
import MeetingsProjection
import ProjectionRuntime
import Survey
import TrainingsProjection
import UsersProjection

/// What the directive asks for beside the survey itself: letters, meetings, trainings and users.
extension Page {
    func directive(_ id: String, _ models: borrowing ReadModels) throws {
        let (directive, revisions, addressees, citations, documents, withdrawals) =
            try models
            .read { db in
                guard let directive = try DirectiveReadModel.directive(id, db) else {
                    throw Rejection(.directiveUnknown, id)
                }
                return (
                    directive, try DirectiveReadModel.revisions(of: id, db),
                    try DirectiveReadModel.addressees(of: id, db),
                    try DirectiveReadModel.citations(of: id, db),
                    try DirectiveReadModel.documents(of: id, db),
                    try DirectiveReadModel.withdrawals(of: id, db)
                )
            }
        guard !asJSON else {
            return try write([
                "directive": .row(directive),
                "revisions": .rows(revisions),
                "addressees": .rows(addressees),
                "citations": .rows(citations),
                "documents": .rows(documents),
                "withdrawals": .rows(withdrawals),
            ])
        }
        var fields = self.fields(of: directive)
        for revision in revisions { append(revision, to: &fields) }
        append(citations, to: &fields)
        append(documents, to: &fields)
        append(withdrawals, to: &fields)
        try write(fields)
        var table = Table([
            .init(choose("ถึงพื้นที่", "to")), .init(choose("รับเมื่อ", "received on")),
            .init(choose("เลขรับ", "register number")),
        ])
        for row in addressees {
            table.append([row.area, day(row.receivedOn), row.registerNumber ?? "-"])
        }
        try write(table)
    }

    private func fields(of directive: DirectiveRow) -> FieldList {
        var fields = FieldList()
        fields.append(choose("หนังสือเวียน", "directive"), directive.directive)
        fields.append(choose("รอบปี", "cycle"), directive.cycle)
        fields.append(
            choose("ที่", "number"),
            reading(
                directive.numberAsRead,
                directive.number,
                directive.numberCertainty,
                directive.numberNote
            )
        )
        fields.append(
            choose("ลงวันที่", "date"),
            reading(
                directive.dateAsRead,
                directive.date.map { language.text(isoReading: $0) },
                directive.dateCertainty,
                directive.dateNote
            )
        )
        fields.append(
            choose("จาก", "from"),
            "\(directive.fromOffice) (\(directive.fromArea))"
        )
        fields.append(choose("เรื่อง", "subject"), directive.subject)
        if let signer = directive.signer {
            fields.append(choose("ผู้ลงนาม", "signer"), signer)
        }
        if let capacity = directive.capacity {
            fields.append(choose("ในฐานะ", "capacity"), capacity)
        }
        return fields
    }

    /// What was read before a revision.
    private func append(_ revision: DirectiveRevisionRow, to fields: inout FieldList) {
        let names = [
            "number": choose("ที่ (เดิม)", "former number"),
            "date": choose("ลงวันที่ (เดิม)", "former date"),
            "subject": choose("เรื่อง (เดิม)", "former subject"),
        ]
        let isDate = revision.field == "date"
        let former = revision.certainty.map { certainty in
            reading(
                revision.asRead,
                isDate
                    ? revision.asUnderstood.map { language.text(isoReading: $0) }
                    : revision.asUnderstood,
                certainty,
                revision.note
            )
        }
        let until = choose("แก้ไขเมื่อ", "until")
        fields.append(
            names[revision.field] ?? revision.field,
            "\(former ?? revision.asRead), \(until) \(day(revision.revisedOn)): \(revision.reason)"
        )
    }

    func meeting(_ id: String, _ models: borrowing ReadModels) throws {
        let (meeting, attendees, resolutions, dissents, documents, withdrawals) =
            try models
            .read { db in
                guard let meeting = try MeetingReadModel.meeting(id, db) else {
                    throw Rejection(.meetingUnknown, id)
                }
                return (
                    meeting, try MeetingReadModel.attendees(of: id, db),
                    try MeetingReadModel.resolutions(of: id, db),
                    try MeetingReadModel.dissents(of: id, db),
                    try MeetingReadModel.documents(of: id, db),
                    try MeetingReadModel.withdrawals(of: id, db)
                )
            }
        guard !asJSON else {
            return try write([
                "meeting": .row(meeting),
                "hasQuorum": meeting.hasQuorum.map { .bool($0) } ?? .null,
                "attendees": .array(attendees.map { .string($0) }),
                "resolutions": .rows(resolutions),
                "dissents": .rows(dissents),
                "documents": .rows(documents),
                "withdrawals": .rows(withdrawals),
            ])
        }
        var fields = self.fields(of: meeting)
        if !attendees.isEmpty {
            fields.append(choose("ผู้มาประชุม", "attendees"), attendees.joined(separator: " "))
        }
        for dissent in dissents {
            fields.append(
                choose("ความเห็นแย้งมติที่ \(dissent.position)", "dissent \(dissent.position)"),
                "\(dissent.person): \(dissent.reason)"
            )
        }
        append(documents, to: &fields)
        append(withdrawals, to: &fields)
        try write(fields)
        guard !resolutions.isEmpty else { return }
        var table = Table([
            .init(choose("มติที่", "no."), isNumeric: true),
            .init(choose("เห็นชอบ", "for"), isNumeric: true),
            .init(choose("ไม่เห็นชอบ", "against"), isNumeric: true),
            .init(choose("งดออกเสียง", "abstained"), isNumeric: true),
            .init(choose("มติ", "resolution")),
        ])
        for row in resolutions {
            table.append([
                "\(row.position)", "\(row.forCount)", "\(row.againstCount)",
                "\(row.abstainedCount)", row.text,
            ])
        }
        try write(table)
    }

    private func fields(of meeting: MeetingRow) -> FieldList {
        var fields = FieldList()
        fields.append(choose("การประชุม", "meeting"), meeting.meeting)
        fields.append(choose("รอบปี", "cycle"), meeting.cycle)
        fields.append(choose("คณะกรรมการของพื้นที่", "committee of"), meeting.area)
        fields.append(choose("สถานะ", "status"), word(meeting.status))
        fields.append(choose("นัดวันที่", "scheduled on"), day(meeting.scheduledOn))
        fields.append(choose("สถานที่", "place"), meeting.place)
        fields.append(choose("วาระ", "agenda"), meeting.agenda)
        if let number = meeting.noticeNumber {
            fields.append(choose("หนังสือเชิญ", "notice"), number)
        }
        if let heldOn = meeting.heldOn {
            fields.append(choose("ประชุมเมื่อ", "held on"), day(heldOn))
        }
        if let hasQuorum = meeting.hasQuorum {
            let (present, members) = (meeting.presentCount ?? 0, meeting.memberCount ?? 0)
            let quorum = meeting.quorumCount ?? 0
            fields.append(
                choose("ครบองค์ประชุม", "quorum"),
                yesNo(hasQuorum)
                    + choose(
                        " (มา \(present) จาก \(members) คน ต้องมี \(quorum) คน)",
                        " (\(present) of \(members) present, \(quorum) needed)"
                    )
            )
        }
        if let guests = meeting.guestCount, guests > 0 {
            fields.append(choose("ผู้เข้าร่วมอื่น (คน)", "others"), "\(guests)")
        }
        if let cancelledOn = meeting.cancelledOn {
            fields.append(
                choose("ยกเลิก", "cancelled"),
                "\(day(cancelledOn)): \(meeting.cancellationReason ?? "")"
            )
        }
        return fields
    }

    func training(_ id: String, _ models: borrowing ReadModels) throws {
        let (training, persons, documents, withdrawals) = try models.read { db in
            guard let training = try TrainingReadModel.training(id, db) else {
                throw Rejection(.trainingUnknown, id)
            }
            return (
                training, try TrainingReadModel.persons(of: id, db),
                try TrainingReadModel.documents(of: id, db),
                try TrainingReadModel.withdrawals(of: id, db)
            )
        }
        guard !asJSON else {
            return try write([
                "training": .row(training),
                "persons": .rows(persons),
                "documents": .rows(documents),
                "withdrawals": .rows(withdrawals),
            ])
        }
        var fields = FieldList()
        fields.append(choose("การฝึกอบรม", "training"), training.training)
        fields.append(choose("รอบปี", "cycle"), training.cycle)
        fields.append(choose("พื้นที่", "area"), training.area)
        fields.append(choose("สำหรับ", "for"), word(training.kind))
        fields.append(choose("จัดเมื่อ", "held on"), day(training.heldOn))
        fields.append(choose("สถานที่", "place"), training.place)
        append(documents, to: &fields)
        append(withdrawals, to: &fields)
        try write(fields)
        var table = Table([.init(choose("ในฐานะ", "as")), .init(choose("บุคคล", "person"))])
        for row in persons { table.append([word(row.part), row.person]) }
        try write(table)
    }

    func user(_ id: String, _ cycle: String, _ models: borrowing ReadModels) throws {
        let (user, keys, certificates) = try models.read { db in
            guard let user = try UserReadModel.user(id, cycle: cycle, db) else {
                throw Rejection(.userUnknown, id)
            }
            return (
                user, try AppointmentReadModel.keys(person: id, db),
                try AppointmentReadModel.certificates(person: id, db)
            )
        }
        guard !asJSON else {
            return try write([
                "user": .row(user),
                "keys": .rows(keys),
                "certificates": .rows(certificates),
            ])
        }
        var fields = FieldList()
        fields.append(choose("ผู้ใช้", "user"), user.person)
        fields.append(choose("รอบปี", "cycle"), user.cycle)
        fields.append(choose("บทบาท", "role"), word(user.role))
        fields.append(choose("พื้นที่", "area"), user.area)
        if let key = user.publicKey { fields.append(choose("กุญแจ", "signs with the key"), key) }
        if let certificate = user.certificate {
            fields.append(choose("ใบรับรอง (SHA-256)", "signs with the certificate"), certificate)
        }
        append(keys, certificates, to: &fields)
        fields.append(choose("ลงทะเบียน", "registered"), day(user.registeredOn))
        fields.append(choose("ปรับปรุงล่าสุด", "last changed"), day(user.changedOn))
        if let disabledOn = user.disabledOn {
            fields.append(choose("ระงับ", "disabled"), day(disabledOn))
        }
        if let reason = user.reason { fields.append(choose("เหตุผล", "reason"), reason) }
        try write(fields)
    }
}
