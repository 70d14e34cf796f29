import Foundation
import Ledger
import LedgerReader
import LedgerWriter
import Survey
import Synchronization

/// A ledger in a scratch directory, opened to append to it.
struct BenchLedger {
    let directory: LedgerDirectory
    let writer: LedgerWriter

    /// A new ledger with everything in it that comes before the first household.
    init(creating path: String, householdCountPerVillage: Int = 100_000) throws {
        directory = LedgerDirectory(path)
        let clock = BenchClock()
        guard let now = RecordTime(unixMicroseconds: clock.now()) else {
            throw BenchFailure("the clock is outside the years of records")
        }
        var actor = Actor()
        actor.user = "bench"
        actor.capacity = "admin"
        actor.authentication = "none"
        _ = try LedgerCreation.create(
            directory,
            origin: "example.org/bench",
            recordedAt: now,
            commandID: CommandID(unixMilliseconds: 1, random: (1, 1)),
            actor: actor
        )
        writer = try LedgerWriter(directory, clock: clock.now)
        let commands = Province.commands(householdCount: householdCountPerVillage)
        try append(commands)
    }

    /// One that was made before.
    init(opening path: String) throws {
        directory = LedgerDirectory(path)
        writer = try LedgerWriter(directory, clock: BenchClock().now)
    }

    /// The whole path of a batch, in one commit.
    func append(_ commands: [Command]) throws {
        let prepared = try writer.prepare(commands).map { try $0.get() }
        for outcome in try writer.append(prepared) { _ = try outcome.get() }
    }

    /// The whole path of many commands, as the command line does it: one commit for each `batch`,
    /// and those that follow are prepared meanwhile.
    func appendInPipeline(_ commands: [Command], batch: Int) throws {
        let committing = DispatchQueue(label: "commit")
        let places = DispatchSemaphore(value: 4)
        let failure = Mutex<(any Error)?>(nil)
        let blockCount = max(batch, 1000)
        for start in stride(from: 0, to: commands.count, by: blockCount) {
            let block = Array(commands[start..<min(start + blockCount, commands.count)])
            let prepared = try writer.prepare(block).map { try $0.get() }
            places.wait()
            committing.async { [writer] in
                defer { places.signal() }
                do {
                    for start in stride(from: 0, to: prepared.count, by: batch) {
                        let group = Array(prepared[start..<min(start + batch, prepared.count)])
                        for outcome in try writer.append(group) { _ = try outcome.get() }
                    }
                } catch {
                    failure.withLock { $0 = error }
                }
            }
        }
        committing.sync {}
        if let error = failure.withLock(\.self) { throw error }
    }
}

/// Time as in January 2018, when the invented orders are valid, running as fast as real time.
struct BenchClock: Sendable {
    private let offset: Int64

    init() {
        offset = 1_516_000_000_000_000 - Self.unixMicroseconds()
    }

    @Sendable
    func now() -> Int64 { Self.unixMicroseconds() + offset }

    private static func unixMicroseconds() -> Int64 {
        var time = timeval()
        let status = unsafe gettimeofday(&time, nil)
        precondition(status == 0, "gettimeofday does not fail with a valid address")
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_usec)
    }
}

/// Why a benchmark could not be run; a slow one is no failure.
struct BenchFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Seconds that `body` takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    let duration = try ContinuousClock().measure(body)
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}
