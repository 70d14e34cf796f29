import Cryptography
import Ledger
import Survey
import TransparencyLog

/// The part of verification that must go in record order: joins chunks, grows the tree, replays the
/// rules.
struct AuditWalk {
    let checks: Set<Check>
    let reader: any RecordSourceReader
    let knownHeads: [KnownHead]
    let trust: Trust
    var findings = FindingList()
    var state = State()
    var range = CompactRange()
    var households = HouseholdCache()
    var signatureCount: UInt64 = 0
    var certificationCount: UInt64 = 0
    var checkpointCount: UInt64 = 0
    var tiles = TileWalk()
    var nextCheckpoint: StoredCheckpoint?
    var seal = Seal()
    var timestampCount: UInt64 = 0
    var namedDocuments: [NamedDocument] = []
    /// How many of them were looked at.
    var attachmentCount: UInt64 = 0
    /// Whether one of them is valid and, where roots were named, leads to one of these.
    var hasTimestamp = false
    /// When the record was recorded that the tree was last grown by.
    var recordTimeBefore: RecordTime?
    var origin: String?
    var previousLeafHash = Digest.zero
    var lastRecordedAt: RecordTime?
    /// How many records were verified before and are not read now.
    var prefixSize: UInt64 = 0
    /// The key that checkpoints are held against where no state tells it.
    var logKey: String?
    /// The last checkpoint that was looked at.
    var lastCheckpoint: StoredCheckpoint?
    private(set) var largestKeyID: UInt64 = 0
    var lastIndex: UInt64?
    private(set) var recordCount: UInt64 = 0
    private let needsEvents: Bool
    let needsTree: Bool

    init(
        checks: Set<Check>,
        reader: any RecordSourceReader,
        knownHeads: [KnownHead],
        trust: Trust
    ) {
        self.checks = checks
        self.reader = reader
        self.knownHeads = knownHeads
        self.trust = trust
        needsEvents = checks.contains(where: \.needsEvents)
        // Who brings a checkpoint wants it compared, whichever level was asked for.
        needsTree =
            needsEvents || checks.contains(.tree) || knownHeads.contains { $0.note != nil }
    }

    /// What can be said before the first record.
    mutating func begin(treeSize: UInt64) throws {
        if needsTree { nextCheckpoint = try reader.checkpoint(from: 0) }
        if treeSize == 0 {
            findings.add(.noRecords, nil, "the ledger has no records, not even the first")
        }
        for known in knownHeads where known.treeSize > treeSize {
            findings.add(
                .tailMissing,
                nil,
                "\(known.witness) knows a tree size of \(known.treeSize), the ledger has"
                    + " \(treeSize): the last \(known.treeSize - treeSize) records are gone",
                by: known.witness
            )
        }
        if needsTree { compareWithKnownHeads() }
    }

    mutating func take(_ chunk: Chunk) throws {
        join(chunk)
        // Unreadable records are findings whatever was asked for: nothing above them can be trusted.
        findings.add(chunk.findings, of: checks.union([.structure]))
        origin = chunk.origin ?? origin
        lastIndex = chunk.lastIndex ?? lastIndex
        lastRecordedAt = chunk.lastRecordedAt ?? lastRecordedAt
        previousLeafHash = chunk.lastLeafHash ?? previousLeafHash
        recordCount += chunk.recordCount
        largestKeyID = max(largestKeyID, chunk.largestKeyID)
        guard needsTree else { return }
        var walkedCount = 0
        for root in chunk.tileRoots {
            guard try takeTile(root, chunk.leafHashes[walkedCount..<walkedCount + Tile.fullWidth])
            else { break }
            walkedCount += Tile.fullWidth
        }
        for (offset, leafHash) in chunk.leafHashes.enumerated().dropFirst(walkedCount) {
            if needsEvents { try replay(chunk.events[offset]) }
            range.append(leafHash)
            if needsEvents { recordTimeBefore = chunk.events[offset].recorded?.envelope.recordedAt }
            try checkTree(leafHash)
        }
    }

