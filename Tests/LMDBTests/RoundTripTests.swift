import LMDB
import Testing

@Suite struct RoundTripTests {
    let scratch: Scratch
    let environment: Environment
    let records: Database

    init() throws {
        scratch = try Scratch()
        environment = try scratch.environment()
        records = try environment.openDatabase("records", create: true)
    }

    private struct Refusal: Error {}

    @Test func `What was put is what get returns`() throws {
        try environment.write { transaction in
            try transaction.put(records, [1], [10, 11])
            try transaction.put(records, BigEndianKey(7), [UInt8]())
            let value = copyIfAny(try transaction.get(records, [1]))
            #expect(value == [10, 11])
        }
        try environment.read { transaction in
            let value = copyIfAny(try transaction.get(records, [1]))
            #expect(value == [10, 11])
            let empty = copyIfAny(try transaction.get(records, BigEndianKey(7)))
            #expect(empty == [])
            #expect(try transaction.withValue(records, [1]) { $0.byteCount } == 2)
        }
    }

    @Test func `A key that is not there has no value`() throws {
        try environment.read { transaction in
            let value = copyIfAny(try transaction.get(records, [9]))
            #expect(value == nil)
            #expect(try transaction.withValue(records, [9]) { _ in true } == nil)
            #expect(try transaction.contains(records, [9]) == false)
        }
    }

    @Test func `A transaction that throws changes nothing`() throws {
        try appendSamples(environment, records, count: 5)
        #expect(throws: Refusal.self) {
            try environment.write { transaction in
                try transaction.removeAll(records)
                try transaction.put(records, [1], [1])
                throw Refusal()
            }
        }
        try expectSamples(environment, records, count: 5)
    }

    @Test func `Insert refuses a key that exists`() throws {
        try appendSamples(environment, records, count: 1)
        let error = #expect(throws: LMDBError.self) {
            try environment.write {
                try $0.put(records, BigEndianKey(0), [1], mode: .insert)
            }
        }
        #expect(error?.code == .keyExists)
        try expectSamples(environment, records, count: 1)
    }

    @Test func `Append refuses a key that does not sort last`() throws {
        try appendSamples(environment, records, count: 3)
        let error = #expect(throws: LMDBError.self) {
            try environment.write {
                try $0.put(records, BigEndianKey(1), [1], mode: .append)
            }
        }
        #expect(error?.code == .keyExists)
        try expectSamples(environment, records, count: 3)
    }

    @Test func `A reserved value is written in place and zero where it is not`() throws {
        try environment.write { transaction in
            try transaction.put(records, [1], [UInt8](repeating: 0xFF, count: 6))
            try transaction.put(records, [1], byteCount: 6) { bytes in
                bytes.storeBytes(of: UInt16(0x0201).littleEndian, toByteOffset: 2, as: UInt16.self)
            }
        }
        let value = try environment.read { try $0.withValue(records, [1], copy) }
        #expect(value == [0, 0, 1, 2, 0, 0])
    }

    @Test func `A reserved value that was not written cannot be committed`() throws {
        try appendSamples(environment, records, count: 2)
        let error = #expect(throws: LMDBError.self) {
            try environment.write { transaction in
                do {
                    try transaction.put(records, BigEndianKey(2), byteCount: 4) { _ in
                        throw Refusal()
                    }
                } catch is Refusal {
                    // Hidden on purpose.
                }
            }
        }
        #expect(error?.code == .badTransaction)
        try expectSamples(environment, records, count: 2)
    }

    @Test func `Delete says whether the key was there`() throws {
        try appendSamples(environment, records, count: 3)
        try environment.write { transaction in
            let wasThere = try transaction.delete(records, BigEndianKey(2))
            let isStillThere = try transaction.delete(records, BigEndianKey(2))
            #expect(wasThere && !isStillThere)
        }
        try expectSamples(environment, records, count: 2)
    }

    @Test func `An emptied database has no entries and takes new ones`() throws {
        try appendSamples(environment, records, count: 100)
        #expect(try environment.read { try $0.statistics(records).entryCount } == 100)
        try environment.write { try $0.removeAll(records) }
        try expectSamples(environment, records, count: 0)
        try appendSamples(environment, records, count: 3)
        try expectSamples(environment, records, count: 3)
    }

    @Test(arguments: [0, 512])
    func `A key of impossible length is an error`(byteCount: Int) throws {
        let key = [UInt8](repeating: 1, count: byteCount)
        let error = #expect(throws: LMDBError.self) {
            try environment.write { try $0.put(records, key, [1]) }
        }
        #expect(error?.code == .badValueSize)
        try expectSamples(environment, records, count: 0)
    }

    @Test func `A snapshot does not see later commits`() throws {
        try appendSamples(environment, records, count: 2)
        let snapshot = try environment.beginRead()
        try appendSamples(environment, records, count: 5)
        let (count, wrong) = try checkSamples(snapshot, records)
        #expect(count == 2)
        #expect(wrong == nil)
        try expectSamples(environment, records, count: 7)
    }

    @Test func `Databases do not see each other's keys`() throws {
        let other = try environment.openDatabase("other", create: true)
        try appendSamples(environment, records, count: 2)
        try environment.write { try $0.put(other, BigEndianKey(0), [1]) }
        #expect(try environment.read { try $0.withValue(other, BigEndianKey(0), copy) } == [1])
        try expectSamples(environment, records, count: 2)
    }

    @Test func `A database that was not created is not found`() throws {
        let error = #expect(throws: LMDBError.self) { try environment.openDatabase("missing") }
        #expect(error?.code == .notFound)
        #expect(try environment.openDatabase("records").name == "records")
    }

    @Test func `Writing inside a write is an error and not a deadlock`() throws {
        let destination = scratch.folder + "/copy.mdb"
        try environment.write { transaction in
            try transaction.put(records, BigEndianKey(0), sampleValue(0))
            let refused: [() throws -> Void] = [
                { try environment.write { _ in } },
                { _ = try environment.openDatabase("late", create: true) },
                { try environment.copy(to: destination) },
            ]
            for attempt in refused {
                let error = #expect(throws: LMDBError.self) { try attempt() }
                #expect(error?.code == .wouldDeadlock)
            }
        }
        try expectSamples(environment, records, count: 1)
    }

    @Test func `Reading inside a write sees the last commit`() throws {
        try appendSamples(environment, records, count: 1)
        try environment.write { transaction in
            try transaction.put(records, BigEndianKey(1), sampleValue(1))
            try expectSamples(environment, records, count: 1)
        }
        try expectSamples(environment, records, count: 2)
    }
}
