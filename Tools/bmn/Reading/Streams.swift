import Ledger
import LedgerReader
import Survey

extension LedgerSnapshot {
    /// The records of one stream below a tree size, oldest first.
    func records(ofStream stream: String, below treeSize: UInt64 = .max) throws -> [RecordedEvent] {
        // Longer than any stream's name is none.
        guard stream.utf8.count <= RecordLimit.streamByteCount else { return [] }
        return try indexes(ofStream: stream).filter { $0 < treeSize }.map { index in
            guard let record = try recordedEvent(index) else {
                throw LedgerError(.damaged, "the stream index names record \(index), missing")
            }
            return record
        }
    }

    /// The cycle that is meant where none is named: the latest one that is defined.
    func latestCycle() throws -> String? {
        var cycles: [String] = []
        for index in try indexes(ofKind: .cycleDefined) {
            guard case .cycleDefined(let cycle) = try recordedEvent(index)?.event.kind else {
                continue
            }
            cycles.append(cycle.cycle)
        }
        return cycles.max()
    }

    /// `option`, else the latest cycle.
    func cycle(_ option: String?) throws -> String {
        if let option { return option }
        guard let cycle = try latestCycle() else { throw Rejection(.cycleUnknown, "") }
        return cycle
    }
}
