import Foundation
import Testing

/// The real areas of Bueng Kan and its registered houses of 31 December 2017, taken as targets.
@Suite struct `The whole province of Bueng Kan` {
    private static let folder: URL = {
        // Resolving first lets a package that links to these tests find the repository's own root.
        let file = URL(filePath: #filePath).resolvingSymlinksInPath()
        let root = file.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.deletingLastPathComponent().appending(path: "shared/data/areas")
    }()

    /// Rows by column name; these files quote nothing.
    private static func rows(_ name: String) throws -> [[String: String]] {
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        try #require(!text.contains("\""))
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        return lines.dropFirst().map { line in
            Dictionary(zip(lines[0], line)) { first, _ in first }
        }
    }

    private struct Part: Hashable {
        let tambon: String
        let lao: String
    }

    /// Houses by the part of a tambon that lies in one LAO.
    ///
    /// Published are the sums by tambon and by LAO. Tambons and LAOs that share a part form trees,
    /// so that taking a leaf again and again leaves one solution, which meets all sums.
    private static func parts(
        _ tambons: [String: Int],
        _ laos: [String: Int],
        _ covered: [Part]
    ) throws -> [Part: Int] {
        var (tambons, laos) = (tambons, laos)
        var open = Set(covered)
        var houses: [Part: Int] = [:]
        while !open.isEmpty {
            let leaf = open.first { part in
                open.count { $0.tambon == part.tambon } == 1
                    || open.count { $0.lao == part.lao } == 1
            }
            let part = try #require(leaf)
            let isTambonLeaf = open.count { $0.tambon == part.tambon } == 1
            let count = try #require(isTambonLeaf ? tambons[part.tambon] : laos[part.lao])
            try #require(count > 0)
            houses[part] = count
            tambons[part.tambon, default: 0] -= count
            laos[part.lao, default: 0] -= count
            open.remove(part)
        }
        try #require(tambons.values.allSatisfy { $0 == 0 } && laos.values.allSatisfy { $0 == 0 })
        return houses
    }

    private static func covered(_ laos: [[String: String]]) -> [Part] {
        laos.flatMap { lao in
            (lao["tambon_covered_2017"] ?? "").split(separator: "|").map { tambon in
                Part(tambon: String(tambon), lao: lao["code"] ?? "")
            }
        }
    }

    /// A target for each village and LAO, an equal share of its tambon's part.
    private static func targets(
        _ parts: [Part: Int],
        _ villages: [[String: String]]
    ) throws -> String {
        let villages = Dictionary(grouping: villages) { $0["parent_code"] ?? "" }
        var csv = "cycle,village,lao,households,questionnaires\n"
        for (part, houses) in parts.sorted(by: {
            ($0.key.tambon, $0.key.lao) < ($1.key.tambon, $1.key.lao)
        }) {
            let places = try #require(villages[part.tambon])
            for (number, village) in places.enumerated() {
                let share = houses / places.count + (number < houses % places.count ? 1 : 0)
                csv += "2561,\(village["code"] ?? ""),\(part.lao),\(share),\(share)\n"
            }
        }
        return csv
    }

    @Test func `targets of all villages add up to the published houses at every level`() throws {
        guard FileManager.default.isReadableFile(atPath: Self.folder.path) else {
            print("skipped: the real areas are not beside the repository")
            return
        }
        let scratch = try Scratch()
        let ledger = scratch.path("ledger")
        func succeed(_ run: Run) throws { try #require(run.status == 0, "\(run.text)\(run.error)") }
        try succeed(Tool.bmn("init", ledger, "--origin", "example.org/bueng-kan"))

        // The LAOs of the first file lack what they cover; the second has it.
        let file = try String(
            contentsOf: Self.folder.appending(path: "bueng-kan.csv"),
            encoding: .utf8
        )
        let places = file.split(whereSeparator: \.isNewline).filter { !$0.contains(",lao,") }
        let first = try scratch.write("areas.csv", places.joined(separator: "\n") + "\n")
        try succeed(Tool.bmn("import", "areas", ledger, first))
        let second = Self.folder.appending(path: "bueng-kan-lao.csv").path
        try succeed(Tool.bmn("import", "areas", ledger, second))
        let cycle = try Tool.bmn("cycle", "defaults", "--year", "2561", "--province", "38")
        try succeed(Tool.bmn("submit", ledger, input: cycle.output))

        let areas = try Self.rows("bueng-kan.csv")
        let laoRows = try Self.rows("bueng-kan-lao.csv")
        let tambons = Dictionary(
            uniqueKeysWithValues: try Self.rows("bueng-kan-houses-2017.csv").map {
                ($0["tambon_code"] ?? "", try #require(Int($0["houses"] ?? "")))
            }
        )
        // The provincial organisation covers no tambon of its own.
        let laos = Dictionary(
            uniqueKeysWithValues: laoRows.compactMap { row in
                Int(row["houses_2017_12_31"] ?? "").map { (row["code"] ?? "", $0) }
            }
        )
        let villages = areas.filter { $0["level"] == "village" }
        #expect(villages.count == 617)
        #expect(laoRows.count == 60)
        let targets = try Self.targets(Self.parts(tambons, laos, Self.covered(laoRows)), villages)
        try succeed(Tool.bmn("import", "targets", ledger, scratch.write("targets.csv", targets)))

        func sums(_ area: String, by level: String) throws -> [String: Int] {
            let page = try Tool.bmn("show", ledger, "progress", area, "--by", level, "--json")
            let parts = try #require(page.object()["parts"] as? [[String: Any]])
            return Dictionary(
                uniqueKeysWithValues: parts.map {
                    ($0["area"] as? String ?? "", $0["target"] as? Int ?? -1)
                }
            )
        }
        #expect(try sums("38", by: "tambon") == tambons)
        #expect(try sums("38", by: "lao") == laos)
        let districts = Dictionary(grouping: tambons) { String($0.key.prefix(4)) }
            .mapValues { $0.reduce(0) { $0 + $1.value } }
        #expect(districts.count == 8)
        #expect(try sums("38", by: "district") == districts)
        let byVillage = try sums("38", by: "village")
        #expect(byVillage.count == 617)
        #expect(byVillage.values.reduce(0, +) == 130_937)
        let province = try Tool.bmn("show", ledger, "progress", "38", "--json").object()
        #expect((province["total"] as? [String: Any])?["target"] as? Int == 130_937)
        let figures = try Tool.bmn("show", ledger, "progress", "3801", "--json").object()
        #expect((figures["total"] as? [String: Any])?["target"] as? Int == districts["3801"])
    }
}
