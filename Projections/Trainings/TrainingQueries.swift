package import GRDB
package import ProjectionRuntime
import Survey

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

/// The first training of a person for one kind of work.
package struct FirstTrainingRow: ReadModelRow {
    package let person: String
    package let kind: String
    package let heldOn: String
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

    /// The trainings that a person went through; who gave one was not trained by it, and nobody was
    /// by one that is withdrawn.
    package static func trainings(person: String, _ db: Database) throws -> [TrainingRow] {
        try TrainingRow.fetchAll(
            db,
            sql: """
                SELECT * FROM training
                WHERE training IN (
                    SELECT training FROM training_person
                    WHERE person = ? AND part = 'participant'
                ) AND training NOT IN (SELECT paper FROM training_withdrawal)
                ORDER BY held_on, training
                """,
            arguments: [person]
        )
    }

    /// Who was trained for which kind of work of a cycle, and first on which day.
    package static func firstTrainings(
        cycle: String,
        _ db: Database
    ) throws -> [FirstTrainingRow] {
        try FirstTrainingRow.fetchAll(
            db,
            sql: """
                SELECT person, kind, MIN(held_on) AS held_on
                FROM training_person JOIN training USING (training)
                WHERE cycle = ? AND part = 'participant'
                    AND training NOT IN (SELECT paper FROM training_withdrawal)
                GROUP BY person, kind
                """,
            arguments: [cycle]
        )
    }

    package static func withdrawals(of id: String, _ db: Database) throws -> [WithdrawalRow] {
        try withdrawals.rows(.training, of: id, db)
    }
}
