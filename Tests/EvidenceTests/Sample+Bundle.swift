import Audit
import AuditTestSupport
import Cryptography
import Evidence
import EvidenceContainer
import Ledger
import Survey
import TransparencyLog

/// A small log with a checkpoint, a witness and bundles of what is in it.
struct BundleLog {
    static let certification = BundleSubject.certification("2561-9981-2")
    static let now: Int64 = 1_764_547_200

    var records: [[UInt8]]
    /// Who signs the checkpoint; after the script's rotation, the second key.
    var signer = Sample.logSigner(number: 2)
    var timestamps: [[UInt8]] = []

    init(_ script: Script = .certified) throws { records = try HonestLog(script).records }

    static func cosigner() throws -> Cosigner {
        try Cosigner(
            name: "auditor.example.th/w1",
            privateKey: try Ed25519PrivateKey(seed: [UInt8](repeating: 9, count: 32))
        )
    }

    /// Asks for the log's key and the one witness.
    func policyBytes() throws -> [UInt8] {
        let witness = try Self.cosigner().verifierKey.vkey
        return Array("log \(signer.verifierKey.vkey)\nwitness w1 \(witness)\nquorum w1\n".utf8)
    }

    func trust() throws -> Trust { Trust(policy: try LogPolicy(bytes: try policyBytes())) }

    func checkpoint(cosigned: Bool = true) throws -> StoredCheckpoint {
        let head = TreeHead(treeSize: UInt64(records.count), rootHash: root())
        let origin = signer.verifierKey.name
        let checkpoint = try Checkpoint(origin: origin, treeHead: head)
        let note = try SignedNote(
            text: checkpoint.text,
            signatures: [try signer.sign(checkpoint.text)]
        )
        let line = try Self.cosigner().cosign(checkpoint, time: UInt64(Self.now)).line
        return StoredCheckpoint(
            treeSize: head.treeSize,
            noteBytes: note.encoded,
            cosignatureLines: cosigned ? [Array(line.utf8)] : [],
            timestamps: timestamps
        )
    }

    private func root() -> Digest {
        MerkleTree.rootHash(treeSize: UInt64(records.count)) { hash($0) }
    }

    private func hash(_ subtree: Subtree) -> Digest {
        let start = Int(subtree.index) << subtree.level
        return hash(start..<start + (1 << subtree.level))
    }

    private func hash(_ range: Range<Int>) -> Digest {
        guard range.count > 1 else { return MerkleTree.leafHash(of: records[range.lowerBound]) }
        let middle = range.lowerBound + range.count / 2
        return MerkleTree.nodeHash(
            hash(range.lowerBound..<middle),
            hash(middle..<range.upperBound)
        )
    }

    func entry(_ index: Int) throws -> BundleContents.Entry {
        let proof = try InclusionProof(
            leafIndex: UInt64(index),
            treeSize: UInt64(records.count)
        ) { hash($0) }
        return BundleContents.Entry(record: records[index], proof: proof)
    }

    /// The indexes of the records that evidence of the subject takes.
    func indexes(of subject: BundleSubject) throws -> [Int] {
        let events = try records.map { try $0.decoded().event }
        let scope = BundleScope(subject, events: events.filter { $0.stream == subject.stream })
        let streams = scope.streams.union(scope.furtherStreams(events))
        return events.indices.filter { streams.contains(events[$0].stream) }
    }

    func contents(
        _ subject: BundleSubject = certification,
        without left: Set<Int> = [],
        cosigned: Bool = true,
        withPolicy: Bool = true
    ) throws -> BundleContents {
        BundleContents(
            entries: try indexes(of: subject).filter { !left.contains($0) }.map(entry),
            checkpoint: try checkpoint(cosigned: cosigned),
            policy: withPolicy ? try policyBytes() : nil
        )
    }

    func files(_ subject: BundleSubject = certification) throws -> [ContainerFile] {
        try BundleFiles.make(try contents(subject))
    }
}

extension [ContainerFile] {
    /// Sealed anew by somebody whom nobody knows, as whoever alters a bundle can do.
    func sealed() throws -> EvidenceContainer {
        try EvidenceContainer(bytes: try BundleSeal.container(self, at: BundleLog.now))
    }

    func replacing(_ name: String, _ change: (inout [UInt8]) -> Void) -> [ContainerFile] {
        map { file in
            guard file.name == name else { return file }
            var contents = file.contents
            change(&contents)
            return ContainerFile(name: name, mediaType: file.mediaType, contents: contents)
        }
    }
}

extension BundleVerdict {
    func has(_ code: FindingCode) -> Bool { verdict.findings.contains { $0.code == code } }
}
