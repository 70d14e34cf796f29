import AuditTestSupport
import Foundation
import LedgerAudit
import Testing
import TransparencyLog

/// Any records, published with a checkpoint that the log's key did sign.
///
/// Its operator holds the key, so that only what the records say can give them away.
struct ForgedPublication {
    let folder: String
    var log: PublishedLog { PublishedLog(folder) }

    init(_ records: [[UInt8]], claiming treeSize: UInt64? = nil) throws {
        folder =
            FileManager.default.temporaryDirectory
            .appending(path: "forged-" + UUID().uuidString).path
        for (name, bytes) in NaiveTiles.files(records) {
            try Folder.write(bytes, folder + "/" + name)
        }
        var range = CompactRange()
        for record in records { range.append(MerkleTree.leafHash(of: record)) }
        try sign(TreeHead(treeSize: treeSize ?? range.treeSize, rootHash: range.rootHash))
    }

    func sign(_ head: TreeHead, number: UInt8 = 1) throws {
        let text = try Checkpoint(origin: Sample.origin, treeHead: head).text
        let signature = try Sample.logSigner(number: number).sign(text)
        try Folder.write(
            try SignedNote(text: text, signatures: [signature]).encoded,
            folder + "/checkpoint"
        )
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
