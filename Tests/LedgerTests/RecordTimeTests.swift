import Ledger
import LedgerTestSupport
import Survey
import TestSupport
import Testing

@Suite struct RecordTimeTests {
    private func time(_ text: String) -> RecordTime? {
        RecordTime(text: Array(text.utf8).span)
    }

    @Test func `Times and their text are one to one`() {
        var generator = SeededGenerator.announced(for: "RecordTime")
        var last: RecordTime?
        var numbers = (0..<2000).map { _ in
            Int64.random(in: 0..<13_569_465_600_000_000, using: &generator)
        }
        numbers += [0, 1, 13_569_465_599_999_999, 951_782_400_000_000]
        for number in numbers.sorted() {
            let time = RecordTime(unixMicroseconds: number)
            #expect(time?.unixMicroseconds == number)
            guard let time else { continue }
            #expect(time.text.utf8.count == RecordTime.byteCount)
            #expect(self.time(time.text) == time)
            // Equal length, so the order of texts is the order of times.
            if let last { #expect((last.text < time.text) == (last < time)) }
            last = time
        }
    }

    @Test func `Known times have their text`() {
        #expect(RecordTime(unixMicroseconds: 0)?.text == "1970-01-01T00:00:00.000000Z")
        let leapDay = RecordTime(unixMicroseconds: 951_782_400_000_001)
        #expect(leapDay?.text == "2000-02-29T00:00:00.000001Z")
        let last = RecordTime(unixMicroseconds: 13_569_465_599_999_999)
        #expect(last?.text == "2399-12-31T23:59:59.999999Z")
    }

    @Test func `Beyond its years there is no time`() {
        for number in [Int64.min, -1, 13_569_465_600_000_000, .max] {
            #expect(RecordTime(unixMicroseconds: number) == nil)
        }
        for text in [
            "", "1969-12-31T23:59:59.999999Z", "2400-01-01T00:00:00.000000Z",
            "0000-00-00T00:00:00.000000Z", "2018-02-29T00:00:00.000000Z",
            "2018-04-31T00:00:00.000000Z", "2018-02-01T00:60:00.000000Z",
            "2018-02-01T00:00:60.000000Z", "2018-02-01T00:00:00,000000Z",
            "2018-02-01T00:00:00.00000 Z", "2018-02-01T00:00:00.0000000Z",
            "+018-02-01T00:00:00.000000Z", "2018-2-010T00:00:00.000000Z",
        ] {
            #expect(time(text) == nil, "\(text)")
        }
    }

    @Test func `The day in Bangkok begins at 17 o'clock UTC`() {
        #expect(time("2018-01-31T16:59:59.999999Z")?.bangkokDay.iso == "2018-01-31")
        #expect(time("2018-01-31T17:00:00.000000Z")?.bangkokDay.iso == "2018-02-01")
    }
}
