import Foundation
import TestSupport
import Testing

/// The register of the whole country, as it was found.
@Suite struct `All areas of Thailand` {
    @Test(.enabled(if: SharedData.isPresent("areas/thailand.csv"), "no shared data"))
    func `are imported whole and found again by code`() throws {
        let scratch = try Scratch()
        let ledger = scratch.path("ledger")
        let created = try Tool.bmn("init", ledger, "--origin", "example.org/thailand")
        try #require(created.status == 0, "\(created.error)")
        let path = SharedData.url("areas/thailand.csv").path
        let run = try Tool.bmn("import", "areas", ledger, path, "--atomic")
        #expect(run.status == 0, "\(run.text)\(run.error)")
        var counts: [String: Int] = [:]
        let log = try Tool.bmn("log", ledger, "--type", "areaDefined")
        for line in log.lines {
            let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let event = record?["event"] as? [String: Any]
            let area = try #require(event?["areaDefined"] as? [String: Any])
            counts[try #require(area["level"] as? String), default: 0] += 1
        }
        #expect(counts == ["province": 77, "district": 928, "tambon": 7436])
        // Names as the published table of provinces has them.
        let provinces = try SharedData.rows("bmn/provinces-2561.csv")
            .filter { $0["province_code"]?.isEmpty == false }
        #expect(provinces.count == 40)
        for row in provinces {
            let page = try Tool.bmn("show", ledger, "area", row["province_code"] ?? "", "--json")
            let shown = try page.object()
            let area = shown["area"] as? [String: Any] ?? shown
            #expect(area["nameTh"] as? String == row["name_th"], "\(shown)")
        }
        let verified = try Tool.shell("\"$BMN_AUDIT\" verify '\(ledger)'")
        #expect(verified.status == 0, "\(verified.text)\(verified.error)")
    }
}
