package import GRDB
package import Ledger
package import Survey

/// A read model: tables that follow from the records alone.
///
/// A value without state of its own: whatever it must remember is in its tables, so that it goes on
/// where the last transaction ended. Two projections never read each other's tables.
package protocol Projection: Sendable {
    /// Stable; names its row in the table `projection`.
    var name: String { get }
    /// Raised with every change of tables or meaning; the next catch-up then rebuilds it.
    var version: Int { get }
    /// The records it wants. Others are not decoded unless another projection wants them.
    var kinds: Set<EventKind> { get }
    /// Whether it reads `ProjectedRecord.household`.
    var needsHouseholds: Bool { get }
    var tables: [ProjectionTable] { get }

    /// Applies records in order, inside the transaction that also moves the position.
    ///
    /// The slice may also hold records of other projections' kinds. However the records are cut into
    /// slices, the rows must come out the same.
    func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws
}

/// One table of a projection.
package struct ProjectionTable: Sendable {
    package let name: String
    /// The columns that order its rows in the digest: its primary key.
    package let key: [String]
    /// `CREATE TABLE …`; comments stay in the file, where `.schema` shows them.
    package let schema: String
    /// `CREATE INDEX …`, made after the rows when a new file is built.
    package let indexes: [String]

    package init(name: String, key: [String], schema: String, indexes: [String] = []) {
        self.name = name
        self.key = key
        self.schema = schema
        self.indexes = indexes
    }
}

/// A record with what its household was before it.
///
/// A class, because a dozen projections look at each record and copying one costs some twenty retains.
package final class ProjectedRecord: Sendable {
    package let recorded: RecordedEvent
    package let kind: EventKind
    /// Set for the four household kinds when a projection asked for it.
    package let household: HouseholdChange?

    package init(recorded: RecordedEvent, kind: EventKind, household: HouseholdChange?) {
        self.recorded = recorded
        self.kind = kind
        self.household = household
    }

    package var index: UInt64 { recorded.envelope.index }
    package var envelope: Envelope { recorded.envelope }
    package var event: Event { recorded.event }
    /// The index as SQLite stores it.
    package var rowIndex: Int64 { Int64(clamping: index) }
    /// The day of the act in Asia/Bangkok.
    package var day: Day {
        recorded.envelope.occurredOn ?? recorded.envelope.recordedAt.bangkokDay
    }
}

/// What one record did to one household.
package final class HouseholdChange: Sendable {
    package let cycle: String
    package let household: String
    package let before: HouseholdState
    package let after: HouseholdState
    /// Where the household counted before; nil when it was not there.
    package let cellBefore: CellKey?
    package let cellAfter: CellKey?

    package init(
        cycle: String,
        household: String,
        before: HouseholdState,
        after: HouseholdState
    ) {
        self.cycle = cycle
        self.household = household
        self.before = before
        self.after = after
        cellBefore = Self.cell(cycle, before)
        cellAfter = Self.cell(cycle, after)
    }

    private static func cell(_ cycle: String, _ state: HouseholdState) -> CellKey? {
        state.status == .absent
            ? nil : CellKey(cycle: cycle, village: state.village, lao: state.lao)
    }
}

extension ArraySlice<ProjectedRecord> {
    /// Calls `body` with each record; an error then names the record.
    package func forEachRecord(_ body: (ProjectedRecord) throws -> Void) throws {
        for record in self {
            do {
                try body(record)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw ProjectionError(
                    .recordNotApplicable,
                    index: record.index,
                    error.message ?? "a constraint of the tables is violated"
                )
            }
        }
    }
}
