import Cryptography
import DurableFiles
import Foundation
import LMDB
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Synchronization
import Testing
import TransparencyLog

/// The files of the log's key: a private key that is gone signs nothing any more.
@Suite struct LogKeyFilesTests {
    let ledger: ScratchLedger

    init() throws { ledger = try ScratchLedger() }

    private func key(_ store: LedgerStore) throws -> VerifierKey {
        let terms = try store.environment.read { try store.logKeys($0) }
        return try VerifierKey(vkey: try #require(terms.last?.vkey))
    }

    private func retired(_ key: VerifierKey) -> String {
        "\(ledger.directory.keysFolder)/log-\(Hex.encode(key.keyIDBytes)).pem"
    }

    private func rotate(_ writer: LedgerWriter, isLost: Bool = false) throws {
        let files = try LogKeyFiles(ledger.directory)
        let rotation = try files.prepareRotation(
            inForce: try key(writer.reader.store).vkey,
            reason: "a new operator",
            isLost: isLost
        )
        _ = try writer.run(Sample.command(.rotateLogKey(rotation))).get()
        try files.install(rotation.logKey)
    }

    @Test func `A retired key never takes the place of a file that is there`() throws {
        let writer = try ledger.writer()
        let path = retired(try key(writer.reader.store))
        let old = try KeyFiles.read(ledger.directory.logKeyFile)
        let stranger = try Ed25519PrivateKey.generate().pem()
        try KeyFiles.create(path, stranger)
        #expect(throws: LedgerError(.alreadyExists, "")) { try rotate(writer) }
        #expect(try KeyFiles.read(path) == stranger)
        #expect(try KeyFiles.read(ledger.directory.logKeyFile) == old)
        // Moved away, as the error says, the rotation is carried to its end.
        try FileManager.default.removeItem(atPath: path)
        let signed = try CheckpointLog(ledger.directory, sharing: writer.reader.store).sign()
        _ = try signed.note().verified(by: [try key(writer.reader.store)])
        #expect(try KeyFiles.read(path) == old)
    }

    @Test func `A rotation that stopped between the two names is carried to its end`() throws {
        let writer = try ledger.writer()
        let path = retired(try key(writer.reader.store))
        let old = try KeyFiles.read(ledger.directory.logKeyFile)
        try DurableFile.link(ledger.directory.logKeyFile, as: path)
        try rotate(writer)
        #expect(try KeyFiles.read(path) == old)
        #expect(try KeyFiles.read(ledger.directory.logKeyFile) != old)
    }

    /// Stops as if killed after the next key was written, before the event.
    private func prepareOnly(_ writer: LedgerWriter, isLost: Bool) throws -> String {
        try LogKeyFiles(ledger.directory).prepareRotation(
            inForce: try key(writer.reader.store).vkey,
            reason: "begun",
            isLost: isLost
        ).logKey
    }

    private func aside(_ name: String) throws -> [[UInt8]] {
        let keys = ledger.directory.keysFolder
        return try FileManager.default.contentsOfDirectory(atPath: keys)
            .filter { $0.hasPrefix("\(name).aside-") && $0.hasSuffix(".pem") }.sorted()
            .map { Array(try Data(contentsOf: URL(filePath: "\(keys)/\($0)"))) }
    }

    @Test func `A lost key is replaced while it lies where the next goes and log.pem is damaged`()
        throws
    {
        let writer = try ledger.writer()
        for damage in [Data("no key".utf8), Data()] {
            // The event is there and the renaming is not: killed in between.
            let rotation = try LogKeyFiles(ledger.directory).prepareRotation(
                inForce: try key(writer.reader.store).vkey,
                reason: "a new operator",
                isLost: false
            )
            _ = try writer.run(Sample.command(.rotateLogKey(rotation))).get()
            let inForce = try KeyFiles.read(ledger.directory.nextLogKeyFile)
            try damage.write(to: URL(filePath: ledger.directory.logKeyFile))
            #expect(unsafe chmod(ledger.directory.logKeyFile, 0o600) == 0)
            try rotate(writer, isLost: true)
            #expect(try aside("log.next").contains(inForce), "nothing is destroyed")
            #expect(try aside("log").contains(Array(damage)), "not even what was damaged")
            let signed = try CheckpointLog(ledger.directory, sharing: writer.reader.store).sign()
            _ = try signed.note().verified(by: [try key(writer.reader.store)])
        }
        #expect(try aside("log.next").count == 2 && aside("log").count == 2)
        try checkWholeLedger(writer, ledger)
    }

    @Test func `Who lost a key does not take a next one that may be stolen with it`() throws {
        let writer = try ledger.writer()
        let stolen = try prepareOnly(writer, isLost: false)
        #expect(try prepareOnly(writer, isLost: false) == stolen, "endorsed, it is used again")
        let file = try KeyFiles.read(ledger.directory.nextLogKeyFile)
        // Killed before the event, the next attempt makes another one again.
        let first = try prepareOnly(writer, isLost: true)
        let second = try prepareOnly(writer, isLost: true)
        #expect(Set([stolen, first, second]).count == 3)
        try rotate(writer, isLost: true)
        #expect(![stolen, first, second].contains(try key(writer.reader.store).vkey))
        #expect(try aside("log.next").count == 3)
        #expect(try aside("log.next").contains(file))
        // Nor does it matter what lies there.
        try Data("no key".utf8).write(to: URL(filePath: ledger.directory.nextLogKeyFile))
        try rotate(writer, isLost: true)
        #expect(try aside("log.next").count == 4)
        try checkWholeLedger(writer, ledger)
    }

    @Test func `A log.pem that cannot be read is what is said to be wrong`() throws {
        let writer = try ledger.writer()
        let file = ledger.directory.logKeyFile
        #expect(unsafe chmod(file, 0o644) == 0)
        #expect(throws: LedgerError(.keyExposed, "")) { try rotate(writer) }
        let log = CheckpointLog(ledger.directory, sharing: writer.reader.store)
        #expect(throws: LedgerError(.keyExposed, "")) { try log.sign() }
    }

    @Test func `Threads that rotate and sign at once lose no key`() throws {
        let writer = try ledger.writer()
        let log = CheckpointLog(ledger.directory, sharing: writer.reader.store)
        let first = try key(writer.reader.store)
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 12) { number in
            do {
                if number.isMultiple(of: 3) { try rotate(writer) } else { _ = try log.sign() }
            } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        #expect(failures.withLock { $0 } == [])
        let store = writer.reader.store
        let terms = try store.environment.read { try store.logKeys($0) }
        #expect(terms.count == 5 && terms.first?.vkey == first.vkey)
        for term in terms {
            let key = try VerifierKey(vkey: term.vkey)
            let isLast = term.vkey == terms.last?.vkey
            let path = isLast ? ledger.directory.logKeyFile : retired(key)
            let privateKey = try Ed25519PrivateKey(pem: try KeyFiles.read(path))
            #expect(try NoteSigner(name: key.name, privateKey: privateKey).verifierKey == key)
        }
        try checkWholeLedger(writer, ledger)
    }
}
