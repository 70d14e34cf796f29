import AppointmentsProjection
import AreasProjection
import AuditReport
import Ledger
import LedgerReader
import MeetingsProjection
import ProjectionRuntime
import Survey

/// The notice of a meeting, and the sheet on which those who come sign.
struct MeetingPaper {
    static let projections: [any Projection] = [
        AppointmentReadModel(), AreaReadModel(), MeetingReadModel(),
    ]

    private let paper: PaperWriter
    private let meeting: MeetingRow
    private let area: AreaRow?
    private let members: [AppointmentRow]
    private let attendees: Set<String>
    private let proof: PaperProof
    private let names: [String: String]

    init(
        _ id: String,
        _ models: borrowing ReadModels,
        _ names: Names?,
        _ language: Language
    ) throws {
        let today = models.day
        let found = try models.read { db -> (MeetingRow, AreaRow?, [AppointmentRow], [String]) in
            guard let meeting = try MeetingReadModel.meeting(id, db) else {
                throw Rejection(.meetingUnknown, id)
            }
            // Who sits on the committee on the day that it meets.
            let day = Day(iso: meeting.heldOn ?? meeting.scheduledOn) ?? today
            let members = try AppointmentReadModel.inForce(
                area: meeting.area,
                cycle: meeting.cycle,
                on: day,
                db
            )
            return (
                meeting, try AreaReadModel.area(meeting.area, db),
                members.filter { $0.kind == "committee" },
                try MeetingReadModel.attendees(of: id, db)
            )
        }
        paper = PaperWriter(language)
        (meeting, area, members) = (found.0, found.1, found.2)
        attendees = Set(found.3)
        proof = try PaperProof(UInt64(clamping: found.0.calledAtIndex), models)
        var opened: [String: String] = [:]
        if let names {
            for member in found.2 {
                let records = try models.records(ofStream: "person/\(member.person)")
                let name = try names.person(records, models.snapshot).value?.fullName
                if let name, !name.isEmpty { opened[member.person] = name }
            }
        }
        self.names = opened
    }

    func html(_ signer: PaperSigner) -> String {
        let place = paper.place(area, meeting.area)
        let title = paper.choose(
            "เชิญประชุมคณะกรรมการ \(place)",
            "Notice of meeting: committee of \(place)"
        )
        let number = [meeting.noticeNumber].compactMap(\.self).map { number -> Markup in
            "<p class=\"centre\">\(paper.choose("ที่ ", "No. ") + paper.digits(number))</p>\n"
        }
        let facts = [
            (paper.choose("วันที่", "Day"), paper.day(meeting.heldOn ?? meeting.scheduledOn)),
            (paper.choose("สถานที่", "Place"), meeting.place),
            (paper.choose("ระเบียบวาระ", "Agenda"), meeting.agenda),
        ]
        let lines = facts.map { fact -> Markup in "<p>\(fact.0): \(fact.1)</p>\n" }
        let head: Markup = """
            <h1>\(title)</h1>
            \(number)\(lines)
            """
        let sheetTitle = paper.choose("ใบลงชื่อผู้เข้าประชุม", "Attendance")
        let sheet: Markup = "<h2>\(sheetTitle)</h2>\n\(table)"
        let recorded = paper.choose(
            "บัญชีบันทึกวัน สถานที่ วาระ และรายชื่อกรรมการตามคำสั่งที่มีผลในวันประชุม",
            "The ledger records day, place, agenda, and the members whom orders in force that day name."
        )
        return Paper(
            language: paper.language,
            title: title,
            body: paper.translationNote + notes
                + [head, paper.signature(signer), sheet, paper.footer(proof, recorded)]
        ).html
    }

    private var notes: [Markup] {
        guard let reason = meeting.cancellationReason else { return [] }
        return [paper.note(paper.choose("ยกเลิกแล้ว: \(reason)", "Cancelled: \(reason)"))]
    }

    private var table: Markup {
        let isHeld = meeting.heldOn != nil
        let rows = members.enumerated().map { offset, member in
            let came = attendees.contains(member.person)
            let mark = came ? paper.choose("มา", "present") : paper.choose("ไม่มา", "absent")
            return [
                paper.digits("\(offset + 1)"),
                names[member.person].map { "\($0) (\(member.person))" } ?? member.person,
                paper.word(member.role), isHeld ? mark : "",
            ]
        }
        let titles = [
            paper.choose("ที่", "No."), paper.choose("ชื่อ", "Name"),
            paper.choose("ตำแหน่ง", "Role"),
            isHeld ? paper.choose("มาประชุม", "Attended") : paper.choose("ลายมือชื่อ", "Signature"),
        ]
        return paper.table(titles, rows)
    }
}
