import Cryptography

/// The definitions of RFC 9162 §2.1, word for word, over whole lists of leaf hashes.
///
/// Hashes once computed are remembered, which makes all proofs of all small trees affordable;
/// nothing else is done for speed, and nothing of the module under test is used.
final class ReferenceLog {
    let leafHashes: [Digest]

    private var known: [Range<Int>: Digest] = [:]

    init(leafHashes: [Digest]) {
        self.leafHashes = leafHashes
    }

    convenience init(entries: [[UInt8]]) {
        self.init(leafHashes: entries.map { entry in SHA256.hash([0x00] + entry) })
    }

    /// A log of entries that are all different.
    convenience init(size: Int) {
        self.init(entries: (0..<size).map { index in Array("entry \(index)".utf8) })
    }

    /// MTH(D[a:b]), §2.1.1.
    func rootHash(_ entries: Range<Int>) -> Digest {
        if entries.isEmpty {
            return SHA256.hash([])
        }
        if entries.count == 1 {
            return leafHashes[entries.lowerBound]
        }
        if let hash = known[entries] {
            return hash
        }
        let split = entries.lowerBound + Self.split(entries.count)
        let left = rootHash(entries.lowerBound..<split)
        let right = rootHash(split..<entries.upperBound)
        let hash = SHA256.hash([0x01] + left.bytes + right.bytes)
        known[entries] = hash
        return hash
    }

    /// PATH(m, D[a:b]), §2.1.3.1; m counts from the start of the range.
    func inclusionPath(_ index: Int, _ entries: Range<Int>) -> [Digest] {
        if entries.count == 1 {
            return []
        }
        let count = Self.split(entries.count)
        let split = entries.lowerBound + count
        if index < count {
            return inclusionPath(index, entries.lowerBound..<split)
                + [rootHash(split..<entries.upperBound)]
        }
        return inclusionPath(index - count, split..<entries.upperBound)
            + [rootHash(entries.lowerBound..<split)]
    }

    /// PROOF(m, D_n), §2.1.4.1.
    func consistencyPath(_ first: Int, _ second: Int) -> [Digest] {
        first == 0 ? [] : subproof(first, 0..<second, isKnown: true)
    }

    private func subproof(_ first: Int, _ entries: Range<Int>, isKnown: Bool) -> [Digest] {
        if first == entries.count {
            return isKnown ? [] : [rootHash(entries)]
        }
        let count = Self.split(entries.count)
        let split = entries.lowerBound + count
        if first <= count {
            return subproof(first, entries.lowerBound..<split, isKnown: isKnown)
                + [rootHash(split..<entries.upperBound)]
        }
        return subproof(first - count, split..<entries.upperBound, isKnown: false)
            + [rootHash(entries.lowerBound..<split)]
    }

    /// The largest power of two smaller than a number above 1.
    private static func split(_ count: Int) -> Int {
        var split = 1
        while split * 2 < count {
            split *= 2
        }
        return split
    }
}
