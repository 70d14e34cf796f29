package import GRDB
import ProjectionRuntime

/// One training with how many gave it and went through it.
package struct ListedTrainingRow: ReadModelRow {
    package let training: String
    package let cycle: String
    package let area: String
    package let kind: String
    package let heldOn: String
    package let place: String
    package let trainerCount: Int
    package let participantCount: Int
}

/// One training and one person on its roster.
package struct RosterRow: ReadModelRow {
    package let training: String
    package let cycle: String
    package let area: String
    package let kind: String
    package let heldOn: String
    package let place: String
    package let person: String
    package let part: String
}

extension TrainingReadModel {
    /// The trainings of a cycle by day.
    package static func forEachTraining(
        cycle: String,
        _ db: Database,
        _ body: (ListedTrainingRow) throws -> Void
    ) throws {
        try ListedTrainingRow.forEach(
            db,
            sql: """
                SELECT training.*,
                    (SELECT COUNT(*) FROM training_person
                        WHERE training_person.training = training.training
                            AND part = 'trainer') AS trainer_count,
                    (SELECT COUNT(*) FROM training_person
                        WHERE training_person.training = training.training
                            AND part = 'participant') AS participant_count
                FROM training WHERE cycle = ? ORDER BY held_on, training
                """,
            arguments: [cycle],
            body
        )
    }

    /// The rosters of the same trainings, trainers first.
    package static func forEachPerson(
        cycle: String,
        _ db: Database,
        _ body: (RosterRow) throws -> Void
    ) throws {
        try RosterRow.forEach(
            db,
            sql: """
                SELECT * FROM training JOIN training_person USING (training)
                WHERE cycle = ? ORDER BY held_on, training, part DESC, person
                """,
            arguments: [cycle],
            body
        )
    }
}
