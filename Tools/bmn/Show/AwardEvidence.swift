import AreasProjection
import AwardsProjection
import CertificationsProjection
import ChecksProjection
import GRDB
import HouseholdsProjection
import ProgressProjection
import ProjectionRuntime
import Survey

/// What the records said of a nominee when the award was decided, or say now while it is not: of all
/// nominees of an award at one moment, as those who decide compare them.
struct AwardEvidence: Encodable {
    /// It is what the records below it say.
    let treeSize: UInt64
    /// Households collected or recorded in the district; of an LAO those that have a record.
    let households: Int64
    /// Of these, how many were corrected at least once; nil for an LAO.
    let corrected: Int64?
    /// Of an LAO: its target, and how much of it has neither a record nor a reason.
    let target: Int64?
    let remaining: Int64?
    /// Of an LAO: the day its certification was issued, if one stands.
    let certifiedOn: String?
    /// Defects found in that work, or in the LAO and its households; and how many of them are open.
    let defects: Int
    let openDefects: Int

    /// The read models that it is taken from.
    static let projections: [any Projection] = [
        AreaReadModel(), HouseholdReadModel(), ProgressReadModel(), CertificationReadModel(),
        CheckReadModel(),
    ]
}

extension Page {
    /// The evidence of each nominee, in their order; the past is built once for each decision.
    func evidence(
        of nominees: [NomineeRow],
        _ decisions: [AwardDecisionRow],
        _ district: String,
        _ cycle: String,
        _ models: borrowing ReadModels
    ) throws -> [AwardEvidence] {
        var found: [NomineeRow: AwardEvidence] = [:]
        let decidedAt = Dictionary(
            decisions.map { ($0.kind, UInt64(clamping: $0.decidedAtIndex)) },
            uniquingKeysWith: { $1 }
        )
        let now = models.treeSize
        let bySize = Dictionary(grouping: nominees) { decidedAt[$0.kind] ?? now }
        for (size, nominees) in bySize {
            let past = try models.past(size, AwardEvidence.projections)
            for nominee in nominees {
                found[nominee] = try evidence(of: nominee, district, cycle, past, size)
            }
        }
        return nominees.compactMap { found[$0] }
    }

    private func evidence(
        of nominee: NomineeRow,
        _ district: String,
        _ cycle: String,
        _ past: SurveyDatabase,
        _ size: UInt64
    ) throws -> AwardEvidence {
        try past.read { db in
            let defects = try defects(of: nominee, district, cycle, db)
            let openCount = defects.count { $0.outcome == nil }
            if let work = HouseholdReadModel.Work(rawValue: nominee.kind) {
                let row = try HouseholdReadModel.work(
                    work,
                    of: nominee.nominee,
                    cycle: cycle,
                    in: AreaScope(code: district, level: .district),
                    db
                )
                return AwardEvidence(
                    treeSize: size,
                    households: row?.householdCount ?? 0,
                    corrected: row?.correctedCount ?? 0,
                    target: nil,
                    remaining: nil,
                    certifiedOn: nil,
                    defects: defects.count,
                    openDefects: openCount
                )
            }
            let row = try ProgressReadModel.progress(
                cycle: cycle,
                level: .lao,
                within: AreaScope(code: nominee.nominee, level: .lao),
                db
            ).first
            let certification = try row?.certification.flatMap {
                try CertificationReadModel.certification($0, db)
            }
            return AwardEvidence(
                treeSize: size,
                households: row?.collected ?? 0,
                corrected: nil,
                target: row?.target ?? 0,
                remaining: row?.remaining ?? 0,
                certifiedOn: certification?.certification.issuedOn,
                defects: defects.count,
                openDefects: openCount
            )
        }
    }

    /// Those of households that the person collected or recorded in the district; of an LAO, its own
    /// and those of its households.
    private func defects(
        of nominee: NomineeRow,
        _ district: String,
        _ cycle: String,
        _ db: Database
    ) throws -> [DefectRow] {
        let name = nominee.nominee
        return try CheckReadModel.defects(cycle: cycle, db).filter { defect in
            guard let work = HouseholdReadModel.Work(rawValue: nominee.kind) else {
                if defect.area == name { return true }
                let scope = AreaScope(code: name, level: .lao)
                return try defect.household.map { household in
                    try HouseholdReadModel.lies(household, cycle: cycle, in: scope, db)
                } ?? false
            }
            guard let household = defect.household else { return false }
            return try HouseholdReadModel.isWork(
                work,
                of: name,
                household: household,
                cycle: cycle,
                in: AreaScope(code: district, level: .district),
                db
            )
        }
    }
}
