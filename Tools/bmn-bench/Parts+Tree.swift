import ArgumentParser
import Cryptography
import DurableFiles
import Foundation
import LMDB
import Ledger
import LedgerReader
import LedgerWriter
import TransparencyLog

/// `tree`: what keeping the tree adds to a commit.
struct Tree: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Commit BATCH hashes at a time with the tree and without; prints µs a record."
    )

    @Argument var path: String
    @Argument var batch: Int
    @Argument var count: Int

    func run() throws {
        let with = try Self.store("\(path)/with")
        let without = try Self.store("\(path)/without")
        var (growth, range) = (TreeGrowth(), CompactRange())
        var durations = (with: 0.0, without: 0.0)
        let leafHash = SHA256.hash([0])
        // In turns, so that both meet the same disk.
        for start in stride(from: 0, to: count, by: batch) {
            durations.with += try seconds {
                try with.environment.write { transaction in
                    for index in start..<start + batch {
                        range.append(leafHash)
                        try growth.append(leafHash, index: UInt64(index), with, &transaction)
                    }
                    try transaction.put(with.meta, LedgerKey.head, range.encoded)
                }
            }
            durations.without += try seconds {
                try without.environment.write { transaction in
                    try transaction.put(without.meta, LedgerKey.head, range.encoded)
                }
            }
        }
        print((durations.with - durations.without) / Double(count) * 1e6)
    }

    private static func store(_ path: String) throws -> LedgerStore {
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true
        )
        return try LedgerStore(LedgerDirectory(path), access: .create)
    }
}

/// `checkpoint`: signing one, and the flushes alone that this takes.
struct Checkpoints: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Sign COUNT checkpoints; prints ms of each, and of a file and a commit alone."
    )

    @Argument var path: String
    @Argument var count: Int

    func run() throws {
        let ledger = try BenchLedger(creating: path)
        let households = Households()
        let store = ledger.writer.reader.store
        let log = CheckpointLog(ledger.directory, sharing: store)
        var durations = (signing: 0.0, flushing: 0.0)
        for number in 0..<count {
            try ledger.append([households.command(serial: number)])
            durations.signing += try seconds { _ = try log.sign() }
            durations.flushing += try seconds {
                try DurableFile.replace("\(path)/flushed", [UInt8](repeating: 1, count: 200))
                try store.environment.write { transaction in
                    try transaction.put(store.meta, Array("bench".utf8), [UInt8(number & 0xFF)])
                }
            }
        }
        print(durations.signing / Double(count) * 1e3, durations.flushing / Double(count) * 1e3)
    }
}

/// `proofs`: from a ledger as it lies there.
struct Proofs: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make COUNT inclusion and consistency proofs; prints ms of each."
    )

    @Argument var path: String
    @Argument var count: Int

    func run() throws {
        let reader = try LedgerReader(LedgerDirectory(path))
        let snapshot = try reader.snapshot()
        let size = snapshot.treeSize
        var generator = SystemRandomNumberGenerator()
        let places = (0..<count).map { _ in UInt64.random(in: 1..<size, using: &generator) }
        let inclusion = try seconds {
            for place in places {
                _ = try snapshot.inclusionProof(recordIndex: place, treeSize: size)
            }
        }
        let consistency = try seconds {
            for place in places { _ = try snapshot.consistencyProof(from: place, to: size) }
        }
        print(inclusion / Double(count) * 1e3, consistency / Double(count) * 1e3)
    }
}
