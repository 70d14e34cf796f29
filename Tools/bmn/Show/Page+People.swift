import AppointmentsProjection
import Console
import HouseholdsProjection
import Ledger
import LedgerReader
import OfficeLists
import Survey
import TrainingsProjection

extension Page {
    func person(_ id: String, _ models: borrowing ReadModels, _ names: Names?) throws {
        let today = models.day
        let (person, keys, certificates, passkeys, appointments) = try models.read { db in
            guard let person = try AppointmentReadModel.person(id, db) else {
                throw Rejection(.personUnknown, id)
            }
            return (
                person, try AppointmentReadModel.keys(person: id, db),
                try AppointmentReadModel.certificates(person: id, db),
                try AppointmentReadModel.passkeys(person: id, db),
                try AppointmentReadModel.appointments(person: id, db)
            )
        }
        let records = try models.snapshot.records(ofStream: "person/\(id)", below: models.treeSize)
        let erasure = ErasureNote(records)
        let identity = try names?.person(records, models.snapshot).map { PersonalFields.of($0) }
        let (trainings, untrained) = try models.read { db in
            let trainings = try TrainingReadModel.trainings(person: id, db)
            let untrained = UntrainedWork.of(
                id,
                collected: try HouseholdReadModel.collectorDays(person: id, db),
                recorded: try HouseholdReadModel.recorderDays(person: id, db),
                trainings: trainings
            )
            return (trainings, untrained)
        }
        guard !asJSON else {
            return try write([
                "person": .row(person),
                "identity": identity?.value.map { .fields($0) } ?? .null,
                "personalData": identity?.word.map { .string($0) } ?? .null,
                "erased": (identity?.erasure ?? erasure)?.json ?? .null,
                "keys": .rows(keys),
                "certificates": .rows(certificates),
                "passkeys": .rows(passkeys),
                "appointments": .rows(appointments),
                "trainings": .rows(trainings),
                "untrained": .rows(untrained),
            ])
        }
        var fields = FieldList()
        fields.append(choose("บุคคล", "person"), person.person)
        fields.append(choose("ลงทะเบียน", "registered"), day(person.registeredOn))
        if person.synthetic { fields.append(choose("ข้อมูลสมมติ", "synthetic"), yesNo(true)) }
        append(identity, erasure, to: &fields)
        append(keys, certificates, to: &fields)
        for row in passkeys { append(row, to: &fields) }
        for row in trainings {
            fields.append(
                choose("การฝึกอบรม", "training"),
                "\(row.training) \(word(row.kind)) \(row.cycle) \(day(row.heldOn))"
            )
        }
        append(untrained, to: &fields)
        try write(fields)
        try write(table(appointments, on: today))
    }

    /// What a person may or might sign with.
    func append(
        _ keys: [MemberKeyRow],
        _ certificates: [MemberCertificateRow],
        to fields: inout FieldList
    ) {
        for key in keys {
            let revoked = key.revokedOn.map { choose(" เพิกถอน ", " revoked ") + day($0) } ?? ""
            fields.append(choose("กุญแจสาธารณะ", "public key"), key.publicKey + revoked)
        }
        for row in certificates {
            let revoked = row.revokedOn.map { choose(" เพิกถอน ", " revoked ") + day($0) } ?? ""
            fields.append(
                choose("ใบรับรอง (SHA-256)", "certificate (SHA-256)"),
                row.certificate + revoked
            )
        }
    }

    private func append(_ passkey: MemberPasskeyRow, to fields: inout FieldList) {
        let label = passkey.label.map { " \($0)" } ?? ""
        let revoked = passkey.revokedOn.map { choose(" เพิกถอน ", " revoked ") + day($0) } ?? ""
        fields.append(
            choose("พาสคีย์", "passkey"),
            "\(passkey.credentialId) \(passkey.rpId)\(label)\(revoked)"
        )
    }

