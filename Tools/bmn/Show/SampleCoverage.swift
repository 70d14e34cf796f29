import GRDB
import HouseholdsProjection
import ProjectionRuntime

/// Whether a check that names a sample asked the households of it, and not others.
struct SampleCoverage: Encodable {
    let size: Int
    let askedCount: Int
    /// Households that were drawn and not asked.
    let missing: [String]
    /// Households that were asked and not drawn.
    let outside: [String]

    init(drawn: [String], asked: [String]) {
        size = drawn.count
        missing = drawn.filter { !asked.contains($0) }
        outside = asked.filter { !drawn.contains($0) }
        askedCount = size - missing.count
    }

    func text(_ page: Page) -> String {
        let asked = page.choose("\(askedCount) จาก \(size)", "\(askedCount) of \(size) asked")
        guard !outside.isEmpty else { return asked }
        return asked
            + page.choose(", นอกตัวอย่าง \(outside.count)", ", \(outside.count) outside the sample")
    }
}

/// A checker, and what the person collected or recorded of what was checked.
struct Checker: Encodable {
    let person: String
    let collectedCount: Int64
    let recordedCount: Int64

    init(_ person: String, _ cycle: String, _ scope: AreaScope, _ db: Database) throws {
        func count(_ work: HouseholdReadModel.Work) throws -> Int64 {
            try HouseholdReadModel.work(work, of: person, cycle: cycle, in: scope, db)?
                .householdCount ?? 0
        }
        self.person = person
        collectedCount = try count(.collector)
        recordedCount = try count(.recorder)
    }

    var hasWorked: Bool { collectedCount > 0 || recordedCount > 0 }

    func sentence(_ page: Page) -> String {
        page.choose(
            "\(person) จัดเก็บ \(collectedCount) และบันทึก \(recordedCount) ครัวเรือนในพื้นที่ที่ตรวจ",
            "\(person) collected \(collectedCount) and recorded \(recordedCount) households of what"
                + " is checked"
        )
    }
}
