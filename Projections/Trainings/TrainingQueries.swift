package import GRDB
package import ProjectionRuntime

/// One training.
package struct TrainingRow: ReadModelRow {
    package let training: String
    package let cycle: String
    package let area: String
    package let kind: String
    package let heldOn: String
    package let place: String
    package let recordedAtIndex: Int64
}

/// Who took part in a training: a trainer or a participant.
package struct TrainingPersonRow: ReadModelRow {
    package let part: String
    package let person: String
}

/// A person's work of one kind on one day.
package struct WorkDayRow: ReadModelRow {
    package let cycle: String
    package let day: String
    package let actCount: Int
}

extension TrainingReadModel {
    package static func training(_ id: String, _ db: Database) throws -> TrainingRow? {
        try TrainingRow.fetchOne(
            db,
            sql: "SELECT * FROM training WHERE training = ?",
            arguments: [id]
        )
    }

    package static func persons(of id: String, _ db: Database) throws -> [TrainingPersonRow] {
        try TrainingPersonRow.fetchAll(
            db,
            sql: "SELECT * FROM training_person WHERE training = ? ORDER BY part DESC, person",
            arguments: [id]
        )
    }

    package static func documents(of id: String, _ db: Database) throws -> [DocumentRow] {
        try documents.rows(of: id, db)
    }

    /// The trainings that a person went through; who gave one was not trained by it.
    package static func trainings(person: String, _ db: Database) throws -> [TrainingRow] {
        try TrainingRow.fetchAll(
            db,
            sql: """
                SELECT * FROM training
                WHERE training IN (
                    SELECT training FROM training_person
                    WHERE person = ? AND part = 'participant'
                )
                ORDER BY held_on, training
                """,
            arguments: [person]
        )
    }

    /// On which days a person recorded, corrected or withdrew households.
    package static func recorderDays(person: String, _ db: Database) throws -> [WorkDayRow] {
        try WorkDayRow.fetchAll(
            db,
            sql: "SELECT * FROM training_recorder_day WHERE person = ? ORDER BY cycle, day",
            arguments: [person]
        )
    }
}
