import Survey
import TransparencyLog

/// Which checkpoint a sample had to be drawn by.
extension AuditWalk {
    /// The first one past the announcement, with the root that the records give; nil for other events
    /// and where there is none.
    ///
    /// A source that keeps the latest checkpoint alone cannot say which was the first. There the size
    /// that the draw claims is taken, and what somebody kept can still show an earlier one.
    func checkpoint(drawnBy event: Event) throws -> SignedHead? {
        guard case .sampleDrawn(let draw) = event.kind, let sample = state.samples[draw.sample]
        else { return nil }
        let announced = sample.announcedAtIndex
        var sizes = knownHeads.filter(isSignedByLog).map(\.treeSize)
        if reader.keepsCheckpoints {
            sizes += try reader.checkpoint(from: announced + 1).map { [$0.treeSize] } ?? []
        } else {
            sizes.append(draw.treeSize)
        }
        guard let size = sizes.filter({ $0 > announced }).min(), size <= range.treeSize,
            // The tiles that this reads are held against the records by the tree level.
            let edge = try? PrefixEdge(reader, treeSize: size), let root = edge.range?.rootHash
        else { return nil }
        return SignedHead(treeSize: size, rootHash: root)
    }

    /// Whoever forges a checkpoint must not make an honest draw look like a forged one.
    private func isSignedByLog(_ known: KnownHead) -> Bool {
        guard let note = known.note else { return false }
        let key = state.logKey(treeSize: known.treeSize)
        return (try? note.requireLogSignature(key)) != nil
    }
}