    func order(_ id: String, _ models: borrowing ReadModels) throws {
        let (order, circulations, submissions, withdrawals, appointments) = try models.read { db in
            guard let order = try AppointmentReadModel.order(id, db) else {
                throw Rejection(.orderUnknown, id)
            }
            return (
                order, try AppointmentReadModel.circulations(order: id, db),
                try AppointmentReadModel.submissions(order: id, db),
                try AppointmentReadModel.withdrawals(order: id, db),
                try AppointmentReadModel.appointments(order: id, db)
            )
        }
        guard !asJSON else {
            return try write([
                "order": .row(order),
                "circulations": .rows(circulations),
                "submissions": .rows(submissions),
                "withdrawals": .rows(withdrawals),
                "appointments": .rows(appointments),
            ])
        }
        var fields = FieldList()
        fields.append(choose("คำสั่ง", "order"), order.orderId)
        fields.append(choose("เลขที่", "number"), order.number)
        fields.append(choose("ลงวันที่", "date"), day(order.date))
        fields.append(choose("ชนิด", "kind"), word(order.kind))
        fields.append(choose("รอบปี", "cycle"), order.cycle)
        fields.append(choose("พื้นที่", "area"), order.area)
        fields.append(
            choose("มีผล", "in force"),
            "\(day(order.validFrom)) – \(day(order.validTo))"
        )
        if let revokedOn = order.revokedOn {
            fields.append(
                choose("ยกเลิก", "revoked"),
                "\(day(revokedOn)): \(order.revocationReason ?? "")"
            )
        }
        if order.amendmentCount > 0 {
            fields.append(choose("แก้ไข (ครั้ง)", "amendments"), "\(order.amendmentCount)")
        }
        for row in circulations {
            let number = row.documentNumber.map { " \($0)" } ?? ""
            fields.append(
                choose("แจ้งเวียนถึง", "circulated to"),
                "\(row.area) \(day(row.circulatedOn))\(number)"
                    + earlier(row.amendmentCount, order)
            )
        }
        for row in submissions {
            let number = row.documentNumber.map { " \($0)" } ?? ""
            fields.append(
                choose("ส่งถึง", "submitted to"),
                "\(row.toArea) \(day(row.submittedOn))\(number)"
                    + earlier(row.amendmentCount, order)
            )
        }
        append(withdrawals, to: &fields)
        try write(fields)
        try write(table(appointments, on: models.day))
    }

    /// What was passed on before an amendment is not the paper as it stands.
    private func earlier(_ amendmentCount: Int, _ order: OrderRow) -> String {
        amendmentCount == order.amendmentCount
            ? "" : choose(" (ก่อนแก้ไขคำสั่ง)", " (before the order was amended)")
    }

    private func table(_ appointments: [AppointmentRow], on today: Day) -> Table {
        var table = Table([
            .init(choose("บุคคล", "person")), .init(choose("คำสั่ง", "order")),
            .init(choose("เลขที่", "number")), .init(choose("ชนิด", "kind")),
            .init(choose("บทบาท", "role")), .init(choose("พื้นที่", "area")),
            .init(choose("ตั้งแต่", "from")), .init(choose("ถึง", "to")),
            .init(choose("มีผลอยู่", "in force")),
        ])
        for row in appointments {
            // ISO days compare as text.
            let isInForce =
                row.validFrom <= today.iso && row.validTo.map { today.iso <= $0 } ?? true
            table.append([
                row.person, row.orderId, row.number, word(row.kind), word(row.role), row.area,
                day(row.validFrom), day(row.validTo), yesNo(isInForce),
            ])
        }
        return table
    }

    /// Opened personal data, or a word for why there is none to see.
    func append(
        _ personal: Opened<[(name: String, value: String)]>?,
        _ erasure: ErasureNote?,
        _ words: AnswerFields? = nil,
        to fields: inout FieldList
    ) {
        let word: String
        switch personal {
        case .open(let values)?:
            for field in values {
                fields.append(
                    words?.label(field.name, language) ?? Words.field(field.name, language),
                    words?.words(field.value, of: field.name, language)
                        ?? Words.value(field.value, of: field.name, language)
                )
            }
            return
        case .erased(let note)?: word = note.text(language)
        case .keyMissing?: word = keyMissing
        case .absent?: word = erasure?.text(language) ?? none
        case nil: word = erasure?.text(language) ?? sealed
        }
        fields.append(choose("ข้อมูลบุคคล", "personal data"), word)
    }
}
