import Cryptography
import Foundation
import Survey
import SurveyImport
import Testing
import bmn_demo

@Suite struct `The generated files` {
    @Test func `one seed gives the same bytes and another one others`() throws {
        let first = try DemoFiles(householdCount: 400, seed: 7)
        let again = try DemoFiles(householdCount: 400, seed: 7)
        let other = try DemoFiles(householdCount: 400, seed: 8)
        let names = try first.names
        #expect(names.count > 20)
        #expect(try again.names == names)
        for name in names {
            let (bytes, same) = (try first.bytes(name), try again.bytes(name))
            #expect(bytes == same, "\(name)")
        }
        for name in ["persons.csv", "households-3801.csv"] {
            let (bytes, others) = (try first.bytes(name), try other.bytes(name))
            #expect(bytes != others, "\(name)")
        }
    }

    /// A changed digest is no fault by itself: it says that demonstrations are no longer the same.
    @Test func `these bytes follow from this seed`() throws {
        let files = try DemoFiles(householdCount: 400, seed: 2561)
        var hasher = SHA256()
        for name in try files.names where name.hasSuffix(".csv") {
            hasher.update(Array(name.utf8))
            hasher.update(Array(try files.bytes(name)))
        }
        let digest = hasher.finalize().hex
        #expect(digest == "5fadcf72dad76892aca59fc4db0c0dcbabc67808bd6c38a48fca315bcf9e52d8")
    }

    @Test func `every row can be imported`() throws {
        let files = try DemoFiles(householdCount: 600)
        var rows: [(ImportKind, String)] = [
            (.areas, "areas.csv"), (.persons, "persons.csv"), (.appointments, "appointments.csv"),
            (.targets, "targets.csv"),
        ]
        rows += try files.householdNames
        for (kind, name) in rows {
            let (commands, problems) = try files.imported(kind, name)
            #expect(problems.isEmpty, "\(name): \(problems.prefix(3))")
            #expect(!commands.isEmpty, "\(name)")
        }
        #expect(try files.households().count == files.summary.collectedCount)
    }

    @Test func `no two commands have one id`() throws {
        let files = try DemoFiles(householdCount: 600)
        var ids: [String] = []
        for name in try files.names where name.hasSuffix(".jsonl") {
            ids += try files.commands(name).map(\.id)
        }
        for (kind, name) in try files.householdNames {
            ids += try files.imported(kind, name).commands.map(\.id)
        }
        #expect(ids.count > 700)
        #expect(Set(ids).count == ids.count)
        let form = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/
        #expect(ids.allSatisfy { $0.wholeMatch(of: form) != nil })
    }

    @Test func `districts and tambons are the real ones and the rest is marked as invented`() throws
    {
        let files = try DemoFiles(householdCount: 600)
        let areas = try files.imported(.areas, "areas.csv").commands.map(\.defineArea)
        #expect(areas.count { $0.level == .province } == 1)
        #expect(areas.count { $0.level == .district } == 8)
        #expect(areas.count { $0.level == .tambon } == 53)
        #expect(areas.count { $0.level == .lao } == 59)
        for area in areas {
            let isInvented = area.level == .village || area.level == .lao
            #expect(area.synthetic == isInvented, "\(area.code)")
            #expect(area.nameTh.hasSuffix("(สมมติ)") == isInvented, "\(area.code)")
        }
        #expect(try files.households().allSatisfy { $0.synthetic })
        let persons = try files.imported(.persons, "persons.csv").commands.map(\.registerPerson)
        #expect(persons.count > 400)
        #expect(persons.allSatisfy { $0.synthetic })
        #expect(try files.commands("cycle.jsonl").map(\.defineCycle.synthetic) == [true])
    }

    @Test func `some tambons are divided and one municipality reaches into two`() throws {
        let files = try DemoFiles(householdCount: 600)
        let areas = try files.imported(.areas, "areas.csv").commands.map(\.defineArea)
        let laos = areas.filter { $0.level == .lao }
        #expect(laos.count { $0.coveredCodes.count == 2 } == 1)
        let coverCounts = Dictionary(grouping: laos.flatMap(\.coveredCodes)) { $0 }
            .mapValues(\.count)
        #expect(coverCounts.count == 53)
        #expect(coverCounts.values.count { $0 == 2 } == 7)
        let targets = try files.imported(.targets, "targets.csv").commands.map(\.setTarget)
        let laoCounts = Dictionary(grouping: targets, by: \.village).mapValues(\.count)
        #expect(laoCounts.values.contains(2), "no village is divided")
    }

    @Test func `citizen ids are valid and come from the made-up range, each once`() throws {
        let files = try DemoFiles(householdCount: 600)
        let members = try files.households().flatMap(\.personal.members)
        let persons = try files.imported(.persons, "persons.csv").commands
            .map(\.registerPerson.identity)
        let answered = try files.answeredHouseholds().flatMap(\.answers.members)
            .map { $0["citizenID"] }
        var ids = (members + persons).map(\.citizenID)
        for answer in answered {
            if case .text(let id) = answer { ids.append(id) }
        }
        #expect(answered.count > 100)
        #expect(ids.count == members.count + persons.count + answered.count)
        #expect(ids.count > 2000)
        for id in ids {
            #expect(CitizenID.problem(of: id) == nil)
            #expect(id.hasPrefix(CitizenIDMint.prefix))
        }
        #expect(Set(ids).count == ids.count)
    }

    @Test func `too few households are refused`() {
        #expect(throws: (any Error).self) { try DemoFiles(householdCount: 50) }
    }
}
