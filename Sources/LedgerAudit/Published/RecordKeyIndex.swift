import Ledger

/// Which records may have a stream version or a command id, for sources that keep no index.
///
/// Hashes under a key of this process alone, so that nobody can make records that collide; 32 bytes
/// a record. A candidate is only that: whoever asks reads the record. Of two records with the same
/// key the first is found for both, which gives the second one away.
struct RecordKeyIndex {
    private struct Entry: Comparable {
        let hash: UInt64
        let index: UInt64

        static func < (left: Entry, right: Entry) -> Bool {
            (left.hash, left.index) < (right.hash, right.index)
        }
    }

    private var streams: [Entry] = []
    private var commands: [Entry] = []

    mutating func append(_ envelope: Envelope) {
        let stream = Self.hash(envelope.stream, envelope.streamVersion)
        streams.append(Entry(hash: stream, index: envelope.index))
        commands.append(Entry(hash: Self.hash(envelope.commandID), index: envelope.index))
    }

    /// To be called once, after the last record.
    mutating func sort() {
        streams.sort()
        commands.sort()
    }

    func first(
        ofStream stream: String,
        version: UInt32,
        where isIt: (UInt64) throws -> Bool
    ) rethrows -> UInt64? {
        try Self.first(in: streams, Self.hash(stream, version), isIt)
    }

    func first(
        ofCommand commandID: CommandID,
        where isIt: (UInt64) throws -> Bool
    ) rethrows -> UInt64? {
        try Self.first(in: commands, Self.hash(commandID), isIt)
    }

    private static func first(
        in entries: [Entry],
        _ hash: UInt64,
        _ isIt: (UInt64) throws -> Bool
    ) rethrows -> UInt64? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = low + (high - low) / 2
            if entries[middle].hash < hash { low = middle + 1 } else { high = middle }
        }
        while low < entries.count, entries[low].hash == hash {
            if try isIt(entries[low].index) { return entries[low].index }
            low += 1
        }
        return nil
    }

    private static func hash(_ stream: String, _ version: UInt32) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(stream)
        hasher.combine(version)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    private static func hash(_ commandID: CommandID) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(commandID)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
