import ArgumentParser
import Ledger
import Survey

extension EventKind: ExpressibleByArgument {}

/// A day on the command line, in any form that people write.
struct CalendarDay: ExpressibleByArgument {
    let day: Day

    init?(argument: String) {
        guard let day = try? ThaiDate.parse(argument) else { return nil }
        self.day = day
    }
}

/// A time on the command line: an instant, or the beginning of a day in Thailand.
struct Moment: ExpressibleByArgument {
    let time: RecordTime

    init?(argument: String) {
        if let day = try? ThaiDate.parse(argument) {
            let start = (Int64(day.daysSinceEpoch) * 86_400 - 7 * 3600) * 1_000_000
            guard let time = RecordTime(unixMicroseconds: start) else { return nil }
            self.time = time
        } else if let time = RecordTime(text: Self.withMicroseconds(argument).utf8Span.span) {
            self.time = time
        } else {
            return nil
        }
    }

    /// Records have six digits after the second; people may leave them out.
    private static func withMicroseconds(_ text: String) -> String {
        guard text.utf8.count == 20, text.hasSuffix("Z") else { return text }
        return text.dropLast() + ".000000Z"
    }
}
