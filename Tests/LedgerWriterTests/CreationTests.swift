import Cryptography
import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing
import TransparencyLog

@Suite struct CreationTests {
    let ledger: ScratchLedger
    var path: String { ledger.directory.path }

    init() throws { ledger = try ScratchLedger(empty: ()) }

    @Test func `A new ledger holds the record of its own creation`() throws {
        try ledger.create()
        let reader = try LedgerReader(ledger.directory)
        let recorded = try reader.snapshot().recordedEvent(0)
        let created = try #require(recorded?.event.ledgerCreated)
        #expect(created.origin == Sample.origin)
        #expect(created.formatVersion == 1)
        #expect(try VerifierKey(vkey: created.logKey).name == Sample.origin)
        #expect(recorded?.envelope.previous == .zero)
        #expect(recorded?.envelope.stream == "ledger")
        #expect(try reader.snapshot().treeSize == 1)
        let problems = try WholeLedger.problems(reader.store, ledger.directory)
        #expect(problems == [])
    }

    @Test func `An empty directory may become a ledger`() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try ledger.create()
        try checkWholeLedger(ledger, size: 1)
    }

    @Test func `Missing directories above are made`() throws {
        let deep = LedgerDirectory(ledger.folder + "/a/b/c/")
        _ = try create(deep)
        #expect(try LedgerReader(deep).snapshot().treeSize == 1)
    }

    @Test func `Secrets are for their owner alone`() throws {
        try ledger.create()
        let directory = ledger.directory
        #expect(try mode(directory.keysFolder) == 0o700)
        for file in [
            directory.logKeyFile, directory.masterKeyFile, directory.vaultFile,
            directory.ledgerFile,
        ] {
            #expect(try mode(file) == 0o600, "\(file)")
        }
        #expect(try String(contentsOfFile: directory.masterKeyFile, encoding: .utf8).count == 65)
        let secret = try String(contentsOfFile: directory.masterKeyFile, encoding: .utf8)
        let key = try SymmetricKey(bytes: Hex.decode(secret.dropLast()) ?? [])
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!dumped.contains(secret.dropLast()) && !"\(key)".contains(secret.dropLast()))
    }

    private func mode(_ path: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }

    @Test func `A directory that holds something is refused and left alone`() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: path + "/note.txt"))
        #expect(code { try ledger.create() } == .alreadyExists)
        #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["note.txt"])
    }

    @Test func `A ledger is never made over another one`() throws {
        try ledger.create()
        #expect(code { try ledger.create() } == .alreadyExists)
        try checkWholeLedger(ledger, size: 1)
    }

    @Test func `A file in the place of the directory is refused and left alone`() throws {
        try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
        #expect(code { try ledger.create() } == .alreadyExists)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    }

    @Test(arguments: ["", "two words", "a+b", "ไทย", String(repeating: "a", count: 201)])
    func `A malformed origin is refused before anything is made`(_ origin: String) throws {
        let rejection = #expect(throws: Rejection.self) { try ledger.create(origin: origin) }
        #expect(rejection?.code == .originMalformed)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `A creation that fails leaves no traces`() throws {
        // A path so long that the first key still fits below it and the master key does not.
        let parent = ledger.folder + "/made"
        let name = String(repeating: "d", count: 200)
        var long = parent
        while long.utf8.count + 1 + name.utf8.count < 4060 { long += "/" + name }
        long += "/" + String(repeating: "e", count: max(1, 4079 - long.utf8.count))
        #expect(throws: (any Error).self) { try create(LedgerDirectory(long)) }
        #expect(!FileManager.default.fileExists(atPath: parent))
    }

    @Test func `Of two creations in one place one wins and the other removes nothing`() throws {
        let failures = FailureCount()
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            do { try ledger.create() } catch { failures.add(error) }
        }
        #expect(failures.codes == [LedgerError.Code](repeating: .alreadyExists, count: 7))
        try checkWholeLedger(ledger, size: 1)
        #expect(try ledger.writer().run(Sample.setup).allSatisfy { $0.code == nil })
    }

    private func create(_ directory: LedgerDirectory) throws -> VerifierKey {
        try LedgerCreation.create(
            directory,
            origin: Sample.origin,
            recordedAt: try #require(RecordTime(unixMicroseconds: TestClock.start)),
            commandID: .fresh(),
            actor: Sample.actor()
        )
    }
}

private final class FailureCount: @unchecked Sendable {
    private let lock = NSLock()
    private var errors: [any Error] = []

    var codes: [LedgerError.Code?] { lock.withLock { errors.map { ($0 as? LedgerError)?.code } } }

    func add(_ error: any Error) { lock.withLock { errors.append(error) } }
}
