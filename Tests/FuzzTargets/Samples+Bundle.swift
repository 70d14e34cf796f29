import AuditTestSupport
import Cryptography
import Evidence
import EvidenceContainer
import Ledger
import Survey
import TransparencyLog

/// Bundles of a small log, with fixed keys and times.
extension Samples {
    /// A household's, and a certification's without certificates, whose keys are made anew each run.
    static let bundles: [[ContainerFile]] = made {
        var script = Script.collected
        script.certify("2561-9981-2", "9981", ["chair-1", "member-1", "secretary-1"])
        let log = try BundleSource(try HonestLog(script).records)
        return try [
            .household(cycle: "2561", household: "h-1"), .certification("2561-9981-2"),
        ].map(log.files)
    }
}

/// A log in memory with a checkpoint, as far as bundles need it.
private struct BundleSource {
    private let records: [[UInt8]]
    private let events: [Event]
    private let checkpoint: StoredCheckpoint

    init(_ records: [[UInt8]]) throws {
        self.records = records
        events = try records.map { try unsafe EventCodec.decode($0.span.bytes).event }
        let head = TreeHead(
            treeSize: UInt64(records.count),
            rootHash: MerkleTree.rootHash(treeSize: UInt64(records.count)) { subtree in
                Self.hash(of: subtree, records)
            }
        )
        let signer = Sample.logSigner()
        let text = try Checkpoint(origin: signer.verifierKey.name, treeHead: head).text
        let note = try SignedNote(text: text, signatures: [try signer.sign(text)])
        checkpoint = StoredCheckpoint(treeSize: head.treeSize, noteBytes: note.encoded)
    }

    func files(_ subject: BundleSubject) throws -> [ContainerFile] {
        let scope = BundleScope(subject, events: events.filter { $0.stream == subject.stream })
        let streams = scope.streams.union(scope.furtherStreams(events))
        let indexes = events.indices.filter { streams.contains(events[$0].stream) }
        let contents = BundleContents(
            entries: try indexes.map { index in
                let proof = try InclusionProof(
                    leafIndex: UInt64(index),
                    treeSize: UInt64(records.count)
                ) { Self.hash(of: $0, records) }
                return BundleContents.Entry(record: records[index], proof: proof)
            },
            checkpoint: checkpoint
        )
        return try BundleFiles.make(contents)
    }

    private static func hash(of subtree: Subtree, _ records: [[UInt8]]) -> Digest {
        let first = Int(subtree.index) << subtree.level
        let leaves = records[first..<first + 1 << subtree.level].map(MerkleTree.leafHash(of:))
        return MerkleTree.rootHash(ofEqualParts: leaves[...])
    }
}

/// Files one after the other: the size of the name in one byte, the name, the size of the contents in
/// two, the contents.
enum FileList {
    static func encode(_ files: [ContainerFile]) -> [UInt8] {
        var bytes: [UInt8] = []
        for file in files {
            let count = file.contents.count
            bytes.append(UInt8(file.name.utf8.count))
            bytes += file.name.utf8
            bytes += [UInt8(count >> 8), UInt8(count & 0xFF)]
            bytes += file.contents
        }
        return bytes
    }

    static func decode(_ bytes: [UInt8]) throws -> [ContainerFile] {
        var files: [ContainerFile] = []
        var rest = bytes[...]
        while let nameCount = rest.popFirst() {
            let name = try take(Int(nameCount), &rest)
            let sizes = Array(try take(2, &rest))
            let contents = try take(Int(sizes[0]) << 8 | Int(sizes[1]), &rest)
            files.append(
                ContainerFile(
                    name: String(decoding: name, as: UTF8.self),
                    mediaType: "text/plain",
                    contents: Array(contents)
                )
            )
        }
        // A manifest lists at least one.
        guard !files.isEmpty else { throw NotText() }
        return files
    }

    private static func take(
        _ count: Int,
        _ rest: inout ArraySlice<UInt8>
    ) throws -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw NotText() }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}
