package import PostgreSQL
import ProjectionRuntime
import Survey

/// The results of a cycle over all ledgers in a database, by province and in all.
package struct NationalFigures: Sendable, Hashable {
    /// One indicator in a province; in all of them where `province` is empty.
    package struct Row: Sendable, Hashable {
        package let edition: String
        package let indicator: Int
        package let nameTh: String
        package let nameEn: String
        package let province: String
        package let surveyed: UInt64
        package let failed: UInt64

        package var passed: UInt64 { surveyed - min(failed, surveyed) }

        /// Two places, half up; "-" when nobody was surveyed.
        ///
        /// Show the counts beside it.
        package var percentPassed: String { Percentage.text(part: passed, whole: surveyed) }
        package var percentFailed: String { Percentage.text(part: failed, whole: surveyed) }
    }

    /// What was to be collected and what was, in a province; in all of them where `province` is empty.
    package struct Collection: Sendable, Hashable {
        package let province: String
        /// Households that the targets expect.
        package let target: UInt64
        /// Households that have a record.
        package let collected: UInt64
        /// Households that have a reason instead.
        package let notCollected: UInt64
        package let persons: UInt64

        /// Of the target those with a record or a reason, two places, half up; "-" without a target.
        package var percentCovered: String {
            Percentage.text(part: collected &+ notCollected, whole: target)
        }
    }

    package struct Province: Sendable, Hashable {
        package let code: String
        package let nameTh: String
        package let nameEn: String
    }

    /// A ledger that has the cycle, and how many of its records are in the figures.
    package struct Source: Sendable, Hashable {
        package let origin: String
        package let treeSize: UInt64
    }

    package let cycle: String
    package let sources: [Source]
    package let provinces: [Province]
    /// The total before the provinces.
    package let collections: [Collection]
    /// By edition and indicator; the total before the provinces.
    package let rows: [Row]

    /// Reads one state of the database; nothing where no ledger has the cycle.
    package init(cycle: String, _ connection: Connection) throws {
        self.cycle = cycle
        guard try !SinkReader(connection).origins().isEmpty else {
            (sources, provinces, collections, rows) = ([], [], [], [])
            return
        }
        (sources, provinces, collections, rows) = try connection.transaction(
            "ISOLATION LEVEL REPEATABLE READ READ ONLY"
        ) {
            (
                try connection.query(Self.sourcesSQL, [cycle]).map { row in
                    Source(origin: row[0] ?? "", treeSize: UInt64(row[1] ?? "") ?? 0)
                },
                try connection.query(Self.provincesSQL, [cycle]).map { row in
                    Province(code: row[0] ?? "", nameTh: row[1] ?? "", nameEn: row[2] ?? "")
                },
                try connection.query(Self.collectionsSQL, [cycle]).map(Self.collection),
                try connection.query(Self.rowsSQL, [cycle]).map(Self.row)
            )
        }
    }

    private static func row(_ row: [String?]) -> Row {
        Row(
            edition: row[0] ?? "",
            indicator: Int(row[1] ?? "") ?? 0,
            nameTh: row[2] ?? "",
            nameEn: row[3] ?? "",
            province: row[4] ?? "",
            surveyed: UInt64(row[5] ?? "") ?? 0,
            failed: UInt64(row[6] ?? "") ?? 0
        )
    }

    private static func collection(_ row: [String?]) -> Collection {
        Collection(
            province: row[0] ?? "",
            target: UInt64(row[1] ?? "") ?? 0,
            collected: UInt64(row[2] ?? "") ?? 0,
            notCollected: UInt64(row[3] ?? "") ?? 0,
            persons: UInt64(row[4] ?? "") ?? 0
        )
    }

    private static let sourcesSQL = """
        SELECT c.origin, p.position FROM bmn.edition_cycle AS c
        JOIN bmn.projection AS p ON p.origin = c.origin AND p.name = 'indicators'
        WHERE c.cycle = $1 ORDER BY c.origin
        """

    /// Every ledger names its own province; where two name the same one, any of the names will do.
    private static let provincesSQL = """
        SELECT a.area, min(a.name_th), min(a.name_en) FROM bmn.area AS a
        JOIN bmn.edition_cycle AS c ON c.origin = a.origin AND c.cycle = $1
        WHERE a.level = 'province' GROUP BY a.area ORDER BY a.area
        """

    /// Days of a cell add up to what it has.
    private static let collectionsSQL = """
        WITH part AS (
            SELECT origin, substr(village, 1, 2) AS province, households AS target,
                0 AS collected, 0 AS not_collected, 0 AS persons
            FROM bmn.progress_target WHERE cycle = $1
            UNION ALL
            SELECT origin, substr(village, 1, 2), 0, collected, not_collected, persons
            FROM bmn.progress_day WHERE cycle = $1
        )
        SELECT coalesce(province, '') AS province, coalesce(sum(target), 0)::text,
            coalesce(sum(collected), 0)::text, coalesce(sum(not_collected), 0)::text,
            coalesce(sum(persons), 0)::text
        FROM part JOIN bmn.edition_cycle AS c USING (origin)
        WHERE c.cycle = $1
        GROUP BY GROUPING SETS ((), (province)) HAVING count(*) > 0 ORDER BY province
        """

    private static let rowsSQL = """
        SELECT c.edition, i.indicator, min(n.name_th), min(n.name_en),
            coalesce(substr(i.village, 1, 2), '') AS province,
            sum(i.surveyed)::text, sum(i.failed)::text
        FROM bmn.indicator AS i
        JOIN bmn.edition_cycle AS c ON c.origin = i.origin AND c.cycle = i.cycle
        LEFT JOIN bmn.edition_indicator AS n ON n.origin = i.origin AND n.edition = c.edition
            AND n.indicator = i.indicator
        WHERE i.cycle = $1
        GROUP BY GROUPING SETS
            ((c.edition, i.indicator), (c.edition, i.indicator, substr(i.village, 1, 2)))
        ORDER BY c.edition, i.indicator, province
        """
}
