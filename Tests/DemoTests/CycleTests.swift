import Survey
import SurveyImport
import Testing
import bmn_demo

@Suite struct `The generated cycle` {
    /// Everything up to the certifications.
    private func played(_ files: DemoFiles) throws -> DemoPlay {
        var play = try DemoPlay()
        try play.run(files.imported(.areas, "areas.csv").commands)
        try play.run(files.commands("cycle.jsonl"))
        try play.run(files.imported(.persons, "persons.csv").commands)
        for signer in try files.lines("signers.txt") { try play.register(signer) }
        try play.run(files.imported(.appointments, "appointments.csv").commands)
        try play.run(files.imported(.targets, "targets.csv").commands)
        try play.run(files.commands("preparation-reports.jsonl"))
        try play.run(files.commands("order-changes.jsonl"))
        for (kind, name) in try files.householdNames {
            let district = name.dropLast(".csv".count).suffix(4)
            try play.run(files.imported(kind, name, user: "rec-\(district)-1").commands)
        }
        try play.run(files.commands("not-collected.jsonl"))
        try play.run(files.commands("target-revisions.jsonl"))
        try play.run(files.commands("corrections.jsonl"))
        try play.run(files.commands("samples.jsonl"))
        try play.run(files.commands("checks.jsonl"))
        return play
    }

    private func certify(_ round: String, _ files: DemoFiles, _ play: inout DemoPlay) throws {
        try play.run(files.commands("\(round)-presentations.jsonl"))
        try play.run(files.commands("\(round)-prepare.jsonl"))
        for line in try files.lines("\(round)-signers.tsv") { try play.sign(line) }
        try play.run(files.commands("\(round)-issue.jsonl"))
    }

    @Test func `the rules allow every act, and one certification is superseded`() throws {
        let files = try DemoFiles(householdCount: 600)
        var play = try played(files)
        try certify("lao", files, &play)
        let corrected = try #require(try files.commands("again-prepare.jsonl").first)
        let area = corrected.prepareCertification.area
        let firstID = try #require(
            play.state.currentCertifications[CycleArea(cycle: "2561", area: area)]
        )
        let first = try #require(play.state.certifications[firstID])
        #expect(!play.state.isSuperseded(first))
        try play.run(files.commands("late-correction.jsonl"))
        #expect(play.state.isSuperseded(first))

        // Its district has to wait until it is certified again.
        let tooEarly = try #require(try files.commands("district-prepare.jsonl").first)
        let refused = #expect(throws: DemoPlay.Refused.self) { try play.run(tooEarly) }
        #expect(refused?.kind == "lowerCertificationMissing")

        try certify("again", files, &play)
        try play.run(files.commands("awards.jsonl"))
        try certify("district", files, &play)
        let statuses = play.state.certifications.values.map(\.status)
        #expect(statuses.count { $0 == .submitted } == 59 + 1 + 8)
        #expect(statuses.count { $0 == .withdrawn } == 1)
        #expect(statuses.count == 69)
        #expect(play.state.presentations.values.filter(\.isConfirmed).count == 69)
        #expect(play.state.samples.count == 8)
        #expect(play.state.defects.values.filter(\.isResolved).count == 1)
    }

    @Test func `figures cover every household of the targets`() throws {
        let files = try DemoFiles(householdCount: 600)
        let play = try played(files)
        let figures = play.state.figures(area: "38", level: .province, cycle: "2561")
        #expect(figures.targetHouseholds == 600)
        #expect(figures.collected == UInt64(files.summary.collectedCount))
        #expect(figures.collected + figures.notCollected == 600)
        #expect(figures.persons == UInt64(files.summary.personCount))
    }

    @Test func `acts keep and miss the letter's days`() throws {
        let files = try DemoFiles(householdCount: 600)
        func submissionDays(_ name: String) throws -> [String] {
            try files.commands(name).filter { !$0.submitCertification.certification.isEmpty }
                .map(\.occurredOn)
        }
        let laos = try submissionDays("lao-issue.jsonl")
        #expect(laos.count == 59)
        #expect(laos.count { $0 > "2018-03-20" } == 3)
        let districts = try submissionDays("district-issue.jsonl")
        #expect(districts.count == 8)
        #expect(districts.count { $0 > "2018-03-31" } == 1)
        let orders = try files.imported(.appointments, "appointments.csv").commands
        #expect(orders.count { $0.issueOrder.date > "2017-11-10" } == 1)
        for (kind, name) in try files.householdNames {
            for command in try files.imported(kind, name).commands {
                // Typed after the interview, and before anything is corrected or certified.
                #expect(command.occurredOn > command.recordHousehold.interviewedOn)
                #expect(command.occurredOn < "2018-02-27")
            }
        }
        let targets = try files.imported(.targets, "targets.csv").commands
        #expect(targets.contains { $0.occurredOn > "2017-11-10" })
        let corrections = try files.commands("corrections.jsonl").map(\.correctHousehold)
        #expect(!corrections.isEmpty)
        #expect(corrections.allSatisfy { !$0.reason.isEmpty })
        #expect(try !files.commands("target-revisions.jsonl").isEmpty)
    }
}
