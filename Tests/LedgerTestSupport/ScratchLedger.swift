import Foundation
import Ledger
package import LedgerReader
package import LedgerWriter
package import Survey

/// A ledger in a folder that disappears with the test.
package final class ScratchLedger: Sendable {
    package let folder: String
    package let directory: LedgerDirectory

    /// A folder with nothing in it yet.
    package init(empty: Void) throws {
        folder =
            FileManager.default.temporaryDirectory
            .appending(path: "ledger-tests-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        directory = LedgerDirectory(folder + "/ledger")
    }

    /// With record 0, and the synthetic province unless that is left out.
    package convenience init(isStaffed: Bool = true) throws {
        try self.init(empty: ())
        try create()
        guard isStaffed else { return }
        let writer = try writer()
        for outcome in try writer.run(Sample.setup) { _ = try outcome.get() }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    package func create(origin: String = Sample.origin) throws {
        guard let time = RecordTime(unixMicroseconds: TestClock.start) else {
            preconditionFailure("2018 is a year of records")
        }
        _ = try LedgerCreation.create(
            directory,
            origin: origin,
            recordedAt: time,
            commandID: .fresh(),
            actor: Sample.actor()
        )
    }

    package func writer(
        mapByteCount: Int? = nil,
        clock: TestClock = TestClock(),
        observer: CommitObserver? = nil,
        vaultObserver: VaultObserver? = nil
    ) throws -> LedgerWriter {
        try LedgerWriter(
            directory,
            mapByteCount: mapByteCount,
            observer: observer,
            vaultObserver: vaultObserver
        ) { clock.read() }
    }
}

extension LedgerWriter {
    /// Prepares and appends, in order; what is refused early is refused all the same.
    package func run(_ commands: [Command], isAtomic: Bool = false) throws -> [Outcome] {
        let prepared = try prepare(commands)
        var appended = try append(prepared.compactMap { try? $0.get() }, isAtomic: isAtomic)
            .makeIterator()
        return prepared.map { result in
            switch result {
            case .success: appended.next() ?? .failure(Rejection(.notStored))
            case .failure(let rejection): .failure(rejection)
            }
        }
    }

    package func run(_ command: Command) throws -> Outcome {
        try run([command]).first ?? .failure(Rejection(.notStored))
    }

    /// Callable where waiting is not allowed in line.
    package func prepared(_ commands: [Command]) throws -> [PreparedCommand] {
        try prepare(commands).map { try $0.get() }
    }
}
