import Cryptography
import DurableFiles
import Foundation
import LogClient
import TestSupport
import Testing
import TransparencyLog
import Witness

@Suite(.serialized) struct `bmn-audit witness` {
    private let home: TestWitness
    private let log: TestLog
    private let policy: String

    init() throws {
        home = try TestWitness()
        log = try TestLog()
        policy = home.folder + "/logs.policy"
        try write("log \(log.key.vkey)\nquorum none\n")
    }

    private func write(_ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: policy))
    }

    private func arguments(_ more: String...) -> [String] {
        [
            "--key", home.folder + "/key.pem", "--state", home.folder + "/new", "--policy", policy,
            "--listen", "127.0.0.1:0",
        ] + more
    }

    private let new = ["--new-key", "--name", "w.example.th"]

    @Test func `makes its key, cosigns, stops when told to, and goes on where it was`() async throws
    {
        let log = log
        let first = try ServerProcess(arguments() + new)
        let url = try ServiceURL(try first.url())
        let key = try VerifierKey(vkey: String(first.output.dropLast()))
        #expect(first.output == key.vkey + "\n")
        #expect(key.name == "w.example.th")
        let client = WitnessClient(url: url, key: key)
        _ = try await client.cosignatures(of: try log.note(6), oldSizeHint: 0) { _, _ in
            ConsistencyProof(path: [])
        }
        first.signal(SIGTERM)
        #expect(first.wait() == 0, "\(first.messages)")
        #expect(first.messages.contains("cosigned size 6"))
        #expect(!first.messages.contains(try log.note(6).signatures[0].line), "no bodies")
        let attributes = try FileManager.default.attributesOfItem(atPath: home.folder + "/key.pem")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let second = try ServerProcess(arguments())
        let again = WitnessClient(url: try ServiceURL(try second.url()), key: key)
        #expect(second.output == key.vkey + "\n")
        await #expect(throws: LogClientError.self) {
            try await again.cosignatures(of: try log.note(3), oldSizeHint: 0) { _, _ in
                ConsistencyProof(path: [])
            }
        }
        second.signal(SIGINT)
        #expect(second.wait() == 0)
    }

    @Test func `twice over one state is one witness, also when it is killed`() async throws {
        let log = log
        let made = try ServerProcess(arguments() + new)
        _ = try made.url()
        let key = try VerifierKey(vkey: String(made.output.dropLast()))
        made.signal(SIGKILL)
        #expect(made.wait() == -SIGKILL)
        var largest = 0
        for round in 0..<4 {
            let servers = [try ServerProcess(arguments()), try ServerProcess(arguments())]
            let urls = try servers.map { try ServiceURL(try $0.url()) }
            let start = largest
            let sizes = await withTaskGroup(of: Int?.self) { group in
                for number in 0..<16 {
                    let size = start + 1 + number
                    let client = WitnessClient(url: urls[number % 2], key: key)
                    group.addTask {
                        let lines = try? await client.cosignatures(
                            of: try log.note(size),
                            oldSizeHint: UInt64(start)
                        ) { try log.proof(Int($0), Int($1)) }
                        return lines.map { _ in size }
                    }
                }
                var sizes: [Int] = []
                for await size in group.compactMap(\.self) {
                    sizes.append(size)
                    // In the midst of the others' requests.
                    if sizes.count == 3, round.isMultiple(of: 2) { servers[1].signal(SIGKILL) }
                }
                return sizes
            }
            largest = max(largest, try #require(sizes.max()))
            servers[0].signal(SIGTERM)
            #expect(servers[0].wait() == 0)
            // Whatever was promised to anybody is remembered.
            let file = "\(home.folder)/new/\(Witness.originHash(log.key.name)).checkpoint"
            let stored = try SignedNote(bytes: Array(try Data(contentsOf: URL(filePath: file))))
            let storedSize = Int(try Checkpoint(text: stored.text).treeHead.treeSize)
            #expect(storedSize >= largest)
            largest = storedSize
        }
    }

    @Test func `is heard to be busy by who waits as long as clients do`() async throws {
        let server = try ServerProcess(arguments() + new)
        let url = try ServiceURL(try server.url())
        let key = try VerifierKey(vkey: String(server.output.dropLast()))
        let note = try log.note(6)
        let lock = try FileLock(home.folder + "/new/lock", mustExist: true, waitingAtMost: .zero)
        let error = await #expect(throws: LogClientError.self) {
            try await WitnessClient(url: url, key: key)
                .cosignatures(of: note, oldSizeHint: 0) { _, _ in ConsistencyProof(path: []) }
        }
        _ = consume lock
        #expect(error?.status == 503)
    }

    @Test func `says what keeps it from starting`() throws {
        func expect(_ status: Int32, _ said: String, _ arguments: [String]) throws {
            let process = try ServerProcess(arguments)
            #expect(process.wait() == status, "\(said): \(process.messages)")
            #expect(process.messages.contains(said), "\(process.messages)")
            #expect(process.output.isEmpty)
        }
        try expect(2, "--new-key needs --name", arguments("--new-key"))
        try expect(2, "--listen takes HOST:PORT", arguments("--listen", "8123"))
        try expect(2, "nameInvalid", arguments("--new-key", "--name", "a b"))
        try expect(2, "--policy", ["--key", "k", "--state", "s"])
        try expect(3, "keyMissing", arguments())
        try write("log \(log.key.vkey)\n")
        try expect(3, "policyUnreadable", arguments() + new)
        try write("quorum none\n")
        try expect(3, "noLogs", arguments() + new)
        try FileManager.default.removeItem(atPath: policy)
        try expect(3, "fileMissing", arguments() + new)
    }

    @Test func `is no other witness, and makes no key over another`() throws {
        let made = try ServerProcess(arguments() + new)
        _ = try made.url()
        let port = try #require(try made.url().split(separator: ":").last)
        for (status, said, more) in [
            (Int32(3), "alreadyExists", new), (2, "wrongUsage", ["--name", "other"]),
        ] {
            let process = try ServerProcess(arguments() + more)
            #expect(process.wait() == status)
            #expect(process.messages.contains(said))
        }
        let taken = try ServerProcess(arguments("--listen", "127.0.0.1:\(port)"))
        #expect(taken.wait() == 3)
        #expect(taken.messages.contains("cannotListen"))
    }
}
