import Access
import Console
import Foundation
import Ledger
import LedgerReader
import LedgerWriter

/// The composition root: what is taken from the world around, and in this one place only.
enum Composition {
    /// Microseconds since 1970.
    static func now() -> Int64 {
        var time = timeval()
        let status = unsafe gettimeofday(&time, nil)
        precondition(status == 0, "gettimeofday does not fail with a valid address")
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_usec)
    }

    /// The time of now as records say it.
    static func recordTime() -> RecordTime {
        guard let time = RecordTime(unixMicroseconds: now()) else {
            preconditionFailure("the clock is outside the years 1970 to 2399")
        }
        return time
    }

    /// A random UUID of version 7, which keeps new commands close together in the store.
    static func newCommandID() -> CommandID {
        CommandID(
            unixMilliseconds: UInt64(max(0, now()) / 1000),
            random: (.random(in: .min ... .max), .random(in: .min ... .max))
        )
    }

    static func writer(_ directory: LedgerDirectory) throws -> LedgerWriter {
        try LedgerWriter(directory, passphrase: masterPassphrase, clock: { now() })
    }

    static func vault(_ directory: LedgerDirectory) throws -> Vault {
        try Vault.open(directory, passphrase: masterPassphrase)
    }

    /// Of the master key: BMN_MASTER_PASSPHRASE_FILE, else asked for at the terminal.
    ///
    /// Not the variable of key files: who signs and who keeps the vault are not the same people.
    @Sendable
    static func masterPassphrase() throws -> [UInt8] {
        let invocation = Invocation.current
        let name = "BMN_MASTER_PASSPHRASE_FILE"
        if let path = invocation.environment[name], !path.isEmpty {
            do {
                return try Passphrase(file: path).withBytes { $0 }
            } catch let failure as Failure {
                throw Failure(
                    failure.code,
                    thai: "\(name): \(failure.sentence.thai)",
                    english: "\(name): \(failure.sentence.english)",
                    exitStatus: failure.exitStatus
                )
            }
        }
        let prompt = Phrase(
            thai: "รหัสผ่านของกุญแจหลัก: ",
            english: "Passphrase of the master key: "
        )
        return try Passphrase(asking: prompt.text(invocation.language), otherwise: name)
            .withBytes { $0 }
    }

    /// Who may use the service, beside the ledger.
    static func access(_ directory: LedgerDirectory) throws -> AccessStore {
        guard Files.isDirectory(directory.path) else {
            throw LedgerError(.notALedger, "\(directory.path) holds no ledger")
        }
        return try AccessStore(path: directory.path + "/access.sqlite")
    }

    static func draftsFile(_ directory: LedgerDirectory) -> String {
        directory.path + "/drafts.sqlite"
    }

    /// What recorders have begun to enter; its key is one of the vault's.
    static func drafts(
        _ directory: LedgerDirectory,
        _ vault: Vault,
        days: Int = DraftStore.standardDays
    ) throws -> DraftStore {
        try DraftStore(
            path: draftsFile(directory),
            secret: vault.commandAuthenticator,
            days: days
        )
    }

    static func reader(_ directory: LedgerDirectory) throws(LedgerError) -> LedgerReader {
        try LedgerReader(directory)
    }

    /// The name of the operating system's account, for acts that name no other actor.
    static func accountName() -> String {
        guard let entry = unsafe getpwuid(geteuid()), let name = unsafe entry.pointee.pw_name else {
            return "uid-\(geteuid())"
        }
        return unsafe String(cString: name)
    }
}

extension LedgerWriter {
    /// Says last, after receipts that are true all the same, that what was erased still has its key.
    func requireErasuresDone() throws(LedgerError) {
        if let unfinishedErasure { throw unfinishedErasure }
    }
}
