package import GRDB
import ProjectionRuntime

/// One nomination and what became of the award.
package struct ListedNomineeRow: ReadModelRow {
    package let cycle: String
    package let area: String
    package let kind: String
    package let nominee: String
    package let grounds: String
    package let treeSize: Int
    package let enteredOn: String
    package let winner: String?
    package let decidedOn: String?
    package let reason: String?
    /// Separated by bars.
    package let deciders: String?
    /// Of the last report after the decision.
    package let reportedOn: String?
}

extension AwardReadModel {
    /// The nominees of a cycle by district and award.
    package static func forEachNominee(
        cycle: String,
        _ db: Database,
        _ body: (ListedNomineeRow) throws -> Void
    ) throws {
        try ListedNomineeRow.forEach(
            db,
            sql: """
                SELECT award_nominee.*, winner, decided_on, reason,
                    (SELECT GROUP_CONCAT(person, '|') FROM (
                        SELECT person FROM award_decider
                        WHERE award_decider.cycle = award_nominee.cycle
                            AND award_decider.area = award_nominee.area
                            AND award_decider.kind = award_nominee.kind
                        ORDER BY person)) AS deciders,
                    (SELECT MAX(reported_on) FROM award_report
                        WHERE award_report.cycle = award_nominee.cycle
                            AND award_report.area = award_nominee.area
                            AND reported_at_index > decided_at_index) AS reported_on
                FROM award_nominee LEFT JOIN award_decision USING (cycle, area, kind)
                WHERE cycle = ? ORDER BY area, kind, entered_at_index
                """,
            arguments: [cycle],
            body
        )
    }
}
