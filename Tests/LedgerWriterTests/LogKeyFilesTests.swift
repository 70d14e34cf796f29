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

    private func rotate(_ writer: LedgerWriter) throws {
        let files = try LogKeyFiles(ledger.directory)
        let rotation = try files.prepareRotation(
            inForce: try key(writer.reader.store).vkey,
            reason: "a new operator",
            isLost: false
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
