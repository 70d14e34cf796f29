import LedgerReader
import TransparencyLog

extension StoredCheckpoint {
    /// A published checkpoint taken apart: what the log signed, and what witnesses added.
    ///
    /// A line whose signature has the length of a cosignature is taken for one; whose it is, and
    /// whether it holds, is for a policy to say.
    init(cosigned bytes: [UInt8], timestamps: [[UInt8]]) throws(TransparencyLogError) {
        let note = try SignedNote(bytes: bytes)
        let isCosignature = { (signature: NoteSignature) in
            signature.signature.count == Cosignature.byteCount
        }
        let own = note.signatures.filter { !isCosignature($0) }
        let others = note.signatures.filter(isCosignature)
        self.init(
            treeSize: try Checkpoint(text: note.text).treeHead.treeSize,
            // Without a line that could be the log's it stays whole, and is found to be unsigned.
            noteBytes: own.isEmpty
                ? bytes : try SignedNote(text: note.text, signatures: own).encoded,
            cosignatureLines: own.isEmpty ? [] : others.map { Array($0.line.utf8) },
            timestamps: timestamps
        )
    }
}

/// The evidence of time that lies beside a published checkpoint.
struct PublishedTimestamps {
    /// More than any authority's answer takes.
    static let tokenByteCountMax = 64 * 1024

    private(set) var tokens: [[UInt8]] = []
    private(set) var problems: [String] = []

    /// Reads what belongs to the checkpoint of a size, at most as much as a ledger keeps.
    init(_ log: PublishedLog, treeSize: UInt64) {
        let folder = log.file(PublishedLog.timestampFolder(treeSize: treeSize))
        guard InputFile.exists(folder) else { return }
        while tokens.count < LedgerStore.evidenceCountMax {
            let name = PublishedLog.timestampName(treeSize: treeSize, tokens.count)
            let limit = Self.tokenByteCountMax
            do throws(LedgerError) {
                guard
                    let token = try InputFile.read(log.file(name), byteCountMaximum: limit)
                else { break }
                tokens.append(token)
            } catch {
                problems.append(error.reason)
                break
            }
        }
        // Numbers have no gaps: a token that was taken out in the middle would hide those after it.
        let beyond = (tokens.count..<LedgerStore.evidenceCountMax).contains { number in
            InputFile.exists(log.file(PublishedLog.timestampName(treeSize: treeSize, number)))
        }
        if tokens.isEmpty || beyond {
            problems.append("\(folder) lacks \(tokens.count).tst")
        }
    }

    /// Sees that what the tokens are said to be over is the checkpoint.
    mutating func compare(_ log: PublishedLog, _ stored: StoredCheckpoint) {
        guard !tokens.isEmpty else { return }
        let path = log.file(PublishedLog.timestampedName(treeSize: stored.treeSize))
        do throws(LedgerError) {
            let limit = SignedNote.byteCountMax
            if try InputFile.read(path, byteCountMaximum: limit) != stored.noteBytes {
                problems.append("\(path) is not the checkpoint as the log signed it")
            }
        } catch {
            problems.append(error.reason)
        }
    }
}
