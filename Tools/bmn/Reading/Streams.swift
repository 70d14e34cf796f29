import Console
import Ledger
import LedgerReader
import Survey

extension LedgerSnapshot {
    /// The records of one stream below a tree size, oldest first.
    func records(ofStream stream: String, below treeSize: UInt64) throws -> [RecordedEvent] {
        try records(ofStream: stream).filter { $0.envelope.index < treeSize }
    }

    /// `option`, else the cycle that is meant where none is named.
    ///
    /// That is the latest one with a household or a certification, so that defining the next year
    /// does not hide this one; where none has any, the latest one that is defined.
    func cycle(_ option: String?, below treeSize: UInt64 = .max) throws -> String {
        var definitions: [(cycle: String, index: UInt64)] = []
        for index in try indexes(ofKind: .cycleDefined) where index < treeSize {
            guard case .cycleDefined(let cycle) = try recordedEvent(index)?.event.kind else {
                continue
            }
            definitions.append((cycle.cycle, index))
        }
        if let option {
            // As it is typed on a Thai keyboard, too. A year that nobody defined has no zeros to show.
            let cycle = option.map { $0.wholeNumberValue.map(String.init) ?? "\($0)" }.joined()
            guard definitions.contains(where: { $0.cycle == cycle }) else {
                throw Rejection(.cycleUnknown, cycle)
            }
            return cycle
        }
        definitions.sort { $0.cycle > $1.cycle }
        guard let latest = definitions.first else {
            throw Failure(
                "cycleUnknown",
                thai: "ยังไม่มีรอบปีในบัญชี: กำหนดก่อนด้วย bmn cycle defaults",
                english: "No cycle is defined yet: define one, see bmn cycle defaults --help.",
                exit: .refused
            )
        }
        guard definitions.count > 1 else { return latest.cycle }
        return try definitions.first {
            try hasData(ofCycle: $0.cycle, from: $0.index, below: treeSize)
        }?.cycle ?? latest.cycle
    }

    /// Whether a cycle has a household or a certification; its first one ends the walk.
    private func hasData(
        ofCycle cycle: String,
        from start: UInt64,
        below treeSize: UInt64
    ) throws -> Bool {
        let households = Event.stream(cycle, "")
        var isFound = false
        try forEachRecord(from: start) { index, record in
            guard index < treeSize else { return false }
            let scanned = try RecordScanner.scan(record)
            if scanned.kind == .certificationPrepared {
                let event = try EventCodec.decode(record).event
                isFound = event.certificationPrepared.cycle == cycle
            } else {
                isFound = scanned.envelope.stream.hasPrefix(households)
            }
            return !isFound
        }
        return isFound
    }
}
