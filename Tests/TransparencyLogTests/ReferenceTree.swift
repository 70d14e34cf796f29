import Cryptography

/// The definition of RFC 6962 §2.1, word for word and with no thought of speed.
enum ReferenceTree {
    static func rootHash(of entries: ArraySlice<[UInt8]>) -> Digest {
        switch entries.count {
        case 0:
            return SHA256.hash([])
        case 1:
            return SHA256.hash([0x00] + entries[entries.startIndex])
        default:
            // k: the largest power of two smaller than n.
            var leftCount = 1
            while leftCount * 2 < entries.count {
                leftCount *= 2
            }
            let split = entries.startIndex + leftCount
            let left = rootHash(of: entries[..<split])
            let right = rootHash(of: entries[split...])
            return SHA256.hash([0x01] + left.bytes + right.bytes)
        }
    }
}
