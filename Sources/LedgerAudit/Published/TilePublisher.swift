import Cryptography
import DurableFiles
import Glibc
import LMDB
package import LedgerReader
package import TransparencyLog

/// What a run of a publisher came to.
package struct PublishReport: Sendable {
    /// What is published now.
    package let checkpoint: Checkpoint
    /// How many files this run wrote, the checkpoint included.
    package let fileCount: Int
    package let byteCount: Int
}

/// Writes a ledger as the static files of c2sp.org/tlog-tiles (PUBLISHED.md).
///
/// The checkpoint that is there says how far the last run came; only what grew since is written,
/// and the checkpoint last. So a run that is killed leaves files that nobody was told of, which the
/// next run compares and completes.
package struct TilePublisher {
    private let log: PublishedLog
    private let observer: ((PublishStep) throws -> Void)?

    package init(
        _ log: PublishedLog,
        observer: ((PublishStep) throws -> Void)? = nil
    ) {
        self.log = log
        self.observer = observer
    }

    /// Publishes the ledger at its latest checkpoint; signs none.
    ///
    /// `progress` is called with records done and in all.
    @available(*, noasync)
    package func publish(
        _ ledger: LedgerReader,
        progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws -> PublishReport {
        // Before anything is made; what is published is read again under the lock.
        _ = try Self.latestCheckpoint(ledger.snapshot())
        guard !InputFile.exists(log.file("ledger.mdb")) else {
            throw PublishError(.fileUnwritable, "\(log.path) is a ledger: name another directory")
        }
        try PublishedFiles.makeRoot(log)
        let lock = try Self.lock(log)
        defer { extendLifetime(lock) }
        // A state from before the lock could be older than what another run has published since.
        return try publish(ledger.snapshot(), progress)
    }

    private static func latestCheckpoint(
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> StoredCheckpoint {
        guard let stored = try snapshot.latestCheckpoint() else {
            throw PublishError(.noCheckpoint, "no checkpoint: run bmn checkpoint")
        }
        return stored
    }

    /// With the lock held.
    private func publish(
        _ snapshot: borrowing LedgerSnapshot,
        _ progress: (UInt64, UInt64) -> Void
    ) throws -> PublishReport {
        let stored = try Self.latestCheckpoint(snapshot)
        let checkpoint = try stored.checkpoint()
        guard stored.treeSize == checkpoint.treeHead.treeSize, stored.treeSize > 0 else {
            throw LedgerError(.damaged, "a checkpoint is stored under another size than its own")
        }
        // What a run that was killed was writing.
        unsafe unlink(log.draftFile)
        let published = try publishedNote()
        let oldSize = try published.map { try size(of: $0, checkpoint, snapshot) } ?? 0
        let note = try stored.cosigned().adding(cosignaturesOf: published)
        var files = PublishedFiles(log, observer)
        if oldSize < stored.treeSize {
            let growth = try writeRecords(
                of: snapshot,
                oldSize..<stored.treeSize,
                &files,
                progress
            )
            guard growth == checkpoint.treeHead.rootHash else {
                throw LedgerError(
                    .damaged,
                    "the first \(stored.treeSize) records do not give the root hash of their"
                        + " checkpoint: nothing is published of it; see bmn-audit verify"
                )
            }
        }
        let timestamps = TimestampFiles(log, stored)
        try timestamps.write(over: stored.noteBytes, &files)
        try files.publish(note.encoded)
        timestamps.removeRest()
        removePartials(oldSize, stored.treeSize, files)
        return PublishReport(
            checkpoint: checkpoint,
            fileCount: files.fileCount,
            byteCount: files.byteCount
        )
    }

    /// That nobody else publishes there meanwhile.
    private static func lock(_ log: PublishedLog) throws(PublishError) -> FileLock {
        do throws(FileError) {
            return try FileLock(log.lockFile, waitingAtMost: .zero)
        } catch {
            guard error.code == .busy else { throw PublishError(error) }
            throw PublishError(
                .publishBusy,
                "another process publishes into \(log.path) now: run this again later"
            )
        }
    }

    /// What is published now, if anything.
    private func publishedNote() throws -> SignedNote? {
        do {
            let limit = SignedNote.byteCountMax
            let bytes = try InputFile.read(log.checkpointFile, byteCountMaximum: limit)
            return try bytes.map { try SignedNote(bytes: $0) }
        } catch {
            throw Self.damaged(log, error)
        }
    }

    private static func damaged(_ log: PublishedLog, _ error: any Error) -> PublishError {
        PublishError(
            .publishedDamaged,
            "\(log.checkpointFile) is no checkpoint (\(error)): publish into a new directory, or"
                + " remove that file to have all others compared"
        )
    }

    /// The tree size that is published, which must be a beginning of this ledger.
    private func size(
        of note: SignedNote,
        _ checkpoint: Checkpoint,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> UInt64 {
        let published: Checkpoint
        do {
            published = try Checkpoint(text: note.text)
        } catch {
            throw Self.damaged(log, error)
        }
        let size = published.treeHead.treeSize
        let advice = "find out which history is right before anything is published"
        guard published.origin.utf8.elementsEqual(checkpoint.origin.utf8) else {
            throw PublishError(
                .publishedFork,
                "\(log.path) holds the log \(published.origin), the ledger is \(checkpoint.origin)"
            )
        }
        guard size <= checkpoint.treeHead.treeSize else {
            throw PublishError(
                .publishedFork,
                "\(log.path) has \(size) records, the ledger's latest checkpoint has"
                    + " \(checkpoint.treeHead.treeSize): \(advice)"
            )
        }
        guard try snapshot.rootHash(treeSize: size) == published.treeHead.rootHash else {
            throw PublishError(
                .publishedFork,
                "the first \(size) records of the ledger are not those of \(log.path): \(advice)"
            )
        }
        return size
    }

    /// Writes bundles and tiles, each bundle before the tile over it, and returns the root hash that
    /// the records came to.
    private func writeRecords(
        of snapshot: borrowing LedgerSnapshot,
        _ new: Range<UInt64>,
        _ files: inout PublishedFiles,
        _ progress: (UInt64, UInt64) -> Void
    ) throws -> Digest {
        let width = UInt64(Tile.fullWidth)
        // From where the last bundle begins, which is written anew as a wider one.
        let start = new.lowerBound / width * width
        var growth = try TileGrowth(treeSize: start) { tile in
            try tile.hashes(in: snapshot.tileBytes(tile))
        }
        var bundle: [UInt8] = []
        bundle.reserveCapacity(256 * 1024)
        var next = start
        let environment = snapshot.store.environment
        try snapshot.forEachRecord(from: start) { index, record in
            guard index == next, let length = UInt16(exactly: record.byteCount) else {
                throw LedgerError(.damaged, "record \(next) is missing or too long")
            }
            bundle.append(UInt8(truncatingIfNeeded: length >> 8))
            bundle.append(UInt8(truncatingIfNeeded: length))
            unsafe record.withUnsafeBytes { unsafe bundle.append(contentsOf: $0) }
            growth.append(MerkleTree.leafHash(of: record))
            next += 1
            guard next.isMultiple(of: width) || next == new.upperBound else { return true }
            let count = Int((next - 1) % width) + 1
            let tile = try Tile(level: 0, index: index / width, width: count)
            try files.put(bundle, at: tile.entryBundlePath)
            bundle.removeAll(keepingCapacity: true)
            try growth.takeFullTiles { try files.put(Tile.encode($1), at: $0.path) }
            progress(next - start, new.upperBound - start)
            // What was read would otherwise all stay in this process's memory.
            if next.isMultiple(of: width * 64) { try environment.releaseResidentPages() }
            return next < new.upperBound
        }
        guard next == new.upperBound else {
            throw LedgerError(.damaged, "record \(next) is missing")
        }
        try growth.forEachPartialTile { try files.put(Tile.encode($1), at: $0.path) }
        return growth.rootHash
    }

    private func removePartials(_ oldSize: UInt64, _ newSize: UInt64, _ files: PublishedFiles) {
        for level in 0...Tile.levelMax {
            let shift = UInt64(8 * level)
            let index = (oldSize >> shift) >> 8
            guard (oldSize >> shift) % 256 > 0, (newSize >> shift) >> 8 > index,
                let tile = try? Tile(level: level, index: index)
            else { continue }
            if level == 0 { files.removePartials(of: tile.entryBundlePath) }
            files.removePartials(of: tile.path)
        }
    }
}

extension SignedNote {
    /// With the cosignatures of a note of the same text that this one lacks, as far as there is room:
    /// what a witness has signed is not taken back by a ledger that was restored from a backup.
    fileprivate func adding(
        cosignaturesOf other: SignedNote?
    ) throws(TransparencyLogError) -> SignedNote {
        guard let other, other.text == text else { return self }
        let more = other.signatures.filter { line in
            line.signature.count == Cosignature.byteCount
                && !signatures.contains { $0.name == line.name && $0.keyID == line.keyID }
        }
        let room = NoteSignature.countMax - signatures.count
        return try SignedNote(text: text, signatures: signatures + more.prefix(room))
    }
}
