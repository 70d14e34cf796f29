import Survey

/// What the source keeps beside the records, against what they give.
extension AuditWalk {
    mutating func compareWithStored(_ heartbeat: () throws -> Void) throws {
        if checks.contains(.structure) {
            for problem in try reader.layoutProblems(heartbeat: heartbeat) {
                findings.add(.structure, nil, problem)
            }
        }
        let head = try reader.storedHead()
        if checks.contains(.structure), head.lastRecordedAt != lastRecordedAt {
            findings.add(.structure, nil, "the stored time of the last record is not its time")
        }
        if checks.contains(.structure), head.largestKeyID != largestKeyID {
            findings.add(.structure, nil, "the stored largest key id is not that of the records")
        }
        if checks.contains(.chain), head.lastLeafHash != previousLeafHash {
            findings.add(.chain, nil, "the stored hash of the last record is not its hash")
        }
        if checks.contains(.tree), head.range != range {
            findings.add(.tree, nil, "the stored tree is not the tree of the records")
        }
        if checks.contains(.figures) { compare(try reader.storedCells()) }
    }

    private mutating func compare(_ stored: [CellKey: Cell]) {
        let keys = Set(stored.keys).union(state.cells.keys)
        let differing = keys.filter { stored[$0] != state.cells[$0] }
        // One finding for each village, in an order that does not depend on the hashing.
        let names = differing.map { "cycle \($0.cycle), village \($0.village), LAO \($0.lao)" }
        for name in names.sorted() {
            findings.add(.figures, nil, "the stored sums of \(name) are not those of the records")
        }
    }
}
