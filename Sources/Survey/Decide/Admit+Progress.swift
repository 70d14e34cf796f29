/// Rules of the progress that people type in, day by day. What the records say is beside it on pages.
extension State {
    func admitProgress(_ progress: DailyProgress, _ act: Act) throws(Rejection) {
        let cycle = try requireCycle(progress.cycle)
        guard try requireArea(progress.area).area.level != .province else {
            throw Rejection(.areaLevelMismatch, progress.area)
        }
        try requireInside(cycle, progress.area)
        try Validation.pastDay(progress.day, "day", act)
        try requirePlausible(progress)
        try Validation.optionalPaperText(progress.documentNumber, "documentNumber")
        guard programme.progress[progress.stream] == nil else {
            throw Rejection(.progressAlreadyReported, progress.subject)
        }
    }

    func admitProgressRevision(_ revision: DailyProgressRevision) throws(Rejection) {
        let progress = revision.reported
        guard let known = programme.progress[progress.stream] else {
            throw Rejection(.progressNotReported, progress.subject)
        }
        try requirePlausible(progress)
        try Validation.reason(revision.reason)
        guard
            (known.collectedCount, known.recordedCount)
                != (progress.collectedCount, progress.recordedCount)
        else { throw Rejection(.progressUnchanged, progress.subject) }
    }

    private func requirePlausible(_ progress: DailyProgress) throws(Rejection) {
        guard max(progress.collectedCount, progress.recordedCount) <= Limit.progressCount else {
            throw Rejection(.progressTooLarge, progress.subject)
        }
    }
}