    /// What the first record of a chunk gets wrong about the last one before it.
    private mutating func join(_ chunk: Chunk) {
        guard let index = chunk.firstIndex else { return }
        if let lastIndex {
            if index != lastIndex &+ 1 {
                findings.add(.recordsMissing, lastIndex &+ 1, .gap(lastIndex, index))
            }
        } else if index > 0 {
            findings.add(.recordsMissing, 0, .missing(0..<index))
        }
        if checks.contains(.chain), let claimed = chunk.firstPrevious, claimed != previousLeafHash {
            findings.add(
                .chainBroken,
                index,
                lastIndex.map { .wrongPrevious($0, previousLeafHash) }
                    ?? "previous of the first record is not all zeros"
            )
        }
        if let first = chunk.firstRecordedAt, let last = lastRecordedAt, first < last {
            findings.add(.timeGoesBack, index, .timeGoesBack(last, first))
        }
    }

    mutating func compareWithKnownHeads() {
        for known in knownHeads where known.treeSize == range.treeSize {
            if let note = known.note { checkKnown(note, of: known) }
            guard let rootHash = known.rootHash, rootHash != range.rootHash else { continue }
            findings.add(
                .historyRewritten,
                nil,
                "\(known.witness) knows another root hash for tree size \(known.treeSize):"
                    + " history was rewritten",
                // Of structure, which is always reported, where the tree was not asked for.
                of: checks.contains(.tree) ? .tree : .structure,
                by: known.witness
            )
        }
    }

    /// What can be said after the last record; `heartbeat` is called now and then meanwhile.
    mutating func finish(treeSize: UInt64, heartbeat: () throws -> Void) throws -> Verdict {
        let end = lastIndex.map { $0 &+ 1 } ?? 0
        if end < treeSize { findings.add(.recordsMissing, end, .missing(end..<treeSize)) }
        for known in knownHeads {
            guard let claimed = known.origin, let origin, claimed != origin else { continue }
            addOtherOrigin(origin, claimed, known.witness)
        }
        if checks.contains(.signatures) {
            for known in knownHeads where known.treeSize > range.treeSize {
                if let note = known.note { _ = isSigned(note, of: known) }
            }
        }
        if checks.contains(.signatures) { try checkAttachments(heartbeat) }
        if needsTree { try finishTree() }
        try findCheckpointsBeyondEnd()
        try compareWithStored(heartbeat)
        return verdict
    }

    mutating func addOtherOrigin(_ origin: String, _ claimed: String, _ witness: String) {
        findings.add(
            .originMismatch,
            0,
            "its origin is \(origin); \(witness) is of \(claimed)",
            by: witness
        )
    }

    /// What there is to say of the records that were taken.
    var verdict: Verdict {
        var verdict = Verdict(origin: origin, treeSize: prefixSize + recordCount)
        verdict.checkpoint = lastCheckpoint
        verdict.rootHash = needsTree ? range.rootHash : nil
        verdict.witnesses = knownHeads.map(\.witness)
        verdict.seal = checks.contains(.signatures) ? seal : nil
        verdict.namedDocumentCount = UInt64(namedDocuments.count)
        verdict.attachmentCount = attachmentCount
        verdict.isSynthetic = state.cycles.values.contains { $0.cycle.synthetic }
        verdict.headHash = verdict.treeSize > 0 ? previousLeafHash : nil
        let reported = checks.union(findings.count(.structure) > 0 ? [.structure] : [])
        verdict.checks = reported.sorted().map { check in
            CheckResult(
                check,
                checkedCount: checkedCount(check),
                findingCount: findings.count(check)
            )
        }
        verdict.findings = findings.kept.filter { reported.contains($0.check) }.sorted()
        return verdict
    }

    private func checkedCount(_ check: Check) -> UInt64 {
        switch check {
        case .signatures: signatureCount + checkpointCount + timestampCount + attachmentCount
        case .figures: certificationCount
        default: recordCount
        }
    }
}
