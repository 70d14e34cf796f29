package import GRDB
package import ProjectionRuntime
package import Survey

/// One day of an area: what people typed beside what the records say, up to the end of the day.
package struct DailyProgressRow: Codable, Sendable, Hashable {
    package let day: String
    /// Households interviewed by then, as far as they are recorded now.
    package let collected: Int64
    /// Households that had a record by then.
    package let recorded: Int64
    package let typedCollected: Int64?
    package let typedRecorded: Int64?
    /// Typed less derived.
    package let collectedDifference: Int64?
    package let recordedDifference: Int64?
    package let documentNumber: String?
    package let revisionCount: Int
    /// Of the last revision.
    package let reason: String?
    /// Nothing was typed, and the area owed a report.
    package let isMissing: Bool
}

extension ProgressReadModel {
    private struct ReportRow: ReadModelRow {
        let day: String
        let collectedCount: Int64
        let recordedCount: Int64
        let documentNumber: String?
        let revisionCount: Int
        let reason: String?
    }

    private struct InterviewRow: ReadModelRow {
        let day: String
        let households: Int64
    }

    /// Every day on which the area owed a report, and whatever was typed before or after.
    ///
    /// They begin with the first interview, record or typed figure, or with `start`, the day for which
    /// collecting was planned, if that is earlier; and end with the day the target was reached, else
    /// with `end`, or with what was done or typed after it.
    package static func daily(
        cycle: String,
        of scope: AreaScope,
        from start: Day? = nil,
        to end: Day? = nil,
        _ db: Database
    ) throws -> [DailyProgressRow] {
        // Certifications have days there, too.
        let acts = try days(cycle: cycle, of: scope, db).filter {
            $0.collected != 0 || $0.notCollected != 0 || $0.corrected != 0
        }
        let interviews = try InterviewRow.fetchAll(
            db,
            sql: """
                SELECT day, SUM(households) AS households FROM progress_interview
                WHERE cycle = ? AND \(scope.condition)
                GROUP BY day HAVING SUM(households) <> 0 ORDER BY day
                """,
            arguments: StatementArguments([cycle] + scope.arguments)
        )
        let typed = try ReportRow.fetchAll(
            db,
            sql: """
                SELECT day, collected_count, recorded_count, document_number, revision_count, reason
                FROM progress_report WHERE cycle = ? AND area = ? ORDER BY day
                """,
            arguments: [cycle, scope.code]
        )
        let target = try progress(cycle: cycle, level: scope.level, within: scope, db)
            .first { $0.area == scope.code }?.target
        let work = working(acts, interviews, typed, target: target ?? 0, start, end)
        return rows(work, acts, interviews, typed)
    }

    /// The days between which an area owed reports; nil while it does not.
    private static func working(
        _ acts: [ProgressDayRow],
        _ interviews: [InterviewRow],
        _ typed: [ReportRow],
        target: Int64,
        _ start: Day?,
        _ end: Day?
    ) -> ClosedRange<Day>? {
        // ISO days compare as text.
        let first = [start?.iso, acts.first?.day, interviews.first?.day, typed.first?.day]
            .compactMap(\.self).min()
        let completed = acts.first {
            target > 0 && $0.collectedTotal + $0.notCollectedTotal >= target
        }
        let last = [end?.iso, acts.last?.day, interviews.last?.day, typed.last?.day]
            .compactMap(\.self).max()
        guard let first = first.flatMap({ Day(iso: $0) }),
            let last = (completed?.day ?? last).flatMap({ Day(iso: $0) }), first <= last
        else { return nil }
        return first...last
    }

    private static func rows(
        _ work: ClosedRange<Day>?,
        _ acts: [ProgressDayRow],
        _ interviews: [InterviewRow],
        _ typed: [ReportRow]
    ) -> [DailyProgressRow] {
        var dates = Set(typed.map(\.day))
        if let work {
            let count = work.upperBound - work.lowerBound
            dates.formUnion((0...count).map { (work.lowerBound + $0).iso })
        }
        let reports = Dictionary(typed.map { ($0.day, $0) }, uniquingKeysWith: { $1 })
        var (recorded, collected): (Int64, Int64) = (0, 0)
        var (nextAct, nextInterview) = (0, 0)
        return dates.sorted().map { day in
            while nextAct < acts.count, acts[nextAct].day <= day {
                recorded = acts[nextAct].collectedTotal
                nextAct += 1
            }
            while nextInterview < interviews.count, interviews[nextInterview].day <= day {
                collected += interviews[nextInterview].households
                nextInterview += 1
            }
            let report = reports[day]
            let isWorking = Day(iso: day).map { work?.contains($0) ?? false } ?? false
            return DailyProgressRow(
                day: day,
                collected: collected,
                recorded: recorded,
                typedCollected: report?.collectedCount,
                typedRecorded: report?.recordedCount,
                collectedDifference: report.map { $0.collectedCount - collected },
                recordedDifference: report.map { $0.recordedCount - recorded },
                documentNumber: report?.documentNumber,
                revisionCount: report?.revisionCount ?? 0,
                reason: report?.reason,
                isMissing: report == nil && isWorking
            )
        }
    }
}
