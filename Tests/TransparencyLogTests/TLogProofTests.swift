import Cryptography
import Foundation
import TestSupport
import Testing
import TransparencyLog

struct TLogProofTests {
    private let malformed = TransparencyLogError(.malformedProof, "")

    private func proof(_ text: String) throws -> TLogProof {
        try TLogProof(bytes: Array(text.utf8))
    }

    @Test func `Our own proof is read, verified and written`() throws {
        let proof = try proof(OwnLog.proof)
        #expect(proof.extra == nil)
        #expect(proof.inclusion.leafIndex == 5)
        #expect(proof.inclusion.path.count == 3)
        #expect(proof.encoded == Array(OwnLog.proof.utf8))
        let endorsement = try proof.verify(
            leafHash: OwnLog.leafHash,
            policy: try OwnLog.policy(quorum: "w1")
        )
        #expect(endorsement.checkpoint.origin == "bmn.example.th/ledger")
        #expect(endorsement.checkpoint.treeHead.treeSize == 8)
        #expect(endorsement.logKey.vkey == OwnLog.logKey)
        #expect(endorsement.cosignatures.map(\.witness.name) == ["w1"])
        #expect(endorsement.cosignatures.map(\.time) == [OwnLog.time])
    }

    @Test(.enabled(if: SharedData.isPresent("vectors/own.tlog-proof"), "no shared data"))
    func `The file beside the repository is the same proof`() throws {
        let data = try Data(contentsOf: SharedData.url("vectors/own.tlog-proof"))
        #expect(String(decoding: data, as: UTF8.self) == OwnLog.proof)
    }

