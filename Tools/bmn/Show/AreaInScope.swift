import GRDB
import OfficeLists
import Survey

extension Page {
    /// An area by its code; refuses one that nobody defined.
    func scope(_ code: String, _ db: Database) throws -> AreaInScope {
        guard let area = try AreaInScope(code, db) else { throw Rejection(.areaUnknown, code) }
        return area
    }
}
