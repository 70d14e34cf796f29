import Cryptography
import Foundation
import LMDB
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing
import TransparencyLog

@Suite struct CheckpointTests {
    let ledger: ScratchLedger

    init() throws { ledger = try ScratchLedger() }

    private struct Stopped: Error {}

    private func key(_ store: LedgerStore) throws -> VerifierKey {
        let terms = try store.environment.read { try store.logKeys($0) }
        return try VerifierKey(vkey: try #require(terms.last?.vkey))
    }

    private func copy(_ name: String) throws -> LedgerDirectory {
        let copy = LedgerDirectory("\(ledger.folder)/\(name)")
        try FileManager.default.copyItem(atPath: ledger.directory.path, toPath: copy.path)
        return copy
    }

    @Test func `A checkpoint states the ledger's size and root under the log's key`() throws {
        let writer = try ledger.writer()
        let log = CheckpointLog(ledger.directory, sharing: writer.reader.store)
        let stored = try log.sign()
        let checkpoint = try stored.checkpoint()
        #expect(checkpoint.origin == Sample.origin)
        #expect(checkpoint.treeHead == (try writer.reader.snapshot().head.range.treeHead))
        #expect(checkpoint.extensionLines.isEmpty)
        let verified = try stored.note().verified(by: [try key(writer.reader.store)])
        #expect(verified.count == 1)
        #expect(stored.treeSize == staffedSize)
        try checkWholeLedger(writer, ledger)
    }

    @Test func `Nothing is signed again until the ledger grows`() throws {
        let writer = try ledger.writer()
        let log = CheckpointLog(ledger.directory, sharing: writer.reader.store)
        let first = try log.sign()
        #expect(try log.sign() == first)
        _ = try writer.run(Sample.record("h-1")).get()
        let second = try log.sign()
        #expect(second.treeSize == first.treeSize + 1)
        let snapshot = try writer.reader.snapshot()
        #expect(try snapshot.checkpoint(treeSize: first.treeSize) == first)
        #expect(try snapshot.checkpoint(treeSize: first.treeSize + 2) == nil)
        #expect(try snapshot.latestCheckpoint() == second)
        try checkWholeLedger(writer, ledger)
    }

    @Test(arguments: [CheckpointStep.aboutToNote, .noted, .stored])
    func `Stopped at any step, the next run signs the same bytes`(_ step: CheckpointStep) throws {
        let store = try LedgerStore(ledger.directory, access: .write)
        let stopping = CheckpointLog(ledger.directory, sharing: store) {
            if $0 == step { throw Stopped() }
        }
        #expect(throws: LedgerError.self) { try stopping.sign() }
        let noted = try SignedHeadFile.read(ledger.directory)
        #expect((noted == nil) == (step == .aboutToNote))
        let stored = try store.environment.read { try store.checkpoint(below: .max, $0) }
        #expect((stored != nil) == (step == .stored))
        let signed = try CheckpointLog(ledger.directory, sharing: store).sign()
        if let stored { #expect(stored == signed) }
        if let noted { #expect(noted.text == (try signed.checkpoint().text)) }
    }

    @Test func `After a restore from a backup no second history is signed or appended to`() throws {
        let backup = try copy("backup")
        do {
            let writer = try ledger.writer()
            _ = try writer.run(Sample.record("h-1")).get()
            _ = try CheckpointLog(ledger.directory, sharing: writer.reader.store).sign()
        }
        // The keys' folder stays where it is; the rest is the backup's.
        let manager = FileManager.default
        for file in ["ledger.mdb", "ledger.head", "vault.mdb"] {
            try manager.removeItem(atPath: "\(ledger.directory.path)/\(file)")
            try manager.copyItem(
                atPath: "\(backup.path)/\(file)",
                toPath: "\(ledger.directory.path)/\(file)"
            )
        }
        #expect(code { _ = try CheckpointLog(ledger.directory).sign() } == .checkpointConflict)
        #expect(code { _ = try ledger.writer() } == .checkpointConflict)
    }

    @Test func `A second root for a size that was signed is refused, whoever made it`() throws {
        let other = try copy("other")
        do {
            let writer = try ledger.writer()
            _ = try writer.run(Sample.record("h-1")).get()
            _ = try CheckpointLog(ledger.directory, sharing: writer.reader.store).sign()
        }
        do {
            // Another history of the same length and longer, with the same keys.
            let writer = try LedgerWriter(other) { TestClock.start + 60_000_000 }
            _ = try writer.run(Sample.record("h-2")).get()
            _ = try writer.run(Sample.record("h-3")).get()
        }
        try FileManager.default.removeItem(atPath: other.keysFolder)
        try FileManager.default.copyItem(
            atPath: ledger.directory.keysFolder,
            toPath: other.keysFolder
        )
        #expect(code { _ = try CheckpointLog(other).sign() } == .checkpointConflict)
    }

    @Test func `Eight that sign at once sign one checkpoint`() async throws {
        let directory = ledger.directory
        let store = try openBlocking(directory)
        let signed = try await withThrowingTaskGroup(of: StoredCheckpoint.self) { group in
            for _ in 0..<8 {
                group.addTask { try signBlocking(directory, store) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(signed).count == 1)
    }

    @Test func `Cosignatures and time-stamps are kept with their checkpoint`() throws {
        let store = try LedgerStore(ledger.directory, access: .write)
        let log = CheckpointLog(ledger.directory, sharing: store)
        let stored = try log.sign()
        let witness = try Cosigner(name: "w.example/1", privateKey: .generate())
        let early = try witness.cosign(try stored.checkpoint(), time: 1_700_000_000)
        let late = try witness.cosign(try stored.checkpoint(), time: 1_700_000_100)
        try log.add(cosignatures: [early], treeSize: stored.treeSize)
        try log.add(cosignatures: [late], treeSize: stored.treeSize)
        try log.add(timestamp: [1, 2, 3], treeSize: stored.treeSize)
        let read = try log.sign()
        #expect(read.noteBytes == stored.noteBytes)
        #expect(read.cosignatureLines == [Array(late.line.utf8)])
        #expect(read.timestamps == [[1, 2, 3]])
        #expect(throws: LedgerError(.checkpointConflict, "")) {
            try log.add(timestamp: [1], treeSize: stored.treeSize + 1)
        }
    }

    @Test func `A checkpoint takes so many time-stamps, then says so and stays readable`() throws {
        let store = try LedgerStore(ledger.directory, access: .write)
        let log = CheckpointLog(ledger.directory, sharing: store)
        let stored = try log.sign()
        for number in 0..<LedgerStore.evidenceCountMax {
            try log.add(timestamp: [UInt8(number)], treeSize: stored.treeSize)
        }
        #expect(throws: LedgerError(.checkpointConflict, "")) {
            try log.add(timestamp: [255], treeSize: stored.treeSize)
        }
        #expect(try log.sign().timestamps.count == LedgerStore.evidenceCountMax)
    }

    @Test func `A rotated key signs from its record on and old checkpoints stay the old key's`()
        throws
    {
        let writer = try ledger.writer()
        let store = writer.reader.store
        let log = CheckpointLog(ledger.directory, sharing: store)
        let before = try log.sign()
        let old = try key(store)
        func prepare() throws -> LogKeyRotation {
            try LogKeyFiles(ledger.directory).prepareRotation(
                inForce: old.vkey,
                reason: "a new operator",
                isLost: false
            )
        }
        let rotation = try prepare()
        // Killed here, the next attempt takes the same file.
        #expect(try prepare() == rotation)
        #expect(try log.sign() == before)
        _ = try writer.run(Sample.command(.rotateLogKey(rotation))).get()
        // Killed here, the next checkpoint puts the new key into its place.
        let after = try log.sign()
        let new = try key(store)
        #expect(new.vkey == rotation.logKey)
        _ = try after.note().verified(by: [new])
        _ = try before.note().verified(by: [old])
        #expect(throws: TransparencyLogError(.noKnownSignature, "")) {
            try after.note().verified(by: [old])
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: ledger.directory.keysFolder)
        let retired = "log-\(Hex.encode(old.keyIDBytes)).pem"
        #expect(
            Set(names) == ["log.pem", retired, "master.key", "log.checkpoint", "log.lock"]
        )
        try checkWholeLedger(writer, ledger)
    }

    @Test func `A lost key is replaced, also right after a crash of the rotation before`() throws {
        let writer = try ledger.writer()
        let log = CheckpointLog(ledger.directory, sharing: writer.reader.store)
        for round in 1...3 {
            // The first time the key is really gone; later the one in force lies where the next one
            // goes, because nothing was signed since the event.
            if round == 1 {
                try FileManager.default.removeItem(atPath: ledger.directory.logKeyFile)
            }
            let former = try key(writer.reader.store)
            let rotation = try LogKeyFiles(ledger.directory).prepareRotation(
                inForce: former.vkey,
                reason: "lost",
                isLost: true
            )
            #expect(rotation.logKey != former.vkey && rotation.endorsement.isEmpty)
            _ = try writer.run(Sample.command(.rotateLogKey(rotation))).get()
            #expect(try key(writer.reader.store).vkey == rotation.logKey)
        }
        _ = try log.sign().note().verified(by: [try key(writer.reader.store)])
        try checkWholeLedger(writer, ledger)
    }

    @Test func `Without the key in force nothing is signed, and the error names it`() throws {
        let stranger = try Ed25519PrivateKey.generate().pem()
        try FileManager.default.removeItem(atPath: ledger.directory.logKeyFile)
        try KeyFiles.create(ledger.directory.logKeyFile, stranger)
        let error = #expect(throws: LedgerError(.keyMissing, "")) {
            try CheckpointLog(ledger.directory).sign()
        }
        #expect(error?.reason.contains(Sample.origin) == true)
        #expect(try SignedHeadFile.read(ledger.directory) == nil)
    }
}

private func signBlocking(
    _ directory: LedgerDirectory,
    _ store: LedgerStore
) throws -> StoredCheckpoint {
    try CheckpointLog(directory, sharing: store).sign()
}

private func openBlocking(_ directory: LedgerDirectory) throws -> LedgerStore {
    try LedgerStore(directory, access: .write)
}
