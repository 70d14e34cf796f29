import AreasProjection
import AwardsProjection
import CertificationsProjection
import HouseholdsProjection
import ProgressProjection
import ProjectionRuntime
import Survey

/// What the records said of a nominee when the nomination was entered.
struct AwardEvidence: Encodable {
    /// Households collected or recorded in the district; of an LAO those that have a record.
    let households: Int64
    /// Of these, how many were corrected at least once; nil for an LAO.
    let corrected: Int64?
    /// Of an LAO: its target, and how much of it has neither a record nor a reason.
    let target: Int64?
    let remaining: Int64?
    /// Of an LAO: the day its certification was issued, if one stands.
    let certifiedOn: String?

    /// The read models that it is taken from.
    static let projections: [any Projection] = [
        AreaReadModel(), HouseholdReadModel(), ProgressReadModel(), CertificationReadModel(),
    ]
}

extension Page {
    /// The evidence of each nominee, in their order; the past is built once for each tree size.
    func evidence(
        of nominees: [NomineeRow],
        _ district: String,
        _ cycle: String,
        _ models: borrowing ReadModels
    ) throws -> [AwardEvidence] {
        var found: [NomineeRow: AwardEvidence] = [:]
        let sizes = Set(nominees.map(\.treeSize))
        for size in sizes {
            let past = try models.past(UInt64(clamping: size), AwardEvidence.projections)
            for nominee in nominees where nominee.treeSize == size {
                found[nominee] = try evidence(of: nominee, district, cycle, past)
            }
        }
        return nominees.compactMap { found[$0] }
    }

    private func evidence(
        of nominee: NomineeRow,
        _ district: String,
        _ cycle: String,
        _ past: SurveyDatabase
    ) throws -> AwardEvidence {
        try past.read { db in
            if let work = HouseholdReadModel.Work(rawValue: nominee.kind) {
                let row = try HouseholdReadModel.work(
                    work,
                    of: nominee.nominee,
                    cycle: cycle,
                    in: AreaScope(code: district, level: .district),
                    db
                )
                return AwardEvidence(
                    households: row?.householdCount ?? 0,
                    corrected: row?.correctedCount ?? 0,
                    target: nil,
                    remaining: nil,
                    certifiedOn: nil
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
                households: row?.collected ?? 0,
                corrected: nil,
                target: row?.target ?? 0,
                remaining: row?.remaining ?? 0,
                certifiedOn: certification?.certification.issuedOn
            )
        }
    }
}
