import Testing
import TransparencyLog

/// What a proof of an entry says of the tree before it.
@Suite struct InclusionPrefixTests {
    @Test func `A proof gives the root hash of the entries before its own`() throws {
        let log = ReferenceLog(size: 70)
        for size in 1...70 {
            for index in 0..<size {
                let proof = try log.inclusionProof(index, in: size)
                let root = proof.rootHashOfEntriesBefore(in: log.head(size))
                #expect(root == log.rootHash(0..<index), "\(index) of \(size)")
            }
        }
    }
}
