import LedgerReader

extension ProjectionRunner {
    /// Builds the read models of a new database from chosen records below `end`, in order, for a
    /// question that no other record bears on: it costs as much as they are, whatever lies around them.
    ///
    /// Ask nothing else of it: its position says `end`, as if all records had been applied.
    @available(*, noasync)
    package func build(
        from chosen: [UInt64],
        upTo end: UInt64,
        _ source: borrowing some EventSource & ~Copyable
    ) throws {
        let records = try source.records(at: chosen.filter { $0 < end }, for: projections)
        let head = end > 0 ? try source.leafHash(end - 1) : nil
        try database.write { db in
            for projection in projections {
                try PositionTable.reset(projection, db)
                try PositionTable.createIndexes(projection, db)
                try projection.apply(records[...], db)
                if let head { try PositionTable.move(projection.name, to: end, head: head, db) }
            }
        }
    }
}

extension EventSource where Self: ~Copyable {
    /// The records at these indexes, as far as the projections want them.
    fileprivate func records(
        at indexes: [UInt64],
        for projections: [any Projection]
    ) throws -> [ProjectedRecord] {
        var decoder = RecordDecoder(projections)
        var records: [ProjectedRecord] = []
        for index in indexes {
            try forEachRecord(from: index) { found, bytes in
                guard found == index else { return false }
                let record = try decoder.decode(index, bytes) { stream, version in
                    try household(stream: stream, belowVersion: version)
                }
                if let record { records.append(record) }
                return false
            }
        }
        return records
    }
}
