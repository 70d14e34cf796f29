import AsyncHTTPClient
import Foundation
import LedgerReader
import LedgerTestSupport
import Survey
import Testing
import TransparencyLog

/// A ledger with a recorder, for `bmn serve` in a process of its own.
struct ServedLedger {
    let scratch: ScratchLedger
    /// Where it is now: a test may have moved it to another disk.
    private(set) var directory: LedgerDirectory
    var path: String { directory.path }

    init() throws {
        scratch = try ScratchLedger()
        directory = scratch.directory
        var user = UserRegistration()
        (user.cycle, user.person, user.role, user.area) = (
            "2561", "recorder-1", "recorder", "9901"
        )
        _ = try scratch.writer().run(Sample.command(.registerUser(user))).get()
    }

    /// Copied into a folder, where it stays.
    mutating func move(into folder: String) throws {
        let copy = folder + "/ledger"
        try FileManager.default.copyItem(atPath: directory.path, toPath: copy)
        directory = LedgerDirectory(copy)
    }

    func token() throws -> String {
        let made = try ServeProcess.run([
            "token", "create", path, "--person", "recorder-1", "--scope", "submit", "--scope",
            "read", "--expires", "2099-12-31",
        ])
        #expect(made.status == 0, "\(made.error)")
        return made.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Ends every test: what was acknowledged is there, and the whole ledger is sound.
    func check(_ acknowledged: [Int: String]) throws {
        try Load.check(acknowledged, LedgerReader(directory))
        #expect(try WholeLedger.problems(directory) == [])
    }

    /// That the latest checkpoint is over all records.
    func checkSigned() throws {
        let snapshot = try LedgerReader(directory).snapshot()
        #expect(try snapshot.latestCheckpoint()?.treeSize == snapshot.treeSize)
    }
}

/// A disk in memory, which can be full or closed to writing; it goes with this value.
final class MemoryDisk {
    let folder: String

    /// Only root mounts, and not in every container.
    static let isAllowed: Bool = {
        guard let disk = try? MemoryDisk(megabytes: 1) else { return false }
        return FileManager.default.fileExists(atPath: disk.folder)
    }()

    init(megabytes: Int) throws {
        folder =
            FileManager.default.temporaryDirectory.appending(path: "disk-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        do {
            try Self.run("mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", folder])
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    deinit {
        // Where something still holds it, it goes with the last that does.
        try? Self.run("umount", ["--lazy", folder])
        try? FileManager.default.removeItem(atPath: folder)
    }

    func remount(isWritable: Bool) throws {
        try Self.run("mount", ["-o", "remount,\(isWritable ? "rw" : "ro")", folder])
    }

    /// Takes all the room that is left; gives the file that has it.
    func fill() throws -> String {
        let file = folder + "/filling"
        // Ends when there is no more: an error is what is wanted.
        try? Self.run("dd", ["if=/dev/zero", "of=\(file)", "bs=4096"])
        return file
    }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let run = try ServeProcess.run(
            ["-c", "exec \"$0\" \"$@\"", program] + arguments,
            URL(filePath: "/bin/sh")
        )
        guard run.status == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
