import CalendarProjection
import Ledger
import LedgerReader
import ProjectionRuntime
import Survey

/// On which days the acts of a certification were recorded; what their actors say is another thing.
struct RecordingDays: Encodable {
    let prepared: String?
    let issued: String?
    let submitted: String?
    let withdrawn: String?

    init(_ row: CertificationRow, _ models: borrowing ReadModels) throws {
        prepared = try models.recordingDay(row.preparedAtIndex)
        issued = try models.recordingDay(row.issuedAtIndex)
        submitted = try models.recordingDay(row.submittedAtIndex)
        withdrawn = try models.recordingDay(row.withdrawnAtIndex)
    }
}

/// An entry of the calendar, and when what met it was recorded.
struct RecordedEntry: Encodable {
    let entry: CalendarEntry
    let recordedOn: String?

    /// Done in time by the day that its actor states, and recorded when it was over.
    var isRecordedLate: Bool {
        entry.status == .met && recordedOn.map { $0 > entry.deadline.due } ?? false
    }

    static func of(
        _ entries: [CalendarEntry],
        _ models: borrowing ReadModels
    ) throws -> [RecordedEntry] {
        var recorded: [RecordedEntry] = []
        for entry in entries {
            let day = try models.recordingDay(entry.doneAtIndex)
            recorded.append(RecordedEntry(entry: entry, recordedOn: day))
        }
        return recorded
    }

    private enum Key: String, CodingKey { case recordedOn }

    func encode(to encoder: any Encoder) throws {
        try entry.encode(to: encoder)
        var members = encoder.container(keyedBy: Key.self)
        try members.encodeIfPresent(recordedOn, forKey: .recordedOn)
    }
}

extension ReadModels {
    /// ISO, in Thailand.
    func recordingDay(_ index: Int64?) throws -> String? {
        guard let index else { return nil }
        return try snapshot.recordedEvent(UInt64(clamping: index))?
            .envelope.recordedAt.bangkokDay.iso
    }
}

extension Page {
    /// The day of an act, and that of its record where it is another.
    func day(_ iso: String?, recordedOn: String?) -> String {
        guard let iso, let recordedOn, iso != recordedOn else { return day(iso) }
        return choose(
            "\(day(iso)) (บันทึกเมื่อ \(day(recordedOn)))",
            "\(day(iso)) (recorded on \(day(recordedOn)))"
        )
    }
}
