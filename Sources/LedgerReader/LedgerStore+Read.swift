package import LMDB
package import Ledger
package import Survey

/// Reading, inside a snapshot or inside the writer's own transaction.
extension LedgerStore {
    package func head(
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> LedgerHead {
        let head = try transaction.withValue(meta, LedgerKey.head) { value in
            LedgerHead(encoded: value.byteArray)
        }
        guard let head else { return .empty }
        guard let head else {
            throw LedgerError(.damaged, "\(environment.path): the head is malformed")
        }
        return head
    }

    /// Calls `body` with a record's bytes, or returns nil beyond the end.
    package func withRecord<Result>(
        _ index: UInt64,
        _ transaction: borrowing some Transaction & ~Copyable,
        _ body: (RawSpan) throws -> Result
    ) throws -> Result? {
        try transaction.withValue(records, BigEndianKey(index)) { record in
            do {
                return try body(record)
            } catch {
                throw Self.naming(index, error)
            }
        }
    }

    /// An error of a record's bytes says of which record they are: else nobody could look.
    private static func naming(_ index: UInt64, _ error: any Error) -> any Error {
        guard error is RecordError || error is EventError else { return error }
        return LedgerError(
            .damaged,
            "record \(index) cannot be read (\(error)): run bmn-audit verify"
        )
    }

    package func recordedEvent(
        _ index: UInt64,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> RecordedEvent? {
        try withRecord(index, transaction) { try EventCodec.decode($0) }
    }

    /// Walks records from `start` until `body` says false.
    package func forEachRecord(
        from start: UInt64,
        _ transaction: borrowing some Transaction & ~Copyable,
        _ body: (UInt64, RawSpan) throws -> Bool
    ) throws {
        try transaction.forEach(records, from: BigEndianKey(start)) { key, value in
            guard let index = BigEndianKey(key)?.value else {
                throw LedgerError(.damaged, "a key of the records is not 8 bytes")
            }
            do {
                return try body(index, value)
            } catch {
                throw Self.naming(index, error)
            }
        }
    }

    /// Record indexes of one stream, oldest first; `belowVersion` leaves later ones out.
    package func indexes(
        ofStream stream: String,
        belowVersion: UInt32 = .max,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> [UInt64] {
        var indexes: [UInt64] = []
        let prefix = Array(LedgerKey.stream(stream, 0).dropLast(4))
        try transaction.forEach(streams, from: LedgerKey.stream(stream, 0)) { key, value in
            let key = key.byteArray
            guard key.starts(with: prefix), key.count == prefix.count + 4,
                key.suffix(4).reduce(0, { $0 << 8 | UInt32($1) }) < belowVersion
            else { return false }
            guard let index = BigEndianKey(value)?.value else {
                throw LedgerError(.damaged, "an entry of the stream index is not 8 bytes")
            }
            indexes.append(index)
            return true
        }
        return indexes
    }

    /// How many events a stream has, whatever that number is: its last key says it.
    package func eventCount(
        ofStream stream: String,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> UInt32 {
        var count: UInt32 = 0
        let prefix = Array(LedgerKey.stream(stream, 0).dropLast(4))
        try transaction.forEachReversed(streams, below: LedgerKey.stream(stream, .max)) { key, _ in
            let key = key.byteArray
            guard key.starts(with: prefix), key.count == prefix.count + 4 else { return false }
            count = key.suffix(4).reduce(0) { $0 << 8 | UInt32($1) } + 1
            return false
        }
        return count
    }

    /// The last record of a kind that is in the kind index.
    package func lastIndex(
        ofKind kind: EventKind,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> UInt64? {
        var last: UInt64?
        try transaction.forEachReversed(kinds, below: [kind.number + 1]) { key, _ in
            let key = key.byteArray
            guard key.first == kind.number else { return false }
            guard key.count == 9 else {
                throw LedgerError(.damaged, "a key of the kind index is not 9 bytes")
            }
            last = key.dropFirst().reduce(0) { $0 << 8 | UInt64($1) }
            return false
        }
        return last
    }

    /// One household as the first `belowVersion` events of its stream tell it.
    package func household(
        stream: String,
        belowVersion: UInt32 = .max,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> HouseholdState {
        var state = HouseholdState()
        let records = try records(ofStream: stream, belowVersion: belowVersion, transaction)
        for record in records {
            let envelope = record.envelope
            state.evolve(record.event, on: envelope.day, by: envelope.actor.user)
        }
        return state
    }

    /// The events of one stream, oldest first; `belowVersion` leaves later ones out.
    ///
    /// No hash covers the index, so each record has to say itself that it is this one of the stream:
    /// else whoever can write the file could show one household's answers as another's.
    package func records(
        ofStream stream: String,
        belowVersion: UInt32 = .max,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> [RecordedEvent] {
        // Longer than any stream's name is none.
        guard stream.utf8.count <= RecordLimit.streamByteCount else { return [] }
        var records: [RecordedEvent] = []
        for index in try indexes(ofStream: stream, belowVersion: belowVersion, transaction) {
            guard let record = try recordedEvent(index, transaction) else {
                throw LedgerError(.damaged, "the stream index names record \(index), missing")
            }
            let envelope = record.envelope
            guard envelope.stream == stream, envelope.streamVersion == records.count else {
                throw LedgerError(
                    .damaged,
                    "the stream index names record \(index), which is not number"
                        + " \(records.count) of its stream; run bmn-audit verify"
                )
            }
            records.append(record)
        }
        return records
    }

    /// Record indexes of one kind of event, oldest first, from `start` on.
    ///
    /// Costs as much as it finds, and for a kind outside the kind index a walk of all records.
    package func indexes(
        ofKind kind: EventKind,
        from start: UInt64 = 0,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> [UInt64] {
        var indexes: [UInt64] = []
        guard kind.isInKindIndex else {
            try forEachRecord(from: start, transaction) { index, record in
                if try RecordScanner.scan(record).kind == kind { indexes.append(index) }
                return true
            }
            return indexes
        }
        try transaction.forEach(kinds, from: LedgerKey.kind(kind, start)) { key, _ in
            let key = key.byteArray
            guard key.first == kind.number else { return false }
            guard key.count == 9 else {
                throw LedgerError(.damaged, "a key of the kind index is not 9 bytes")
            }
            indexes.append(key.dropFirst().reduce(0) { $0 << 8 | UInt64($1) })
            return true
        }
        return indexes
    }

    /// The first record at or after a time; times never decrease, so halving finds it.
    package func firstIndex(
        atOrAfter time: RecordTime,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> UInt64 {
        var low: UInt64 = 0
        var high = try head(transaction).treeSize
        while low < high {
            let middle = low + (high - low) / 2
            let recordedAt = try withRecord(middle, transaction) {
                try RecordScanner.scan($0).envelope.recordedAt
            }
            guard let recordedAt else {
                throw LedgerError(.damaged, "record \(middle) is missing")
            }
            if recordedAt < time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    package func cells(
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> [CellKey: Cell] {
        var result: [CellKey: Cell] = [:]
        try transaction.forEach(cells) { key, value in
            guard let place = LedgerKey.cell(key.byteArray),
                let cell = Cell(encoded: value.byteArray)
            else { throw LedgerError(.damaged, "a cell of the figures is malformed") }
            result[place] = cell
            return true
        }
        return result
    }

    /// Which forms households' records name.
    private func readUsedForms(
        into state: inout State,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws {
        var stored: [(FormRange, [UInt8])] = []
        try transaction.forEach(forms) { key, value in
            guard let range = LedgerKey.formRange(key.byteArray) else {
                throw LedgerError(.damaged, "a key of the used forms is malformed")
            }
            stored.append((range, value.byteArray))
            return true
        }
        // Of a range of which no form is used any more: it may have been withdrawn, and its forms issued
        // in other ranges.
        stored.removeAll { _, bits in bits.allSatisfy { $0 == 0 } }
        for (range, bits) in stored where !state.setUsedForms(bits, of: range) {
            throw LedgerError(.damaged, "the used forms name a range that was not issued")
        }
    }

    /// The state that the rules need, without walking household events: those live on in the cells.
    package func state(
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> State {
        var state = State()
        try update(&state, from: 0, transaction)
        return state
    }

    /// The log's keys, each with the least tree size that it signs.
    package func logKeys(
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> [LogKeyTerm] {
        var state = State()
        for kind in [EventKind.ledgerCreated, .logKeyRotated] {
            for index in try indexes(ofKind: kind, transaction) {
                guard let record = try recordedEvent(index, transaction) else {
                    throw LedgerError(.damaged, "the kind index names record \(index), missing")
                }
                state.evolve(record.event, index: index, on: record.envelope.day)
            }
        }
        return state.logKeys
    }

    /// Brings a state that knows the records below `start` up to date.
    package func update(
        _ state: inout State,
        from start: UInt64,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws {
        try evolve(&state, from: start, below: .max, transaction)
        state.cells = try cells(transaction)
        try readUsedForms(into: &state, transaction)
    }

    /// The state that the records below a tree size leave, but for the sums over households.
    package func stateWithoutSums(
        below treeSize: UInt64,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> State {
        var state = State()
        try evolve(&state, from: 0, below: treeSize, transaction)
        state.cells = [:]
        return state
    }

    private func evolve(
        _ state: inout State,
        from start: UInt64,
        below treeSize: UInt64,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws {
        var indexes: [UInt64] = []
        for kind in EventKind.allCases where !kind.isOfHousehold {
            indexes += try self.indexes(ofKind: kind, from: start, transaction)
        }
        for index in indexes.sorted() where index < treeSize {
            guard let record = try recordedEvent(index, transaction) else {
                throw LedgerError(.damaged, "the kind index names record \(index), missing")
            }
            // An erased household lives on in its stream and cell alone, as every other does.
            if record.event.isOfHousehold { continue }
            state.evolve(record.event, index: index, on: record.envelope.day)
        }
    }
}
