import Ledger
import LedgerReader
import Survey

/// How much personal data of one cycle, or of persons, is still there, and since when.
struct RetentionCount {
    /// Whose key is there.
    var heldCount = 0
    /// Whose last act was before the bound, of those.
    var olderCount = 0
    var erasedCount = 0
    /// The days of the last act on each that is held: the earliest and the latest.
    var earliest: Day?
    var latest: Day?

    mutating func hold(_ lastActOn: Day, bound: Day?) {
        heldCount += 1
        if let bound, lastActOn < bound { olderCount += 1 }
        earliest = min(earliest ?? lastActOn, lastActOn)
        latest = max(latest ?? lastActOn, lastActOn)
    }

    /// By cycle; persons, who belong to none, under the empty name.
    static func count(
        _ snapshot: borrowing LedgerSnapshot,
        before bound: Day?
    ) throws -> [String: RetentionCount] {
        var subjects: [String: Held] = [:]
        // Scanned and not decoded: kind and envelope tell it all.
        try snapshot.forEachRecord { _, bytes in
            let record = try RecordScanner.scan(bytes)
            let stream = record.envelope.stream
            let isSubject = stream.hasPrefix("household/") || stream.hasPrefix("person/")
            if isSubject, let kind = record.kind {
                subjects[stream, default: Held()].note(kind, on: record.envelope.day)
            }
            return true
        }
        var counts: [String: RetentionCount] = [:]
        for (stream, held) in subjects {
            let parts = stream.split(separator: "/")
            let cycle = parts.count == 3 ? String(parts[1]) : ""
            if held.isHeld {
                counts[cycle, default: RetentionCount()].hold(held.lastActOn, bound: bound)
            } else if held.isErased {
                counts[cycle, default: RetentionCount()].erasedCount += 1
            }
        }
        return counts
    }
}

/// One household or person, as far as keeping its data goes.
private struct Held {
    var lastActOn = Day(daysSinceEpoch: 0)
    var isHeld = false
    var isErased = false

    mutating func note(_ kind: EventKind, on day: Day) {
        lastActOn = max(lastActOn, day)
        switch kind {
        // Neither is recorded without sealed data.
        case .householdRecorded, .personRegistered: (isHeld, isErased) = (true, false)
        case .personalDataErased: (isHeld, isErased) = (false, true)
        default: break
        }
    }
}
