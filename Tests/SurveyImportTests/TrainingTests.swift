import Survey
import SurveyImport
import Testing

/// Rows of trainings and of users.
@Suite struct TrainingTests {
    @Test func `Consecutive rows of a training make one command`() throws {
        let text = file(
            .trainings,
            rows: [
                [:], ["person": "p2", "part": "trainer"], ["person": "p3"],
                ["training": "t2", "kind": "recorder", "person": "p4"],
            ]
        )
        let imported = Imported(.trainings, text)
        #expect(imported.problems.isEmpty, "\(imported.problems)")
        #expect(imported.lines == [2, 5])
        let training = try #require(imported.commands.first).recordTraining
        #expect(training.training == "3801-train-1")
        #expect(training.kind == .collector)
        #expect(training.heldOn == "2017-12-20")
        #expect(training.participants == ["col-380101-01", "p3"])
        #expect(training.trainers == ["p2"])
        #expect(imported.commands.map(\.occurredOn) == ["2017-12-20", "2017-12-20"])
        #expect(imported.commands.last?.recordTraining.kind == .recorder)
        #expect(imported.commands.allSatisfy { $0.actor.user == "admin-1" })
    }

    @Test func `A training whose rows disagree or come apart is withheld`() {
        let text = file(
            .trainings,
            rows: [
                ["training": "t1"], ["training": "t1", "person": "p2", "place": "elsewhere"],
                ["training": "t2"], ["training": "t1", "person": "p3"], ["training": "t3"],
            ]
        )
        let imported = Imported(.trainings, text)
        #expect(imported.commands.map(\.recordTraining.training) == ["t2", "t3"])
        #expect(
            imported.codes == [
                .orderRowsDiffer, .orderIncomplete, .orderNotConsecutive, .orderIncomplete,
            ]
        )
        #expect(
            imported.problems.map(\.column) == ["place", "training", "training", "training"]
        )
    }

    @Test func `A user's command is another on another day`() throws {
        let commands = try ["9/11/2560", "10/11/2560"].map { day in
            try #require(Imported(.users, file(.users, ["occurred_on": day])).commands.first)
        }
        #expect(Set(commands.map(\.id)).count == 2)
        #expect(commands.map(\.occurredOn) == ["2017-11-09", "2017-11-10"])
        #expect(Imported(.users, file(.users, ["occurred_on": ""])).codes == [.valueMissing])
        let user = commands[0].registerUser
        #expect(
            [user.cycle, user.person, user.role, user.area] == [
                "2561", "rec-3801-1", "recorder", "3801",
            ]
        )
    }
}
