import Foundation
import LMDB
import Testing

@Suite struct CopyTests {
    let scratch: Scratch
    let environment: Environment
    let records: Database
    let destination: String

    init() throws {
        scratch = try Scratch()
        environment = try scratch.environment(mapByteCount: 1 << 20)
        records = try environment.openDatabase("records", create: true)
        destination = scratch.folder + "/copy.mdb"
    }

    /// Expects the copy to hold a whole number of commits, and returns how many records.
    private func countInCopy() throws -> Int {
        let copy = try Environment(path: destination)
        let records = try copy.openDatabase("records")
        let count = try copy.read { try $0.statistics(records).entryCount }
        try expectSamples(copy, records, count: count)
        return count
    }

    @Test(arguments: [false, true])
    func `A copy made while writing is a snapshot between two commits`(compact: Bool) throws {
        try appendSamples(environment, records, count: 500)
        let isCopied = Flag()
        let (environment, records, destination) = (environment, records, destination)
        try inParallel([
            {
                for _ in 0..<300 where !isCopied.value {
                    try appendSamples(environment, records, count: 10)
                }
            },
            {
                defer { isCopied.set() }
                try environment.copy(to: destination, compact: compact)
            },
        ])
        let count = try countInCopy()
        #expect(count >= 500)
        #expect(count % 10 == 0)
        let total = try environment.read { try $0.statistics(records).entryCount }
        #expect(count <= total)
        try expectSamples(environment, records, count: total)
    }

    @Test func `A compact copy leaves out what was deleted`() throws {
        try appendSamples(environment, records, count: 2)
        let other = try environment.openDatabase("other", create: true)
        let secret = Array("a secret that was erased".utf8)
        try environment.write { try $0.put(other, [1], secret) }
        try environment.write { try $0.delete(other, [1]) }
        try environment.copy(to: destination, compact: true)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: destination))
        #expect(bytes.range(of: Data(secret)) == nil)
        #expect(try countInCopy() == 2)
    }

    @Test func `A copy does not overwrite a file`() throws {
        try Data("mine".utf8).write(to: URL(fileURLWithPath: destination))
        let error = #expect(throws: LMDBError.self) { try environment.copy(to: destination) }
        #expect(error?.code == .fileExists)
        #expect(try Data(contentsOf: URL(fileURLWithPath: destination)) == Data("mine".utf8))
    }
}
