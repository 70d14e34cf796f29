import Ledger
import LedgerReader
import Survey

/// Decodes what the projections want, and folds households along the way.
struct RecordDecoder {
    private let wanted: Set<EventKind>
    private let foldsHouseholds: Bool
    private var recent = RecentHouseholds()

    init(_ projections: [any Projection]) {
        wanted = projections.reduce(into: []) { $0.formUnion($1.kinds) }
        foldsHouseholds = projections.contains { $0.needsHouseholds }
    }

    /// Nil for a record that nobody wants.
    mutating func decode(
        _ index: UInt64,
        _ bytes: RawSpan,
        householdBefore: (String, UInt32) throws -> HouseholdState
    ) throws -> ProjectedRecord? {
        do {
            let scanned = try RecordScanner.scan(bytes)
            guard scanned.envelope.index == index else {
                throw unreadable(index, "its bytes say record \(scanned.envelope.index)")
            }
            guard let kind = scanned.kind else {
                throw unreadable(
                    index,
                    "its kind, \(scanned.kindName), is unknown: use a newer program"
                )
            }
            guard wanted.contains(kind) else { return nil }
            let recorded = RecordedEvent(
                envelope: scanned.envelope,
                event: try EventCodec.decode(bytes.extracting(scanned.eventBytes).byteArray)
            )
            return ProjectedRecord(
                recorded: recorded,
                kind: kind,
                household: try change(recorded, householdBefore)
            )
        } catch let error as RecordError {
            throw unreadable(index, "\(error)")
        } catch let error as EventError {
            throw unreadable(index, "\(error)")
        }
    }

    private mutating func change(
        _ recorded: RecordedEvent,
        _ householdBefore: (String, UInt32) throws -> HouseholdState
    ) throws -> HouseholdChange? {
        guard foldsHouseholds, let (cycle, household) = recorded.event.householdID else {
            return nil
        }
        let envelope = recorded.envelope
        var before = HouseholdState()
        if envelope.streamVersion > 0 {
            before =
                try recent.state(envelope.stream, version: envelope.streamVersion)
                ?? householdBefore(envelope.stream, envelope.streamVersion)
            guard before.version == envelope.streamVersion else {
                throw unreadable(
                    envelope.index,
                    "the stream \(envelope.stream) has \(before.version) earlier records, not"
                        + " \(envelope.streamVersion)"
                )
            }
        }
        var after = before
        after.evolve(recorded.event, on: envelope.day, by: envelope.actor.user)
        let change = HouseholdChange(
            cycle: cycle,
            household: household,
            before: before,
            after: after
        )
        recent.put(envelope.stream, change)
        return change
    }

    private func unreadable(_ index: UInt64, _ reason: String) -> ProjectionError {
        ProjectionError(.recordUnreadable, index: index, reason)
    }
}

/// The households that were seen last.
///
/// So a correction soon after a record costs no second decoding. Two generations bound it without
/// bookkeeping per use.
private struct RecentHouseholds {
    private static let generationCount = 8192
    private var young: [String: HouseholdChange] = [:]
    private var old: [String: HouseholdChange] = [:]

    func state(_ stream: String, version: UInt32) -> HouseholdState? {
        guard let change = young[stream] ?? old[stream], change.after.version == version else {
            return nil
        }
        return change.after
    }

    mutating func put(_ stream: String, _ change: HouseholdChange) {
        if young.count >= Self.generationCount {
            swap(&young, &old)
            young.removeAll(keepingCapacity: true)
        }
        young[stream] = change
    }
}

extension Event {
    /// The household that the event is about.
    fileprivate var householdID: (cycle: String, household: String)? {
        switch kind {
        case .householdRecorded(let event): (event.cycle, event.household)
        case .householdCorrected(let event): (event.cycle, event.household)
        case .householdNotCollected(let event): (event.cycle, event.household)
        case .householdWithdrawn(let event): (event.cycle, event.household)
        default: nil
        }
    }
}
