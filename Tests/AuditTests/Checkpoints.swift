import Audit
import AuditTestSupport
import Cryptography
import Survey
import TransparencyLog

/// The checkpoints of a log in memory, as its key signs them, or as somebody else would.
struct Checkpoints {
    private let leafHashes: [Digest]

    init(_ records: [[UInt8]]) { leafHashes = records.map { MerkleTree.leafHash(of: $0) } }

    var size: Int { leafHashes.count }

    func head(_ size: Int) -> TreeHead {
        var range = CompactRange()
        for hash in leafHashes.prefix(size) { range.append(hash) }
        return range.treeHead
    }

    func checkpoint(
        _ size: Int,
        origin: String = Sample.origin,
        rootHash: Digest? = nil
    ) throws -> Checkpoint {
        let head = TreeHead(treeSize: UInt64(size), rootHash: rootHash ?? head(size).rootHash)
        return try Checkpoint(origin: origin, treeHead: head)
    }

    func note(
        _ size: Int,
        by signer: NoteSigner = Sample.logSigner(),
        origin: String = Sample.origin,
        rootHash: Digest? = nil,
        cosigners: [Cosigner] = []
    ) throws -> SignedNote {
        let checkpoint = try checkpoint(size, origin: origin, rootHash: rootHash)
        let cosignatures = try cosigners.map { try $0.cosign(checkpoint, time: Trust.cosignedAt) }
        return try SignedNote(
            text: checkpoint.text,
            signatures: [try signer.sign(checkpoint.text)] + cosignatures
        )
    }

    func stored(
        _ size: Int,
        by signer: NoteSigner = Sample.logSigner(),
        cosigners: [Cosigner] = [],
        timestamps: [[UInt8]] = []
    ) throws -> StoredCheckpoint {
        let checkpoint = try checkpoint(size)
        return StoredCheckpoint(
            treeSize: UInt64(size),
            noteBytes: try note(size, by: signer).encoded,
            cosignatureLines: try cosigners.map {
                Array(try $0.cosign(checkpoint, time: Trust.cosignedAt).line.utf8)
            },
            timestamps: timestamps
        )
    }

    /// What somebody has who kept a checkpoint of that size.
    func kept(_ size: Int, by signer: NoteSigner = Sample.logSigner()) throws -> KnownHead {
        try KnownHead(note: try note(size, by: signer), witness: "kept.txt")
    }
}

extension Trust {
    /// 2018-02-02T00:00:00Z.
    static let cosignedAt: UInt64 = 1_517_529_600

    /// With so many of these witnesses, named a, b and so on.
    static func policy(
        _ logs: [NoteSigner] = [Sample.logSigner()],
        quorum: Int = 2,
        of witnesses: [Cosigner]
    ) throws -> Trust {
        let names = witnesses.indices.map { String(UnicodeScalar(UInt8(ascii: "a") + UInt8($0))) }
        var lines = logs.map { "log \($0.verifierKey.vkey)" }
        lines += zip(names, witnesses).map { "witness \($0) \($1.verifierKey.vkey)" }
        if witnesses.isEmpty {
            lines.append("quorum none")
        } else {
            lines += ["group g \(quorum) \(names.joined(separator: " "))", "quorum g"]
        }
        let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
        return Trust(policy: try LogPolicy(bytes: bytes))
    }
}

extension Sample {
    /// A witness's key, the same for the same number.
    static func cosigner(_ number: UInt8) throws -> Cosigner {
        let seed = [UInt8](repeating: 100 + number, count: 32)
        return try Cosigner(
            name: "witness.example.org/\(number)",
            privateKey: try Ed25519PrivateKey(seed: seed)
        )
    }
}
