import Cryptography
package import EvidenceContainer
import Ledger
import Survey
import TransparencyLog

/// The files of a bundle: what was given, and all that follows from it.
///
/// Making is deterministic, and checking makes the files again: so a file that does not follow from
/// the records, the proofs and the checkpoint cannot be in a bundle that passes. A change of any
/// text here would fail bundles that exist: it is a new version beside this one.
package enum BundleFiles {
    package static func make(_ contents: BundleContents) throws(BundleError) -> [ContainerFile] {
        var files: [ContainerFile] = []
        each(of: try BundleStory(contents)) { files.append($0) }
        return files
    }

    /// One file after the other, so that whoever compares them need not hold all of them.
    static func each(of story: BundleStory, _ body: (ContainerFile) -> Void) {
        for entry in story.contents.entries {
            let index = entry.proof.leafIndex
            body(
                ContainerFile(
                    name: BundleName.record(index),
                    mediaType: "application/json",
                    contents: entry.record
                )
            )
            body(text(BundleName.proof(index), proof(entry, story)))
        }
        for file in others(story) { body(file) }
    }

    /// All but records and proofs.
    private static func others(_ story: BundleStory) -> [ContainerFile] {
        let contents = story.contents
        var files: [ContainerFile] = []
        files.append(text(BundleName.checkpoint, contents.checkpoint.noteBytes))
        files.append(text(BundleName.cosigned, story.cosigned))
        files.append(pem(BundleName.logKey, story.logKey.publicKey.pem))
        for (offset, token) in contents.checkpoint.timestamps.enumerated() {
            files.append(
                ContainerFile(
                    name: BundleName.timestamp(offset + 1),
                    mediaType: "application/vnd.etsi.timestamp-token",
                    contents: token
                )
            )
        }
        if let policy = contents.policy { files.append(text(BundleName.policy, policy)) }
        if let prepared = story.prepared?.event {
            let figures = prepared.figures.canonicalText(
                cycle: prepared.cycle,
                area: prepared.area
            )
            files.append(text(BundleName.statement, Array(prepared.statement.utf8)))
            files.append(text(BundleName.figures, Array(figures.utf8)))
        }
        for (offset, signed) in story.signed.enumerated() {
            files += MemberSignature(number: offset + 1, signed).files
        }
        files.append(
            ContainerFile(
                name: BundleName.index,
                mediaType: "application/json",
                contents: Array(BundleIndex(story).text.utf8)
            )
        )
        files.append(text(BundleName.readme, Array(BundleReadme(story).text.utf8)))
        return files
    }

    /// Spelled as `TLogProof` reads it; a checkpoint that passed is what follows.
    private static func proof(_ entry: BundleContents.Entry, _ story: BundleStory) -> [UInt8] {
        var lines = "c2sp.org/tlog-proof@v1\nindex \(entry.proof.leafIndex)\n"
        for hash in entry.proof.path { lines += hash.base64 + "\n" }
        return Array((lines + "\n").utf8) + story.cosigned
    }

    private static func text(_ name: String, _ contents: [UInt8]) -> ContainerFile {
        ContainerFile(name: name, mediaType: "text/plain", contents: contents)
    }

    private static func pem(_ name: String, _ pem: String) -> ContainerFile {
        ContainerFile(
            name: name,
            mediaType: "application/x-pem-file",
            contents: Array(pem.utf8)
        )
    }
}
