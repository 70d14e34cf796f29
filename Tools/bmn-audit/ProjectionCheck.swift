import Audit
import Cryptography
import Foundation
import LedgerReader
import ProjectionCatalog
import ProjectionRuntime

/// Level 7: the read models, rebuilt from the log, must come to the digests of the live ones.
struct ProjectionCheck {
    let directory: LedgerDirectory
    let ledger: LedgerReader

    /// What the level found.
    struct Outcome {
        let checkedCount: UInt64
        let findings: [Finding]

        static let notRun = Outcome(
            checkedCount: 0,
            findings: [
                Finding(
                    .projectionsNotCompared,
                    nil,
                    "not compared, because the records have findings"
                )
            ]
        )

        /// Asked for and not there: an auditor must not take that for a pass.
        static let nothingToCompare = Outcome(
            checkedCount: 0,
            findings: [
                Finding(.projectionMissing, nil, "there is no survey.sqlite to compare with")
            ]
        )
    }

    /// The highest position of a read model, a lower bound for the ledger's size (design.md 7).
    ///
    /// Nil when there is none to be had: survey.sqlite may be deleted at any time.
    static func position(_ directory: LedgerDirectory) -> UInt64? {
        guard FileManager.default.fileExists(atPath: directory.surveyFile),
            let database = try? SurveyDatabase(path: directory.surveyFile, use: .read),
            let positions = try? ProjectionRunner(ProjectionCatalog.all, database).positions()
        else { return nil }
        return positions.map(\.treeSize).max()
    }

    /// Rebuilds in a temporary folder, up to where each live projection stands.
    func run(progress: @escaping @Sendable (UInt64, UInt64) -> Void) throws -> Outcome {
        do {
            return try compare(progress)
        } catch let error as ProjectionError {
            // A read model that cannot be read or rebuilt is wrong; the ledger itself is read.
            return Outcome(
                checkedCount: 0,
                findings: [Finding(.projectionsNotCompared, nil, "survey.sqlite: \(error)")]
            )
        }
    }

    private func compare(
        _ progress: @escaping @Sendable (UInt64, UInt64) -> Void
    ) throws -> Outcome {
        guard FileManager.default.fileExists(atPath: directory.surveyFile) else {
            return .nothingToCompare
        }
        let live = try SurveyDatabase(path: directory.surveyFile, use: .read)
        let liveDigests = try ProjectionRunner(ProjectionCatalog.all, live).digests()
        var findings: [Finding] = []
        let names = Set(liveDigests.map(\.name))
        for projection in ProjectionCatalog.all where !names.contains(projection.name) {
            findings.append(
                Finding(.projectionMissing, nil, "\(projection.name) is missing from survey.sqlite")
            )
        }
        for treeSize in Set(liveDigests.map(\.treeSize)).sorted() {
            let expected = liveDigests.filter { $0.treeSize == treeSize }
            let rebuilt = try rebuild(treeSize, Set(expected.map(\.name)), progress)
            for digest in expected where !rebuilt.contains(digest) {
                findings.append(
                    Finding(
                        .projectionWrong,
                        nil,
                        "\(digest.name) at tree size \(treeSize) is not what the records give:"
                            + " replay it with bmn replay --swap"
                    )
                )
            }
        }
        return Outcome(checkedCount: UInt64(liveDigests.count), findings: findings)
    }

    private func rebuild(
        _ treeSize: UInt64,
        _ names: Set<String>,
        _ progress: @escaping @Sendable (UInt64, UInt64) -> Void
    ) throws -> Set<ProjectionDigest> {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("bmn-audit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("survey.sqlite").path
        let database = try SurveyDatabase(path: path, use: .build)
        let projections = ProjectionCatalog.all.filter { names.contains($0.name) }
        let runner = ProjectionRunner(projections, database)
        try runner.catchUp(try ledger.snapshot(), upTo: treeSize) {
            progress($0.recordCount, $0.recordCountTotal)
        }
        return Set(try runner.digests())
    }
}

extension Verdict {
    /// The verdict with the read models' level in it.
    mutating func add(_ outcome: ProjectionCheck.Outcome) {
        findings += outcome.findings
        checks.append(
            CheckResult(
                .projections,
                checkedCount: outcome.checkedCount,
                findingCount: outcome.findings.count
            )
        )
    }
}
