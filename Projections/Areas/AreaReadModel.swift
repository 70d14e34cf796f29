package import GRDB
package import ProjectionRuntime
package import Survey

/// All areas as they stand, with what each LAO covers.
package struct AreaReadModel: Projection {
    package let name = "areas"
    package let version = 1
    package let kinds: Set<EventKind> = [.areaDefined, .areaRevised]
    package let needsHouseholds = false

    package init() {}

    package let tables = [
        ProjectionTable(
            name: "area",
            key: ["area"],
            schema: """
                CREATE TABLE area (
                    area TEXT PRIMARY KEY,      -- code: 2, 4, 6, 8 digits; LAO 4 or 6
                    level TEXT NOT NULL,        -- province, district, tambon, village, lao
                    parent TEXT,                -- the area directly above
                    name_th TEXT NOT NULL,
                    name_en TEXT,
                    valid_from TEXT,            -- ISO days, inclusive; NULL: without limit
                    valid_to TEXT,
                    lao_type TEXT,              -- as the register names it
                    synthetic INTEGER NOT NULL, -- 1: invented for a demonstration or test
                    defined_at_index INTEGER NOT NULL,
                    changed_at_index INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID
                """,
            indexes: ["CREATE INDEX area_by_parent ON area (parent)"]
        ),
        ProjectionTable(
            name: "area_cover",
            key: ["lao", "tambon"],
            schema: """
                CREATE TABLE area_cover (
                    lao TEXT NOT NULL,
                    tambon TEXT NOT NULL,       -- covered wholly or in part
                    PRIMARY KEY (lao, tambon)
                ) STRICT, WITHOUT ROWID
                """,
            indexes: ["CREATE INDEX area_cover_by_tambon ON area_cover (tambon)"]
        ),
    ]

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            switch record.event.kind {
            case .areaDefined(let area): try define(area, record, db)
            case .areaRevised(let revision): try revise(revision, record, db)
            default: break
            }
        }
    }

    private func define(_ area: Area, _ record: ProjectedRecord, _ db: Database) throws {
        try db.run(
            "INSERT OR REPLACE INTO area VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                area.code, area.level.name, area.parentCode.nonEmpty, area.nameTh,
                area.nameEn.nonEmpty, area.validFrom.nonEmpty, area.validTo.nonEmpty,
                area.laoType.nonEmpty, area.synthetic, record.rowIndex, record.rowIndex,
            ]
        )
        try cover(area.code, area.coveredCodes, db)
    }

    private func revise(
        _ revision: AreaRevision,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            "UPDATE area SET changed_at_index = ? WHERE area = ?",
            [record.rowIndex, revision.code]
        )
        if revision.hasNameTh {
            try db.run(
                "UPDATE area SET name_th = ? WHERE area = ?",
                [revision.nameTh, revision.code]
            )
        }
        if revision.hasNameEn {
            try db.run(
                "UPDATE area SET name_en = ? WHERE area = ?",
                [revision.nameEn.nonEmpty, revision.code]
            )
        }
        if revision.hasValidTo {
            try db.run(
                "UPDATE area SET valid_to = ? WHERE area = ?",
                [revision.validTo.nonEmpty, revision.code]
            )
        }
        if revision.hasCovered { try cover(revision.code, revision.covered.codes, db) }
    }

    private func cover(_ lao: String, _ tambons: [String], _ db: Database) throws {
        try db.run("DELETE FROM area_cover WHERE lao = ?", [lao])
        for tambon in tambons {
            try db.run("INSERT OR IGNORE INTO area_cover VALUES (?, ?)", [lao, tambon])
        }
    }
}
