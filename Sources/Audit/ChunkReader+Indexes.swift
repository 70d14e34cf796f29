import Ledger

extension ChunkReader {
    /// What the source's own indexes get wrong about this record, if anything.
    ///
    /// Every index entry is looked up from its record here, and `layoutProblems` counts that there
    /// are no others. One entry per record, distinct for distinct records, and none too many: so the
    /// entry of a stream's version before is that record's own, and it is enough that it exists
    /// and lies earlier for versions to be contiguous.
    func indexProblem(
        of scanned: ScannedRecord,
        storedUnder index: UInt64
    ) throws -> String? {
        let envelope = scanned.envelope
        let (stream, version) = (envelope.stream, envelope.streamVersion)
        // The walk came here from its neighbour; looking it up takes another way.
        guard try reader.withRecord(index, { _ in }) else {
            return "it is not found by its index"
        }
        guard try reader.recordIndex(ofStream: stream, version: version) == index else {
            return "the stream index does not lead from version \(version) of \(stream) to it"
        }
        if version > 0 {
            let before = try reader.recordIndex(ofStream: stream, version: version - 1)
            guard let before, before < index else {
                return "version \(version - 1) of \(stream) does not come before it"
            }
        }
        guard try reader.recordIndex(ofCommand: envelope.commandID) == index else {
            return "the command index does not lead from its command id to it"
        }
        if let kind = scanned.kind, try !reader.lists(kind, at: index) {
            return "the kind index does not list it"
        }
        return nil
    }
}
