import Survey

/// What the source keeps beside the records, against what they give.
extension AuditWalk {
    mutating func compareWithStored(_ heartbeat: () throws -> Void) throws {
        // All of it, so not where only a part is asked for.
        if checks.contains(.structure), prefixSize == 0 {
            for problem in try reader.layoutProblems(heartbeat: heartbeat) {
                findings.add(.storeLayoutWrong, nil, problem)
            }
        }
        if checks.contains(.figures), let cells = try reader.storedCells() { compare(cells) }
        if checks.contains(.figures), let forms = try reader.storedForms() { compare(forms) }
        guard let head = try reader.storedHead() else { return }
        if checks.contains(.structure), head.lastRecordedAt != lastRecordedAt {
            findings.add(
                .storedHeadWrong,
                nil,
                "the stored time of the last record is not its time"
            )
        }
        if checks.contains(.structure), prefixSize == 0, head.largestKeyID != largestKeyID {
            findings.add(
                .storedHeadWrong,
                nil,
                "the stored largest key id is not that of the records"
            )
        }
        if checks.contains(.chain), head.lastLeafHash != previousLeafHash {
            findings.add(
                .storedHeadWrong,
                nil,
                "the stored hash of the last record is not its hash",
                of: .chain
            )
        }
        if checks.contains(.tree), head.range != range {
            findings.add(.storedTreeWrong, nil, "the stored tree is not the tree of the records")
        }
    }

    private mutating func compare(_ stored: [CellKey: Cell]) {
        let keys = Set(stored.keys).union(state.cells.keys)
        let differing = keys.filter { stored[$0] != state.cells[$0] }
        // One finding for each village, in an order that does not depend on the hashing.
        let names = differing.map { "cycle \($0.cycle), village \($0.village), LAO \($0.lao)" }
        for name in names.sorted() {
            findings.add(
                .storedFiguresWrong,
                nil,
                "the stored sums of \(name) are not those of the records"
            )
        }
    }

    private mutating func compare(_ stored: [FormRange: [UInt8]]) {
        let (stored, used) = (stored.filter { !$0.value.allSatisfy { $0 == 0 } }, state.usedForms)
        let differing = Set(stored.keys).union(used.keys).filter { stored[$0] != used[$0] }
        for name in differing.map({ "cycle \($0.cycle), \($0.prefix)\($0.first)" }).sorted() {
            findings.add(
                .storedFiguresWrong,
                nil,
                "the forms stored as used from \(name) on are not those of the records"
            )
        }
    }
}
