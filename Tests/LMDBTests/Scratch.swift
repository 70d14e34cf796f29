import Foundation
import LMDB
import Testing

/// A folder that disappears with the test.
final class Scratch: Sendable {
    let folder: String
    var path: String { folder + "/test.mdb" }

    init() throws {
        folder =
            FileManager.default.temporaryDirectory
            .appending(path: "lmdb-tests-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: folder) } catch {
            Issue.record("could not remove \(folder): \(error)")
        }
    }

    func environment(mapByteCount: Int? = nil) throws -> Environment {
        var options = Environment.Options()
        if let mapByteCount { options.mapByteCount = mapByteCount }
        return try Environment(path: path, options: options)
    }
}

/// The value that records number `index` has in all tests: recomputable, so any record can be
/// checked without keeping a copy.
func sampleValue(_ index: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(truncatingIfNeeded: index &* 31), count: 1000)
}

/// Appends records in one transaction, behind those that are there.
func appendSamples(_ environment: Environment, _ records: Database, count: Int) throws {
    try environment.write { transaction in
        let start = try transaction.statistics(records).entryCount
        for index in start..<start + count {
            let key = BigEndianKey(UInt64(index))
            try transaction.put(records, key, sampleValue(index), mode: .append)
        }
    }
}

/// Expects exactly the records 0..<count, each with its own value, in order.
func expectSamples(
    _ environment: Environment,
    _ records: Database,
    count: Int,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let (seen, wrong) = try environment.read { try checkSamples($0, records) }
    #expect(seen == count, sourceLocation: sourceLocation)
    #expect(wrong == nil, "the first wrong record", sourceLocation: sourceLocation)
}

/// Walks all records and returns their number and the index of the first wrong one.
func checkSamples(
    _ transaction: borrowing ReadTransaction,
    _ records: Database
) throws -> (count: Int, firstWrong: Int?) {
    var count = 0
    var firstWrong: Int?
    try transaction.forEach(records) { key, value in
        let isRight =
            BigEndianKey(key)?.value == UInt64(count) && copy(value) == sampleValue(count)
        if !isRight, firstWrong == nil { firstWrong = count }
        count += 1
        return true
    }
    return (count, firstWrong)
}

func copy(_ span: RawSpan) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(span.byteCount)
    for offset in 0..<span.byteCount {
        bytes.append(unsafe span.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
    }
    return bytes
}

// `Optional.map` does not take values that cannot escape.

func copyIfAny(_ span: RawSpan?) -> [UInt8]? {
    guard let span else { return nil }
    return copy(span)
}

func copyValue(_ entry: Entry?) -> [UInt8]? {
    guard let entry else { return nil }
    return copy(entry.value)
}

func number(_ entry: Entry?) -> UInt64? {
    guard let entry else { return nil }
    return BigEndianKey(entry.key)?.value
}

/// Runs all bodies at once, each on a thread of its own, and rethrows the first error.
func inParallel(_ bodies: [@Sendable () throws -> Void]) throws {
    let errors = LockedErrors()
    let group = DispatchGroup()
    for body in bodies {
        group.enter()
        Thread.detachNewThread {
            defer { group.leave() }
            do { try body() } catch { errors.append(error) }
        }
    }
    group.wait()
    if let error = errors.first { throw error }
}

private final class LockedErrors: @unchecked Sendable {
    private let lock = NSLock()
    private var errors: [any Error] = []

    var first: (any Error)? { lock.withLock { errors.first } }

    func append(_ error: any Error) { lock.withLock { errors.append(error) } }
}

/// A second process that plays a role; see `LMDBTestHelper`.
final class Helper {
    private let process = Process()
    private let output = Pipe()

    init(_ arguments: String...) throws {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.executableURL = tests.deletingLastPathComponent().appending(path: "LMDBTestHelper")
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
    }

    /// Waits for the next output of the process.
    func line() -> String {
        String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            .trimmingCharacters(in: .newlines)
    }

    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    var processID: Int32 { process.processIdentifier }

    func exitCode() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }
}
