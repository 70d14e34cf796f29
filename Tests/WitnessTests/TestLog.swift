import Cryptography
import Foundation
import Testing
import TransparencyLog
import Witness

/// A log of entries that are all different; another `fork` has others from some size on.
struct TestLog: Sendable {
    let signer: NoteSigner
    private let leafHashes: [Digest]

    /// Entries are those of fork 0 below `forkedAt`.
    init(
        _ origin: String = "log.example.th",
        seed: UInt8 = 1,
        fork: Int = 0,
        forkedAt: Int = 0,
        size: Int = 200
    ) throws {
        let seed = [UInt8](repeating: seed, count: 32)
        signer = try NoteSigner(name: origin, privateKey: try Ed25519PrivateKey(seed: seed))
        leafHashes = (0..<size).map { index in
            MerkleTree.leafHash(of: Array("\(index < forkedAt ? 0 : fork)/\(index)".utf8))
        }
    }

    var key: VerifierKey { signer.verifierKey }

    func head(_ size: Int) -> TreeHead {
        var range = CompactRange()
        for hash in leafHashes.prefix(size) { range.append(hash) }
        return range.treeHead
    }

    func checkpoint(_ size: Int) throws -> Checkpoint {
        try Checkpoint(origin: key.name, treeHead: head(size))
    }

    func note(_ size: Int) throws -> SignedNote {
        let text = try checkpoint(size).text
        return try SignedNote(text: text, signatures: [try signer.sign(text)])
    }

    func proof(_ from: Int, _ to: Int) throws -> ConsistencyProof {
        try ConsistencyProof(firstSize: UInt64(from), secondSize: UInt64(to)) { subtree in
            let count = 1 << subtree.level
            let start = Int(subtree.index) * count
            return MerkleTree.rootHash(ofEqualParts: leafHashes[start..<start + count])
        }
    }

    /// What is posted to a witness.
    func request(_ from: Int, _ to: Int) throws -> [UInt8] {
        Self.request(from, try proof(from, to).path, try note(to))
    }

    static func request(_ from: Int, _ path: [Digest], _ note: SignedNote) -> [UInt8] {
        let lines = ["old \(from)"] + path.map(\.base64) + [""]
        return Array(lines.map { $0 + "\n" }.joined().utf8) + note.encoded
    }
}

/// A witness's folder with its key, removed with this value.
final class TestWitness: Sendable {
    static let name = "auditor.example.th/w1"

    let folder = FileManager.default.temporaryDirectory
        .appending(path: "witness-\(UUID().uuidString)").path
    let privateKey: Ed25519PrivateKey

    var state: String { folder + "/state" }

    init(seed: UInt8 = 2) throws {
        privateKey = try Ed25519PrivateKey(seed: [UInt8](repeating: seed, count: 32))
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        try Witness.create(stateFolder: state, name: Self.name, privateKey: privateKey)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func witness(of logs: TestLog...) throws -> Witness {
        try Witness(privateKey: privateKey, stateFolder: state, logs: logs.map(\.key))
    }

    func stateFile(_ log: TestLog) -> String {
        "\(state)/\(Witness.originHash(log.key.name)).checkpoint"
    }

    /// The size that a new opening of the state finds.
    func storedSize(_ log: TestLog) throws -> UInt64 {
        let bytes = Array(try Data(contentsOf: URL(filePath: stateFile(log))))
        return try Checkpoint(text: try SignedNote(bytes: bytes).text).treeHead.treeSize
    }
}

extension WitnessAnswer {
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The times of this key's cosignatures in the body, which is signature lines or a note.
    func times(over text: String, by key: VerifierKey) throws -> [UInt64] {
        let lines = self.text.split(separator: "\n").filter { $0.hasPrefix("\u{2014} ") }
        let note = try SignedNote(
            text: text,
            signatures: try lines.map { try NoteSignature(line: String($0)) }
        )
        return try note.verified(by: [key]).compactMap(\.time)
    }
}
