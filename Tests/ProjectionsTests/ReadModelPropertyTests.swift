import CalendarProjection
import CertificationsProjection
import GRDB
import HouseholdsProjection
import IndicatorsProjection
import LedgerTestSupport
import ProgressProjection
import ProjectionCatalog
import ProjectionRuntime
import Survey
import TestSupport
import Testing

/// The read models say what the rules' own state says, whatever happened.
struct ReadModelPropertyTests {
    /// The first seed is fixed, the others are new each time and printed.
    private static func worlds(_ name: String) throws -> [World] {
        var generators = [SeededGenerator(seed: 2561)]
        for _ in 0..<3 { generators.append(.announced(for: name)) }
        return try generators.map { generator in
            var generator = generator
            var world = try World.staffed()
            try world.step(count: 800, &generator)
            return world
        }
    }

    @Test
    func `Figures of every area at every level are those of the rules`() throws {
        for world in try Self.worlds("figures") {
            let database = try world.readModels([ProgressReadModel(), IndicatorReadModel()])
            try database.read { db in
                for (code, level) in World.areas {
                    let figures = world.state.figures(
                        area: code,
                        level: level,
                        cycle: World.cycle
                    )
                    let scope = AreaScope(code: code, level: level)
                    let progress = try ProgressReadModel.progress(
                        cycle: World.cycle,
                        level: level,
                        within: scope,
                        db
                    ).first { $0.area == code }
                    #expect(progress?.target ?? 0 == Int64(figures.targetHouseholds))
                    #expect(progress?.collected ?? 0 == Int64(figures.collected))
                    #expect(progress?.notCollected ?? 0 == Int64(figures.notCollected))
                    #expect(progress?.persons ?? 0 == Int64(figures.persons))
                    let results = try IndicatorReadModel.results(
                        cycle: World.cycle,
                        area: scope,
                        db
                    )
                    let surveyed = results.map { UInt64(clamping: $0.surveyed) }
                    let failed = results.map { UInt64(clamping: $0.failed) }
                    #expect(surveyed == (results.isEmpty ? [] : figures.surveyed))
                    #expect(failed == (results.isEmpty ? [] : figures.failed))
                    #expect(!results.isEmpty || figures.surveyed.allSatisfy { $0 == 0 })
                    let byLevel = try IndicatorReadModel.results(
                        cycle: World.cycle,
                        level: level,
                        db
                    ).filter { $0.area == code }
                    #expect(byLevel == results)
                    let days = try ProgressReadModel.days(cycle: World.cycle, of: scope, db)
                    #expect(days.last?.collectedTotal ?? 0 == Int64(figures.collected))
                    if [.lao, .district, .province].contains(level) {
                        let certified = days.compactMap(\.certified).reduce(0, +)
                        #expect(certified == progress?.certified ?? 0)
                    }
                }
            }
        }
    }

    @Test
    func `Household rows are the folded streams`() throws {
        for world in try Self.worlds("households") {
            let database = try world.readModels([HouseholdReadModel()])
            try database.read { db in
                let rows = try HouseholdReadModel.households(
                    cycle: World.cycle,
                    limit: 1000,
                    db
                )
                #expect(rows.count == world.households.count)
                for row in rows {
                    let state = world.households[Event.stream(row.cycle, row.household)]
                    let status: HouseholdState.Status? =
                        ["recorded": .recorded, "notCollected": .notCollected][row.status]
                        ?? .absent
                    #expect(state?.status == status)
                    #expect(row.village == state?.village && row.lao == state?.lao)
                    #expect(row.collector == state?.collector)
                    guard let state, state.status == .recorded else {
                        #expect(row.ages == nil && row.inScope == nil && row.failing == nil)
                        continue
                    }
                    #expect(row.interviewedOn == state.interviewedOn)
                    #expect(row.ages == HouseholdField.text(state.ages))
                    #expect(row.personCount == state.ages.count)
                    #expect(row.inScope == state.counts.inScopeDigits)
                    #expect(row.failing == state.counts.failingDigits)
                }
            }
        }
    }

    @Test
    func `A certification is superseded when the rules say so`() throws {
        var supersededCount = 0
        var outdatedCount = 0
        var secondDistrictCount = 0
        for world in try Self.worlds("certifications") {
            outdatedCount += world.withdrawals.outdatedCount
            secondDistrictCount += world.withdrawals.secondDistrictCount
            let database = try world.readModels([CertificationReadModel()])
            let details = try database.read { db in
                try CertificationReadModel.certifications(cycle: World.cycle, db)
            }
            #expect(details.count == world.state.certifications.count)
            for detail in details {
                let row = detail.certification
                let state = try #require(world.state.certifications[row.certification])
                #expect(row.status == state.status.rawValue)
                // When, too: what fell wrongly is seen also where the data moved on afterwards.
                let supersededAtIndex = world.supersededAtIndex[row.certification]
                #expect(row.supersededAtIndex == supersededAtIndex.map { Int64($0) })
                #expect(
                    detail.signatures.map(\.person) == state.signatures.map(\.person)
                )
                supersededCount += row.supersededAtIndex == nil ? 0 : 1
            }
        }
        #expect(supersededCount > 0)
        // The seed that is fixed meets both, so this says that the worlds still do.
        #expect(outdatedCount > 0)
        #expect(secondDistrictCount > 0)
    }

    @Test
    func `The calendar asks the LAOs at work, and sees done what stands`() throws {
        var doneCount = 0
        for world in try Self.worlds("calendar") {
            let database = try world.readModels([CalendarReadModel()])
            let entries = try database.read {
                try CalendarReadModel.entries(cycle: World.cycle, on: world.recordedOn, $0)
            }.filter { $0.deadline.act == "certification_submitted" }
            let laos = ["9901", "9902"].flatMap {
                world.state.laosAtWork(district: $0, cycle: World.cycle)
            }
            let asked = entries.filter { $0.deadline.fromLevel == "lao" }.map(\.area)
            #expect(asked == Set(laos).sorted())
            for entry in entries {
                let place = CycleArea(cycle: World.cycle, area: entry.area)
                let current = world.state.currentCertifications[place]
                    .flatMap { world.state.certifications[$0] }
                let isDone = current.map {
                    $0.status == .submitted && !world.state.isSuperseded($0)
                }
                #expect((entry.doneOn != nil) == (isDone ?? false))
                doneCount += entry.doneOn == nil ? 0 : 1
            }
        }
        #expect(doneCount > 0)
    }

    @Test
    func `Catching up in any steps gives the digests of one replay`() throws {
        var generator = SeededGenerator.announced(for: "batches")
        for world in try Self.worlds("batches") {
            let once = try SurveyDatabase()
            let whole = ProjectionRunner(ProjectionCatalog.all, once)
            try whole.catchUp(world.source)
            let stepwise = try SurveyDatabase()
            var position: UInt64 = 0
            while position < world.treeSize {
                // A new runner each time: nothing may be remembered outside the tables.
                var runner = ProjectionRunner(ProjectionCatalog.all, stepwise)
                runner.batchRecordCount = Int.random(in: 1...40, using: &generator)
                position += UInt64.random(in: 1...90, using: &generator)
                try runner.catchUp(world.source, upTo: position)
            }
            let digests = try ProjectionRunner(ProjectionCatalog.all, stepwise).digests()
            #expect(try whole.digests() == digests)
        }
    }
}
