import Cryptography
import Foundation
import Ledger
import ProjectionRuntime
import Survey

/// Records as an array of their bytes.
struct MemorySource: EventSource {
    private(set) var records: [[UInt8]] = []
    private var times: [RecordTime] = []
    private var streams: [String: [Int]] = [:]
    private var previous = Digest.zero

    var treeSize: UInt64 { UInt64(records.count) }

    mutating func append(_ event: Event, _ act: Act) {
        let index = records.count
        let midnight = Int64(act.recordedOn.daysSinceEpoch) * 86_400_000_000 - 25_200_000_000
        guard
            let time = RecordTime(unixMicroseconds: midnight + 36_000_000_000 + Int64(index)),
            let record = RecordEncoder.encode(
                Envelope(
                    index: UInt64(index),
                    previous: previous,
                    recordedAt: time,
                    occurredOn: act.day == act.recordedOn ? nil : act.day,
                    stream: event.stream,
                    streamVersion: UInt32(streams[event.stream, default: []].count),
                    commandID: CommandID(high: UInt64(index), low: 1),
                    actor: act.actor
                ),
                eventJSON: EventCodec.encode(event)
            )
        else { preconditionFailure("a test's event is no record") }
        records.append(record.bytes)
        times.append(time)
        streams[event.stream, default: []].append(index)
        previous = record.leafHash
    }

    /// Other bytes in place of a record's.
    mutating func damage(_ index: Int, _ bytes: [UInt8]) { records[index] = bytes }

    /// The same ledger before its last records.
    func cut(to count: Int) -> MemorySource {
        var shorter = self
        shorter.records.removeLast(records.count - count)
        return shorter
    }

    func forEachRecord(
        from start: UInt64,
        _ body: (UInt64, RawSpan) throws -> Bool
    ) throws {
        for index in Int(start)..<max(Int(start), records.count) {
            let record = records[index]
            guard try unsafe body(UInt64(index), record.span.bytes) else { return }
        }
    }

    func household(stream: String, belowVersion: UInt32) throws -> HouseholdState {
        var state = HouseholdState()
        for index in streams[stream, default: []].prefix(Int(belowVersion)) {
            let record = records[index]
            let recorded = try unsafe EventCodec.decode(record.span.bytes)
            let envelope = recorded.envelope
            state.evolve(recorded.event, on: envelope.day, by: envelope.actor.user)
        }
        return state
    }

    func firstIndex(atOrAfter time: RecordTime) throws -> UInt64 {
        UInt64(times.firstIndex { $0 >= time } ?? times.count)
    }

    func releaseMemory() throws {}
}
