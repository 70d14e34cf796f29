import LMDB
import Testing

@Suite struct OrderTests {
    let scratch: Scratch
    let environment: Environment
    let records: Database

    init() throws {
        scratch = try Scratch()
        environment = try scratch.environment()
        records = try environment.openDatabase("records", create: true)
    }

    private func fill(_ keys: [UInt64]) throws {
        try environment.write { transaction in
            for key in keys { try transaction.put(records, BigEndianKey(key), [UInt8(key & 0xFF)]) }
        }
    }

    private func keys(
        _ walk: (borrowing ReadTransaction, (RawSpan, RawSpan) -> Bool) throws -> Void
    ) throws -> [UInt64] {
        var keys: [UInt64] = []
        try environment.read { transaction in
            try walk(transaction) { key, value in
                guard let number = BigEndianKey(key)?.value else { return false }
                keys.append(number)
                return copy(value) == [UInt8(number & 0xFF)]
            }
        }
        return keys
    }

    @Test(arguments: [1, 2, 3])
    func `Big-endian keys come in the order of numbers`(seed: UInt64) throws {
        // Numbers of all magnitudes, from a seed that the test's name shows.
        var state = seed
        let numbers = (0..<500).map { _ -> UInt64 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state ^ state >> 31) >> (state >> 58)
        }
        try fill(numbers)
        let sorted = Set(numbers).sorted()
        #expect(try keys { try $0.forEach(records, $1) } == sorted)
        #expect(try keys { try $0.forEachReversed(records, $1) } == sorted.reversed())
        let middle = sorted[sorted.count / 2]
        let from = try keys { try $0.forEach(records, from: BigEndianKey(middle), $1) }
        #expect(from == sorted.filter { $0 >= middle })
    }

    @Test func `A walk from between two keys begins at the greater`() throws {
        try fill([10, 20, 30])
        #expect(try keys { try $0.forEach(records, from: BigEndianKey(11), $1) } == [20, 30])
        #expect(try keys { try $0.forEach(records, from: BigEndianKey(31), $1) } == [])
    }

    @Test func `A walk back begins at the last key that is less`() throws {
        try fill([10, 20, 30])
        func below(_ key: UInt64) throws -> [UInt64] {
            try keys { try $0.forEachReversed(records, below: BigEndianKey(key), $1) }
        }
        #expect(try below(10) == [])
        #expect(try below(20) == [10])
        #expect(try below(25) == [20, 10])
        #expect(try below(31) == [30, 20, 10])
    }

    @Test func `A walk ends where its body says`() throws {
        try fill([1, 2, 3, 4])
        var visited = 0
        try environment.read { transaction in
            try transaction.forEach(records) { _, _ in
                visited += 1
                return visited < 2
            }
        }
        #expect(visited == 2)
    }

    @Test func `A walk passes on what its body throws`() throws {
        struct Stop: Error {}
        try fill([1, 2])
        #expect(throws: Stop.self) {
            try environment.read { try $0.forEach(records) { _, _ in throw Stop() } }
        }
        #expect(try keys { try $0.forEach(records, $1) } == [1, 2])
    }

    @Test func `A walk over an empty database visits nothing`() throws {
        #expect(try keys { try $0.forEach(records, $1) } == [])
        #expect(try keys { try $0.forEachReversed(records, $1) } == [])
    }

    @Test func `A cursor goes both ways and stops at the ends`() throws {
        try fill([10, 20, 30])
        var path: [UInt64?] = []
        try environment.read { transaction in
            var cursor = try transaction.cursor(records)
            path.append(number(try cursor.first()))
            path.append(number(try cursor.next()))
            path.append(number(try cursor.previous()))
            path.append(number(try cursor.previous()))
            path.append(number(try cursor.last()))
            path.append(number(try cursor.next()))
        }
        #expect(path == [10, 20, 10, nil, 30, nil])
    }

    @Test func `A cursor seeks a key or the one after it`() throws {
        try fill([10, 20])
        try environment.read { transaction in
            var cursor = try transaction.cursor(records)
            let exact = copyValue(try cursor.seek(BigEndianKey(20)))
            #expect(exact == [20])
            let missing = copyValue(try cursor.seek(BigEndianKey(15)))
            #expect(missing == nil)
            let next = copyValue(try cursor.seek(atLeast: BigEndianKey(15)))
            #expect(next == [20])
            let none = copyValue(try cursor.seek(atLeast: BigEndianKey(21)))
            #expect(none == nil)
        }
    }

    @Test func `A cursor in a write transaction sees what was just written`() throws {
        try environment.write { transaction in
            try transaction.put(records, BigEndianKey(1), [1])
            do {
                var cursor = try transaction.cursor(records)
                let last = copyValue(try cursor.last())
                #expect(last == [1])
            }
            try transaction.put(records, BigEndianKey(2), [2])
        }
        #expect(try keys { try $0.forEach(records, $1) } == [1, 2])
    }

    @Test func `Only eight bytes are a big-endian key`() {
        let bytes: [UInt8] = [0, 0, 0, 0, 0, 0, 1, 2]
        let whole = unsafe BigEndianKey(bytes.span.bytes)
        let part = unsafe BigEndianKey(bytes.span.extracting(4..<8).bytes)
        #expect(whole?.value == 258)
        #expect(part == nil)
    }
}
