import AppointmentsProjection
import DirectivesProjection
import MeetingsProjection
import ProjectionRuntime
import Survey
import TrainingsProjection
import UsersProjection

/// Letters, orders, the people that they appoint, and what those met and learnt for.
extension OfficeList {
    static var directives: OfficeList {
        let columns: [ListColumn<AddressedDirectiveRow>] = [
            .text("directive", "หนังสือ", "directive") { $0.directive }.aside,
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .text("number", "ที่", "number") { $0.number ?? $0.numberAsRead },
            .day("date", "ลงวันที่", "date") { $0.date ?? $0.dateAsRead },
            .text("from_office", "จาก", "from") { $0.fromOffice },
            .area("area", "ถึง", "to") { $0.area },
            .word("state", "สถานะ", "state") {
                $0.receivedOn == nil ? "not_received" : "received"
            },
            .day("received_on", "รับเมื่อ", "received on") { $0.receivedOn },
            .text("register_number", "เลขรับ", "register number") { $0.registerNumber },
            .text("subject", "เรื่อง", "subject") { $0.subject },
            .text("number_as_read", "ที่ ตามที่อ่าน", "number as read") { $0.numberAsRead }.aside,
            .word("number_certainty", "แน่ชัดเพียงใด", "how sure") { $0.numberCertainty }.aside,
            .text("date_as_read", "ลงวันที่ ตามที่อ่าน", "date as read") { $0.dateAsRead }.aside,
            .word("date_certainty", "แน่ชัดเพียงใด", "how sure") { $0.dateCertainty }.aside,
            .text("from_area", "พื้นที่ที่ออก", "issued by") { $0.fromArea }.aside,
            .text("signer", "ผู้ลงนาม", "signer") { $0.signer }.aside,
            .text("capacity", "ในฐานะ", "capacity") { $0.capacity }.aside,
        ]
        return OfficeList(
            columns,
            of: [DirectiveReadModel()],
            toldBy: \.issuedAtIndex
        ) { db, scope, emit in
            try DirectiveReadModel.forEachAddressee(cycle: scope.cycle, db, emit)
        }
    }

    private struct User {
        let row: UserRow
        let keyCount: Int
    }

    static var users: OfficeList {
        let columns: [ListColumn<User>] = [
            .text("cycle", "รอบปี", "cycle") { $0.row.cycle },
            .text("person", "บุคคล", "person") { $0.row.person },
            .word("role", "บทบาท", "role") { $0.row.role },
            .area("area", "พื้นที่", "area") { $0.row.area },
            .word("state", "สถานะ", "state") {
                $0.row.disabledOn == nil ? "registered" : "disabled"
            },
            .day("occurred_on", "ขึ้นทะเบียนเมื่อ", "registered on") { $0.row.registeredOn },
            .day("changed_on", "เปลี่ยนเมื่อ", "changed on") { $0.row.changedOn }.aside,
            .text("public_key", "กุญแจ", "key") { $0.row.publicKey }.aside,
            .text("certificate", "ใบรับรอง", "certificate") { $0.row.certificate }.aside,
            .number("keys", "กุญแจและใบรับรองที่ใช้ได้", "keys and certificates in use") {
                $0.keyCount
            },
            .text("reason", "เหตุผล", "reason") { $0.row.reason }.aside,
        ]
        return OfficeList(
            columns,
            of: [UserReadModel(), AppointmentReadModel()],
            naming: .person,
            toldBy: \.row.registeredAtIndex
        ) { db, scope, emit in
            try UserReadModel.forEachUser(cycle: scope.cycle, db) { row in
                let keys = try AppointmentReadModel.keys(person: row.person, db)
                let certificates = try AppointmentReadModel.certificates(person: row.person, db)
                let inUse =
                    keys.count { $0.revokedOn == nil }
                    + certificates.count { $0.revokedOn == nil }
                try emit(User(row: row, keyCount: inUse))
            }
        }
    }

    private struct Term {
        let row: ListedAppointmentRow
        let state: String
    }

    static var appointments: OfficeList {
        let columns: [ListColumn<Term>] = [
            .text("order", "คำสั่ง", "order") { $0.row.orderId }.aside,
            .text("number", "เลขที่", "number") { $0.row.number },
            .day("date", "ลงวันที่", "date") { $0.row.date }.aside,
            .word("kind", "ชนิด", "kind") { $0.row.kind }.aside,
            .text("cycle", "รอบปี", "cycle") { $0.row.cycle },
            .area("area", "พื้นที่ของคำสั่ง", "order's area") { $0.row.orderArea },
            .text("person", "บุคคล", "person") { $0.row.person },
            .word("role", "บทบาท", "role") { $0.row.role },
            .area("appointment_area", "พื้นที่", "area") { $0.row.area },
            .day("valid_from", "ตั้งแต่", "from") { $0.row.validFrom },
            .day("valid_to", "ถึง", "to") { $0.row.validTo },
            .word("state", "สถานะ", "state") { $0.state },
            .flag("ended_early", "พ้นก่อนกำหนด", "ended early") { $0.row.isEndedEarly }.aside,
        ]
        return OfficeList(columns, of: [AppointmentReadModel()], naming: .person) {
            db,
            scope,
            emit in
            try AppointmentReadModel.forEachAppointment(cycle: scope.cycle, db) { row in
                let state = termState(row.validFrom, row.validTo, on: scope.day)
                try emit(Term(row: row, state: state))
            }
        }
    }

