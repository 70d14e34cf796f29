import Cryptography
import Foundation
import TestSupport
import Testing
import TransparencyLog

/// The cases of transparency-dev/merkle, testdata; they lie beside the repository.
struct ConformanceTests {
    private static let inclusion = "merkle/inclusion.jsonl"

    private static let consistency = "merkle/consistency.jsonl"

    private struct Inclusion: Decodable {
        let `case`: String
        let leafIdx: UInt64
        let treeSize: UInt64
        let root: Data
        let leafHash: Data
        let proof: [Data]?
        let wantErr: Bool
    }

    private struct Consistency: Decodable {
        let `case`: String
        let size1: UInt64
        let size2: UInt64
        let root1: Data
        let root2: Data
        let proof: [Data]?
        let wantErr: Bool
    }

    private func cases<Case: Decodable>(_ path: String) throws -> [Case] {
        let text = try String(contentsOf: SharedData.url(path), encoding: .utf8)
        return try text.split(separator: "\n").map { line in
            try JSONDecoder().decode(Case.self, from: Data(line.utf8))
        }
    }

    /// Nil where a hash is not 32 bytes long: no `Digest` can hold it, which is a refusal.
    private func digests(_ hashes: [Data]) -> [Digest]? {
        let digests = hashes.compactMap { hash in Digest(bytes: Array(hash)) }
        return digests.count == hashes.count ? digests : nil
    }

    @Test(.enabled(if: SharedData.isPresent(inclusion), "no shared data beside the repository"))
    func `Inclusion proofs are judged as the conformance cases say`() throws {
        let cases: [Inclusion] = try cases(Self.inclusion)
        #expect(cases.count == 98)
        for item in cases {
            let holds =
                digests([item.root, item.leafHash] + (item.proof ?? [])).map { hashes in
                    let path = Array(hashes.dropFirst(2))
                    return InclusionProof(leafIndex: item.leafIdx, path: path).holds(
                        for: hashes[1],
                        in: TreeHead(treeSize: item.treeSize, rootHash: hashes[0])
                    )
                } ?? false
            #expect(holds == !item.wantErr, "\(item.case)")
        }
    }

    @Test(.enabled(if: SharedData.isPresent(consistency), "no shared data beside the repository"))
    func `Consistency proofs are judged as the conformance cases say`() throws {
        let cases: [Consistency] = try cases(Self.consistency)
        #expect(cases.count == 98)
        for item in cases {
            // One case that must pass has equal roots of 12 bytes; their SHA-256 is as equal.
            let roots = [item.root1, item.root2].map { root in
                root.count == 32 ? root : Data(SHA256.hash(Array(root)).bytes)
            }
            let holds =
                digests(roots + (item.proof ?? [])).map { hashes in
                    ConsistencyProof(path: Array(hashes.dropFirst(2))).holds(
                        from: TreeHead(treeSize: item.size1, rootHash: hashes[0]),
                        to: TreeHead(treeSize: item.size2, rootHash: hashes[1])
                    )
                } ?? false
            #expect(holds == !item.wantErr, "\(item.case)")
        }
    }
}
