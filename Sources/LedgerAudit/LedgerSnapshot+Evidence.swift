import Audit
package import Evidence
import Ledger
package import LedgerReader
import Survey
package import TransparencyLog

/// Why a ledger cannot give the evidence that was asked for.
package enum EvidenceGap: Error, Hashable, Sendable {
    /// The ledger ends before this record.
    case noRecord(UInt64)
    /// No checkpoint was signed since this record.
    case notCovered(UInt64)
    /// No checkpoint of exactly this size is stored.
    case noCheckpoint(treeSize: UInt64)
    /// No checkpoint that covers it meets the policy.
    case policyNotMet
    /// The ledger knows no such certification or household.
    case unknown(BundleSubject)
    /// More records than a container holds.
    case tooMany(Int)
}

extension LedgerSnapshot {
    /// Proves that a record is in the tree of a stored checkpoint: of this size, or the latest.
    ///
    /// What is read is checked before it is given away: a damaged ledger throws.
    package func proof(of index: UInt64, treeSize: UInt64?) throws -> TLogProof {
        guard index < self.treeSize else { throw EvidenceGap.noRecord(index) }
        let checkpoint = try checkpoint(covering: index, treeSize: treeSize, policy: nil)
        let key = try logKeys().last { $0.fromTreeSize <= checkpoint.treeSize }
        do throws(TransparencyLogError) {
            try checkpoint.note().requireLogSignature(key?.vkey)
        } catch {
            throw LedgerError(
                .damaged,
                "the checkpoint of \(checkpoint.treeSize) records is not the log's: \(error)"
            )
        }
        return try TLogProof(
            inclusion: try entry(index, under: checkpoint).proof,
            note: try checkpoint.cosigned()
        )
    }

    /// What a bundle of the subject is made of, under the latest checkpoint that meets the policy.
    package func bundleContents(
        of subject: BundleSubject,
        treeSize: UInt64?,
        policy: LogPolicy?,
        policyBytes: [UInt8]?,
        heartbeat: () -> Void
    ) throws -> BundleContents {
        let own = try indexes(ofStream: subject.stream)
        guard let last = own.last else { throw EvidenceGap.unknown(subject) }
        let checkpoint = try checkpoint(
            // A chosen size says how far the story is told; else all of it is.
            covering: treeSize == nil ? last : own[0],
            treeSize: treeSize,
            policy: policy
        )
        let covered = own.filter { $0 < checkpoint.treeSize }
        let scope = BundleScope(subject, events: try events(covered))
        var streams = scope.streams
        if case .certification = subject {
            let kinds = [
                EventKind.cycleDefined, .orderIssued, .orderAmended, .resultsPresented,
            ]
            let further = try kinds.flatMap { try self.indexes(ofKind: $0) }
                .filter { $0 < checkpoint.treeSize }.sorted()
            streams.formUnion(scope.furtherStreams(try events(further)))
        }
        var indexes: Set<UInt64> = []
        for stream in streams {
            indexes.formUnion(try self.indexes(ofStream: stream))
        }
        let due = indexes.filter { $0 < checkpoint.treeSize }.sorted()
        guard due.count <= BundleContents.recordCountMax else {
            throw EvidenceGap.tooMany(due.count)
        }
        var entries: [BundleContents.Entry] = []
        for index in due {
            entries.append(try entry(index, under: checkpoint))
            heartbeat()
        }
        return BundleContents(entries: entries, checkpoint: checkpoint, policy: policyBytes)
    }

    private func checkpoint(
        covering index: UInt64,
        treeSize: UInt64?,
        policy: LogPolicy?
    ) throws -> StoredCheckpoint {
        if let treeSize {
            guard let found = try checkpoint(treeSize: treeSize) else {
                throw EvidenceGap.noCheckpoint(treeSize: treeSize)
            }
            guard index < treeSize else { throw EvidenceGap.notCovered(index) }
            return found
        }
        var found = try latestCheckpoint()
        var isCovered = false
        while let checkpoint = found, index < checkpoint.treeSize {
            isCovered = true
            guard let policy else { return checkpoint }
            if let note = try? checkpoint.cosigned(), (try? policy.evaluate(note)) != nil {
                return checkpoint
            }
            found = try self.checkpoint(below: checkpoint.treeSize)
        }
        throw isCovered ? EvidenceGap.policyNotMet : EvidenceGap.notCovered(index)
    }

    private func events(_ indexes: [UInt64]) throws -> [Event] {
        try indexes.map { index in
            defer { countScatteredRead() }
            guard let recorded = try recordedEvent(index) else {
                throw LedgerError(.damaged, "an index names record \(index), which is missing")
            }
            return recorded.event
        }
    }

    private func entry(
        _ index: UInt64,
        under checkpoint: StoredCheckpoint
    ) throws -> BundleContents.Entry {
        defer { countScatteredRead() }
        guard let record = try withRecord(index, { $0.byteArray }) else {
            throw LedgerError(.damaged, "record \(index) is missing")
        }
        let proof = try inclusionProof(recordIndex: index, treeSize: checkpoint.treeSize)
        do {
            let head = try checkpoint.checkpoint().treeHead
            try proof.check(leafHash: MerkleTree.leafHash(of: record), in: head)
        } catch {
            throw LedgerError(.damaged, "record \(index) is not under its checkpoint: \(error)")
        }
        return BundleContents.Entry(record: record, proof: proof)
    }
}
