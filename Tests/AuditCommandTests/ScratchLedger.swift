import AuditTestSupport
import Foundation
import Ledger
import LedgerReader
import LedgerWriter
import Survey
import Synchronization

/// A ledger in a folder that disappears with the test.
final class ScratchLedger: Sendable {
    let folder: String
    var directory: LedgerDirectory { LedgerDirectory(folder + "/ledger") }

    /// With record 0 and what a script says.
    init(_ script: Script = Script()) throws {
        folder = try Self.makeFolder()
        guard let time = RecordTime(unixMicroseconds: Sample.start) else {
            preconditionFailure("2018 is a year of records")
        }
        var actor = Actor()
        (actor.user, actor.capacity, actor.authentication) = ("operator", "test", "none")
        _ = try LedgerCreation.create(
            directory,
            origin: Sample.origin,
            recordedAt: time,
            commandID: CommandID(unixMilliseconds: 1_517_450_400_000, random: (1, 0)),
            actor: actor
        )
        try Sample.attachPaper(directory.attachmentsFolder)
        try append(script)
    }

    /// A copy of the files that verification needs: no keys, no vault.
    init(copying other: ScratchLedger, withHead: Bool = true) throws {
        folder = try Self.makeFolder()
        try FileManager.default.createDirectory(
            atPath: directory.path,
            withIntermediateDirectories: false
        )
        let files = FileManager.default
        try files.copyItem(atPath: other.directory.ledgerFile, toPath: directory.ledgerFile)
        try files.copyItem(
            atPath: other.directory.attachmentsFolder,
            toPath: directory.attachmentsFolder
        )
        if withHead {
            try files.copyItem(atPath: other.directory.headFile, toPath: directory.headFile)
        }
    }

    private static func makeFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "audit-tests-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    deinit {
        // A test may have taken the permission away.
        _ = unsafe chmod(directory.path, 0o700)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Appends each step in the state that the one before it left.
    func append(_ script: Script) throws {
        guard !script.steps.isEmpty else { return }
        let clock = TestClock()
        let writer = try LedgerWriter(directory) { clock.read() }
        for step in script.steps {
            let state = try writer.reader.snapshot().state()
            let command = try step(state)
            // What a draw takes its seed from.
            if case .drawSample = command.kind {
                _ = try CheckpointLog(directory, sharing: writer.reader.store).sign()
            }
            try writer.run(command)
        }
    }

    /// Appends steps that do not depend on each other, in one commit.
    func appendAtOnce(_ script: Script) throws {
        let clock = TestClock()
        let writer = try LedgerWriter(directory) { clock.read() }
        let commands = try script.steps.map { try $0(State()) }
        let prepared = try writer.prepare(commands).map { try $0.get() }
        for outcome in try writer.append(prepared) { _ = try outcome.get() }
    }

    var ledgerBytes: [UInt8] {
        get throws { Array(try Data(contentsOf: URL(fileURLWithPath: directory.ledgerFile))) }
    }

    func replaceLedger(_ bytes: some Collection<UInt8>) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: directory.ledgerFile))
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

extension LedgerWriter {
    /// Prepares and appends one command.
    @available(*, noasync)
    func run(_ command: Command) throws {
        let prepared = try prepare(command).get()
        for outcome in try append([prepared]) { _ = try outcome.get() }
    }
}
