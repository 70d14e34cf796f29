import Evidence
import Survey
import Testing

/// A statement names the indicators of its cycle's edition, so a bundle needs that.
@Suite struct BundleEditionTests {
    private func streams(_ editions: [String: String]) -> Set<String> {
        var prepared = Event()
        prepared.certificationPrepared.cycle = "2567"
        prepared.certificationPrepared.area = "9981"
        let cycles = editions.map { cycle, edition in
            var event = Event()
            (event.cycleDefined.cycle, event.cycleDefined.edition) = (cycle, edition)
            return event
        }
        return BundleScope(.certification("c-1"), events: [prepared]).furtherStreams(cycles)
    }

    @Test func `The edition of the cycle is given where the ledger defined it`() {
        #expect(streams(["2567": "2566", "2561": "2565"]) == ["edition/2566"])
        #expect(streams(["2567": "2560-2564"]) == [])
    }
}
