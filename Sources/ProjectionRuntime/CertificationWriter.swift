package import GRDB
import Survey

/// Applies records to a `CertificationTable` during one batch.
///
/// Which certifications a record overtakes is found in memory. The rule is that of
/// `State.isSuperseded`, told forwards: `change` is its first half, the data of an area's cells, and
/// `withdraw` its second, what stood on an LAO's certification.
package struct CertificationWriter {
    private struct Open {
        let certification: String
        let level: Area.Level
        let treeSize: UInt64
    }

    private let table: CertificationTable
    private let db: Database
    /// Certifications that nothing has overtaken yet.
    private var open: [CycleArea: [Open]] = [:]
    /// Cells that no open certification covers any more, so that most records cost one look-up.
    private var settled: Set<CellKey> = []
    /// Cells whose row this batch has seen to.
    private var known: Set<CellKey> = []

    package init(_ table: CertificationTable, _ db: Database) throws {
        self.table = table
        self.db = db
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT certification, cycle, area, level, tree_size FROM \(table.name)
                WHERE superseded_at_index IS NULL
                """
        )
        while let row = try rows.next() {
            open[CycleArea(cycle: row["cycle"], area: row["area"]), default: []].append(
                Open(
                    certification: row["certification"],
                    level: Area.Level(name: row["level"]),
                    treeSize: row["tree_size"]
                )
            )
        }
    }

    package mutating func apply(_ record: ProjectedRecord) throws {
        if let household = record.household {
            // Figures stay what they are when only sealed data was corrected.
            if case .householdCorrected(let correction) = record.event.kind,
                !correction.changesOpenField
            {
                return
            }
            let (before, after) = (household.cellBefore, household.cellAfter)
            if let before { try change(before, at: record.index) }
            if let after, after != before { try change(after, at: record.index) }
            return
        }
        switch record.event.kind {
        case .areaDefined(let area): try define(area)
        case .areaRevised(let revision): try revise(revision)
        case .targetSet(let target): try change(target.cell, at: record.index)
        case .targetRevised(let revision): try change(revision.target.cell, at: record.index)
        case .certificationPrepared(let prepared): try prepare(prepared, record)
        case .certificationIssued(let issue):
            try db.run(
                """
                UPDATE \(table.name) SET status = 'issued', issued_at_index = ?, issued_on = ?
                WHERE certification = ?
                """,
                [record.rowIndex, record.day.iso, issue.certification]
            )
        case .certificationSubmitted(let submission):
            try db.run(
                """
                UPDATE \(table.name) SET status = 'submitted', submitted_at_index = ?,
                    submitted_on = ?, submitted_to = ?, document_number = ?
                WHERE certification = ?
                """,
                [
                    record.rowIndex, record.day.iso, submission.toArea,
                    submission.documentNumber.nonEmpty, submission.certification,
                ]
            )
        case .certificationWithdrawn(let withdrawal): try withdraw(withdrawal, record)
        default: break
        }
    }

    private func define(_ area: Area) throws {
        try db.run(
            "INSERT OR REPLACE INTO \(table.areaName) VALUES (?, ?, ?, ?, ?)",
            [
                area.code, area.level.name, area.parentCode, area.validFrom.nonEmpty,
                area.validTo.nonEmpty,
            ]
        )
    }

    private func revise(_ revision: AreaRevision) throws {
        guard revision.hasValidTo else { return }
        try db.run(
            "UPDATE \(table.areaName) SET valid_to = ? WHERE area = ?",
            [revision.validTo.nonEmpty, revision.code]
        )
    }

    private mutating func prepare(
        _ prepared: CertificationPrepared,
        _ record: ProjectedRecord
    ) throws {
        let area = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT level, parent FROM \(table.areaName) WHERE area = ?"
            ),
            arguments: [prepared.area]
        )
        let level = Area.Level(name: area?["level"] ?? "")
        let figures = prepared.figures
        try db.run(
            """
            INSERT OR REPLACE INTO \(table.name) (
                certification, cycle, area, level, parent, tree_size, root_hash, figures_digest,
                target_households, collected, not_collected, persons, status, prepared_at_index,
                prepared_on
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'prepared', ?, ?)
            """,
            [
                prepared.certification, prepared.cycle, prepared.area, level.name,
                area?["parent"] ?? "", Int64(clamping: prepared.treeSize), prepared.rootHash,
                prepared.figuresDigest, Int64(clamping: figures.targetHouseholds),
                Int64(clamping: figures.collected), Int64(clamping: figures.notCollected),
                Int64(clamping: figures.persons), record.rowIndex, record.day.iso,
            ]
        )
        let place = CycleArea(cycle: prepared.cycle, area: prepared.area)
        open[place, default: []].removeAll { $0.certification == prepared.certification }
        open[place, default: []].append(
            Open(
                certification: prepared.certification,
                level: level,
                treeSize: prepared.treeSize
            )
        )
        settled.removeAll(keepingCapacity: true)
    }

    private mutating func withdraw(
        _ withdrawal: CertificationWithdrawn,
        _ record: ProjectedRecord
    ) throws {
        // The current certification of an area is the one prepared last, until it is withdrawn.
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT cycle, area, level, withdrawn_at_index IS NULL AND prepared_at_index = (
                        SELECT MAX(prepared_at_index) FROM \(table.name) AS other
                        WHERE other.cycle = own.cycle AND other.area = own.area
                    ) AS is_current FROM \(table.name) AS own WHERE certification = ?
                    """
            ),
            arguments: [withdrawal.certification]
        )
        guard let row else { return }
        try db.run(
            """
            UPDATE \(table.name) SET status = 'withdrawn', withdrawn_at_index = ?,
                withdrawn_on = ?, withdrawal_reason = ?
            WHERE certification = ?
            """,
            [record.rowIndex, record.day.iso, withdrawal.reason, withdrawal.certification]
        )
        guard row["is_current"], Area.Level(name: row["level"]) == .lao else { return }
        // What stood on it falls with it.
        let lao = CycleArea(cycle: row["cycle"], area: row["area"])
        try supersede(above: try villages(of: lao), cycle: lao.cycle, at: record.index)
    }

    /// Where an LAO has cells, which need not be in its parent only.
    private func villages(of lao: CycleArea) throws -> [String] {
        try String.fetchAll(
            db.cachedStatement(
                sql: "SELECT village FROM \(table.cellName) WHERE cycle = ? AND lao = ?"
            ),
            arguments: [lao.cycle, lao.area]
        )
    }

    /// The data of a cell changed: whoever certified it before did not certify this.
    private mutating func change(_ cell: CellKey, at index: UInt64) throws {
        if known.insert(cell).inserted {
            try db.run(
                "INSERT OR IGNORE INTO \(table.cellName) (cycle, village, lao) VALUES (?, ?, ?)",
                [cell.cycle, cell.village, cell.lao]
            )
        }
        if open.isEmpty || settled.contains(cell) { return }
        let lao = CycleArea(cycle: cell.cycle, area: cell.lao)
        let openBelow = open[lao]?.count ?? 0
        let isDoneBelow = try supersede(lao, at: index) { $0 == .lao }
        // A certification above stands on those of its LAOs, in whatever district they change.
        let hasFallenBelow = (open[lao]?.count ?? 0) < openBelow
        let villages = hasFallenBelow ? try villages(of: lao) : [cell.village]
        let isDoneAbove = try supersede(above: villages, cycle: cell.cycle, at: index)
        if isDoneBelow && isDoneAbove { settled.insert(cell) }
    }

    /// The certifications of the villages and of all that lies above them, LAOs left out.
    @discardableResult
    private mutating func supersede(
        above villages: [String],
        cycle: String,
        at index: UInt64
    ) throws -> Bool {
        var isDone = true
        for code in Set(villages.flatMap { village in [2, 4, 6, 8].map(village.prefix) }) {
            let area = CycleArea(cycle: cycle, area: String(code))
            let isDoneHere = try supersede(area, at: index) { $0 != .lao }
            isDone = isDone && isDoneHere
        }
        return isDone
    }

    /// - Returns: whether no certification that this applies to is left open.
    @discardableResult
    private mutating func supersede(
        _ place: CycleArea,
        at index: UInt64,
        where isMeant: (Area.Level) -> Bool
    ) throws -> Bool {
        guard let entries = open[place] else { return true }
        var left: [Open] = []
        var isDone = true
        for entry in entries {
            if isMeant(entry.level), index >= entry.treeSize {
                try db.run(
                    "UPDATE \(table.name) SET superseded_at_index = ? WHERE certification = ?",
                    [Int64(clamping: index), entry.certification]
                )
            } else {
                left.append(entry)
                if isMeant(entry.level) { isDone = false }
            }
        }
        open[place] = left.isEmpty ? nil : left
        return isDone
    }
}

extension Area.Level {
    /// The level of a name that a table holds.
    package init(name: String) {
        self = Self.allCases.first { $0.name == name } ?? .unspecified
    }
}