    private struct OrderTerm {
        let row: ListedOrderRow
        let state: String
    }

    static var orders: OfficeList {
        let columns: [ListColumn<OrderTerm>] = [
            .text("order", "คำสั่ง", "order") { $0.row.orderId }.aside,
            .text("number", "เลขที่", "number") { $0.row.number },
            .day("date", "ลงวันที่", "date") { $0.row.date },
            .word("kind", "ชนิด", "kind") { $0.row.kind },
            .text("cycle", "รอบปี", "cycle") { $0.row.cycle },
            .area("area", "พื้นที่", "area") { $0.row.area },
            .word("state", "สถานะ", "state") { $0.state },
            .day("valid_from", "ตั้งแต่", "from") { $0.row.validFrom },
            .day("valid_to", "ถึง", "to") { $0.row.validTo },
            .number("persons", "คน", "persons") { $0.row.personCount },
            .number("amendments", "แก้ไข (ครั้ง)", "amendments") { $0.row.amendmentCount }.aside,
            .number("circulated", "แจ้งเวียน (พื้นที่)", "circulated to") {
                $0.row.circulationCount
            }.aside,
            .area("submitted_to", "ส่งถึง", "submitted to") { $0.row.submittedTo }.aside,
            .day("submitted_on", "ส่งเมื่อ", "submitted on") { $0.row.submittedOn },
            .text("document_number", "ที่หนังสือส่ง", "sent as") { $0.row.submissionNumber }.aside,
            .text("reason", "เหตุที่ยกเลิก", "revoked because") { $0.row.revocationReason }.aside,
        ]
        return OfficeList(columns, of: [AppointmentReadModel()]) { db, scope, emit in
            try AppointmentReadModel.forEachOrder(cycle: scope.cycle, db) { row in
                // ISO days compare as text.
                let isRevoked = row.revokedOn.map { $0 <= scope.day.iso } ?? false
                let state =
                    isRevoked
                    ? "revoked" : termState(row.validFrom, row.validTo, on: scope.day)
                try emit(OrderTerm(row: row, state: state))
            }
        }
    }

    /// Of days that are inclusive.
    private static func termState(_ from: String, _ to: String?, on day: Day) -> String {
        if day.iso < from { return "not_yet" }
        return to.map { $0 < day.iso } ?? false ? "ended" : "in_force"
    }

    static var meetings: OfficeList {
        let columns: [ListColumn<MeetingRow>] = [
            .text("meeting", "การประชุม", "meeting") { $0.meeting },
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .area("area", "คณะกรรมการของ", "committee of") { $0.area },
            .word("state", "สถานะ", "state") { $0.status },
            .day("scheduled_on", "นัดวันที่", "scheduled on") { $0.scheduledOn },
            .day("held_on", "ประชุมเมื่อ", "held on") { $0.heldOn },
            .number("members", "กรรมการ", "members") { $0.memberCount }.aside,
            .number("present", "มาประชุม", "present") { $0.presentCount },
            .number("needed", "ต้องมี", "needed") { $0.quorumCount }.aside,
            .flag("quorum", "ครบองค์ประชุม", "quorum") { $0.hasQuorum },
            .number("guests", "ผู้อื่น", "guests") { $0.guestCount }.aside,
            .text("notice_number", "ที่หนังสือเชิญ", "notice number") { $0.noticeNumber }.aside,
            .text("place", "สถานที่", "place") { $0.place }.aside,
            .text("agenda", "ระเบียบวาระ", "agenda") { $0.agenda }.aside,
            .day("occurred_on", "เรียกประชุมเมื่อ", "called on") { $0.calledOn }.aside,
        ]
        return OfficeList(
            columns,
            of: [MeetingReadModel()],
            toldBy: \.calledAtIndex
        ) { db, scope, emit in
            try MeetingReadModel.forEachMeeting(cycle: scope.cycle, db, emit)
        }
    }

    static var trainings: OfficeList {
        let columns: [ListColumn<ListedTrainingRow>] = [
            .text("training", "การอบรม", "training") { $0.training },
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .area("area", "พื้นที่", "area") { $0.area },
            .word("kind", "สำหรับ", "for") { $0.kind },
            .day("held_on", "จัดเมื่อ", "held on") { $0.heldOn },
            .number("trainers", "วิทยากร", "trainers") { $0.trainerCount },
            .number("participants", "ผู้เข้าอบรม", "participants") { $0.participantCount },
            .text("place", "สถานที่", "place") { $0.place }.aside,
        ]
        return OfficeList(columns, of: [TrainingReadModel()]) { db, scope, emit in
            try TrainingReadModel.forEachTraining(cycle: scope.cycle, db, emit)
        }
    }

    static var rosters: OfficeList {
        let columns: [ListColumn<RosterRow>] = [
            .text("training", "การอบรม", "training") { $0.training },
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .area("area", "พื้นที่", "area") { $0.area },
            .word("kind", "สำหรับ", "for") { $0.kind },
            .day("held_on", "จัดเมื่อ", "held on") { $0.heldOn },
            .text("place", "สถานที่", "place") { $0.place }.aside,
            .text("person", "บุคคล", "person") { $0.person },
            .word("part", "ในฐานะ", "as") { $0.part },
        ]
        return OfficeList(columns, of: [TrainingReadModel()], naming: .person) {
            db,
            scope,
            emit in
            try TrainingReadModel.forEachPerson(cycle: scope.cycle, db, emit)
        }
    }
}
