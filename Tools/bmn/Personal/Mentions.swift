import Console
import Ledger
import LedgerReader
import Survey

/// Where records of others name a household or a person: what they say there is not sealed.
extension LedgerSnapshot {
    /// What objections, defects and whatever else is outside the household's own stream say of it, to
    /// the last word on each: an answer to an objection speaks of the household as well.
    func mentions(
        ofHousehold id: String,
        cycle: String,
        _ language: Language
    ) throws -> [RecordedEvent] {
        var found: [UInt64: RecordedEvent] = [:]
        for index in try indexes(naming: id, language) {
            guard let record = try recordedEvent(index), !record.event.isOfHousehold else {
                continue
            }
            let stream = record.envelope.stream
            let isConcern = ["objection/", "defect/"].contains { stream.hasPrefix($0) }
            let group = isConcern ? try records(ofStream: stream) : [record]
            // An id is unique within a cycle only.
            let known = group.lazy.compactMap(\.event.cycleOfConcern).first
            guard known.map({ $0 == cycle }) ?? true else { continue }
            for record in group { found[record.envelope.index] = record }
        }
        return found.values.sorted { $0.envelope.index < $1.envelope.index }
    }

    /// All records that name something, in whatever capacity: one pass over the ledger.
    ///
    /// An identifier is a whole string of the record's JSON and needs no escapes, so it is looked for as
    /// bytes; no kind of event can be forgotten.
    func indexes(naming identifier: String, _ language: Language) throws -> [UInt64] {
        let name = Array("\"\(identifier)\"".utf8)
        let label = Phrase(thai: "ค้นระเบียน", english: "searching").text(language)
        let bar = ProgressBar(label, total: Int(treeSize))
        var indexes: [UInt64] = []
        try forEachRecord { index, record in
            if record.contains(name) { indexes.append(index) }
            if index.isMultiple(of: 1 << 12) { bar?.update(Int(index)) }
            return true
        }
        bar?.finish()
        return indexes
    }
}

extension Event {
    /// Of what was found wrong in a cycle; nil of anything else, a resolution too.
    fileprivate var cycleOfConcern: String? {
        switch kind {
        case .objectionRaised(let objection): objection.cycle
        case .defectFound(let defect): defect.cycle
        default: nil
        }
    }
}

extension RawSpan {
    fileprivate func contains(_ bytes: [UInt8]) -> Bool {
        let span = Span<UInt8>(_bytes: self)
        guard let first = bytes.first, let last = bytes.last, span.count >= bytes.count else {
            return false
        }
        for start in 0...(span.count - bytes.count) {
            // Both ends are quotes, which are seldom just so far apart.
            guard span[start] == first, span[start + bytes.count - 1] == last else { continue }
            if bytes.indices.allSatisfy({ span[start + $0] == bytes[$0] }) { return true }
        }
        return false
    }
}
