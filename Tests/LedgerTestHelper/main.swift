// Plays the second process in the tests of the ledger's writer: appends, dies, runs out of disk.
import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey

func say(_ line: String) {
    // One write a line: what was said before a kill was said whole.
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

func microseconds() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000_000) }

func open(_ path: String) throws -> LedgerWriter {
    try LedgerWriter(LedgerDirectory(path)) { microseconds() }
}

/// What the caller relies on once it was told.
func acknowledge(_ receipt: Receipt) {
    say("\(receipt.commandID.text) \(receipt.index) \(receipt.leafHashHex)")
}

/// Appends households one at a time.
func append(_ path: String, _ prefix: String, _ count: Int) throws {
    let writer = try open(path)
    for number in 0..<count {
        acknowledge(try writer.run(Sample.record("\(prefix)-\(number)")).get())
    }
}

/// Appends from eight tasks at once until somebody kills the process.
func load(_ path: String, _ prefix: String) async throws {
    let writer = try open(path)
    say("ready")
    try await withThrowingTaskGroup { group in
        for task in 0..<8 {
            group.addTask {
                for number in 0... {
                    let household = "\(prefix)-\(task)-\(number)"
                    let commands = [
                        Sample.record(household, place: number % 2),
                        Sample.correct(household, failing: 1),
                    ]
                    for command in commands {
                        let prepared = try writer.prepared([command])
                        acknowledge(try await writer.submit(prepared[0]).get())
                    }
                }
            }
        }
        try await group.waitForAll()
    }
}

/// Appends until no file may grow any more, then says how that was reported.
func fill(_ path: String, _ byteCountMaximum: UInt) throws {
    // With the signal ignored, writing beyond the limit fails like a full disk does.
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: byteCountMaximum, rlim_max: byteCountMaximum)
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    let writer = try open(path)
    do {
        for number in 0... {
            let commands = (0..<20).map { Sample.record("fill-\(number)-\($0)") }
            for outcome in try writer.run(commands) { acknowledge(try outcome.get()) }
        }
    } catch let error as LedgerError {
        say("error \(error.code.rawValue)")
        say("size \(try writer.reader.snapshot().treeSize)")
    }
}

/// Makes vault keys and says their ids.
func makeKeys(_ path: String, _ count: Int) throws {
    let directory = LedgerDirectory(path)
    let vault = try Vault.open(directory)
    for _ in 0..<count { say("\(try vault.makeKey().id)") }
}

/// Erases a household and is killed on the way, at a step of the commit or of the vault.
func erase(_ path: String, _ household: String, _ step: String) throws {
    let die = { @Sendable (name: String) in
        if name == step { kill(getpid(), SIGKILL) }
    }
    let writer = try LedgerWriter(
        LedgerDirectory(path),
        observer: { die("\($0)") },
        vaultObserver: { die($0.rawValue) },
        clock: { microseconds() }
    )
    acknowledge(try writer.run(Sample.erase(household)).get())
}

/// Changes the master key and is killed on the way.
func rekey(_ path: String, _ step: String) throws {
    let die = { @Sendable (name: String) in
        if name == step { kill(getpid(), SIGKILL) }
    }
    try Vault.changeMasterKey(
        LedgerDirectory(path),
        to: nil,
        observer: { die($0.rawValue) },
        vaultObserver: { die($0.rawValue) }
    )
    say("done")
}

/// Opens a ledger as a user without rights to it.
func openAsNobody(_ path: String) {
    guard setgid(65534) == 0, setuid(65534) == 0 else { return say("still \(getuid())") }
    let attempts: [() throws -> Void] = [
        { _ = try LedgerReader(LedgerDirectory(path)) },
        { _ = try open(path) },
    ]
    for attempt in attempts {
        do {
            try attempt()
            say("opened")
        } catch let error as LedgerError {
            say(error.code.rawValue)
        } catch {
            say("\(type(of: error))")
        }
    }
}

let arguments = CommandLine.arguments
switch (arguments[1], arguments.count) {
case ("append", 5): try append(arguments[2], arguments[3], Int(arguments[4]) ?? 0)
case ("load", 4): try await load(arguments[2], arguments[3])
case ("fill", 4): try fill(arguments[2], UInt(arguments[3]) ?? 0)
case ("keys", 4): try makeKeys(arguments[2], Int(arguments[3]) ?? 0)
case ("erase", 5): try erase(arguments[2], arguments[3], arguments[4])
case ("rekey", 4): try rekey(arguments[2], arguments[3])
case ("nobody", 3): openAsNobody(arguments[2])
default: exit(2)
}
