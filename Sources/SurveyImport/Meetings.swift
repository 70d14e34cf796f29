internal import Survey

/// Columns of meetings: one row a meeting that is called.
enum MeetingColumn: Int, CaseIterable, ColumnIndex {
    case meeting
    case cycle
    case area
    case scheduledOn
    case place
    case agenda
    case noticeNumber
    case occurredOn

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .meeting:
            .required(
                "meeting",
                "รหัสการประชุมที่ตั้งเอง",
                "identifier of the meeting",
                "380151-m-1"
            )
        case .cycle: .cycle
        case .area:
            .required(
                "area",
                "รหัสพื้นที่ของคณะกรรมการ",
                "code of the area whose committee meets",
                "380151"
            )
        case .scheduledOn:
            .required("scheduled_on", "วันที่นัดประชุม", "day it is to be held", "20/11/2560")
        case .place:
            .required("place", "สถานที่", "place", "ที่ทำการ อบต.บึงกาฬ")
        case .agenda:
            .required("agenda", "ระเบียบวาระ", "agenda", "เตรียมความพร้อมและวางแผน")
        case .noticeNumber:
            .optional("notice_number", "ที่หนังสือเชิญ", "number of the notice", "บก 74801/ว 12")
        case .occurredOn: .occurredOn(example: "13/11/2560")
        }
    }
}

/// Columns of minutes: one row a resolution, consecutive rows of one `meeting` make its minutes.
enum MinutesColumn: Int, CaseIterable, ColumnIndex {
    case meeting
    case heldOn
    case attendees
    case guests
    case resolution
    case forCount
    case againstCount
    case abstainedCount
    case dissents

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .meeting:
            .required(
                "meeting",
                "รหัสการประชุมที่นัดไว้",
                "identifier of a meeting that was called",
                "380151-m-1"
            )
        case .heldOn:
            .required("held_on", "วันที่ประชุม", "day it was held", "20/11/2560")
        case .attendees:
            .optional(
                "attendees",
                "รหัสบุคคลของผู้มาประชุม คั่นด้วย |",
                "person identifiers of those who attended, separated by |",
                "chair-380151"
            )
        case .guests:
            .optional(
                "guests",
                "ผู้เข้าร่วมอื่น (คน) ที่ไม่ระบุชื่อ",
                "how many others attended, not named",
                "4"
            )
        case .resolution:
            .optional(
                "resolution",
                "มติ (แถวละหนึ่งมติ) เปิดเผยในบันทึก",
                "a resolution, one a row, open in the records",
                "ให้เริ่มจัดเก็บวันที่ 1 ธันวาคม 2560"
            )
        case .forCount:
            .optional("for", "เห็นชอบ (เสียง)", "votes for it", "1")
        case .againstCount:
            .optional("against", "ไม่เห็นชอบ (เสียง)", "votes against it", "0")
        case .abstainedCount:
            .optional("abstained", "งดออกเสียง (เสียง)", "abstentions", "0")
        case .dissents:
            .optional(
                "dissents",
                "ความเห็นแย้ง คั่นด้วย ; แต่ละรายการ: รหัสบุคคล|เหตุผล",
                "dissents separated by ;, each: person|reason"
            )
        }
    }
}

extension RowForm {
    mutating func meeting() -> Command {
        var meeting = Meeting()
        meeting.meeting = required(MeetingColumn.meeting)
        meeting.cycle = cycle(MeetingColumn.cycle)
        meeting.area = areaCode(MeetingColumn.area, lengths: [2, 4, 6, 8])
        meeting.scheduledOn = requiredDay(MeetingColumn.scheduledOn)
        meeting.place = required(MeetingColumn.place)
        meeting.agenda = required(MeetingColumn.agenda)
        meeting.noticeNumber = optional(MeetingColumn.noticeNumber)
        var command = Command()
        command.id = CommandID.make(
            kind: .meetings,
            cycle: meeting.cycle,
            group: meeting.area,
            key: meeting.meeting
        )
        command.occurredOn = optionalDay(MeetingColumn.occurredOn)
        command.callMeeting = meeting
        return command
    }

    mutating func minutes() -> PaperRow {
        var minutes = MeetingMinutes()
        minutes.meeting = required(MinutesColumn.meeting)
        minutes.heldOn = requiredDay(MinutesColumn.heldOn)
        minutes.attendees = names(MinutesColumn.attendees)
        minutes.guestCount = optionalNumber(MinutesColumn.guests)
        if !range(MinutesColumn.resolution).isEmpty { minutes.resolutions = [resolution()] }
        var command = Command()
        command.id = CommandID.make(
            kind: .minutes,
            cycle: "",
            group: minutes.meeting,
            key: minutes.meeting,
            minutes.heldOn
        )
        command.occurredOn = minutes.heldOn
        command.holdMeeting = minutes
        return paper(
            command,
            minutes.meeting,
            MinutesColumn.self,
            ownColumns: [.resolution, .forCount, .againstCount, .abstainedCount, .dissents]
        )
    }

    private mutating func resolution() -> Resolution {
        var resolution = Resolution()
        resolution.text = optional(MinutesColumn.resolution)
        resolution.forCount = optionalNumber(MinutesColumn.forCount)
        resolution.againstCount = optionalNumber(MinutesColumn.againstCount)
        resolution.abstainedCount = optionalNumber(MinutesColumn.abstainedCount)
        for part in split(range(MinutesColumn.dissents), at: UInt8(ascii: ";")) {
            let fields = split(row.trimmed(part), at: UInt8(ascii: "|"))
            guard fields.count == 2 else {
                let place = "[\(resolution.dissents.count + 1)]"
                report(.valueMissing, MinutesColumn.dissents, part: place)
                continue
            }
            var dissent = Dissent()
            dissent.person = text(in: row.trimmed(fields[0]))
            dissent.reason = text(in: row.trimmed(fields[1]))
            resolution.dissents.append(dissent)
        }
        return resolution
    }

    /// Identifiers of persons, separated by bars.
    mutating func names(_ column: some ColumnIndex) -> [String] {
        split(range(column), at: UInt8(ascii: "|")).map { part in
            let name = text(in: row.trimmed(part))
            if name.utf8.count == 13, CitizenID.problem(of: name) == nil {
                report(.identifierIsPersonal, column)
            }
            return name
        }
    }
}
