import Audit
import AuditTestSupport
import Cryptography
import Foundation
import Ledger
import LedgerAudit
import LedgerReader
import LedgerWriter
import Survey
import Synchronization
import Testing
import TransparencyLog

/// A ledger and what is published of it, in a folder that disappears with the test.
final class Publication: Sendable {
    let folder: String
    var ledger: LedgerDirectory { LedgerDirectory(folder + "/ledger") }
    var log: PublishedLog { PublishedLog(folder + "/public") }
    private let clock = TestClock()

    /// With record 0, and then people up to a number of records.
    init(recordCount: Int = 1) throws {
        folder = try Self.makeFolder()
        guard let time = RecordTime(unixMicroseconds: Sample.start) else {
            preconditionFailure("2018 is a year of records")
        }
        var actor = Actor()
        (actor.user, actor.capacity, actor.authentication) = ("operator", "test", "none")
        _ = try LedgerCreation.create(
            ledger,
            origin: Sample.origin,
            recordedAt: time,
            commandID: CommandID(unixMilliseconds: 1_517_450_400_000, random: (1, 0)),
            actor: actor
        )
        try Sample.attachPaper(ledger.attachmentsFolder)
        try grow(to: recordCount)
    }

    /// The same ledger with the same keys in another place.
    init(copying other: Publication) throws {
        folder = try Self.makeFolder()
        try FileManager.default.copyItem(atPath: other.ledger.path, toPath: ledger.path)
    }

    private static func makeFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "published-tests-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Appends people until there are so many records, in one commit.
    func grow(to recordCount: Int, named prefix: String = "p") throws {
        let first = Int(try LedgerReader(ledger).snapshot().treeSize)
        guard first < recordCount else { return }
        var script = Script(firstSerial: UInt64(first))
        for number in first..<recordCount {
            script.add(.registerPerson(Sample.registration("\(prefix)-\(number)")))
        }
        let writer = try LedgerWriter(ledger) { [clock] in clock.read() }
        let commands = try script.steps.map { try $0(State()) }
        let prepared = try writer.prepare(commands).map { try $0.get() }
        for outcome in try writer.append(prepared) { _ = try outcome.get() }
    }

    /// Appends each step in the state that the one before it left.
    func append(_ steps: some Sequence<Script.Step>) throws {
        let writer = try LedgerWriter(ledger) { [clock] in clock.read() }
        for step in steps {
            let state = try writer.reader.snapshot().state()
            let command = try step(state)
            // What a draw takes its seed from.
            if case .drawSample = command.kind {
                _ = try CheckpointLog(ledger, sharing: writer.reader.store).sign()
            }
            let prepared = try writer.prepare([command]).map { try $0.get() }
            for outcome in try writer.append(prepared) { _ = try outcome.get() }
        }
    }

    @discardableResult
    func sign() throws -> StoredCheckpoint { try CheckpointLog(ledger).sign() }

    @discardableResult
    func publish(
        to log: PublishedLog? = nil,
        observer: ((PublishStep) throws -> Void)? = nil
    ) throws -> PublishReport {
        try TilePublisher(log ?? self.log, observer: observer).publish(LedgerReader(ledger))
    }

    /// The first records, as they are stored.
    func records(_ count: Int) throws -> [[UInt8]] {
        let snapshot = try LedgerReader(ledger).snapshot()
        var records: [[UInt8]] = []
        try snapshot.forEachRecord { _, record in
            records.append(record.byteArray)
            return records.count < count
        }
        return records
    }

    func verify(
        _ log: PublishedLog? = nil,
        memory: CheckpointMemory? = nil,
        isNewOnly: Bool = false
    ) throws -> Verdict {
        try RecordVerification(
            checks: Set(Check.allCases).subtracting([.projections]),
            knownHeads: memory?.knownHeads ?? [],
            startingFrom: isNewOnly ? memory?.remembered : nil
        ).run(log ?? self.log) { _, _ in }
    }
}

/// A clock that moves on by one microsecond with each reading.
final class TestClock: Sendable {
    private let time = Mutex(Sample.start)

    func read() -> Int64 {
        time.withLock { time in
            time += 1
            return time
        }
    }
}

/// Files in a folder, by their names below it.
enum Folder {
    static func files(_ path: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        let names = FileManager.default.enumerator(atPath: path)
        while let name = names?.nextObject() as? String {
            let file = path + "/" + name
            let kind = try FileManager.default.attributesOfItem(atPath: file)[.type]
            if kind as? FileAttributeType == .typeDirectory || name == ".lock" { continue }
            files[name] = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
        }
        return files
    }

    static func write(_ bytes: [UInt8], _ path: String) throws {
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: url)
    }
}

/// c2sp.org/tlog-tiles word for word, by other means than the code under test.
enum NaiveTiles {
    /// The files of a tree over these entries, without its checkpoint.
    static func files(_ entries: [[UInt8]]) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for (number, group) in groups(entries).enumerated() {
            files["tile/entries/" + name(number, group.count)] = group.flatMap { entry in
                [UInt8(entry.count / 256), UInt8(entry.count % 256)] + entry
            }
        }
        let leaves = entries.map { SHA256.hash([0] + $0).bytes }
        var width = 1
        for level in 0..<8 where leaves.count >= width {
            let hashes = (0..<leaves.count / width).map {
                root(leaves[$0 * width..<($0 + 1) * width])
            }
            for (number, group) in groups(hashes).enumerated() {
                files["tile/\(level)/" + name(number, group.count)] = group.flatMap(\.self)
            }
            width *= 256
        }
        return files
    }

    /// MTH(D[n]) of RFC 6962 §2.1, of leaf hashes.
    static func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        guard leaves.count > 1 else { return leaves.first ?? SHA256.hash([]).bytes }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let left = root(leaves.prefix(split))
        return SHA256.hash([1] + left + root(leaves.dropFirst(split))).bytes
    }

    private static func groups(_ items: [[UInt8]]) -> [[[UInt8]]] {
        stride(from: 0, to: items.count, by: 256).map {
            Array(items[$0..<min($0 + 256, items.count)])
        }
    }

    private static func name(_ number: Int, _ width: Int) -> String {
        precondition(number < 1000, "one group of digits is enough for a test")
        let digits = String(1000 + number).dropFirst()
        return width == 256 ? String(digits) : "\(digits).p/\(width)"
    }
}

/// Expects that it is not published, for that reason.
func expect(
    _ code: PublishError.Code,
    _ reason: String,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> PublishReport
) {
    do {
        _ = try body()
        Issue.record("it was published", sourceLocation: sourceLocation)
    } catch let error as PublishError {
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        #expect(error.reason.contains(reason), "\(error)", sourceLocation: sourceLocation)
    } catch {
        Issue.record("\(error)", sourceLocation: sourceLocation)
    }
}
