import ArgumentParser
import Foundation
import Ledger
import LedgerReader
import LedgerWriter
import Survey

// Each part runs in a process of its own, so that none inherits another's memory, and prints
// numbers alone.

/// `make`: a ledger of so many households, for the benchmarks that read.
struct Make: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a ledger.",
        discussion: """
            Prints its number of records, the seconds that appending took, and the microseconds of a
            record in the first and in the last tenth.
            """
    )

    @Argument var path: String
    @Argument var count: Int

    func run() throws {
        let ledger = try BenchLedger(creating: path)
        let households = Households()
        let tenth = max(1, count / 10)
        var tenths: [Double] = []
        for start in stride(from: 0, to: count, by: tenth) {
            let end = min(start + tenth, count)
            var duration = 0.0
            for first in stride(from: start, to: end, by: Append.blockCount) {
                let block = (first..<min(first + Append.blockCount, end)).map(households.command)
                duration += try seconds { try ledger.appendInPipeline(block, batch: 1000) }
            }
            tenths.append(duration)
        }
        let recordCount = try ledger.writer.reader.snapshot().treeSize
        let perRecord = tenths.map { $0 / Double(tenth) * 1e6 }
        print(recordCount, tenths.reduce(0, +), perRecord.first ?? 0, perRecord.last ?? 0)
    }
}

/// `append`: from commands to durable records.
struct Append: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Append households to a new ledger, BATCH per commit; prints records/s."
    )

    @Argument var path: String
    @Argument var batch: Int
    @Argument var count: Int

    /// Commands are made beforehand in blocks, since a million of them take gigabytes; in large ones,
    /// since the pipeline is filled and drained once for each.
    static let blockCount = 50_000

    func run() throws {
        let ledger = try BenchLedger(creating: path)
        let households = Households()
        // Not the first commits: the file's first growth and the vault's first keys.
        try ledger.append((0..<200).map(households.command))
        var done = 200
        var duration = 0.0
        while done < count + 200 {
            let block = (done..<min(done + Self.blockCount, count + 200)).map(households.command)
            duration += try seconds {
                // One at a time means that each is on disk before the next one is looked at.
                if batch == 1 {
                    for command in block { try ledger.append([command]) }
                } else {
                    try ledger.appendInPipeline(block, batch: batch)
                }
            }
            done += block.count
        }
        print(Double(count) / duration)
    }
}

/// `clients`: many who each submit one command and wait for its receipt.
struct Clients: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Submit single commands from concurrent clients; prints records/s."
    )

    @Argument var path: String
    @Argument var clientCount: Int
    @Argument var count: Int

    func run() throws {
        let ledger = try BenchLedger(creating: path)
        let households = Households(runLength: 1)
        let perClient = count / clientCount
        // Each client works through a village of its own.
        let work = (0..<clientCount).map { client in
            (0..<perClient).map { number in
                households.command(
                    village: client,
                    house: number,
                    serial: number * clientCount + client
                )
            }
        }
        let duration = try seconds {
            try waiting(for: { try await submit(work, to: ledger.writer) })
        }
        print(Double(perClient * clientCount) / duration)
    }

    private func submit(_ work: [[Command]], to writer: LedgerWriter) async throws {
        try await withThrowingTaskGroup { group in
            for commands in work {
                group.addTask {
                    for command in commands {
                        let prepared = try prepare(command, writer)
                        _ = try await writer.submit(prepared).get()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Synchronous, as everything is that may touch the vault.
    private func prepare(
        _ command: Command,
        _ writer: LedgerWriter
    ) throws -> PreparedCommand {
        try writer.prepare(command).get()
    }
}
