import Foundation
import LMDB
import Testing

/// The smallest map in which the first database can be created.
private let tinyMap = 64 << 10

@Suite struct GrowthTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func environment(
        growthTimeout: Duration = .seconds(30)
    ) throws -> (Environment, Database) {
        var options = Environment.Options()
        options.mapByteCount = tinyMap
        options.growthTimeout = growthTimeout
        let environment = try Environment(path: scratch.path, options: options)
        return (environment, try environment.openDatabase("records", create: true))
    }

    @Test func `A tiny map grows to hold one huge transaction`() throws {
        let (environment, records) = try environment()
        var runs = 0
        try environment.write { transaction in
            runs += 1
            for index in 0..<5000 {
                let key = BigEndianKey(UInt64(index))
                try transaction.put(records, key, sampleValue(index), mode: .append)
            }
        }
        #expect(runs > 1)
        #expect(try environment.information().mapByteCount > 5_000_000)
        try expectSamples(environment, records, count: 5000)
    }

    @Test func `A tiny map grows while readers come and go`() throws {
        let (environment, records) = try environment()
        let total = 3000
        let isDone = Flag()
        let readers = (0..<3).map { _ -> @Sendable () throws -> Void in
            {
                var last = 0
                while !isDone.value {
                    let (count, wrong) = try environment.read { try checkSamples($0, records) }
                    #expect(wrong == nil)
                    #expect(count >= last)
                    last = count
                }
            }
        }
        try inParallel(
            readers + [
                {
                    defer { isDone.set() }
                    for _ in 0..<total / 20 {
                        try appendSamples(environment, records, count: 20)
                    }
                }
            ]
        )
        #expect(try environment.information().mapByteCount > tinyMap * 32)
        try expectSamples(environment, records, count: total)
    }

    @Test func `Several writing threads take turns and lose nothing`() throws {
        let (environment, records) = try environment()
        try inParallel(
            (0..<4).map { _ in
                { for _ in 0..<100 { try appendSamples(environment, records, count: 3) } }
            }
        )
        try expectSamples(environment, records, count: 1200)
    }

    @Test func `A closure that hides a full map is still run again`() throws {
        let (environment, records) = try environment()
        try environment.write { transaction in
            do {
                for index in 0..<1000 {
                    try transaction.put(records, BigEndianKey(UInt64(index)), sampleValue(index))
                }
            } catch let error as LMDBError where error.code == .mapFull {
                // Hidden on purpose.
            }
        }
        try expectSamples(environment, records, count: 1000)
    }

    @Test func `A held reader makes growth fail in time, and by name`() throws {
        let (environment, records) = try environment(growthTimeout: .milliseconds(50))
        try appendSamples(environment, records, count: 3)
        do {
            let reader = try environment.beginRead()
            let error = #expect(throws: LMDBError.self) {
                try appendSamples(environment, records, count: 1000)
            }
            #expect(error?.code == .timedOut)
            #expect(error?.detail?.contains("transaction \(reader.id), heldReader") == true)
            let (count, wrong) = try checkSamples(reader, records)
            #expect(count == 3)
            #expect(wrong == nil)
        }
        try appendSamples(environment, records, count: 1000)
        try expectSamples(environment, records, count: 1003)
    }

    @Test func `Growth inside a read of the same thread fails at once`() throws {
        let (environment, records) = try environment(growthTimeout: .seconds(600))
        try appendSamples(environment, records, count: 3)
        let error = #expect(throws: LMDBError.self) {
            try environment.read { _ in try appendSamples(environment, records, count: 1000) }
        }
        #expect(error?.code == .wouldDeadlock)
        try expectSamples(environment, records, count: 3)
    }

    @Test func `A thread that reads may read again while growth waits for it`() throws {
        let (environment, records) = try environment()
        try appendSamples(environment, records, count: 3)
        let isReading = Flag()
        try inParallel([
            {
                try environment.read { outer in
                    isReading.set()
                    // Long enough for the writer to arrive at the gate; if it does not, the test
                    // passes all the same.
                    Thread.sleep(forTimeInterval: 0.2)
                    let (count, _) = try environment.read { try checkSamples($0, records) }
                    #expect(count == 3)
                    #expect(try checkSamples(outer, records).count == 3)
                }
            },
            {
                while !isReading.value { Thread.sleep(forTimeInterval: 0.001) }
                try appendSamples(environment, records, count: 1000)
            },
        ])
        try expectSamples(environment, records, count: 1003)
    }

    @Test func `The map grows ahead of need`() throws {
        let (environment, records) = try environment()
        var runs = 0
        for index in 0..<2000 {
            try environment.write { transaction in
                runs += 1
                try transaction.put(records, BigEndianKey(UInt64(index)), sampleValue(index))
            }
        }
        // Small transactions never meet the end of the map, once it has left its smallest sizes.
        #expect(runs <= 2002)
        try expectSamples(environment, records, count: 2000)
    }

    @Test func `A new environment maps more than a file that has grown`() throws {
        do {
            let (environment, records) = try environment()
            try appendSamples(environment, records, count: 2000)
        }
        let (environment, records) = try environment()
        let information = try environment.information()
        #expect(information.mapByteCount > information.usedByteCount)
        try expectSamples(environment, records, count: 2000)
    }
}

final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var isSet = false

    var value: Bool { lock.withLock { isSet } }

    func set() { lock.withLock { isSet = true } }
}
