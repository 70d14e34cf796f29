package import GRDB
package import ProjectionRuntime
package import Survey

/// Meetings of committees: called, held with or without a quorum, or cancelled.
package struct MeetingReadModel: Projection {
    package let name = "meetings"
    package let version = 3
    package let kinds: Set<EventKind> = [
        .meetingCalled, .meetingHeld, .meetingCancelled, .paperWithdrawn,
    ]
    package let needsHouseholds = false
    package let tables = [
        meetings, attendees, resolutions, dissents, documents.table, withdrawals.table,
    ]

    package init() {}

    static let documents = DocumentTable(name: "meeting_document")
    static let withdrawals = WithdrawalTable(name: "meeting_withdrawal")

    private static let meetings = ProjectionTable(
        name: "meeting",
        key: ["meeting"],
        schema: """
            CREATE TABLE meeting (
                meeting TEXT PRIMARY KEY,
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,          -- whose committee meets
                status TEXT NOT NULL,        -- called, held, cancelled
                scheduled_on TEXT NOT NULL,
                place TEXT NOT NULL,
                agenda TEXT NOT NULL,
                notice_number TEXT,
                called_on TEXT NOT NULL,     -- day of the act
                held_on TEXT,
                guest_count INTEGER,
                member_count INTEGER,        -- of the committee on the day it was held
                present_count INTEGER,
                quorum_count INTEGER,        -- how many of them must attend
                cancelled_on TEXT,
                cancellation_reason TEXT,
                called_at_index INTEGER NOT NULL,
                closed_at_index INTEGER      -- of the minutes or the cancellation
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX meeting_by_area ON meeting (cycle, area)"]
    )

    private static let attendees = ProjectionTable(
        name: "meeting_attendee",
        key: ["meeting", "person"],
        schema: """
            CREATE TABLE meeting_attendee (
                meeting TEXT NOT NULL,
                person TEXT NOT NULL,
                PRIMARY KEY (meeting, person)
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX meeting_attendee_by_person ON meeting_attendee (person)"]
    )

    private static let resolutions = ProjectionTable(
        name: "meeting_resolution",
        key: ["meeting", "position"],
        schema: """
            CREATE TABLE meeting_resolution (
                meeting TEXT NOT NULL,
                position INTEGER NOT NULL,   -- from 1
                text TEXT NOT NULL,
                for_count INTEGER NOT NULL,
                against_count INTEGER NOT NULL,
                abstained_count INTEGER NOT NULL,
                PRIMARY KEY (meeting, position)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let dissents = ProjectionTable(
        name: "meeting_dissent",
        key: ["meeting", "position", "person"],
        schema: """
            CREATE TABLE meeting_dissent (
                meeting TEXT NOT NULL,
                position INTEGER NOT NULL,   -- of the resolution
                person TEXT NOT NULL,
                reason TEXT NOT NULL,
                PRIMARY KEY (meeting, position, person)
            ) STRICT, WITHOUT ROWID
            """
    )

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            switch record.event.kind {
            case .meetingCalled(let meeting): try call(meeting, record, db)
            case .meetingHeld(let minutes): try hold(minutes, record, db)
            case .meetingCancelled(let cancellation):
                try db.run(
                    """
                    UPDATE meeting SET status = 'cancelled', cancelled_on = ?,
                        cancellation_reason = ?, closed_at_index = ? WHERE meeting = ?
                    """,
                    [
                        record.day.iso, cancellation.reason, record.rowIndex,
                        cancellation.meeting,
                    ]
                )
            case .paperWithdrawn(let withdrawal) where withdrawal.kind == .minutes:
                try Self.withdrawals.save(withdrawal, record, db)
                try reopen(withdrawal.paper, db)
            default: break
            }
        }
    }

    /// The meeting without its minutes, which nothing counts any more.
    private func reopen(_ meeting: String, _ db: Database) throws {
        try db.run(
            """
            UPDATE meeting SET status = 'called', held_on = NULL, guest_count = NULL,
                member_count = NULL, present_count = NULL, quorum_count = NULL,
                closed_at_index = NULL WHERE meeting = ?
            """,
            [meeting]
        )
        for table in ["meeting_attendee", "meeting_resolution", "meeting_dissent"] {
            try db.run("DELETE FROM \(table) WHERE meeting = ?", [meeting])
        }
        try Self.documents.remove(.meetingHeld, of: meeting, db)
    }

    private func call(_ meeting: Meeting, _ record: ProjectedRecord, _ db: Database) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO meeting (meeting, cycle, area, status, scheduled_on, place,
                agenda, notice_number, called_on, called_at_index)
            VALUES (?, ?, ?, 'called', ?, ?, ?, ?, ?, ?)
            """,
            [
                meeting.meeting, meeting.cycle, meeting.area, meeting.scheduledOn, meeting.place,
                meeting.agenda, meeting.noticeNumber.nonEmpty, record.day.iso, record.rowIndex,
            ]
        )
        try Self.documents.save(meeting.documents, of: meeting.meeting, record, db)
    }

    private func hold(
        _ minutes: MeetingMinutes,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            UPDATE meeting SET status = 'held', held_on = ?, guest_count = ?, member_count = ?,
                present_count = ?, quorum_count = ?, closed_at_index = ? WHERE meeting = ?
            """,
            [
                minutes.heldOn, minutes.guestCount, minutes.memberCount, minutes.presentCount,
                minutes.quorumCount, record.rowIndex, minutes.meeting,
            ]
        )
        for person in minutes.attendees {
            try db.run(
                "INSERT OR IGNORE INTO meeting_attendee VALUES (?, ?)",
                [minutes.meeting, person]
            )
        }
        for (offset, resolution) in minutes.resolutions.enumerated() {
            try db.run(
                "INSERT OR REPLACE INTO meeting_resolution VALUES (?, ?, ?, ?, ?, ?)",
                [
                    minutes.meeting, offset + 1, resolution.text, resolution.forCount,
                    resolution.againstCount, resolution.abstainedCount,
                ]
            )
            for dissent in resolution.dissents {
                try db.run(
                    "INSERT OR REPLACE INTO meeting_dissent VALUES (?, ?, ?, ?)",
                    [minutes.meeting, offset + 1, dissent.person, dissent.reason]
                )
            }
        }
        try Self.documents.save(minutes.documents, of: minutes.meeting, record, db)
    }
}
