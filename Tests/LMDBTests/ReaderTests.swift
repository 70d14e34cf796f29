import Foundation
import LMDB
import Testing

@Suite struct ReaderTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `The oldest reader is known with its age and lag`() throws {
        let environment = try scratch.environment()
        let records = try environment.openDatabase("records", create: true)
        #expect(try environment.oldestReader() == nil)
        do {
            let first = try environment.beginRead()
            try appendSamples(environment, records, count: 1)
            let second = try environment.beginRead()
            try appendSamples(environment, records, count: 1)
            let oldest = try #require(try environment.oldestReader())
            #expect(oldest.transactionID == first.id)
            #expect(oldest.commitsBehind == 2)
            #expect(oldest.age > .zero)
            #expect(second.id == first.id + 1)
            #expect(try environment.information().activeReaderCount == 2)
            let processes = try environment.readers().compactMap {
                $0.transactionID == nil ? nil : $0.processID
            }
            #expect(processes == [getpid(), getpid()])
        }
        #expect(try environment.oldestReader() == nil)
        #expect(try environment.information().activeReaderCount == 0)
        try expectSamples(environment, records, count: 2)
    }

    @Test func `More readers than the table has room for are an error`() throws {
        var options = Environment.Options()
        options.readerCountMaximum = 2
        let environment = try Environment(path: scratch.path, options: options)
        let records = try environment.openDatabase("records", create: true)
        try appendSamples(environment, records, count: 2)
        do {
            let first = try environment.beginRead()
            let second = try environment.beginRead()
            let error = #expect(throws: LMDBError.self) { try environment.read { _ in } }
            #expect(error?.code == .readersFull)
            #expect(first.id == second.id)
        }
        try expectSamples(environment, records, count: 2)
    }

    @Test func `A reader may end on another thread`() throws {
        let environment = try scratch.environment()
        let records = try environment.openDatabase("records", create: true)
        try appendSamples(environment, records, count: 2)
        let box = ReaderBox(try environment.beginRead())
        try inParallel([{ box.drop() }])
        #expect(try environment.information().activeReaderCount == 0)
        try expectSamples(environment, records, count: 2)
    }

    @Test func `Released pages are no longer resident and read the same`() throws {
        let environment = try scratch.environment()
        let records = try environment.openDatabase("records", create: true)
        try appendSamples(environment, records, count: 2000)
        try expectSamples(environment, records, count: 2000)
        #expect(try residentByteCount() > 1_000_000)
        #expect(try environment.releaseResidentPages())
        #expect(try residentByteCount() < 200_000)
        try expectSamples(environment, records, count: 2000)
    }

    @Test func `Releasing pages goes on after the map was replaced`() throws {
        let environment = try scratch.environment(mapByteCount: 64 << 10)
        let records = try environment.openDatabase("records", create: true)
        #expect(try environment.releaseResidentPages())
        try appendSamples(environment, records, count: 2000)
        try expectSamples(environment, records, count: 2000)
        #expect(try environment.releaseResidentPages())
        #expect(try residentByteCount() < 200_000)
        try expectSamples(environment, records, count: 2000)
    }

    @Test func `Releasing pages disturbs no reader on another thread`() throws {
        let environment = try scratch.environment(mapByteCount: 64 << 10)
        let records = try environment.openDatabase("records", create: true)
        let isDone = Flag()
        try inParallel([
            {
                defer { isDone.set() }
                for _ in 0..<50 { try appendSamples(environment, records, count: 20) }
            },
            { while !isDone.value { try environment.releaseResidentPages() } },
            {
                while !isDone.value {
                    let (_, wrong) = try environment.read { try checkSamples($0, records) }
                    #expect(wrong == nil)
                }
            },
        ])
        try expectSamples(environment, records, count: 1000)
    }

    /// How much of this test's data file the process has resident, by /proc/self/smaps.
    private func residentByteCount() throws -> Int {
        // Its size is unknown beforehand, so it is read to the end and not by its size.
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/self/smaps"))
        let maps = try String(decoding: file.readToEnd() ?? Data(), as: UTF8.self)
        let lines = maps.split(separator: "\n")
        let start = try #require(lines.firstIndex { $0.hasSuffix(scratch.path) })
        let line = try #require(lines[start...].first { $0.hasPrefix("Rss:") })
        let fields = line.split(separator: " ")
        return try #require(Int(fields[1])) * 1024
    }
}

private final class ReaderBox: @unchecked Sendable {
    private var reader: ReadTransaction?

    init(_ reader: consuming sending ReadTransaction) { self.reader = consume reader }

    func drop() { reader = nil }
}
