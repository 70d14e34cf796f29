import Survey
import Testing

@Suite struct ReferenceIndicatorCountsTests {
    static let none = String(repeating: "0", count: 31)

    @Test func `Counts are one base-62 digit each, indicator 1 first`() throws {
        var counts = IndicatorCounts(count: 31)
        try counts.set(1, inScope: 9, failing: 0)
        try counts.set(2, inScope: 10, failing: 9)
        try counts.set(3, inScope: 35, failing: 10)
        try counts.set(4, inScope: 36, failing: 35)
        try counts.set(31, inScope: 61, failing: 61)
        #expect(counts.inScopeDigits == "9AZa" + String(repeating: "0", count: 26) + "z")
        #expect(counts.failingDigits == "09AZ" + String(repeating: "0", count: 26) + "z")
        let read = try IndicatorCounts(
            inScope: counts.inScopeDigits,
            failing: counts.failingDigits
        )
        #expect(read == counts)
        #expect(read.hashValue == counts.hashValue)
        #expect(read != IndicatorCounts(count: 31))
        #expect(IndicatorCounts(count: 30) != IndicatorCounts(count: 31))
    }

    @Test func `Any counts read back from their digits`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<200 {
            let count = 1 + next(40)
            var counts = IndicatorCounts(count: count)
            for indicator in 1...count {
                let inScope = next(62)
                try counts.set(indicator, inScope: inScope, failing: next(inScope + 1))
            }
            let read = try IndicatorCounts(
                inScope: counts.inScopeDigits,
                failing: counts.failingDigits
            )
            #expect(read == counts, "seed \(seed)")
            #expect(counts.inScopeDigits.utf8.count == count)
        }
    }

    @Test func `Nobody in scope is not applicable, and one failing person fails`() throws {
        var counts = IndicatorCounts(count: 31)
        #expect(counts.result(24) == .notApplicable)
        try counts.set(24, inScope: 4, failing: 0)
        #expect(counts.result(24) == .passed)
        try counts.set(24, inScope: 4, failing: 1)
        #expect(counts.result(24) == .failed)
        #expect(counts.inScope(24) == 4)
        #expect(counts.failing(24) == 1)
    }

    @Test func `Digits that are not a household's answers are refused`() {
        let none = Self.none
        #expect(throws: IndicatorCountsProblem.wrongLength) {
            try IndicatorCounts(inScope: "", failing: none)
        }
        #expect(throws: IndicatorCountsProblem.wrongLength) {
            try IndicatorCounts(inScope: none, failing: none + "0")
        }
        let tooMany = String(repeating: "0", count: 41)
        #expect(throws: IndicatorCountsProblem.wrongLength) {
            try IndicatorCounts(inScope: tooMany, failing: tooMany)
        }
        #expect(throws: IndicatorCountsProblem.notADigit(indicator: 31)) {
            try IndicatorCounts(inScope: none.dropLast() + "-", failing: none)
        }
        for bad in ["/", ":", "@", "[", "`", "{", " "] {
            #expect(throws: IndicatorCountsProblem.notADigit(indicator: 1)) {
                try IndicatorCounts(inScope: none, failing: bad + none.dropFirst())
            }
        }
        #expect(throws: IndicatorCountsProblem.failingExceedsInScope(indicator: 2)) {
            try IndicatorCounts(inScope: none, failing: "01" + none.dropFirst(2))
        }
    }

    @Test func `Counts out of their limits are refused`() {
        var counts = IndicatorCounts(count: 31)
        #expect(throws: IndicatorCountsProblem.tooLarge(indicator: 3)) {
            try counts.set(3, inScope: 62, failing: 0)
        }
        #expect(throws: IndicatorCountsProblem.tooLarge(indicator: 3)) {
            try counts.set(3, inScope: 1, failing: -1)
        }
        #expect(throws: IndicatorCountsProblem.failingExceedsInScope(indicator: 3)) {
            try counts.set(3, inScope: 1, failing: 2)
        }
        #expect(throws: IndicatorCountsProblem.noSuchIndicator(0)) {
            try counts.set(0, inScope: 1, failing: 0)
        }
        #expect(throws: IndicatorCountsProblem.noSuchIndicator(32)) {
            try counts.set(32, inScope: 1, failing: 0)
        }
        #expect(counts == IndicatorCounts(count: 31))
    }
}
