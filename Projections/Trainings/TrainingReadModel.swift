package import GRDB
import Ledger
package import ProjectionRuntime
package import Survey

/// Trainings, who took part, and on which days recorders worked.
///
/// On which days collectors worked is told by the households as they are now, in another projection.
package struct TrainingReadModel: Projection {
    package let name = "trainings"
    package let version = 1
    package let kinds: Set<EventKind> = [
        .trainingHeld, .householdRecorded, .householdCorrected, .householdNotCollected,
        .householdWithdrawn,
    ]
    package let needsHouseholds = false
    package let tables = [trainings, persons, recorderDays, documents.table]

    package init() {}

    static let documents = DocumentTable(name: "training_document")

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

    private static let recorderDays = ProjectionTable(
        name: "training_recorder_day",
        key: ["cycle", "person", "day"],
        schema: """
            CREATE TABLE training_recorder_day (
                cycle TEXT NOT NULL,
                person TEXT NOT NULL,        -- user of the acts
                day TEXT NOT NULL,           -- of the acts
                act_count INTEGER NOT NULL,  -- on households: recorded, corrected, withdrawn …
                PRIMARY KEY (cycle, person, day)
            ) STRICT, WITHOUT ROWID
            """,
        indexes: [
            "CREATE INDEX training_recorder_day_by_person ON training_recorder_day (person)"
        ]
    )

    private struct RecorderDay: Hashable {
        let cycle: String
        let person: String
        let day: Day
    }

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        var actCounts: [RecorderDay: Int] = [:]
        try records.forEachRecord { record in
            let cycle: String
            switch record.event.kind {
            case .trainingHeld(let training): return try hold(training, record, db)
            case .householdRecorded(let event): cycle = event.cycle
            case .householdCorrected(let event): cycle = event.cycle
            case .householdNotCollected(let event): cycle = event.cycle
            case .householdWithdrawn(let event): cycle = event.cycle
            default: return
            }
            let person = record.envelope.actor.user
            actCounts[RecorderDay(cycle: cycle, person: person, day: record.day), default: 0] += 1
        }
        for (key, count) in actCounts {
            try db.run(
                """
                INSERT INTO training_recorder_day VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT DO UPDATE SET act_count = act_count + ?4
                """,
                [key.cycle, key.person, key.day.iso, count]
            )
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
