import CertificationsProjection
import ProjectionRuntime
import Survey

/// A certification that is another step on, or ceased to speak for the data as they are.
struct CertificationChange {
    /// How it was at one tree size.
    struct Standing: Equatable {
        let status: CertificationState.Status
        /// What it speaks for was changed since: no act of its own tells of that.
        let isSuperseded: Bool

        var isStanding: Bool { status != .withdrawn && !isSuperseded }
    }

    let certification: String
    /// Nil where it was not prepared yet.
    let before: Standing?
    let after: Standing

    /// `supersededAt` is, by certification, the first record that changed what it speaks for.
    static func all(
        _ difference: LedgerDifference,
        supersededAt: [String: UInt64]
    ) -> [CertificationChange] {
        let range = difference.range
        func standing(_ id: String, _ state: State, below treeSize: UInt64) -> Standing? {
            state.certifications[id].map { certification in
                Standing(
                    status: certification.status,
                    isSuperseded: supersededAt[id].map { $0 < treeSize } ?? false
                )
            }
        }
        return difference.after.certifications.keys.sorted().compactMap { id in
            let before = standing(id, difference.before, below: range.lowerBound)
            let after = standing(id, difference.after, below: range.upperBound)
            guard let after, before != after else { return nil }
            return CertificationChange(certification: id, before: before, after: after)
        }
    }
}

extension ReadModels {
    /// By certification the first record that changed what it speaks for, where there is one.
    func supersededCertifications() throws -> [String: UInt64] {
        try read { db in
            var indexes: [String: UInt64] = [:]
            for row in try CertificationReadModel.superseded(db) {
                indexes[row.certification] = row.supersededAtIndex.map { UInt64(clamping: $0) }
            }
            return indexes
        }
    }
}
