package import GRDB
package import ProjectionRuntime
import Survey

extension CheckReadModel {
    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            switch record.event.kind {
            case .sampleAnnounced(let announcement): try announcement.insert(record, db)
            case .sampleDrawn(let draw): try draw.update(record, db)
            case .qualityCheckDone(let check): try add(check, record, db)
            case .householdReinterviewed(let interview): try add(interview, record, db)
            case .defectFound(let defect): try add(defect, record, db)
            case .defectResolved(let resolution):
                try db.run(
                    """
                    UPDATE defect SET outcome = ?, resolved_on = ?, reason = ?,
                        resolved_at_index = ? WHERE defect = ?
                    """,
                    [
                        resolution.outcome.name, record.day.iso, resolution.reason,
                        record.rowIndex, resolution.defect,
                    ]
                )
            default: break
            }
        }
    }

    private func add(_ check: QualityCheck, _ record: ProjectedRecord, _ db: Database) throws {
        try db.run(
            "INSERT OR REPLACE INTO quality_check VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                check.check, check.cycle, check.area, check.level.name, check.stage.name,
                check.sample.nonEmpty, check.outcome.name, check.findings.nonEmpty,
                record.day.iso, record.rowIndex,
            ]
        )
        for person in check.checkers {
            try db.run(
                "INSERT OR IGNORE INTO quality_checker VALUES (?, ?)",
                [check.check, person]
            )
        }
        try Self.documents.save(check.documents, of: check.check, record, db)
    }

    private func add(
        _ interview: Reinterview,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            "INSERT OR REPLACE INTO reinterview VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                interview.check, interview.cycle, interview.household, interview.checker,
                interview.indicators.count, interview.differing.count, record.day.iso,
                record.rowIndex,
            ]
        )
        for count in interview.indicators {
            try db.run(
                "INSERT OR REPLACE INTO reinterview_answer VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    interview.check, interview.cycle, interview.household, count.indicator,
                    count.inScope, count.failing, interview.differing.contains(count.indicator),
                ]
            )
        }
    }

    private func add(_ defect: Defect, _ record: ProjectedRecord, _ db: Database) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO defect (defect, cycle, area, check_id, severity, text,
                household, household_village, household_lao, indicator, found_on, found_at_index)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                defect.defect, defect.cycle, defect.area, defect.check.nonEmpty,
                defect.severity.name, defect.text, defect.household.nonEmpty,
                defect.householdVillage.nonEmpty, defect.householdLao.nonEmpty,
                defect.indicator == 0 ? nil : defect.indicator, record.day.iso, record.rowIndex,
            ]
        )
    }
}

extension SampleAnnouncement {
    fileprivate func insert(_ record: ProjectedRecord, _ db: Database) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO sample (sample, cycle, area, level, stage, size, per_mille,
                population, announced_on, announced_at_index)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                sample, cycle, area, level.name, stage.name, size,
                perMille == 0 ? nil : perMille, Int64(clamping: population), record.day.iso,
                record.rowIndex,
            ]
        )
        for person in checkers {
            try db.run("INSERT OR IGNORE INTO sample_checker VALUES (?, ?)", [sample, person])
        }
    }
}

extension SampleDraw {
    fileprivate func update(_ record: ProjectedRecord, _ db: Database) throws {
        try db.run(
            """
            UPDATE sample SET tree_size = ?, root_hash = ?, seed = ?, drawn_on = ?,
                drawn_at_index = ? WHERE sample = ?
            """,
            [
                Int64(clamping: treeSize), rootHash, seed, record.day.iso, record.rowIndex, sample,
            ]
        )
    }
}
