package import GRDB
package import ProjectionRuntime
package import Survey

/// Trainings, and who took part.
///
/// On which days people worked is told by the households as they are now, in another projection.
package struct TrainingReadModel: Projection {
    package let name = "trainings"
    package let version = 3
    package let kinds: Set<EventKind> = [.trainingHeld, .paperWithdrawn]
    package let needsHouseholds = false
    package let tables = [trainings, persons, documents.table, withdrawals.table]

    package init() {}

    static let documents = DocumentTable(name: "training_document")
    static let withdrawals = WithdrawalTable(name: "training_withdrawal")

    private static let trainings = ProjectionTable(
        name: "training",
        key: ["training"],
        schema: """
            CREATE TABLE training (
                training TEXT PRIMARY KEY,
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,
                kind TEXT NOT NULL,          -- collector, recorder
                held_on TEXT NOT NULL,
                place TEXT NOT NULL,
                recorded_at_index INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX training_by_cycle ON training (cycle, area)"]
    )

    private static let persons = ProjectionTable(
        name: "training_person",
        key: ["training", "part", "person"],
        schema: """
            CREATE TABLE training_person (
                training TEXT NOT NULL,
                part TEXT NOT NULL,          -- trainer, participant
                person TEXT NOT NULL,
                PRIMARY KEY (training, part, person)
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX training_person_by_person ON training_person (person)"]
    )

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            switch record.event.kind {
            case .trainingHeld(let training): try hold(training, record, db)
            case .paperWithdrawn(let withdrawal) where withdrawal.kind == .training:
                try Self.withdrawals.save(withdrawal, record, db)
            default: break
            }
        }
    }

    private func hold(_ training: Training, _ record: ProjectedRecord, _ db: Database) throws {
        try db.run(
            "INSERT OR REPLACE INTO training VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                training.training, training.cycle, training.area, training.kind.name,
                training.heldOn, training.place, record.rowIndex,
            ]
        )
        for (part, persons) in [
            ("trainer", training.trainers), ("participant", training.participants),
        ] {
            for person in persons {
                try db.run(
                    "INSERT OR IGNORE INTO training_person VALUES (?, ?, ?)",
                    [training.training, part, person]
                )
            }
        }
        try Self.documents.save(training.documents, of: training.training, record, db)
    }
}

extension Training.Kind {
    /// The kind's one name, as in the schema.
    fileprivate var name: String {
        switch self {
        case .collector: "collector"
        case .recorder: "recorder"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}