    @Test func `It proves nothing of another entry`() throws {
        let proof = try proof(OwnLog.proof)
        let policy = try OwnLog.policy(quorum: "w1")
        for entry: [UInt8] in [[], [0x40, 0x41, 0x42], [0x40, 0x41, 0x42, 0x44]] {
            #expect(throws: TransparencyLogError(.invalidInclusionProof, "")) {
                try proof.verify(leafHash: MerkleTree.leafHash(of: entry), policy: policy)
            }
        }
    }

    @Test func `Any bit turned ends it where the policy asks for the witness`() throws {
        let policy = try OwnLog.policy(quorum: "w1")
        let bytes = Array(OwnLog.proof.utf8)
        _ = try TLogProof(bytes: bytes).verify(leafHash: OwnLog.leafHash, policy: policy)
        for bit in 0..<bytes.count * 8 {
            var altered = bytes
            altered[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: TransparencyLogError.self, "bit \(bit)") {
                try TLogProof(bytes: altered).verify(leafHash: OwnLog.leafHash, policy: policy)
            }
        }
    }

    @Test func `Any bit turned leaves the meaning or ends it where no witness is asked for`() throws
    {
        let policy = try OwnLog.policy(quorum: "none")
        let bytes = Array(OwnLog.proof.utf8)
        let whole = try TLogProof(bytes: bytes).verify(leafHash: OwnLog.leafHash, policy: policy)
        #expect(whole.cosignatures.count == 1)
        var acceptedPlaces: Set<Int> = []
        for bit in 0..<bytes.count * 8 {
            var altered = bytes
            altered[bit / 8] ^= 1 << (bit % 8)
            guard let proof = try? TLogProof(bytes: altered),
                let seen = try? proof.verify(leafHash: OwnLog.leafHash, policy: policy)
            else { continue }
            acceptedPlaces.insert(bit / 8)
            #expect(proof.inclusion.leafIndex == 5)
            #expect(seen.checkpoint.text == OwnLog.checkpoint)
            #expect(seen.logKey == whole.logKey)
            #expect(seen.cosignatures.isEmpty, "another witness's line counts for nobody")
        }
        // All of them lie in the name and key ID of the witness's line, which is ignored then.
        let line = bytes.count - OwnLog.witnessLine.utf8.count..<bytes.count
        #expect(!acceptedPlaces.isEmpty)
        #expect(acceptedPlaces.allSatisfy { line.contains($0) })
    }

    @Test func `A proof cut off or gone on with is refused`() throws {
        let policy = try OwnLog.policy(quorum: "w1")
        let bytes = Array(OwnLog.proof.utf8)
        for count in 0..<bytes.count {
            #expect(throws: TransparencyLogError.self, "\(count) bytes") {
                try TLogProof(bytes: Array(bytes.prefix(count)))
                    .verify(leafHash: OwnLog.leafHash, policy: policy)
            }
        }
        for end in ["\n", " ", "x", "x\n", "\n\n", "\0"] {
            #expect(throws: TransparencyLogError.self, "\(end.debugDescription)") {
                try proof(OwnLog.proof + end)
            }
        }
    }

    @Test func `Extra data is carried and vouched for by nobody`() throws {
        let plain = try proof(OwnLog.proof)
        let extra = Array("age-v1.2.1".utf8)
        let more = try TLogProof(inclusion: plain.inclusion, note: plain.note, extra: extra)
        let read = try TLogProof(bytes: more.encoded)
        #expect(read.extra == extra)
        #expect(read.encoded == more.encoded)
        #expect(
            String(decoding: more.encoded, as: UTF8.self)
                == OwnLog.proof.replacing("index", with: "extra YWdlLXYxLjIuMQ==\nindex")
        )
        let policy = try OwnLog.policy(quorum: "w1")
        _ = try read.verify(leafHash: OwnLog.leafHash, policy: policy)
    }

    @Test(arguments: [
        ("c2sp.org/tlog-proof@v1\n", ""), ("c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v2\n"),
        ("c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v1 \n"),
        ("c2sp.org/tlog-proof@v1\n", "\nc2sp.org/tlog-proof@v1\n"),
        ("index 5", "index 05"), ("index 5", "index +5"), ("index 5", "index -5"),
        ("index 5", "index  5"), ("index 5", "index 5 "), ("index 5", "index\t5"),
        ("index 5", "index"), ("index 5", "index ๕"), ("index 5", "Index 5"),
        ("index 5", "index 9223372036854775807"), ("index 5", "index 18446744073709551616"),
        ("index 5\n", ""), ("index 5", "index 5\nindex 5"), ("index 5", "extra \nindex 5"),
        ("index 5", "extra QQ\nindex 5"), ("index 5", "extra QR==\nindex 5"),
        ("index 5", "extra QQ==\nextra QQ==\nindex 5"), ("index 5", "index 5\nextra QQ=="),
        ("index 5", "index 5\nAAAA"), ("vBoG", " vBoG"), ("nms=\n", "nms=\r\n"), ("nms=", "nmt="),
        ("nms=\n", "nms=\n\nx\n"),
    ])
    func `Any other form is no proof`(old: String, new: String) throws {
        let text = OwnLog.proof.replacing(old, with: new)
        #expect(text != OwnLog.proof)
        #expect(throws: TransparencyLogError.self) { try proof(text) }
    }

    @Test func `What no tree needs is refused`() throws {
        let plain = try proof(OwnLog.proof)
        func make(_ index: UInt64, _ count: Int, _ extra: [UInt8]? = nil) throws {
            let path = [Digest](repeating: .zero, count: count)
            let inclusion = InclusionProof(leafIndex: index, path: path)
            let made = try TLogProof(inclusion: inclusion, note: plain.note, extra: extra)
            #expect(try TLogProof(bytes: made.encoded).encoded == made.encoded)
        }
        try make(TreeHead.treeSizeMax - 1, 63)
        try make(0, 0, [UInt8](repeating: 7, count: TLogProof.extraByteCountMax))
        #expect(throws: malformed) { try make(0, 64) }
        #expect(throws: malformed) { try make(TreeHead.treeSizeMax, 63) }
        #expect(throws: malformed) { try make(0, 0, []) }
        #expect(throws: malformed) {
            try make(0, 0, [UInt8](repeating: 7, count: TLogProof.extraByteCountMax + 1))
        }
        #expect(throws: malformed) {
            try TLogProof(bytes: [UInt8](repeating: 0x0A, count: TLogProof.byteCountMax + 1))
        }
        let lines = [String](repeating: Digest.zero.base64, count: 64).joined(separator: "\n")
        #expect(throws: malformed) {
            try proof(OwnLog.proof.replacing("index 5", with: "index 5\n\(lines)"))
        }
    }
}
