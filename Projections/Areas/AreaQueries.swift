package import GRDB
import ProjectionRuntime
package import Survey

/// One area.
package struct AreaRow: ReadModelRow {
    package let area: String
    package let level: String
    package let parent: String?
    package let nameTh: String
    package let nameEn: String?
    package let validFrom: String?
    package let validTo: String?
    package let laoType: String?
    package let synthetic: Bool
    package let definedAtIndex: Int64
    package let changedAtIndex: Int64
}

extension AreaReadModel {
    /// One area by its code.
    package static func area(_ code: String, _ db: Database) throws -> AreaRow? {
        try AreaRow.fetchOne(db, sql: "SELECT * FROM area WHERE area = ?", arguments: [code])
    }

    /// Areas in the order of their codes.
    ///
    /// Without a level those of every level; with a day only those that are valid then.
    package static func areas(
        level: Area.Level? = nil,
        parent: String? = nil,
        on day: Day? = nil,
        _ db: Database
    ) throws -> [AreaRow] {
        try AreaRow.fetchAll(
            db,
            sql: """
                SELECT * FROM area
                WHERE (?1 IS NULL OR level = ?1) AND (?2 IS NULL OR parent = ?2)
                    AND (?3 IS NULL OR (COALESCE(valid_from, ?3) <= ?3
                        AND COALESCE(valid_to, ?3) >= ?3))
                ORDER BY area
                """,
            arguments: [level?.name, parent, day?.iso]
        )
    }

    /// The area itself and all that lie within it; an LAO lies within its parent, whatever its code.
    package static func codes(within area: String, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT area FROM area
                WHERE area = ?1
                    OR substr(CASE level WHEN 'lao' THEN parent ELSE area END, 1, length(?1)) = ?1
                ORDER BY area
                """,
            arguments: [area]
        )
    }

    /// The tambons that an LAO covers, wholly or in part.
    package static func tambons(coveredBy lao: String, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: "SELECT tambon FROM area_cover WHERE lao = ? ORDER BY tambon",
            arguments: [lao]
        )
    }

    /// The LAOs that a tambon lies in: more than one where it is divided.
    package static func laos(covering tambon: String, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: "SELECT lao FROM area_cover WHERE tambon = ? ORDER BY lao",
            arguments: [tambon]
        )
    }
}
