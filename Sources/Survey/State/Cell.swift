/// Sums over the live households of one cell.
///
/// Sums wrap instead of trapping: an auditor folds forged logs too, and must report them.
package struct Cell: Sendable, Equatable {
    package internal(set) var collectedCount: UInt32 = 0
    package internal(set) var notCollectedCount: UInt32 = 0
    package internal(set) var personCount: UInt64 = 0
    /// In scope and failing, by the indicators' numbers from 1 on.
    package internal(set) var surveyed: [UInt32]
    package internal(set) var failed: [UInt32]
    /// The last record that changed these sums or the cell's target; a certification prepared at or
    /// below it is superseded.
    package internal(set) var changedAtIndex: UInt64 = 0

    package init(indicatorCount: Int) {
        surveyed = Array(repeating: 0, count: indicatorCount)
        failed = Array(repeating: 0, count: indicatorCount)
    }

    /// Whether any live household is counted here.
    var isEmpty: Bool { collectedCount == 0 && notCollectedCount == 0 }

    // A forged record may have more or fewer answers than its cycle's edition.
    private func answeredIndices(_ household: HouseholdState) -> Range<Int> {
        0..<min(surveyed.count, household.counts.count)
    }

    mutating func add(_ household: HouseholdState, index: UInt64) {
        changedAtIndex = index
        switch household.status {
        case .recorded:
            collectedCount &+= 1
            personCount &+= UInt64(household.ages.count)
            for offset in answeredIndices(household) {
                surveyed[offset] &+= UInt32(household.counts.inScope(offset + 1))
                failed[offset] &+= UInt32(household.counts.failing(offset + 1))
            }
        case .notCollected: notCollectedCount &+= 1
        case .absent: break
        }
    }

    mutating func remove(_ household: HouseholdState, index: UInt64) {
        changedAtIndex = index
        switch household.status {
        case .recorded:
            collectedCount &-= 1
            personCount &-= UInt64(household.ages.count)
            for offset in answeredIndices(household) {
                surveyed[offset] &-= UInt32(household.counts.inScope(offset + 1))
                failed[offset] &-= UInt32(household.counts.failing(offset + 1))
            }
        case .notCollected: notCollectedCount &-= 1
        case .absent: break
        }
    }
}

/// A cell's bytes in the store: all numbers big-endian, in the order of the fields.
extension Cell {
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24 + surveyed.count * 8)
        bytes.append(bigEndian: collectedCount)
        bytes.append(bigEndian: notCollectedCount)
        bytes.append(bigEndian: personCount)
        bytes.append(bigEndian: changedAtIndex)
        for count in surveyed { bytes.append(bigEndian: count) }
        for count in failed { bytes.append(bigEndian: count) }
        return bytes
    }

    /// Nil when the bytes are no cell.
    package init?(encoded: [UInt8]) {
        guard encoded.count >= 24, (encoded.count - 24).isMultiple(of: 8) else { return nil }
        let indicatorCount = (encoded.count - 24) / 8
        func number<T: FixedWidthInteger>(_ offset: Int, _: T.Type) -> T {
            encoded[offset..<(offset + T.bitWidth / 8)].reduce(0) { $0 << 8 | T($1) }
        }
        collectedCount = number(0, UInt32.self)
        notCollectedCount = number(4, UInt32.self)
        personCount = number(8, UInt64.self)
        changedAtIndex = number(16, UInt64.self)
        surveyed = (0..<indicatorCount).map { number(24 + $0 * 4, UInt32.self) }
        failed = (0..<indicatorCount).map { number(24 + (indicatorCount + $0) * 4, UInt32.self) }
    }
}

extension [UInt8] {
    // Inlinable for the keys of the store: called generically across modules it cost microseconds.
    @inlinable
    package mutating func append<T: FixedWidthInteger>(bigEndian value: T) {
        for shift in stride(from: T.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: value >> T(shift)))
        }
    }
}
