package import GRDB
package import HouseholdsProjection
package import ProjectionRuntime
import Survey
package import TrainingsProjection

/// Work on days before the person's first training of its kind; a warning, never a refusal.
package struct UntrainedWork: Encodable, Sendable {
    package let person: String
    /// Collector or recorder, as in the schema.
    package let kind: String
    package let cycle: String
    package let firstDay: String
    /// Households or acts.
    package let count: Int
    /// The first training; nil while there is none.
    package let trainedOn: String?

    /// Nil where nothing was done too early; `days` are ISO, `trainings` those that the person took
    /// part in.
    package init?(
        _ person: String,
        _ kind: String,
        cycle: String,
        days: [(day: String, count: Int)],
        trainings: [TrainingRow]
    ) {
        let trainedOn = trainings.filter { $0.kind == kind && $0.cycle == cycle }
            .map(\.heldOn).min()
        self.init(person, kind, cycle: cycle, days: days, trainedOn: trainedOn)
    }

    private init?(
        _ person: String,
        _ kind: String,
        cycle: String,
        days: [(day: String, count: Int)],
        trainedOn: String?
    ) {
        // ISO days compare as text.
        let early = days.filter { day in trainedOn.map { day.day < $0 } ?? true }
        guard let firstDay = early.map(\.day).min() else { return nil }
        self.person = person
        self.kind = kind
        self.cycle = cycle
        self.firstDay = firstDay
        self.trainedOn = trainedOn
        count = early.reduce(0) { $0 + $1.count }
    }

    /// Of everybody who collected or recorded households of a place, as these are now.
    package static func of(
        cycle: String,
        in scope: AreaScope,
        _ db: Database
    ) throws -> [UntrainedWork] {
        let trained = try TrainingReadModel.firstTrainings(cycle: cycle, db)
        let trainedOn = Dictionary(
            trained.map { ([$0.kind, $0.person], $0.heldOn) },
            uniquingKeysWith: min
        )
        let work = try HouseholdReadModel.workDays(cycle: cycle, in: scope, db)
        let groups = Dictionary(grouping: work) { [$0.kind, $0.person] }
        return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { key, rows in
            UntrainedWork(
                key[1],
                key[0],
                cycle: cycle,
                days: rows.map { (day: $0.day, count: $0.householdCount) },
                trainedOn: trainedOn[key]
            )
        }
    }

    /// Of all cycles in which the person collected or recorded.
    package static func of(
        _ person: String,
        collected: [CollectorDayRow],
        recorded: [RecorderDayRow],
        trainings: [TrainingRow]
    ) -> [UntrainedWork] {
        let work =
            collected.map { ("collector", $0.cycle, $0.day, $0.householdCount) }
            + recorded.map { ("recorder", $0.cycle, $0.day, $0.actCount) }
        let groups = Dictionary(grouping: work) { [$0.1, $0.0] }
        return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { key, rows in
            UntrainedWork(
                person,
                key[1],
                cycle: key[0],
                days: rows.map { (day: $0.2, count: $0.3) },
                trainings: trainings
            )
        }
    }
}
